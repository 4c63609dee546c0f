"""The curve of time to done as a picture: points on a plane, ticks and a table, no HTML."""

from collections.abc import Callable
from dataclasses import dataclass

from learningcircles.measures.survival import Curve

WIDTH, HEIGHT = 600, 240
LEFT, RIGHT, TOP, BOTTOM = 64, 12, 16, 40
type Along = Callable[[int], float]

MOST_TICKS = 6
TICK_STEPS = (1, 7, 14, 30, 60, 90, 180, 365, 730, 1460)


@dataclass(frozen=True, slots=True)
class Tick:
    """A day on the axis: who was still at risk, and the share still open, with its interval."""

    day: int
    x: float
    at_risk: int
    done: int
    percent: int
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Level:
    """A line across the picture at a percentage."""

    percent: int
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """Paths of SVG in a box of WIDTH by HEIGHT; `group` is empty where there is no group."""

    own: str
    band: str
    group: str
    ticks: list[Tick]
    levels: list[Level]
    median_x: float | None
    half_y: float
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def _y(share: float) -> float:
    return round(TOP + (1 - share) * (HEIGHT - TOP - BOTTOM), 1)


def picture_of(curve: Curve, group: Curve | None = None) -> Picture | None:
    """The picture of a curve, beside that of the group; None when nothing was done yet."""
    if not curve.steps:
        return None
    days = _days(max(curve.last_day, 1))
    end = days[-1]

    def x(day: int) -> float:
        return round(LEFT + min(day, end) / end * (WIDTH - LEFT - RIGHT), 1)

    points = [(step.day, step.still_open) for step in curve.steps]
    theirs = [(step.day, step.still_open) for step in group.steps] if group else []
    return Picture(
        own=_stairs(points, curve.last_day, x),
        band=_band(curve, x),
        group=_stairs([p for p in theirs if p[0] <= end], end, x) if theirs else "",
        ticks=[_tick(curve, day, x(day)) for day in days],
        levels=[Level(percent, _y(percent / 100)) for percent in (100, 75, 50, 25, 0)],
        median_x=None if curve.median is None else x(curve.median),
        half_y=_y(0.5),
    )


def _days(last: int) -> list[int]:
    """Round days on the axis, from 0 to the first one that holds all."""
    step = next((s for s in TICK_STEPS if s * (MOST_TICKS - 1) >= last), last)
    return [number * step for number in range(-(-last // step) + 1)]


def _stairs(points: list[tuple[int, float]], last: int, x: Along) -> str:
    """From all still open, down a step on each day that something was done."""
    path = [f"M{x(0)} {_y(1)}"]
    for day, share in points:
        path.append(f"H{x(day)}V{_y(share)}")
    return "".join([*path, f"H{x(last)}"])


def _band(curve: Curve, x: Along) -> str:
    """The interval around the curve, where it is defined."""
    known = [step for step in curve.steps if step.low is not None and step.high is not None]
    if not known:
        return ""
    ends = [step.day for step in known[1:]] + [curve.last_day]
    there = [f"M{x(known[0].day)} {_y(known[0].high or 0)}"]
    for step, end in zip(known, ends, strict=True):
        there.append(f"V{_y(step.high or 0)}H{x(end)}")
    for step, _end in reversed(list(zip(known, ends, strict=True))):
        there.append(f"V{_y(step.low or 0)}H{x(step.day)}")
    return "".join([*there, "Z"])


def _tick(curve: Curve, day: int, x: float) -> Tick:
    before = [step for step in curve.steps if step.day <= day]
    last = before[-1] if before else None
    return Tick(
        day=day,
        x=x,
        at_risk=curve.at_risk(day),
        done=sum(step.done for step in before),
        percent=round(100 * (last.still_open if last else 1)),
        low=None if last is None or last.low is None else round(100 * last.low),
        high=None if last is None or last.high is None else round(100 * last.high),
    )
