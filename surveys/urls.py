"""The addresses of this room. The survey pages come first: they are what is asked for most."""

from django.urls import URLPattern, URLResolver, path

from surveys.views.answering import answer, start, thanks
from surveys.views.wizard import answering

urlpatterns: list[URLPattern | URLResolver] = [
    path("s/<str:token>/", start, name="survey_start"),
    path("s/<str:token>/answer/", answer, name="survey_answer"),
    path("s/<str:token>/thanks/", thanks, name="survey_thanks"),
    path("s/<str:token>/<str:step>/", answering, name="survey_step"),
]
