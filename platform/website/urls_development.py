"""Pages that only development shows."""

from django.urls import path

from website.views.components import components

urlpatterns = [path("", components, name="components")]
