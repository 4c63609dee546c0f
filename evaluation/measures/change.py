"""Did figures change more where something was done: a difference in change that selection on the
figure itself doesn't make.

Who acts is often who stood badly at the last figure. A bad figure is partly bad luck, and luck
doesn't last: such organisations rise without doing anything. So a before-after test of the weakest
finds improvement where there is none, and a plain difference in differences does too. Here the
figures before are held fixed instead: organisations are compared with others that had the same mean
before, along a line whose slope is taken from the data (analysis of covariance). If what is stable
and what is luck are roughly normal and luck is independent from period to period, the mean before
holds all that is known, so that choosing on any of the figures before changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.measures.drawing import is_exact, orders
from evaluation.measures.resampling import RESAMPLES, SEED

type Numbers = NDArray[np.float64]

FEWEST_UNITS = 6
FEWEST_A_GROUP = 2
CONFIDENCE = 0.95
MOST_ALIKE = 0.05
"""Where less of the difference in chain than this is left, once the figures before are known, the
two groups stand apart: nobody without a chain looks like those with one."""
TINY = 1e-12
ROWS = 250
"""Orders that are worked on together: what they need stays near the processor."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One comparison: those who began after the same period, and all who never did.

    `outcome`, `known` (figures before, a column each) have a row for every organisation, nan where
    unknown; `acted` is 1, 0, or nan for who is not in this comparison.
    """

    outcome: Numbers
    known: Numbers
    acted: Numbers


@dataclass(frozen=True, slots=True)
class Difference:
    """How much more those who acted changed, in the unit of the figure, and how sure that is."""

    estimate: float
    interval: tuple[float, float]
    p: float
    acted: int
    reference: int
    lowest_without_one: float
    """The least favourable estimate when any single organisation is left out."""
    critical: float
    """How many standard errors the interval extends, from the permutations."""
    method: str


@dataclass(frozen=True, slots=True)
class NoDifference:
    """Why nothing was computed: `few`, `no_chain`, `no_reference`, `no_periods` or `apart`."""

    reason: str


def difference(
    cells: Sequence[Cell], *, seed: int = SEED, resamples: int = RESAMPLES
) -> Difference | NoDifference:
    """The coefficient of acting, given the figures before, over all comparisons together.

    In each comparison outcome and acting are cleared of a constant and of `known` by least
    squares; the estimate is sum(a * y) / sum(a * a) over all of them, a and y what is left. Its
    standard error counts an organisation once, in however many comparisons it stands. The p-value
    (two-sided) permutes what is left of the outcome over organisations (Freedman-Lane) and compares
    t = estimate / error; the interval is estimate +- the 95% point of |t| times the error. With
    7 organisations or fewer all orders are gone through.
    Sources: Freedman and Lane (1983), J Bus Econ Stat 1; Winkler and others (2014), NeuroImage 92;
    conditioning on the figure before: Senn (2006), Stat Med 25; stacking: Cengiz and others (2019),
    QJE 134.

    By hand: figures before all the same, so the plain difference of means, 8 - 3.

    >>> y, acted = np.array([9.0, 7, 8, 2, 3, 4]), np.array([1.0, 1, 1, 0, 0, 0])
    >>> found = difference([Cell(y, np.ones((6, 1)), acted)])
    >>> round(found.estimate, 10), round(found.p, 4), found.acted, found.reference
    (5.0, 0.1, 3, 3)
    """
    prepared, obstacle = _prepare(cells)
    if obstacle:
        return NoDifference(obstacle)
    units = len(cells[0].outcome)
    found = [_statistics(prepared, chunk) for chunk in orders(units, resamples, seed)]
    estimates, errors = (np.concatenate(parts) for parts in zip(*found, strict=True))
    t = np.abs(_ratio(estimates, errors))
    estimate, error = float(estimates[0]), float(errors[0])
    critical = float(np.quantile(t[np.isfinite(t)], CONFIDENCE)) if error > TINY else 0.0
    how = "all orders" if is_exact(units, resamples) else f"{resamples} permutations, seed {seed}"
    return Difference(
        estimate=estimate,
        interval=(estimate - critical * error, estimate + critical * error),
        p=float(np.mean(t >= t[0] - 1e-9)),
        acted=_count(cells, 1),
        reference=_count(cells, 0),
        lowest_without_one=_lowest_without_one(prepared, units),
        critical=critical,
        method=f"covariance on the figures before; organisations permuted (Freedman-Lane), {how}",
    )


def estimate_of(cells: Sequence[Cell]) -> float | None:
    """The estimate alone, as a check under other assumptions; None where there is none.

    >>> y, acted = np.array([9.0, 7, 8, 2, 3, 4]), np.array([1.0, 1, 1, 0, 0, 0])
    >>> round(estimate_of([Cell(y, np.zeros((6, 0)), acted)]), 10)
    5.0
    """
    prepared, obstacle = _prepare(cells)
    if obstacle:
        return None
    return float(_statistics(prepared, np.arange(len(cells[0].outcome))[None, :])[0][0])


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A comparison without its constant and what was known: `base` spans these for the members."""

    members: NDArray[np.intp]
    base: Numbers
    acting: Numbers
    residuals: Numbers
    """`base`, `acting` and what is left of the outcome have a row for every organisation: 0 for who
    is no member, and where the outcome is unknown."""


def _prepare(cells: Sequence[Cell]) -> tuple[list[_Prepared], str]:
    """The comparisons that can be made, or why there is none."""
    prepared, reasons = [], []
    for cell in cells:
        ready = _clear(cell)
        if isinstance(ready, str):
            reasons.append(ready)
        else:
            prepared.append(ready)
    if not prepared:
        return [], reasons[0] if reasons else "no_periods"
    if len({unit for each in prepared for unit in each.members.tolist()}) < FEWEST_UNITS:
        return [], "few"
    if _count(cells, 1) < FEWEST_A_GROUP or _count(cells, 0) < FEWEST_A_GROUP:
        return [], "few"
    return prepared, ""


def _clear(cell: Cell) -> _Prepared | str:
    known = np.isfinite(cell.outcome) & np.isfinite(cell.known).all(axis=1)
    members = np.flatnonzero(known & np.isfinite(cell.acted))
    acted = cell.acted[members]
    if not len(members):
        return "no_periods"
    if not acted.any() or acted.all():
        return "no_reference" if acted.all() else "no_chain"
    base = _orthonormal(np.column_stack([np.ones(len(members)), cell.known[members]]))
    if len(members) < base.shape[1] + 2:
        return "few"
    acting = acted - base @ (base.T @ acted)
    if acting @ acting < MOST_ALIKE * np.sum((acted - acted.mean()) ** 2):
        return "apart"
    units = len(cell.outcome)
    left_over = _left_over(cell, members, known)
    return _Prepared(
        members, _spread(base, members, units), _spread(acting, members, units), left_over
    )


def _spread(of_members: Numbers, members: NDArray[np.intp], units: int) -> Numbers:
    """The rows of the members at their places among all, 0 for who is none."""
    whole = np.zeros((units, *of_members.shape[1:]))
    whole[members] = of_members
    return whole


def _left_over(cell: Cell, members: NDArray[np.intp], known: NDArray[np.bool_]) -> Numbers:
    """Outcomes less what the line through the members predicts, for all who have both."""
    design = np.column_stack([np.ones(len(cell.outcome)), cell.known])
    line, *_rest = np.linalg.lstsq(design[members], cell.outcome[members], rcond=None)
    residuals = np.zeros(len(cell.outcome))
    residuals[known] = cell.outcome[known] - design[known] @ line
    residuals[np.abs(residuals) < TINY * (1 + np.nanmax(np.abs(cell.outcome)))] = 0
    return residuals


def _orthonormal(columns: Numbers) -> Numbers:
    """An orthonormal base of the columns, without those that add nothing."""
    left, sizes, _right = np.linalg.svd(columns / _lengths(columns), full_matrices=False)
    return left[:, sizes > 1e-9 * sizes[0]]


def _lengths(columns: Numbers) -> Numbers:
    found = np.linalg.norm(columns, axis=0)
    return np.where(found > 0, found, 1)


def _statistics(
    prepared: Sequence[_Prepared], permuted: NDArray[np.intp]
) -> tuple[Numbers, Numbers]:
    """Estimate and standard error for each order of the organisations, some rows at a time."""
    found = [
        _of_rows(prepared, permuted[first : first + ROWS])
        for first in range(0, len(permuted), ROWS)
    ]
    estimates, errors = zip(*found, strict=True)
    return np.concatenate(estimates), np.concatenate(errors)


def _of_rows(prepared: Sequence[_Prepared], permuted: NDArray[np.intp]) -> tuple[Numbers, Numbers]:
    """What is left of the outcome is moved, cleared again of what was known, and laid on acting.

    A score is a * (y - B c - a * estimate), with c = B' y: the sum of a * y over the comparisons,
    less all of B c and of the estimate in one product of matrices.
    """
    size = sum(float(each.acting @ each.acting) for each in prepared)
    scores, estimates = np.zeros(permuted.shape), np.zeros(len(permuted))
    of_known, lines = [], []
    for each in prepared:
        values = each.residuals.take(permuted)
        estimates += values @ each.acting / size
        of_known.append(values @ each.base)
        lines.append((each.base * each.acting[:, None]).T)
        values *= each.acting
        scores += values
    squared = np.sum([each.acting**2 for each in prepared], axis=0)
    taken = np.column_stack([*of_known, estimates])
    scores -= taken @ np.vstack([*lines, squared[None, :]])
    present = len({unit for each in prepared for unit in each.members.tolist()})
    free = max(present - max(each.base.shape[1] for each in prepared) - 1, 1)
    errors = np.sqrt(np.einsum("ij,ij->i", scores, scores) * present / free) / size
    return estimates, errors


def _ratio(estimates: Numbers, errors: Numbers) -> Numbers:
    """t, with 0/0 counted as 0 and a difference without any error as infinite."""
    safe = np.where(errors > TINY, errors, 1)
    without = np.where(np.abs(estimates) > TINY, np.inf, 0.0)
    return np.where(errors > TINY, estimates / safe, without)


def _lowest_without_one(prepared: Sequence[_Prepared], units: int) -> float:
    """Each organisation left out in turn, exactly, by the leverage it has in each comparison.

    Leaving a row out of a regression changes sum(a * a) and sum(a * y) by a_i * a_i / (1 - h_i) and
    a_i * y_i / (1 - h_i), with h the row's leverage in the base.
    """
    size, product = np.zeros(units), np.zeros(units)
    for each in prepared:
        y = np.where(_is_in(each, units), each.residuals, 0)
        y = y - each.base @ (each.base.T @ y)
        rest = np.maximum(1 - np.sum(each.base**2, axis=1), TINY)
        size += float(each.acting @ each.acting) - each.acting**2 / rest
        product += float(each.acting @ y) - each.acting * y / rest
    usable = size > TINY
    return float(np.min(product[usable] / size[usable])) if usable.any() else float("nan")


def _is_in(each: _Prepared, units: int) -> NDArray[np.bool_]:
    found = np.zeros(units, dtype=bool)
    found[each.members] = True
    return found


def _count(cells: Sequence[Cell], value: int) -> int:
    """Organisations that acted (1) or never did (0) and have figures to compare, each once."""
    found = set()
    for cell in cells:
        known = np.isfinite(cell.outcome) & np.isfinite(cell.known).all(axis=1)
        found |= set(np.flatnonzero(known & (cell.acted == value)).tolist())
    return len(found)
