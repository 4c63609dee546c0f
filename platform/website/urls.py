"""The addresses of the website: home, Now, language."""

from django.urls import path
from django.views.i18n import set_language

from website.views.now import now

urlpatterns = [
    path("now/", now, name="now"),
    path("language/", set_language, name="set_language"),
]
