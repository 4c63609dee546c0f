"""What this room tells the page of a figure: readings and signals of it, doubts about how it is
defined, actions that are to move it, practices."""

from collections.abc import Collection, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from benchmarks.told import Told, ToldKind
from learningcircles.chains import with_origin
from learningcircles.models import Action, DefinitionIssue, PracticePage, Reading, Signal


def told(
    sender: Any, user: Any, organisation: Any, indicators: Collection[int], **kwargs: Any
) -> Iterator[Told]:
    """Only what this person may read in this room, about the figures of this organisation."""
    yield from _readings(user, organisation, indicators)
    yield from _signals(user, organisation, indicators)
    yield from _issues(user, indicators)
    yield from _actions(user, organisation, indicators)
    yield from _practices(user, indicators)


def _said(kind: ToldKind, row: Reading | Signal, indicator: int, moment: Any) -> Told:
    return Told(
        indicator=indicator,
        kind=kind,
        text=row.text,
        url=reverse("session", args=[row.session.programme.code, row.session_id]),
        day=timezone.localtime(moment).date(),
        thread=reverse("thread", args=[kind.value, row.pk]),
    )


def _readings(user: Any, organisation: Any, indicators: Collection[int]) -> Iterator[Told]:
    readings = Reading.objects.visible_to(user).filter(
        figure__organisation=organisation, figure__indicator__in=indicators
    )
    for row in readings.select_related("figure", "session__programme"):
        if row.figure is not None:
            yield _said(ToldKind.READING, row, row.figure.indicator_id, row.noted_at)


def _signals(user: Any, organisation: Any, indicators: Collection[int]) -> Iterator[Told]:
    signals = Signal.objects.visible_to(user).filter(
        figure__organisation=organisation, figure__indicator__in=indicators
    )
    for row in signals.select_related("figure", "session__programme"):
        if row.figure is not None:
            yield _said(ToldKind.SIGNAL, row, row.figure.indicator_id, row.raised_at)


def _issues(user: Any, indicators: Collection[int]) -> Iterator[Told]:
    """A definition is the same for all, and so is a doubt about it."""
    issues = DefinitionIssue.objects.visible_to(user).filter(indicator__in=indicators)
    for issue in issues:
        yield Told(
            indicator=issue.indicator_id,
            kind=ToldKind.ISSUE,
            text=issue.text,
            day=timezone.localtime(issue.raised_at).date(),
            status=issue.get_state_display(),
        )


def _actions(user: Any, organisation: Any, indicators: Collection[int]) -> Iterator[Told]:
    """What is to move it, or came from it."""
    actions = with_origin(Action.objects.visible_to(user)).filter(
        moves__in=indicators, organisation=organisation
    )
    for action in actions:
        yield Told(
            indicator=action.moves,
            kind=ToldKind.ACTION,
            text=action.title,
            url=reverse("action", args=[action.pk]),
            day=action.agreed_on,
            status=action.get_status_display(),
            thread=reverse("thread", args=["action", action.pk]),
        )


def _practices(user: Any, indicators: Collection[int]) -> Iterator[Told]:
    """What works elsewhere on the same figure."""
    practices = PracticePage.objects.visible_to(user).filter(indicator__in=indicators, live=True)
    for practice in practices.select_related("organisation"):
        if practice.indicator_id is not None:
            yield Told(
                indicator=practice.indicator_id,
                kind=ToldKind.PRACTICE,
                text=practice.title,
                url=reverse("practice", args=[practice.pk]),
                status=str(practice.organisation),
            )
