"""What those present said afterwards, as counts of enough people."""

from dataclasses import dataclass
from typing import Any

from learningcircles.domain.afterwards import QUESTIONS
from learningcircles.models import Session, SessionFeedback

FEWEST = 5
"""People behind a number; in a circle of four each knows their own answer."""


@dataclass(frozen=True, slots=True)
class Said:
    """Rows of label, yes, n; none while any question has too few answers."""

    rows: list[dict[str, Any]]
    fewest: int = FEWEST

    @property
    def shown(self) -> bool:
        return bool(self.rows)


def said_afterwards(session: Session) -> Said:
    """Counts of answers to the three questions, all of them or none."""
    answers = list(SessionFeedback.objects.filter(attendance__session=session))
    rows = [_row(name, [getattr(answer, name) for answer in answers]) for name in QUESTIONS]
    return Said(rows if all(row["n"] >= FEWEST for row in rows) else [])


def _row(name: str, given: list[bool | None]) -> dict[str, Any]:
    told = [answer for answer in given if answer is not None]
    return {"label": label_of(name), "yes": sum(told), "n": len(told)}


def label_of(name: str) -> str:
    """A question as those who were there read it."""
    field: Any = SessionFeedback._meta.get_field(name)
    return field.verbose_name
