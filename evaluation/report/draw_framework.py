"""The framework as SVG: boxes, and an arrow for each relation with its strength and interval.

Drawn by a template, not by a chart library: text and shapes only, so that it is the same bytes for
the same result. A line's form says the grade (full: plausible; dashed: unsupported; dotted:
contradicted), never its colour alone.
"""

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from evaluation.findings.family import CONDITIONS
from evaluation.report.document import Chart
from evaluation.report.reading import Reading, number

WIDTH, LEFT, RIGHT = 1000, 210, 200
TOP, ROOM, LINE = 16, 22, 25
PORTS = 4
HEIGHT_OF_BOX = PORTS * LINE + 8
ENDS = ("social_learning_level", "agenda_learning_level", "follow_up", "change")
LOOKS = {
    "plausible": {"colour": "#1d3d9c", "dash": "", "width": 3},
    "unsupported": {"colour": "#67738f", "dash": "6 5", "width": 1.5},
    "contradicted": {"colour": "#a65a00", "dash": "2 4", "width": 3},
}


def framework_svg(reading: Reading, chart: Chart) -> str:
    """The picture in the language of the moment."""
    arrows = {(each["from"], each["to"]): each for each in reading.result["framework"]}
    height = TOP * 2 + len(CONDITIONS) * (HEIGHT_OF_BOX + ROOM) - ROOM
    context = {
        "width": WIDTH,
        "height": height,
        "title": chart.title,
        "alt": chart.alt,
        "language": get_language(),
        "boxes": [*_conditions(reading), *_ends(reading, arrows)],
        "lines": [
            _line(arrows[start, end], row, place)
            for row, start in enumerate(CONDITIONS)
            for place, end in enumerate(ENDS)
            if arrows[start, end]["value"] is not None
        ],
        "labels": [
            _label(reading, arrows[start, end], row, place)
            for row, start in enumerate(CONDITIONS)
            for place, end in enumerate(ENDS)
        ],
        "looks": LOOKS,
    }
    return str(render_to_string("evaluation/framework.svg", context))


def _top(row: int) -> int:
    return TOP + row * (HEIGHT_OF_BOX + ROOM)


def _box(x: int, row: int, width: int, title: str, notes: list[str]) -> dict[str, Any]:
    lines = wrap(title, 24 if width == LEFT else 22)
    y = _top(row)
    first = y + (HEIGHT_OF_BOX - 20 * len(lines) - 17 * len(notes)) / 2 + 15
    return {
        "x": x,
        "y": y,
        "width": width,
        "height": HEIGHT_OF_BOX,
        "middle": x + width / 2,
        "lines": [{"y": first + 20 * place, "text": text} for place, text in enumerate(lines)],
        "notes": [
            {"y": first + 20 * len(lines) + 17 * place, "text": text}
            for place, text in enumerate(notes)
        ],
    }


def _conditions(reading: Reading) -> list[dict[str, Any]]:
    return [_box(0, row, LEFT, reading.title(name), []) for row, name in enumerate(CONDITIONS)]


def _ends(reading: Reading, arrows: Mapping[tuple[str, str], Any]) -> list[dict[str, Any]]:
    """The boxes on the right; what leads from one to a later one is written in it."""
    boxes = []
    for row, name in enumerate(ENDS):
        further = [each for (start, _end), each in arrows.items() if start == name]
        notes = [f"→ {reading.variable(each['to'])}: {_strength(each)}" for each in further]
        boxes.append(_box(WIDTH - RIGHT, row, RIGHT, reading.title(name), notes))
    return boxes


def _port(row: int, place: int) -> float:
    return _top(row) + 4 + LINE * (place + 0.5)


def _label(reading: Reading, arrow: Mapping[str, Any], row: int, place: int) -> dict[str, Any]:
    return {
        "x": LEFT + 10,
        "y": _port(row, place) + 5,
        "to": reading.variable(arrow["to"]),
        "strength": _strength(arrow),
        "colour": LOOKS[arrow["grade"]]["colour"],
        "weight": 400 if arrow["grade"] == "unsupported" else 600,
    }


def _strength(arrow: Mapping[str, Any]) -> str:
    if arrow["value"] is None:
        return "–"
    said = number(arrow["value"])
    if arrow["interval"] is None:
        return said
    low, high = arrow["interval"]
    return f"{said} ({number(low)}; {number(high)})"


def _line(arrow: Mapping[str, Any], row: int, place: int) -> dict[str, Any]:
    """From the label to the box it speaks of, as a curve that arrives level."""
    x1, y1 = LEFT + 330, _port(row, place)
    x2, y2 = WIDTH - RIGHT - 8, _top(place) + 4 + LINE * (row + 0.5)
    bend = (x2 - x1) / 2
    return {
        "path": f"M{x1} {y1:.1f} C{x1 + bend:.0f} {y1:.1f} {x2 - bend:.0f} {y2:.1f} {x2} {y2:.1f}",
        "grade": arrow["grade"],
        **LOOKS[arrow["grade"]],
    }
