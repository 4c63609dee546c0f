"""Pages that only development shows."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
