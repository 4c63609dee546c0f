"""A thread as a picture: boxes in columns, lines between them, and gaps. Numbers only, no HTML."""

import textwrap
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from learningcircles.thread import KINDS, MOST, Link, Name, Thread

BOX_WIDTH, BOX_HEIGHT = 138, 124
GUTTER, ROW = 24, 138
HEAD = 34
MARGIN = 4
LINE_LENGTH, LINES = 20, 4
NOTE_LENGTH, NOTES = 22, 2


@dataclass(frozen=True, slots=True)
class Box:
    """A link in the picture; its words broken over lines."""

    x: int
    y: int
    lines: list[str]
    note: list[str]
    note_y: int
    link: Link


@dataclass(frozen=True, slots=True)
class Column:
    """A kind of link: where it stands, and whether it is a gap."""

    label: str | Promise
    x: int
    is_gap: bool
    more: int


@dataclass(frozen=True, slots=True)
class Picture:
    """All of it, with the size of the canvas."""

    width: int
    height: int
    columns: list[Column]
    boxes: list[Box]
    lines: list[str]
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT
    top: int = HEAD


def _short(text: str, length: int, lines: int) -> list[str]:
    return textwrap.wrap(text, length, max_lines=lines, placeholder=" …") or [""]


def _note(text: str, y: int) -> dict[str, Any]:
    """The small lines at the foot of a box."""
    lines = _short(text, NOTE_LENGTH, NOTES)
    return {"note": lines, "note_y": y + BOX_HEIGHT - 8 - 16 * len(lines)}


def _boxes(thread: Thread) -> dict[Name, Box]:
    return {
        link.name: Box(
            x=MARGIN + number * (BOX_WIDTH + GUTTER),
            y=HEAD + row * ROW,
            lines=_short(link.text, LINE_LENGTH, LINES),
            **_note(link.further[0] if link.further else link.note, HEAD + row * ROW),
            link=link,
        )
        for number, kind in enumerate(KINDS)
        for row, link in enumerate(thread.links[kind][:MOST])
    }


def _line(left: Box, right: Box) -> str:
    """From the side of one box to that of the next, bent halfway."""
    x, y = left.x + BOX_WIDTH, left.y + BOX_HEIGHT // 2
    to_x, to_y = right.x, right.y + BOX_HEIGHT // 2
    middle = to_x - GUTTER // 2
    return f"M{x} {y}H{middle - GUTTER // 4}L{middle + GUTTER // 4} {to_y}H{to_x}"


def picture_of(thread: Thread) -> Picture:
    """The thread in seven columns, a gap where there is nothing."""
    boxes = _boxes(thread)
    columns = [
        Column(
            label=label,
            x=MARGIN + number * (BOX_WIDTH + GUTTER),
            is_gap=not links,
            more=max(0, len(links) - MOST),
        )
        for number, (label, links) in enumerate(thread.rows)
    ]
    most = max((len(links[:MOST]) for _label, links in thread.rows), default=1)
    return Picture(
        width=2 * MARGIN + len(KINDS) * (BOX_WIDTH + GUTTER) - GUTTER,
        height=HEAD + max(most, 1) * ROW + MARGIN,
        columns=columns,
        boxes=list(boxes.values()),
        lines=[
            _line(boxes[start], boxes[end])
            for start, end in thread.leads_to
            if start in boxes and end in boxes
        ],
    )
