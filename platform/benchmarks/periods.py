"""Periods as they are written: 2024, 2024-Q1, 2024-01. Within a kind, text order is time order."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from benchmarks.enums import FigurePeriod

PATTERNS = {
    FigurePeriod.YEAR: re.compile(r"((?:19|20)\d\d)"),
    FigurePeriod.QUARTER: re.compile(r"((?:19|20)\d\d)-Q([1-4])"),
    FigurePeriod.MONTH: re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])"),
}
MONTHS = {FigurePeriod.YEAR: 12, FigurePeriod.QUARTER: 3, FigurePeriod.MONTH: 1}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, quarter or month; `first` is its first day."""

    first: dt.date
    kind: str

    @property
    def last(self) -> dt.date:
        """Its last day."""
        return self.moved(1).first - dt.timedelta(days=1)

    def moved(self, steps: int) -> "Period":
        """So many periods later, or earlier when negative."""
        months = (
            self.first.year * 12 + self.first.month - 1 + steps * MONTHS[FigurePeriod(self.kind)]
        )
        return Period(dt.date(months // 12, months % 12 + 1, 1), self.kind)

    def __str__(self) -> str:
        if self.kind == FigurePeriod.YEAR:
            return f"{self.first.year}"
        if self.kind == FigurePeriod.QUARTER:
            return f"{self.first.year}-Q{(self.first.month + 2) // 3}"
        return f"{self.first.year}-{self.first.month:02}"


@lru_cache(maxsize=4096)
def read_period(text: str) -> Period | None:
    """The period that is written so, or None.

    >>> read_period("2024-Q2").last
    datetime.date(2024, 6, 30)
    >>> str(read_period("2024-01").moved(-1))
    '2023-12'
    >>> read_period("2024-13") is None
    True
    """
    for kind, pattern in PATTERNS.items():
        found = pattern.fullmatch(text)
        if found:
            part = int(found[2]) if kind != FigurePeriod.YEAR else 1
            month = 3 * part - 2 if kind == FigurePeriod.QUARTER else part
            return Period(dt.date(int(found[1]), month, 1), kind.value)
    return None


def period_of(day: dt.date, kind: str) -> Period:
    """The year, quarter or month that a day falls in."""
    length = MONTHS[FigurePeriod(kind)]
    return Period(dt.date(day.year, (day.month - 1) // length * length + 1, 1), kind)
