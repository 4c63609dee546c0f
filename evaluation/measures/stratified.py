"""Association over several rounds, with what all have in common in a round taken out.

Two organisations are compared within a round only, never one round with another: whatever rises or
falls for everybody from round to round is in no pair, and so makes no relation. An organisation
keeps its rounds together, in permutations and in draws: its rounds are no independent cases.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.measures.association import Association, NoAssociation
from evaluation.measures.drawing import draws, is_exact, orders
from evaluation.measures.resampling import SEED

type Numbers = NDArray[np.float64]
type Signs = NDArray[np.float32]

FEWEST_UNITS = 6
CONFIDENCE = 0.95
MOST_UNUSABLE = 0.05
RESAMPLES = 2_000


def tau_within_rounds(x: Numbers, y: Numbers) -> float:
    """Kendall's tau-b over the pairs of units of the same round.

    `x` and `y` have a row a unit and a column a round, nan where unknown. S / sqrt(U_x U_y), with S
    the concordant less the discordant pairs and U the pairs not tied in x, in y, each summed over
    rounds; from -1 to 1, nan where a variable is constant in every round. With one round it is
    tau-b. Source: the stratified form of Kendall (1945), Biometrika 33.

    By hand: in each round 3 pairs, all concordant in the first; in the second 1 concordant and 2
    discordant: (3 + 1 - 2) / sqrt(6 * 6). That all rose by 10 in the second changes nothing.

    >>> x = np.array([[1.0, 11], [2, 12], [3, 13]])
    >>> y = np.array([[1.0, 12], [2, 13], [3, 11]])
    >>> round(tau_within_rounds(x, y), 10)
    0.3333333333
    """
    rounds = [_Round.of(x[:, each], y[:, each]) for each in range(x.shape[1])]
    return float(_tau([each.observed() for each in rounds]))


@dataclass(frozen=True, slots=True)
class _Round:
    """The signs of all pairs of units in one round, 0 where tied or unknown. Whole numbers far
    below what single precision holds, so every sum is exact."""

    x: Signs
    y: Signs

    @classmethod
    def of(cls, x: Numbers, y: Numbers) -> "_Round":
        return cls(signs_of(x), signs_of(y))

    def observed(self) -> Numbers:
        """The balance of the pairs, and how many are not tied in x, in y."""
        return np.array([np.vdot(self.x, self.y), np.sum(self.x**2), np.sum(self.y**2)], float)

    def moved(self, order: NDArray[np.intp]) -> float:
        """The balance with y moved to other units; the pairs that are not tied stay as many."""
        return float(np.vdot(self.x, self.y.take(order, axis=0).take(order, axis=1)))

    def drawn(self, times: Signs) -> Numbers:
        """The same three numbers for each draw, a column; `times` has a row a draw and says how
        often each unit is in it."""
        return np.array([weighed(times, each) for each in (self.x * self.y, self.x**2, self.y**2)])


def signs_of(values: Numbers) -> Signs:
    """-1, 0 or 1 for every ordered pair of units; 0 where one of the two is unknown."""
    found = np.sign(values[:, None] - values[None, :])
    return np.where(np.isfinite(found), found, 0.0).astype(np.float32)


def weighed(times: Signs, pairs: Signs) -> Numbers:
    """w' M w of each row w of `times`."""
    return np.einsum("ij,ij->i", (times @ pairs).astype(float), times)


def _tau(rounds: Sequence[Numbers]) -> Numbers:
    """From balance and pairs not tied, summed over the rounds; nan where there are none."""
    balance, untied_x, untied_y = np.sum(rounds, axis=0)
    untied = untied_x * untied_y
    return np.where(untied > 0, balance / np.sqrt(np.where(untied > 0, untied, 1)), np.nan)


def association_over_rounds(
    x: Numbers, y: Numbers, *, seed: int = SEED, resamples: int = RESAMPLES
) -> Association | NoAssociation:
    """`tau_within_rounds` with p by re-pairing units and an interval by drawing units.

    Only units and rounds in which both are known count. p is two-sided and counts the observed
    pairing, so it is never 0; with 6 or 7 units and few resamples all pairings are gone through.
    Reasons for none: `few`, `constant`.

    >>> association_over_rounds(np.ones((5, 2)), np.ones((5, 2)))
    NoAssociation(reason='few')
    """
    both = np.isfinite(x) & np.isfinite(y)
    units, columns = both.any(axis=1), both.any(axis=0)
    if units.sum() < FEWEST_UNITS:
        return NoAssociation("few")
    first = np.where(both, x, np.nan)[np.ix_(units, columns)]
    second = np.where(both, y, np.nan)[np.ix_(units, columns)]
    rounds = [_Round.of(first[:, each], second[:, each]) for each in range(first.shape[1])]
    observed = [each.observed() for each in rounds]
    value = float(_tau(observed))
    if np.isnan(value):
        return NoAssociation("constant")
    count = len(first)
    untied = np.sum(observed, axis=0)[1:]
    balances = np.array(
        [sum(r.moved(order) for r in rounds) for order in _rows(orders(count, resamples, seed))]
    )
    found = balances / np.sqrt(untied[0] * untied[1])
    p = float(np.mean(np.abs(found) >= abs(value) - 1e-9))
    how = "all pairings" if is_exact(count, resamples) else f"{resamples} pairings, seed {seed}"
    return Association(
        "tau_within_rounds",
        value,
        _interval(rounds, count, seed, resamples),
        p,
        f"Kendall's tau-b within {len(rounds)} rounds; two-sided permutation test, {how}",
    )


def _rows(chunks: Iterator[NDArray[np.intp]]) -> Iterator[NDArray[np.intp]]:
    for chunk in chunks:
        yield from chunk


def _interval(
    rounds: Sequence[_Round], count: int, seed: int, resamples: int
) -> tuple[float, float] | None:
    """Percentiles over draws of units; None where too many draws are constant."""
    found = np.concatenate(
        [
            _tau([each.drawn(times) for each in rounds])
            for drawn in draws(count, resamples, seed)
            for times in [how_often(drawn)]
        ]
    )
    usable = found[~np.isnan(found)]
    if len(usable) < (1 - MOST_UNUSABLE) * resamples or np.ptp(usable) < 1e-12:
        return None
    low, high = np.quantile(usable, ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))
    return float(low), float(high)


def how_often(drawn: NDArray[np.int_]) -> Signs:
    """How often each unit is in each draw."""
    count, units = drawn.shape
    places = drawn + units * np.arange(count)[:, None]
    found = np.bincount(places.ravel(), minlength=count * units)
    return found.reshape(count, units).astype(np.float32)
