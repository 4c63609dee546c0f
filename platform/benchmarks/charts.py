"""What the pages of figures draw, as numbers on a small canvas. No HTML, and no words but numbers.

A canvas is 360 units wide, about as wide as a telephone, so that its letters are readable there; on
a larger screen it grows with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10

from benchmarks.trend import TrendPoint

WIDTH, HEIGHT = 360, 190
LEFT, RIGHT, TOP, BOTTOM = 42, 12, 12, 26
MOST_LABELS = 5


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale: where it is drawn, and the number beside it."""

    at: float
    number: float


@dataclass(frozen=True, slots=True)
class Dot:
    """One figure: where it is drawn, its number, and whether it is disputed."""

    x: float
    y: float
    number: float
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A period under the chart."""

    x: float
    text: str
    anchor: str


@dataclass(slots=True)
class Trend:
    """Own figures as lines that break where figures may not be compared, the group as bands."""

    ticks: list[Tick]
    labels: list[Label]
    dots: list[Dot] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    bands: list[str] = field(default_factory=list)
    middles: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Strip:
    """The own figure on one line with the group: its quartiles, and each of the others if they
    may be seen. All as x on a canvas of 360."""

    own: float
    low: float | None
    middle: float | None
    high: float | None
    others: list[float]
    ticks: list[Tick]
    disputed: bool = False


def nice_ticks(low: float, high: float, most: int = 4) -> list[float]:
    """Round numbers that enclose two values.

    >>> nice_ticks(21.5, 38)
    [20, 25, 30, 35, 40]
    >>> nice_ticks(5, 5)
    [4, 5, 6]
    """
    if low == high:
        low, high = low - 1, high + 1
    rough = (high - low) / most
    size = 10 ** floor(log10(rough))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [_round(number * step) for number in range(first, last + 1)]


def _round(number: float) -> float:
    """Without the crumbs of binary fractions."""
    cut = round(number, 9)
    return int(cut) if cut == int(cut) else cut


def draw_trend(points: Sequence[TrendPoint]) -> Trend | None:
    """The chart of a trend; None when there is no figure to draw."""
    own = [point for point in points if point.value is not None]
    if not own:
        return None
    bands = [point.group.quartiles for point in points if point.group and point.group.quartiles]
    numbers = [point.value for point in own if point.value is not None]
    numbers += [number for band in bands for number in band]
    marks = nice_ticks(min(numbers), max(numbers))
    scale = _Scale(len(points), marks[0], marks[-1])
    trend = Trend([Tick(scale.y(mark), mark) for mark in marks], _labels(points, scale))
    for run in _runs(points):
        _draw_run(trend, run, scale)
    return trend


class _Scale:
    """From the number of a period and a value to a place on the canvas."""

    def __init__(self, count: int, low: float, high: float) -> None:
        self.step = (WIDTH - LEFT - RIGHT) / max(count - 1, 1)
        self.start = LEFT if count > 1 else (WIDTH + LEFT) / 2
        self.low, self.high = low, high

    def x(self, at: int) -> float:
        return round(self.start + at * self.step, 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def _labels(points: Sequence[TrendPoint], scale: _Scale) -> list[Label]:
    """At most five periods, the first and the last among them."""
    last = len(points) - 1
    every = max(1, ceil(last / (MOST_LABELS - 1)))
    shown = sorted({*range(0, last, every), last})
    if len(shown) > 1 and shown[-1] - shown[-2] < every:
        del shown[-2]
    return [
        Label(scale.x(at), points[at].period, "end" if at == last and last else "middle")
        for at in shown
    ]


type Run = list[tuple[int, TrendPoint]]


def _runs(points: Sequence[TrendPoint]) -> list[Run]:
    """Stretches without a gap and of one series."""
    runs: list[Run] = []
    for at, point in enumerate(points):
        if point.value is None:
            continue
        last = runs[-1][-1] if runs else None
        if last is not None and last[0] == at - 1 and last[1].series == point.series:
            runs[-1].append((at, point))
        else:
            runs.append([(at, point)])
    return runs


def _draw_run(trend: Trend, run: Run, scale: _Scale) -> None:
    dots = [
        Dot(scale.x(at), scale.y(point.value), point.value, point.disputed)
        for at, point in run
        if point.value is not None
    ]
    trend.dots += dots
    if len(dots) > 1:
        trend.lines.append(_path([(dot.x, dot.y) for dot in dots]))
    band: list[tuple[float, tuple[float, float, float]]] = []
    for at, point in run:
        if point.group and point.group.quartiles:
            band.append((scale.x(at), point.group.quartiles))
        else:
            _draw_band(trend, band, scale)
            band = []
    _draw_band(trend, band, scale)


def _draw_band(
    trend: Trend, band: list[tuple[float, tuple[float, float, float]]], scale: _Scale
) -> None:
    """The middle half of the group as an area, and its median as a line; one period is a column."""
    if len(band) == 1:
        x, quartiles = band[0]
        band = [(x - 6, quartiles), (x + 6, quartiles)]
    if not band:
        return
    upper = [(x, scale.y(quartiles[2])) for x, quartiles in band]
    lower = [(x, scale.y(quartiles[0])) for x, quartiles in reversed(band)]
    trend.bands.append(_path([*upper, *lower]) + "Z")
    trend.middles.append(_path([(x, scale.y(quartiles[1])) for x, quartiles in band]))


def _path(places: list[tuple[float, float]]) -> str:
    """The way of a line, as SVG writes it.

    >>> _path([(1, 2), (3, 4)])
    'M1 2L3 4'
    """
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in places)


def draw_strip(point: TrendPoint, others: Sequence[float]) -> Strip | None:
    """The own figure of a period on one line with its group; None with nothing beside it."""
    quartiles = point.group.quartiles if point.group else None
    if point.value is None or not (quartiles or others):
        return None
    numbers = [point.value, *(quartiles or ()), *others]
    marks = nice_ticks(min(numbers), max(numbers), 3)
    width = WIDTH - 2 * RIGHT

    def place(value: float) -> float:
        return round(RIGHT + width * (value - marks[0]) / (marks[-1] - marks[0]), 1)

    low, middle, high = (place(each) for each in quartiles) if quartiles else (None, None, None)
    return Strip(
        place(point.value),
        low,
        middle,
        high,
        [place(other) for other in others],
        [Tick(place(mark), mark) for mark in marks],
        point.disputed,
    )
