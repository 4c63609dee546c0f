"""The sample as a flow: how many people at each step, and why others left it. Numbers only."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from textwrap import wrap

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.enums import REASONS, Standing

type Text = str | Promise

WIDTH, MAIN, GAP, LINE, PAD = 360, 148, 20, 17, 10
SIDE = WIDTH - MAIN - GAP
CHARACTERS = 27
"""As many as fit on a line of a side box."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some of those who left at a step (or are still in it), and why."""

    label: Text
    people: int
    reasons: tuple[tuple[Text, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """How many are in at this step, and what became of the rest of them."""

    label: Text
    people: int
    out: tuple[Part, ...] = ()


@dataclass(slots=True)
class Box:
    """A drawn step: where it is, its lines, and the lines of the box beside it."""

    y: int
    height: int
    label: Text
    people: int
    lines: list[tuple[int, str, bool]] = field(default_factory=list)
    side_height: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """The boxes from top to bottom on a canvas of 360 units wide."""

    height: int
    boxes: list[Box]


def make_flow(people: Iterable[tuple[str, str]]) -> list[Step]:
    """The steps of these people, given as (standing, reason)."""
    counted = Counter(people)
    by = Counter[str]()
    for (standing, _reason), number in counted.items():
        by[standing] += number
    total = sum(by.values())
    reached = total - by[Standing.OUT_OF_REACH]
    asked = reached - by[Standing.NOT_APPROACHED]
    agreed = by[Standing.AGREED] + by[Standing.HELD]
    return [
        Step(_("Contact people"), total, _left(counted, Standing.OUT_OF_REACH)),
        Step(_("Can be reached"), reached, _left(counted, Standing.NOT_APPROACHED)),
        Step(
            _("Approached"),
            asked,
            (
                *_left(counted, Standing.DECLINED),
                *_still(_("no answer yet"), by[Standing.APPROACHED]),
            ),
        ),
        Step(_("Said yes"), agreed, _still(_("still to be held"), by[Standing.AGREED])),
        Step(_("Talked to"), by[Standing.HELD]),
    ]


def _left(counted: Counter[tuple[str, str]], standing: Standing) -> tuple[Part, ...]:
    whys = REASONS[standing]
    own = {reason: number for (at, reason), number in counted.items() if at == standing}
    reasons: tuple[tuple[Text, int], ...] = tuple(
        (why.label, own[why.value]) for why in whys if own.get(why.value)
    )
    unknown = sum(number for reason, number in own.items() if reason not in whys.values)
    if unknown:
        chosen = standing == Standing.NOT_APPROACHED
        why = _("chosen, still to be asked") if chosen else _("reason unknown")
        reasons = (*reasons, (why, unknown))
    people = sum(own.values())
    return (Part(standing.label, people, reasons),) if people else ()


def _still(label: Text, people: int) -> tuple[Part, ...]:
    return (Part(label, people),) if people else ()


def draw_flow(steps: Iterable[Step]) -> Picture:
    """The flow on a canvas: a column of boxes, and beside each what left it."""
    boxes, y = [], 0
    for step in steps:
        lines = _lines(step.out)
        side = len(lines) * LINE + 2 * PAD if lines else 0
        height = max(58, side)
        placed = [(y + PAD + 12 + at * LINE, text, bold) for at, (text, bold) in enumerate(lines)]
        boxes.append(Box(y, height, step.label, step.people, placed, side))
        y += height + GAP
    return Picture(y - GAP, boxes)


def _lines(parts: Iterable[Part]) -> list[tuple[str, bool]]:
    lines: list[tuple[str, bool]] = []
    for part in parts:
        lines += [(text, True) for text in wrap(f"{part.people} {part.label}", CHARACTERS)]
        for label, number in part.reasons:
            lines += [(text, False) for text in wrap(f"{number} {label}", CHARACTERS)]
    return lines


def flow_rows(steps: Iterable[Step]) -> list[tuple[str, str, int]]:
    """The same as a table: step, what became of them, people."""
    rows: list[tuple[str, str, int]] = []
    for step in steps:
        rows.append((str(step.label), "", step.people))
        for part in step.out:
            rows.append((str(step.label), str(part.label), part.people))
            for label, number in part.reasons:
                rows.append((str(step.label), f"{part.label}: {label}", number))
    return rows
