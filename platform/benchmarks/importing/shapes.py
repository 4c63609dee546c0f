"""The shapes a file of figures may have, made one: a list of cells, each with where it stands.

Long: columns organisation, indicator, period, value. Wide by indicator: organisation, period, and a
column for each indicator. Wide by period: organisation, indicator, and a column for each period.
Columns may stand in any order and bear their Dutch name; `status` and `remark` may stand beside.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from benchmarks.periods import read_period
from core.csvfiles import InvalidFile
from core.sheets import Sheet

NAMES = {
    "organisation": "organisation",
    "organization": "organisation",
    "organisatie": "organisation",
    "gemeente": "organisation",
    "municipality": "organisation",
    "indicator": "indicator",
    "kencijfer": "indicator",
    "period": "period",
    "periode": "period",
    "value": "value",
    "waarde": "value",
    "status": "status",
    "remark": "remark",
    "opmerking": "remark",
}
LONG = ("organisation", "indicator", "period", "value")
BESIDE = ("status", "remark")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as it stands in a file, with the row and column to point at."""

    row: int
    column: str
    organisation: str
    indicator: str
    period: str
    value: str
    status: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Shaped:
    """All cells of a file, which columns were left unread, and how the file calls the others."""

    cells: list[Cell]
    ignored: list[str]
    names: dict[str, str]


def shape(sheet: Sheet) -> Shaped:
    """The cells of a sheet in any of the three shapes. Raises InvalidFile for another header."""
    places = {NAMES[name]: at for at, name in enumerate(sheet.header) if name in NAMES}
    if len(places) < sum(name in NAMES for name in sheet.header):
        raise InvalidFile([_("%(file)s, row 1: a column stands twice.") % {"file": sheet.name}])
    there = [name for name in LONG if name in places]
    if len(there) == len(LONG):
        used = set(places.values())
        left = [name for at, name in enumerate(sheet.header) if at not in used]
        return Shaped(list(_long(sheet, places)), left, _names(sheet, places))
    if there == ["organisation", "period"]:
        return _wide(sheet, places, by="indicator")
    if there == ["organisation", "indicator"]:
        return _wide(sheet, places, by="period")
    raise InvalidFile([_wrong_header(sheet)])


def _wrong_header(sheet: Sheet) -> str:
    return _(
        "%(file)s, row 1: the columns must be organisation, indicator, period and value; or "
        "organisation, period and a column for each indicator; or organisation, indicator and a "
        "column for each period. Found: %(found)s."
    ) % {"file": sheet.name, "found": ", ".join(sheet.header)[:200]}


def _long(sheet: Sheet, places: dict[str, int]) -> Iterator[Cell]:
    status, remark = places.get("status"), places.get("remark")
    at = [places[name] for name in LONG]
    for row, cells in sheet.rows:
        organisation, indicator, period, value = (cells[place] for place in at)
        yield Cell(
            row,
            sheet.header[places["value"]],
            organisation,
            indicator,
            as_period(period),
            value,
            "" if status is None else cells[status],
            "" if remark is None else cells[remark],
        )


def _wide(sheet: Sheet, places: dict[str, int], *, by: str) -> Shaped:
    """A column for each indicator or for each period; `status` and `remark` can't be told apart
    then, so they stay unread."""
    known = set(places.values())
    wide = [(at, name) for at, name in enumerate(sheet.header) if at not in known and name]
    other = "period" if by == "indicator" else "indicator"
    cells = []
    for row, values in sheet.rows:
        for at, name in wide:
            own = {by: name, other: values[places[other]]}
            cells.append(
                Cell(
                    row,
                    name,
                    values[places["organisation"]],
                    own["indicator"],
                    as_period(own["period"]),
                    values[at],
                )
            )
    return Shaped(cells, [name for name in BESIDE if name in places], _names(sheet, places))


def _names(sheet: Sheet, places: dict[str, int]) -> dict[str, str]:
    return {name: sheet.header[at] for name, at in places.items()}


def as_period(text: str) -> str:
    """A period as it is stored. Spreadsheets make a day of 2024-01, and people write 2024-q1.

    >>> as_period("2024-q1"), as_period("2024-01-01"), as_period("2024")
    ('2024-Q1', '2024-01', '2024')
    """
    written = text.strip().upper()
    if read_period(written) is None and written.endswith("-01"):
        try:
            return dt.date.fromisoformat(written).isoformat()[:7]
        except ValueError:
            return text
    return written
