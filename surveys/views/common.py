"""What the coordinator's views share: fetching, which is the permission check, and saving."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from benchmarks.models import Programme
from core.exceptions import InvalidInput
from people.enums import Role
from surveys.models import Wave
from website.templatetags.benchlearn import in_language


def programme_run_by(request: HttpRequest, code: str) -> Programme:
    """A programme that this person coordinates, or 404."""
    mine = Programme.objects.with_role(request.user, Role.COORDINATOR)
    return get_object_or_404(mine, code=code)


def programme_read_by(request: HttpRequest, code: str) -> Programme:
    """A programme that this person coordinates or evaluates, or 404."""
    mine = Programme.objects.with_role(request.user, Role.COORDINATOR, Role.EVALUATOR)
    return get_object_or_404(mine, code=code)


def wave_run_by(request: HttpRequest, code: str, pk: int) -> Wave:
    """A wave of a programme that this person coordinates, or 404."""
    return _wave(Wave.objects.run_by(request.user), code, pk)


def wave_read_by(request: HttpRequest, code: str, pk: int) -> Wave:
    """A wave whose results this person may read, or 404."""
    return _wave(Wave.objects.visible_to(request.user), code, pk)


def wave_entered_by(request: HttpRequest, code: str, pk: int) -> Wave:
    """A wave of which this person may enter answers from paper, or 404."""
    return _wave(Wave.objects.entered_by(request.user), code, pk)


def _wave(waves: Any, code: str, pk: int) -> Wave:
    rows = waves.select_related("cycle__programme", "version")
    return get_object_or_404(rows, cycle__programme__code=code, pk=pk)


def frame(programme: Programme, wave: Wave | None = None, **further: Any) -> dict[str, Any]:
    """The context of every page of the coordinator: the programme, and the way back up."""
    code = programme.code
    crumbs = [
        (in_language(programme, "name"), reverse("programme", args=[code])),
        (_("Perception survey"), reverse("waves", args=[code])),
    ]
    if wave is not None:
        crumbs.append((wave.name, wave_url("wave", wave)))
    return {"programme": programme, "wave": wave, "crumbs": crumbs, **further}


def wave_url(name: str, wave: Wave) -> str:
    """An address under a wave."""
    return reverse(name, args=[wave.cycle.programme.code, wave.pk])


def saved(form: forms.Form, save: Callable[[], Any]) -> Any | None:
    """What the domain made of a form, or None with the reasons standing in the form."""
    if not form.is_valid():
        return None
    try:
        return save()
    except InvalidInput as error:
        form.add_error(None, str(error.message))
        return None
