"""The verdict on one indicator: did it improve where something was done, and by what right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evaluation.measures.change import Cell, Difference, NoDifference, difference, estimate_of
from evaluation.measures.levelling import Levelling, levelling
from evaluation.measures.panel import (
    NEVER,
    among,
    comparisons,
    earlier_comparisons,
    last_known,
    mean_change,
    strict_comparisons,
    usual_cut,
    within,
)
from evaluation.measures.regression_to_mean import (
    ExpectedChange,
    expected_change,
    reliability_of_figure,
)
from evaluation.measures.resampling import RESAMPLES, SEED

type Numbers = NDArray[np.float64]
type Starts = NDArray[np.intp]

LEVEL = 0.05
LEAST_IN_SD = 0.2
"""Unless the plan says otherwise, the least change that matters, in sd between organisations: what
Cohen (1988) calls small."""

STRONG, PLAUSIBLE, UNSUPPORTED, CONTRADICTED = (
    "strong",
    "plausible",
    "unsupported",
    "contradicted",
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Organisations by whether they acted and whether their figure changed enough."""

    with_chain: int
    without_chain: int
    chain_only: int
    neither: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything that was looked at for one indicator; all changes in its unit, up is better."""

    n: int
    counts: Counts
    changed: tuple[bool | None, ...]
    """For each organisation; None where it has nothing before or nothing after."""
    least: float | None
    difference: Difference | NoDifference
    strict: float | None
    plain: float | None
    """The difference of the two mean changes, the figures before not held: for comparison."""
    pre_trend: Difference | NoDifference
    levelling: Levelling | None
    expected: ExpectedChange | None
    """What those who acted would have risen by with nothing done."""
    noted: tuple[str, ...]
    """Reservations that don't follow from the figures: the caller knows of them."""
    rivals: tuple[str, ...]

    @property
    def p(self) -> float | None:
        """The p-value of the difference, if there is one."""
        return self.difference.p if isinstance(self.difference, Difference) else None

    @property
    def improved(self) -> bool:
        """Is improvement called, with this as the only test of the family?"""
        return grade(self, self.p) in (STRONG, PLAUSIBLE)


def judge(
    values: Numbers,
    starts: Starts,
    *,
    least: float | None = None,
    groups: Sequence[int] | None = None,
    reference: Sequence[bool] | None = None,
    noted: Sequence[str] = (),
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Verdict:
    """Look at one indicator from all sides.

    `values` has a row an organisation and a column a period in order, nan where unknown, turned
    around where lower is better; `starts` is the first period after the act, -1 without one;
    `least` is the least change that matters, in the unit of the figure; `groups` are numbers of
    the reference group of each, when organisations are compared within these only; `reference`
    says who may be compared with, when not all who never acted.

    >>> values = np.array([[1.0, 6], [2, 7], [3, 7.5], [1, 1], [2, 2.5], [3, 3]])
    >>> found = judge(values, np.array([1, 1, 1, -1, -1, -1]))
    >>> round(found.difference.estimate, 2), found.counts.with_chain, found.counts.neither
    (4.67, 3, 2)
    """
    matters = least if least is not None else _least(values, starts)
    change = mean_change(values, starts)
    cells, earlier, strict = (
        among(within(cut(values, starts), groups), reference)
        for cut in (comparisons, earlier_comparisons, strict_comparisons)
    )
    verdict = Verdict(
        n=int(np.isfinite(change).sum()),
        counts=_counts(change, starts, matters),
        changed=tuple(None if np.isnan(c) else _enough(c, matters) for c in change),
        least=matters,
        difference=difference(cells, seed=seed, resamples=resamples),
        strict=estimate_of(strict),
        plain=_plain(change, starts, reference),
        pre_trend=difference(earlier, seed=seed, resamples=resamples),
        levelling=_levelling(values, starts, seed, resamples),
        expected=_expected(values, starts),
        noted=tuple(noted),
        rivals=(),
    )
    return _with_rivals(verdict)


# --- What may be said ---------------------------------------------------------------------------


def grade(verdict: Verdict, p: float | None) -> str:
    """The grade of "it improved where something was done", p being corrected for its family.

    unsupported: no p, or p not under 5%; or the change is less than what matters; or a check in
    `obstacles` explains it. contradicted: p under 5% and the change is for the worse. strong: p
    under 5% and nothing in `reservations`. plausible: p under 5%, with reservations.
    """
    found = verdict.difference
    if isinstance(found, NoDifference) or p is None or p >= LEVEL:
        return UNSUPPORTED
    if found.estimate < 0:
        return CONTRADICTED
    if obstacles(verdict):
        return UNSUPPORTED
    return PLAUSIBLE if reservations(verdict) else STRONG


def obstacles(verdict: Verdict) -> tuple[str, ...]:
    """What takes the claim away, whatever p is.

    `too_small`: less than the least change that matters; `already_rising`: with the same last
    figure they stood lower earlier, so they were rising before they acted; `selection`: with the
    last figure held fixed apart, nothing is left.
    """
    found = verdict.difference
    if isinstance(found, NoDifference):
        return ()
    said = {
        "too_small": verdict.least is not None and found.estimate < verdict.least,
        "already_rising": _was_rising(verdict.pre_trend),
        "selection": verdict.strict is not None and verdict.strict <= 0,
    }
    return tuple(name for name, holds in said.items() if holds)


def reservations(verdict: Verdict) -> tuple[str, ...]:
    """What keeps a claim from being strong.

    `no_pre_trend`: too little before to see a trend; `one_organisation`: without one of them the
    difference is less than half; `last_figure`: so it is with the last figure held fixed apart;
    `levelled`: organisations came closer and the best did not rise.
    """
    found = verdict.difference
    if isinstance(found, NoDifference):
        return ()
    said = {
        "no_pre_trend": isinstance(verdict.pre_trend, NoDifference),
        "one_organisation": not found.lowest_without_one >= found.estimate / 2,
        "last_figure": verdict.strict is not None and verdict.strict < found.estimate / 2,
        "levelled": verdict.levelling is not None and verdict.levelling.levelled is True,
    }
    return (*(name for name, holds in said.items() if holds), *verdict.noted)


def _was_rising(trend: Difference | NoDifference) -> bool:
    return isinstance(trend, Difference) and trend.p < LEVEL and trend.estimate < 0


def _with_rivals(verdict: Verdict) -> Verdict:
    """What else could explain it, most telling first. That nobody drew lots stays true always."""
    found = verdict.difference
    if isinstance(found, NoDifference):
        rivals: tuple[str, ...] = (found.reason,)
    else:
        chance = ("chance",) if found.p >= LEVEL else ()
        regression = ("regression_to_mean",) if _regression_explains(verdict, found) else ()
        rivals = (*chance, *obstacles(verdict), *regression, *reservations(verdict), "not_drawn")
    return replace(verdict, rivals=rivals)


def _regression_explains(verdict: Verdict, found: Difference) -> bool:
    """Is the plain difference mostly what a chosen group rises by anyhow?"""
    if verdict.expected is None or verdict.plain is None or verdict.plain <= 0:
        return False
    return found.estimate < verdict.plain / 2


# --- What is looked at --------------------------------------------------------------------------


def _least(values: Numbers, starts: Starts) -> float | None:
    """0.2 sd of the organisations' last figures before the usual cut."""
    at = usual_cut(values, starts)
    last = last_known(values[:, :at] if at else values)
    known = last[np.isfinite(last)]
    return LEAST_IN_SD * float(known.std(ddof=1)) if len(known) > 1 else None


def _enough(change: float, least: float | None) -> bool:
    return bool(change > 0 and change >= (least or 0) - 1e-12)


def _counts(change: Numbers, starts: Starts, least: float | None) -> Counts:
    known = np.isfinite(change)
    enough = np.array([_enough(c, least) for c in change])
    acted = starts != NEVER
    return Counts(
        with_chain=int(np.sum(known & enough & acted)),
        without_chain=int(np.sum(known & enough & ~acted)),
        chain_only=int(np.sum(known & ~enough & acted)),
        neither=int(np.sum(known & ~enough & ~acted)),
    )


def _plain(change: Numbers, starts: Starts, reference: Sequence[bool] | None) -> float | None:
    cell = Cell(change, np.zeros((len(change), 0)), (starts != NEVER).astype(float))
    return estimate_of(among([cell], reference))


def _levelling(values: Numbers, starts: Starts, seed: int, resamples: int) -> Levelling | None:
    at = usual_cut(values, starts)
    if at is None:
        return None
    return levelling(values[:, :at], values[:, at:], seed=seed, resamples=resamples)


def _expected(values: Numbers, starts: Starts) -> ExpectedChange | None:
    """From the reliability of the figures before, or of all periods when there is but one."""
    at = usual_cut(values, starts)
    if at is None:
        return None
    reliability = reliability_of_figure(values[:, :at] if at > 1 else values)
    last = last_known(values[:, :at])
    acted = np.isfinite(last) & (starts != NEVER)
    if reliability is None or not acted.any():
        return None
    return expected_change(float(last[acted].mean()), float(np.nanmean(last)), reliability)
