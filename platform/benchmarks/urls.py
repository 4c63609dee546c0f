"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from benchmarks.views.participations import participation, participation_list
from benchmarks.views.programmes import programme, programme_list

urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/", programme_list, name="programme_list"),
    path("programmes/<slug:code>/", programme, name="programme"),
    path("programmes/<slug:code>/participation/", participation_list, name="participation_list"),
    path("programmes/<slug:code>/participation/<int:pk>/", participation, name="participation"),
]
