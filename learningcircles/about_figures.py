"""What this room tells the page of a figure: signals from it, actions to move it, practices."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from benchmarks.told import Told, ToldKind
from learningcircles.models import Action, PracticePage, Signal


def told(
    sender: Any, user: Any, organisation: Any, indicators: Collection[int], **kwargs: Any
) -> Iterator[Told]:
    """Only what this person may read in this room, about the figures of this organisation."""
    yield from _signals(user, organisation, indicators)
    yield from _actions(user, organisation, indicators)
    yield from _practices(user, indicators)


def _signals(user: Any, organisation: Any, indicators: Collection[int]) -> Iterator[Told]:
    signals = Signal.objects.visible_to(user).filter(
        figure__organisation=organisation, figure__indicator__in=indicators
    )
    for signal in signals.select_related("figure", "session__programme"):
        if signal.figure is not None:
            yield Told(
                indicator=signal.figure.indicator_id,
                kind=ToldKind.SIGNAL,
                text=signal.text,
                url=reverse("session", args=[signal.session.programme.code, signal.session_id]),
                day=timezone.localtime(signal.raised_at).date(),
            )


def _actions(user: Any, organisation: Any, indicators: Collection[int]) -> Iterator[Told]:
    about = Q(indicator__in=indicators) | Q(
        indicator=None,
        signal__figure__indicator__in=indicators,
        signal__figure__organisation=organisation,
    )
    actions = Action.objects.visible_to(user).filter(about, organisation=organisation)
    for action in actions.select_related("signal__figure"):
        figure = action.signal.figure if action.signal else None
        indicator = action.indicator_id or (figure.indicator_id if figure else None)
        if indicator is not None:
            yield Told(
                indicator=indicator,
                kind=ToldKind.ACTION,
                text=action.title,
                url=reverse("action", args=[action.pk]),
                day=action.agreed_on,
                status=action.get_status_display(),
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
