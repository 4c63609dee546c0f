"""What was said and done about a figure. This room can't know: the rooms above attach to it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.dispatch import Signal
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.deeds import gather


class ToldKind(models.TextChoices):
    READING = "reading", _("reading")
    SIGNAL = "signal", _("signal")
    ISSUE = "issue", _("definition issue")
    DECISION = "decision", _("decision")
    ACTION = "action", _("action")
    PRACTICE = "practice", _("good practice")


@dataclass(frozen=True, slots=True)
class Told:
    """One line about an indicator of an organisation: what was said, or what is being done."""

    indicator: int
    kind: ToldKind
    text: str
    url: str = ""
    day: dt.date | None = None
    status: str | Promise = ""
    thread: str = ""
    """Where its whole chain is shown, if there is such a page."""


collect_told = Signal()
"""Sent with `user`, `organisation` and `indicators` (primary keys); receivers return an iterable
of Told: only what this user may read about the figures of this organisation."""


def told_of(user: Any, organisation: Any, indicators: Collection[int]) -> dict[int, list[Told]]:
    """By indicator what was said and done about it, the newest first."""
    lines: dict[int, list[Told]] = defaultdict(list)
    rows: list[Told] = gather(
        collect_told, user=user, organisation=organisation, indicators=set(indicators)
    )
    for row in sorted(rows, key=lambda row: row.day or dt.date.min, reverse=True):
        lines[row.indicator].append(row)
    return lines
