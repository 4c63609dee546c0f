"""Charts for a page, as positions (plots.py), from a run's result."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evaluation.report.claims import indicator_words
from evaluation.report.plots import Mark, Piece, Plot
from evaluation.report.reading import Reading, is_rated, number, statement
from evaluation.words import value_words

KINDS = ("disagree-2", "disagree-1", "neutral", "agree-1", "agree-2")
MOST_HEADS = 6
"""Of more organisations the names don't fit above a grid; a mark tells them."""
WIDEST = 4.0
"""Differences are drawn up to so many times the least that matters; further out they stop."""


def relations_plot(reading: Reading) -> Plot:
    """A dot for each relation at its tau-b, with its interval; the axis runs from -1 to 1."""
    marks = [
        Mark(
            place,
            f"{reading.title(row['condition'])}: {reading.variable(row['outcome'])}",
            _dot(row["pattern"], row["association"]["value"], row["association"]["interval"], 1.0),
            number(row["association"]["value"]),
        )
        for place, row in enumerate(reading.result["relations"])
        if row["association"]
    ]
    ends = (number(-1, 0), number(1, 0))
    return Plot("dots", "relations", tuple(marks), zero=50.0, ends=ends)


def improvement_plot(rows: Sequence[Mapping[str, Any]]) -> Plot | None:
    """A dot for each indicator: the difference in change in units of the least that matters, with
    better to the right; None without any."""
    marks = [
        Mark(place, indicator_words(row), _difference(row), number(row["difference"]))
        for place, row in enumerate(rows)
        if row["difference"] is not None and row["least_change"]
    ]
    ends = (pgettext("end of an axis", "worse"), pgettext("end of an axis", "better"))
    return Plot("dots", "improvement", tuple(marks), zero=50.0, ends=ends) if marks else None


def _difference(row: Mapping[str, Any]) -> tuple[Piece, ...]:
    sign = -1 if row["better"] == "lower" else 1
    unit = sign / row["least_change"]
    interval = sorted(unit * end for end in row["interval"])
    return _dot(row["grade"], unit * row["difference"], interval, WIDEST)


def _dot(
    kind: str, value: float, interval: Iterable[float] | None, widest: float
) -> tuple[Piece, ...]:
    drawn = []
    if interval is not None:
        low, high = (_place(end, widest) for end in interval)
        drawn.append(Piece("interval", low, round(high - low, 2)))
    return (*drawn, Piece(kind, _place(value, widest)))


def _place(value: float, widest: float) -> float:
    """In percent, from -widest to widest; what lies further out stands at the end."""
    return round(50 + 50 * max(-1.0, min(1.0, value / widest)), 2)


def perception_plot(wave: Mapping[str, Any]) -> Plot:
    """Bars that diverge from the middle of the neutral answers; nothing for too small a group."""
    marks = [
        Mark(place, statement(item), _bar(item["counts"]), f"n = {item['n']}")
        for place, item in enumerate(wave["items"])
        if item["counts"]
    ]
    words = (
        _("strongly disagree"),
        _("disagree"),
        _("neutral"),
        _("agree"),
        _("strongly agree"),
    )
    keys = tuple(Piece(kind, 0.0, text=text) for kind, text in zip(KINDS, words, strict=True))
    return Plot("bars", "perception", tuple(marks), zero=50.0, keys=keys)


def _bar(counts: Sequence[int]) -> tuple[Piece, ...]:
    """All of it would reach from one end to the middle, so half a percent is one here."""
    total = sum(counts)
    widths = [50 * each / total for each in counts] if total else [0.0] * len(counts)
    at = 50 - widths[0] - widths[1] - widths[2] / 2
    pieces = []
    for kind, width in zip(KINDS, widths, strict=True):
        pieces.append(Piece(kind, round(at, 2), round(width, 2)))
        at += width
    return tuple(pieces)


def ratings_plot(reading: Reading) -> Plot:
    """A grid of signs, in the order of the table: a line a variable, a column an organisation."""
    rated = [(name, spec) for name, spec in reading.result["variables"].items() if is_rated(spec)]
    marks = [
        Mark(place, reading.title(name), tuple(_tiles(reading, spec)))
        for place, (name, spec) in enumerate(rated)
    ]
    names = tuple(reading.names.values())
    return Plot("grid", "ratings", tuple(marks), heads=names if len(names) <= MOST_HEADS else ())


def _tiles(reading: Reading, spec: Mapping[str, Any]) -> Iterable[Piece]:
    width = 100 / len(reading.names)
    rating = {
        reference: (place, each["value"])
        for place, each in enumerate(spec["values"])
        for reference in each["organisations"]
    }
    for column, (reference, name) in enumerate(reading.names.items()):
        if reference in rating:
            place, value = rating[reference]
            kind = f"rating-{min(2, place + 3 - len(spec['values'])) if place else 0}"
            x = round(column * width, 3)
            yield Piece(kind, x, round(width, 3), value_words(value), name)


def arrows_plot(reading: Reading) -> Plot:
    """A dot for each arrow of the framework that could be computed, with its interval."""
    marks = [
        Mark(
            place,
            f"{reading.title(each['from'])}: {reading.variable(each['to'])}",
            _dot(each["grade"], each["value"], each["interval"], 1.0),
            number(each["value"]),
        )
        for place, each in enumerate(reading.result["framework"])
        if each["value"] is not None
    ]
    ends = (number(-1, 0), number(1, 0))
    return Plot("dots", "framework", tuple(marks), zero=50.0, ends=ends)
