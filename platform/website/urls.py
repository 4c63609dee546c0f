"""The addresses of the website: Now, language, about, privacy."""

from django.urls import path

from website.views.now import now
from website.views.pages import about, privacy

urlpatterns = [
    path("now/", now, name="now"),
    path("about/", about, name="about"),
    path("privacy/", privacy, name="privacy"),
]
