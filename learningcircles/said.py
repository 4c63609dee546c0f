"""What those present said afterwards, as said by enough people, and never of one of them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from learningcircles.domain.afterwards import QUESTIONS
from learningcircles.enums import FeedbackBand
from learningcircles.models import Session, SessionFeedback

FEWEST = 5
"""People behind a number; in a circle of four each knows their own answer."""


@dataclass(frozen=True, slots=True)
class Said:
    """Rows of label, band and n. None before the questions closed: counts that grow one by one
    tell what the last one answered. None either while any question has too few answers."""

    closes_at: datetime | None
    is_closed: bool
    fewest: int = FEWEST
    rows: list[dict[str, Any]] = field(default_factory=list)


def said_afterwards(session: Session, now: datetime) -> Said:
    """The answers to the three questions once they closed, all of them or none."""
    closes, fewest = session.questions_close_at, max(FEWEST, session.programme.minimum_group)
    if closes is None or now < closes:
        return Said(closes, is_closed=False, fewest=fewest)
    answers = list(SessionFeedback.objects.filter(attendance__session=session))
    rows = [_row(name, [getattr(answer, name) for answer in answers]) for name in QUESTIONS]
    enough = all(row["n"] >= fewest for row in rows)
    return Said(closes, is_closed=True, fewest=fewest, rows=rows if enough else [])


def band_of(yes: int, n: int) -> FeedbackBand:
    """In which band so many of n (at least 5) fall.

    Unanimity would tell what each answered, and "all but one" would tell it to that one. So the
    outer bands hold at least three numbers each: whoever knows their own answer is left with at
    least two numbers for the others.

    >>> [band_of(yes, 6).name for yes in range(7)]
    ['FEW', 'FEW', 'FEW', 'HALF', 'MOST', 'MOST', 'MOST']
    """
    outer = max(2, n // 3)
    if yes <= outer:
        return FeedbackBand.FEW
    return FeedbackBand.MOST if n - yes <= outer else FeedbackBand.HALF


def _row(name: str, given: list[bool | None]) -> dict[str, Any]:
    told = [answer for answer in given if answer is not None]
    band = band_of(sum(told), len(told)) if told else None
    return {"label": label_of(name), "band": band.label if band else "", "n": len(told)}


def label_of(name: str) -> str:
    """A question as those who were there read it."""
    field: Any = SessionFeedback._meta.get_field(name)
    return field.verbose_name
