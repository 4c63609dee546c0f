"""What could have been found: the chance to find a change, and the least that is found."""

from math import sqrt

import numpy as np
from scipy import optimize, stats

LEVEL = 0.05
WANTED = 0.8


def power_of_difference(effect: float, first: int, second: int, *, level: float = LEVEL) -> float:
    """Chance that a two-sided t-test of two groups finds a difference of `effect` sd.

    Noncentral t with first + second - 2 degrees of freedom and
    effect * sqrt(first * second / (first + second)).
    Source: Cohen (1988), Statistical Power Analysis, table 2.3.5: d = 0.5, n = 64 each: 0.80.

    >>> round(power_of_difference(0.5, 64, 64), 2)
    0.8
    """
    return power_of_t(effect * sqrt(first * second / (first + second)), first + second - 2, level)


def power_of_t(shift: float, free: float, level: float = LEVEL) -> float:
    """Chance that |t| with noncentrality `shift` lies beyond its critical value.

    t^2 is a noncentral F(1, free), which stays computable where a noncentral t doesn't; scipy 1.18
    has no noncentral F without a shift.
    """
    if shift**2 < 1e-9:
        return level
    return float(stats.ncf.sf(stats.t.ppf(1 - level / 2, free) ** 2, 1, free, shift**2))


def error_of_change(
    acted: int, reference: int, reliability: float, before: int, after: int
) -> float:
    """Standard error, in sd of a single figure, of the difference in change given the mean before.

    sqrt(left / (n * q * (1 - q) * apart)). `left` is the variance of the mean after that the mean
    before leaves open, r * (1 - r) / (1 + (k - 1) * r) + (1 - r) / m for k periods before and m
    after. `apart` is what choosing those who stood lowest at the last figure leaves of acting once
    the mean before is known: 1 - phi(z)^2 / (q (1 - q)) * corr^2, with q the share that acted, z
    its quantile and corr the correlation of last figure and mean.
    Ours, from normal theory; the simulations of the tests agree.

    >>> round(error_of_change(20, 21, 0.6, 2, 2), 3)
    0.264
    """
    units = acted + reference
    share = acted / units
    with_error = 1 + (before - 1) * reliability
    left = reliability * (1 - reliability) / with_error + (1 - reliability) / after
    shared = with_error / before  # squared correlation of one figure and the mean of all before
    chosen = stats.norm.pdf(stats.norm.ppf(share)) ** 2 / (share * (1 - share))
    return sqrt(left / (units * share * (1 - share) * (1 - chosen * shared)))


def power_of_change(
    effect: float, acted: int, reference: int, reliability: float, before: int, after: int
) -> float:
    """Chance to find a real change of `effect` sd among those who stood lowest and acted.

    >>> round(power_of_change(0.8, 20, 21, 0.6, 2, 2), 2)
    0.84
    """
    error = error_of_change(acted, reference, reliability, before, after)
    return power_of_t(effect / error, acted + reference - 3)


def least_to_be_found(
    acted: int, reference: int, reliability: float, before: int, after: int
) -> float | None:
    """The change, in sd of a single figure, that is found with a chance of 80%; None if few.

    >>> round(least_to_be_found(20, 21, 0.6, 2, 2), 2)
    0.76
    """
    if min(acted, reference) < 2 or acted + reference < 6 or not 0 <= reliability < 1:
        return None

    most = 10 * error_of_change(acted, reference, reliability, before, after)

    def short(effect: float) -> float:
        found = power_of_change(effect, acted, reference, reliability, before, after)
        return found - WANTED

    return float(np.round(optimize.brentq(short, 0, most), 6))
