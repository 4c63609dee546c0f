"""What this room offers upward: sections of a programme's page, and deeds for *Now*."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from benchmarks.enums import ProgrammeKind
from benchmarks.models import Programme
from benchmarks.rules import holds
from core.deeds import Deed, Section
from evaluation.models import Run
from evaluation.report.build import programme_name
from evaluation.rules import may
from people.enums import Role

ROLES = (Role.COORDINATOR, Role.FACILITATOR, Role.EVALUATOR)
NEW_FOR = timedelta(days=7)
AGREEMENT, REPORT, CHECK = 26, 80, 90
"""Where the sections stand on the page of a programme: last, as in the three phases;
agreement stands with the coding."""


def sections(sender: Any, user: Any, programme: Programme, **named: Any) -> Iterator[Section]:
    """Agreement between coders, the report, and for a study where the two differ."""
    if holds(user, programme, *ROLES):
        yield Section(
            title=_("Agreement between coders"),
            url=reverse("agreement", args=[programme.code]),
            order=AGREEMENT,
            summary=_("Do people who read the same see the same?"),
        )
    if not may(user, "benchmarks.read_report", programme):
        return
    yield Section(
        title=_("Learning-effect report"),
        url=reverse("report", args=[programme.code]),
        order=REPORT,
        summary=_("Did it help, and how do we know?"),
    )
    if programme.kind == ProgrammeKind.STUDY:
        yield Section(
            title=_("Study and recalculation"),
            url=reverse("study_check", args=[programme.code]),
            order=CHECK,
            summary=_("Where the published tables and the codings differ."),
        )


def deeds(sender: Any, user: Any, today: date, **named: Any) -> Iterator[Deed]:
    """A report that I asked for and that came in the past week."""
    if not user.is_authenticated:
        return
    since = timezone.now() - NEW_FOR
    runs = Run.objects.visible_to(user).finished().filter(requested_by=user, finished_at__gte=since)
    told: set[int] = set()
    for run in runs.select_related("programme"):
        if run.programme_id not in told:
            told.add(run.programme_id)
            yield Deed(
                title=_("The learning-effect report is ready"),
                verb=_("Read the report"),
                url=reverse("report", args=[run.programme.code]),
                context=programme_name(run.programme),
            )
