"""What the views of this room share: fetching, which is the permission check, and saving."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from benchmarks.models import Programme
from core.exceptions import InvalidInput
from learningcircles.enums import LEADING_ROLES
from learningcircles.models import Circle, Session

type Crumbs = list[tuple[Any, str]]


def programme_for(request: HttpRequest, code: str) -> Programme:
    """A programme that this person sees, or 404."""
    return get_object_or_404(Programme.objects.visible_to(request.user), code=code)


def led_programme(request: HttpRequest, code: str) -> Programme:
    """A programme in which this person leads or plans sessions, or 404."""
    return get_object_or_404(Programme.objects.with_role(request.user, *LEADING_ROLES), code=code)


def led_circle(request: HttpRequest, code: str, pk: int) -> Circle:
    """A circle of such a programme, or 404."""
    programme = led_programme(request, code)
    circles = Circle.objects.visible_to(request.user).select_related("programme")
    return get_object_or_404(circles, programme=programme, pk=pk)


def led_session(request: HttpRequest, code: str, pk: int) -> Session:
    """A session of such a programme, or 404."""
    programme = led_programme(request, code)
    return get_object_or_404(
        Session.objects.visible_to(request.user).select_related(
            "programme", "circle", "organisation", "led_by"
        ),
        programme=programme,
        pk=pk,
    )


def seen_session(request: HttpRequest, code: str, pk: int) -> Session:
    """A session that this person sees, or 404."""
    sessions = Session.objects.visible_to(request.user).select_related(
        "programme", "circle", "organisation", "led_by"
    )
    return get_object_or_404(sessions, programme__code=code, pk=pk)


def number(text: str | None) -> int:
    """A primary key out of an address, or 0, which no row has."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0


def crumbs(programme: Programme, *further: tuple[Any, str]) -> Crumbs:
    """The way back up from a page of this room."""
    code = programme.code
    return [
        (programme, reverse("programme", args=[code])),
        (_("Learning circles"), reverse("circle_list", args=[code])),
        *further,
    ]


def saved(form: forms.Form, save: Callable[[], Any] | None = None) -> Any | None:
    """What the domain made of a form, or None with the reasons standing in the form."""
    if not form.is_valid():
        return None
    try:
        return (save or form.save)()  # type: ignore[attr-defined]
    except InvalidInput as error:
        form.add_error(None, str(error.message))
        return None


def asks_json(request: HttpRequest) -> bool:
    """Was this sent by a script that goes on typing, rather than by a form?"""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def typed_on(version: int) -> JsonResponse:
    """For a script: it is saved, and this is the version that the writer now stands on."""
    at = date_format(timezone.localtime(), "H:i")
    return JsonResponse({"version": version, "message": _("Saved at %(at)s.") % {"at": at}})


def typed_met(url: str) -> JsonResponse:
    """For a script: another's text stands; both are kept, and here they are put together."""
    told = {
        "message": _("Somebody else wrote here too. Both texts are kept."),
        "url": url,
        "link": _("Put them together"),
    }
    return JsonResponse(told, status=HTTPStatus.CONFLICT)


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *forms_shown: forms.Form
) -> HttpResponse:
    """Render; a page with a form that came back says so in its status."""
    wrong = any(form.is_bound and form.errors for form in forms_shown)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, f"learningcircles/{template}.html", context, status=status)
