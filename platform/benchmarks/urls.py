"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from benchmarks.views.programmes import programme

urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/<slug:code>/", programme, name="programme"),
]
