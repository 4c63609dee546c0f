"""What somebody gave for an item. Pure; reading.py reads it, the domain stores it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from surveys.enums import NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Given:
    """One answer, in one of these: as the columns of models.Answer.

    `value` is a point of the scale or an option, `chosen` several options (in rank where they are
    ranked), `text` a remark or short text.
    """

    value: int | None = None
    not_applicable: bool = False
    text: str = ""
    number: Decimal | None = None
    day: dt.date | None = None
    chosen: tuple[int, ...] = ()

    @property
    def posted(self) -> str:
        """The answer as a browser posts it, where that is one value."""
        if self.not_applicable:
            return NOT_APPLICABLE
        return self.text if self.value is None else str(self.value)

    @property
    def picked(self) -> tuple[str, ...]:
        """The buttons and boxes that are on for this answer."""
        return tuple(str(value) for value in self.chosen) or ((self.posted,) if self.posted else ())


def number_text(number: Decimal) -> str:
    """A number as one writes it, without zeros that say nothing: 2.50 is "2.5"."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def join_chosen(values: Iterable[int]) -> str:
    """Several options as they stand in the column: (1, 4) is ",1,4,"; no options are ""."""
    joined = ",".join(str(value) for value in values)
    return f",{joined}," if joined else ""


def split_chosen(stored: str) -> tuple[int, ...]:
    """The options that stand in the column: ",1,4," is (1, 4)."""
    return tuple(int(value) for value in stored.strip(",").split(",") if value)
