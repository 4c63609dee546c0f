"""The addresses of this room. The survey pages come first: they are what is asked for most."""

from django.urls import URLPattern, URLResolver, path

from surveys.views.answering import answer, start, thanks
from surveys.views.exports import export_cancel, export_file, export_progress, wave_exports
from surveys.views.results import wave_results
from surveys.views.waves import (
    wave,
    wave_close,
    wave_invite,
    wave_last_day,
    wave_new,
    wave_open_page,
    wave_resend,
    waves,
)
from surveys.views.wizard import answering

WAVES = "programmes/<slug:code>/waves/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("s/<str:token>/", start, name="survey_start"),
    path("s/<str:token>/answer/", answer, name="survey_answer"),
    path("s/<str:token>/thanks/", thanks, name="survey_thanks"),
    path("s/<str:token>/<str:step>/", answering, name="survey_step"),
    path(WAVES, waves, name="waves"),
    path(f"{WAVES}new/", wave_new, name="wave_new"),
    path(f"{WAVES}<int:pk>/", wave, name="wave"),
    path(f"{WAVES}<int:pk>/invite/", wave_invite, name="wave_invite"),
    path(f"{WAVES}<int:pk>/open/", wave_open_page, name="wave_open"),
    path(f"{WAVES}<int:pk>/close/", wave_close, name="wave_close"),
    path(f"{WAVES}<int:pk>/last-day/", wave_last_day, name="wave_last_day"),
    path(f"{WAVES}<int:pk>/mails/<int:mail>/resend/", wave_resend, name="wave_resend"),
    path(f"{WAVES}<int:pk>/results/", wave_results, name="wave_results"),
    path(f"{WAVES}<int:pk>/exports/", wave_exports, name="wave_exports"),
    path(f"{WAVES}<int:pk>/exports/progress/", export_progress, name="export_progress"),
    path(f"{WAVES}<int:pk>/exports/<int:export>/", export_file, name="export_file"),
    path(f"{WAVES}<int:pk>/exports/<int:export>/cancel/", export_cancel, name="export_cancel"),
]
