"""Association of two ordered variables with what a third has in common with both taken out."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.measures.association import NoAssociation, kendall_tau_b
from evaluation.measures.drawing import draws, stream
from evaluation.measures.resampling import SEED
from evaluation.measures.stratified import Signs, how_often, signs_of, weighed

type Numbers = NDArray[np.float64]

CONFIDENCE = 0.95
FEWEST_UNITS = 6
MOST_UNUSABLE = 0.05
RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Partial:
    """Strength of x with y, and what is left of it with a third held; `p` is None where it wasn't
    asked for, or where no unit has another like it in the third to change with."""

    whole: float
    value: float
    interval: tuple[float, float] | None
    p: float | None
    n: int


def partial_tau(x: Numbers, y: Numbers, held: Numbers) -> float:
    """Kendall's partial rank correlation: tau_b of x and y with `held` held fixed.

    (t_xy - t_xh * t_yh) / sqrt((1 - t_xh^2) * (1 - t_yh^2)); nan where undefined.
    Source: Kendall (1942), Biometrika 32.

    By hand, Kendall's formula with 0.8, 0.5 and 0.4: 0.6 / sqrt(0.75 * 0.84).

    >>> round(float(_partial(np.array(0.8), np.array(0.5), np.array(0.4))), 4)
    0.7559
    """
    taus = kendall_tau_b(x, y), kendall_tau_b(x, held), kendall_tau_b(y, held)
    return float(_partial(*map(np.array, taus)))


def _partial(xy: Numbers, xh: Numbers, yh: Numbers) -> Numbers:
    left = (1 - xh**2) * (1 - yh**2)
    usable = left > 1e-9
    return np.where(usable, (xy - xh * yh) / np.sqrt(np.where(usable, left, 1)), np.nan)


class Partials:
    """Variables of the same units in the same rounds, each with a row a unit and a column a round,
    nan where unknown. Pairs of units are compared within a round only, so that what all have in
    common in a round is in no relation; with one round it is tau-b as it is known.

    What a pair of variables has in common is counted once for all questions about it.
    """

    def __init__(
        self, scores: Mapping[str, Numbers], *, seed: int = SEED, resamples: int = RESAMPLES
    ) -> None:
        self.scores, self.seed, self.resamples = scores, seed, resamples
        self._laid: dict[bytes, _Laid] = {}

    def of(self, x: str, y: str, held: str, *, tested: bool = False) -> Partial | NoAssociation:
        """Kendall's partial tau-b of x and y over the units and rounds in which all three are
        known.

        The interval draws units with replacement (percentile), a unit with all its rounds. p is
        two-sided, by moving x among units that have the same in the third; the observed order
        counts, so it is never 0. Reasons for none: `few`, `constant`, `same` (x or y is the
        third's own order, so that nothing could be left).

        >>> column = np.arange(5.0)[:, None]
        >>> Partials(dict.fromkeys("xyh", column)).of("x", "y", "h")
        NoAssociation(reason='few')
        """
        known = np.logical_and.reduce([np.isfinite(self.scores[each]) for each in (x, y, held)])
        if known.any(axis=1).sum() < FEWEST_UNITS:
            return NoAssociation("few")
        laid = self._laid.setdefault(known.tobytes(), _Laid(self, known))
        xy, xh, yh = laid.tau(x, y), laid.tau(x, held), laid.tau(y, held)
        if np.isnan([xy[0], xh[0], yh[0]]).any():
            return NoAssociation("constant")
        found = _partial(xy, xh, yh)
        if np.isnan(found[0]):
            return NoAssociation("same")
        interval = _percentiles(found[1:])
        p = laid.p_of(x, y, held, float(found[0])) if tested else None
        return Partial(float(xy[0]), float(found[0]), interval, p, laid.units)


class _Laid:
    """Variables over one set of units and rounds. The first of each array is as observed, the rest
    are draws."""

    def __init__(self, asked: Partials, known: NDArray[np.bool_]) -> None:
        self.asked, self.known = asked, known
        self.rows, self.columns = known.any(axis=1), known.any(axis=0)
        self.units = int(self.rows.sum())
        self._signs: dict[str, list[Signs]] = {}
        self._taus: dict[tuple[str, ...], Numbers] = {}
        self._untied: dict[str, Numbers] = {}
        self._times: list[Signs] = []

    def values(self, name: str) -> Numbers:
        whole = np.where(self.known, self.asked.scores[name], np.nan)
        return whole[np.ix_(self.rows, self.columns)]

    def signs(self, name: str) -> list[Signs]:
        if name not in self._signs:
            self._signs[name] = [signs_of(column) for column in self.values(name).T]
        return self._signs[name]

    def times(self) -> list[Signs]:
        """How often each unit is in each draw, a chunk at a time; once each in the first."""
        if not self._times:
            drawn = draws(self.units, self.asked.resamples, self.asked.seed)
            once = np.ones((1, self.units), dtype=np.float32)
            self._times = [once, *(how_often(chunk) for chunk in drawn)]
        return self._times

    def balance(self, one: str, other: str) -> Numbers:
        """Concordant less discordant pairs; of a variable with itself the pairs not tied."""
        pairs = [a * b for a, b in zip(self.signs(one), self.signs(other), strict=True)]
        return np.concatenate(
            [np.sum([weighed(times, each) for each in pairs], axis=0) for times in self.times()]
        )

    def untied(self, name: str) -> Numbers:
        if name not in self._untied:
            self._untied[name] = self.balance(name, name)
        return self._untied[name]

    def tau(self, one: str, other: str) -> Numbers:
        key = tuple(sorted((one, other)))
        if key not in self._taus:
            size = self.untied(one) * self.untied(other)
            over = np.sqrt(np.where(size > 0, size, 1))
            self._taus[key] = np.where(size > 0, self.balance(*key) / over, np.nan)
        return self._taus[key]

    def p_of(self, x: str, y: str, held: str, value: float) -> float | None:
        """Moving x within strata changes its balance with y and nothing else of the formula."""
        strata = _strata(self.values(held))
        if all(_alike(self.values(x)[stratum]) for stratum in strata):
            return None
        size = float(np.sqrt(self.untied(x)[0] * self.untied(y)[0]))
        xh, yh = self.tau(x, held)[:1], self.tau(y, held)[:1]
        rng, extreme = stream(self.asked.seed, 0), 1
        for _each in range(self.asked.resamples):
            order = np.arange(self.units)
            for stratum in strata:
                order[stratum] = rng.permutation(stratum)
            xy = self._moved(x, y, order) / size
            extreme += abs(float(_partial(np.array([xy]), xh, yh)[0])) >= abs(value) - 1e-9
        return extreme / (self.asked.resamples + 1)

    def _moved(self, x: str, y: str, order: NDArray[np.intp]) -> float:
        pairs = zip(self.signs(x), self.signs(y), strict=True)
        return float(sum(np.vdot(a.take(order, axis=0).take(order, axis=1), b) for a, b in pairs))


def _strata(held: Numbers) -> list[NDArray[np.intp]]:
    """The units that have the same in the third, in all rounds."""
    _rows, of = np.unique(np.nan_to_num(held, nan=-np.inf), axis=0, return_inverse=True)
    return [np.flatnonzero(of.ravel() == each) for each in range(int(of.max()) + 1)]


def _alike(rows: Numbers) -> bool:
    return bool((np.nan_to_num(rows, nan=-np.inf) == np.nan_to_num(rows[:1], nan=-np.inf)).all())


def _percentiles(found: Numbers) -> tuple[float, float] | None:
    usable = found[~np.isnan(found)]
    if len(usable) < (1 - MOST_UNUSABLE) * len(found) or np.ptp(usable) < 1e-12:
        return None
    low, high = np.quantile(usable, ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))
    return float(low), float(high)
