"""The addresses of the website: Now, language, about, privacy."""

from django.urls import path
from django.views.i18n import set_language

from website.views.now import now
from website.views.pages import about, privacy

urlpatterns = [
    path("now/", now, name="now"),
    path("language/", set_language, name="set_language"),
    path("about/", about, name="about"),
    path("privacy/", privacy, name="privacy"),
]
