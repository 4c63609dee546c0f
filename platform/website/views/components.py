"""The page that shows every component in every state. Development only."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from benchmarks.enums import CyclePhase, ProgrammeKind
from benchmarks.models import Cycle, Programme
from core.deeds import Deed

TOWNS = ["Utrecht", "Zwolle", "Leeuwarden"]


class SampleForm(forms.Form):
    """One field of each kind; the words are not translated, since nobody but us reads them."""

    name = forms.CharField(label="Name", help_text="As it stands on your door.")
    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}))
    remark = forms.CharField(label="Remark", required=False, widget=forms.Textarea)
    town = forms.ChoiceField(label="Town", choices=[(town, town) for town in TOWNS])
    towns = forms.MultipleChoiceField(
        label="Towns",
        choices=[(town, town) for town in TOWNS],
        widget=forms.CheckboxSelectMultiple,
        help_text="As many as you like.",
    )
    answer = forms.ChoiceField(
        label="Answer", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="I have read it")


def _cycles(today: date) -> list[Cycle]:
    """A round in each phase, one that ended and one that is to begin."""
    start, end = today - timedelta(days=150), today + timedelta(days=200)
    present = [Cycle(name="2026", starts_on=start, ends_on=end, phase=p) for p in CyclePhase]
    over = Cycle(name="2024", starts_on=start - timedelta(days=700), ends_on=start)
    coming = Cycle(name="2028", starts_on=end, ends_on=end + timedelta(days=364))
    return [*present, over, coming]


def _deeds(today: date) -> list[Deed]:
    days = (-12, -1, 0, 1, 9, 60)
    dated = [
        Deed("Invite the two newcomers to the working visit", "Update", "#", today + timedelta(d))
        for d in days
    ]
    return [*dated, Deed("Perception survey 2026", "Answer", "#", None, "Work First")]


def _bar(label: str, **fields: Any) -> SimpleNamespace:
    """Twenty answers as a bar that diverges from the middle, or one with too few to show."""
    kinds = ("disagree-2", "disagree-1", "neutral", "agree-1", "agree-2")
    places = ((70, 5), (75, 15), (90, 20), (110, 40), (150, 20))
    segments = [
        SimpleNamespace(kind=k, x=x, width=w) for k, (x, w) in zip(kinds, places, strict=True)
    ]
    answered = {"disagree": 20, "neutral": 20, "agree": 60, "mean": 3.5, "n": 20}
    common = {"label": label, "note": "", "not_applicable": 2, "counts": (1, 3, 4, 8, 4)}
    return SimpleNamespace(**{"segments": segments, **common, **answered, **fields})


def _context(today: date) -> dict[str, Any]:
    wrong = SampleForm({"name": "", "day": "32-13-2026", "town": "Parijs"})
    wrong.auto_id = "wrong_%s"
    return {
        "form": SampleForm(),
        "wrong_form": wrong,
        "cycles": _cycles(today),
        "deeds": _deeds(today),
        "programmes": [
            Programme(name="Work First", kind=ProgrammeKind.STUDY, source="A publication, 2007"),
            Programme(name="An example", kind=ProgrammeKind.INVENTED),
        ],
        "bars": [
            _bar("Enough knowledge is shared.", note="circle"),
            _bar("There is time to reflect.", segments=(), counts=None),
        ],
        "crumbs": [("Benchmarks", "#"), ("Work First", "#"), ("2026", "#")],
    }


def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    messages.success(request, "A message after something went well.")
    return render(request, "website/components.html", _context(timezone.localdate()))
