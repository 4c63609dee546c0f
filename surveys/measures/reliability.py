"""How well do the items of a scale hang together: Cronbach's alpha and what belongs to it.

`reliability(rows)` takes complete cases by items (respondents who answered all of them, reversed
items turned around already); `reliability_of(moments)` takes what a database counted.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from surveys.measures.distributions import f_quantile
from surveys.measures.moments import Moments, moments_of

LEVEL = 0.95
FEW = 30
"""Below so many respondents alpha says little: an interval of some 0.3 wide at alpha = 0.7 and four
items; thirty is the least in Yurdugül (2008), Hacettepe University Journal of Education 35."""


@dataclass(frozen=True, slots=True)
class ItemReliability:
    """One item among the others; None where a number can't be computed."""

    mean: float
    sd: float | None
    item_rest: float | None
    alpha_if_dropped: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """Alpha with its interval over `n` complete cases, and each item in the order given."""

    n: int
    alpha: float | None
    interval: tuple[float, float] | None
    items: tuple[ItemReliability, ...]

    @property
    def is_few(self) -> bool:
        """Were there so few respondents that alpha says little?"""
        return self.n < FEW

    @property
    def against(self) -> tuple[int, ...]:
        """Places of items that go against the rest: reversed, perhaps, and not turned around."""
        return tuple(place for place, item in enumerate(self.items) if (item.item_rest or 0) < 0)


def reliability(rows: Iterable[Sequence[float]], *, level: float = LEVEL) -> Reliability:
    """Reliability of a table of complete cases by items (k numbers each, at least two items).

    Raises ValueError for no rows, rows of unequal length, or a single item.

    >>> found = reliability([(1, 2, 1), (2, 2, 3), (4, 3, 4), (5, 5, 4)])
    >>> round(found.alpha, 4), [round(end, 4) for end in found.interval]
    (0.931, [0.5449, 0.9953])
    """
    return reliability_of(moments_of(rows), level=level)


def reliability_of(moments: Moments, *, level: float = LEVEL) -> Reliability:
    """Reliability from sums and sums of products. Raises ValueError for a single item."""
    if moments.items < 2:
        raise ValueError("a scale has at least two items")
    found = alpha(moments)
    return Reliability(
        n=moments.n,
        alpha=found,
        interval=feldt_interval(found, moments.n, moments.items, level=level),
        items=tuple(_item(moments, item) for item in range(moments.items)),
    )


def _item(moments: Moments, item: int) -> ItemReliability:
    return ItemReliability(
        mean=moments.mean(item) or 0.0,
        sd=moments.sd(item),
        item_rest=item_rest(moments, item),
        alpha_if_dropped=alpha_if_dropped(moments, item),
    )


def alpha(moments: Moments, *, without: int | None = None) -> float | None:
    """Cronbach's alpha: k/(k - 1) times (1 - Σ var(item) / var(sum of the items)).

    Without unit, at most 1; below 0 where items go against one another. None of fewer than two
    cases or items, or when the sum is the same for everyone. `without` leaves an item out.
    Source: Cronbach (1951), Coefficient alpha and the internal structure of tests,
    Psychometrika 16.

    By hand: variances 1 and 1, and 4 of the sum, so 2/1 (1 - 2/4) = 1.

    >>> alpha(moments_of([(1, 1), (2, 2), (3, 3)]))
    1.0
    """
    kept = [item for item in range(moments.items) if item != without]
    own = sum(moments.scatter(item, item) for item in kept)
    whole = sum(moments.scatter(one, other) for one in kept for other in kept)
    if moments.n < 2 or len(kept) < 2 or whole <= 0:
        return None
    return len(kept) / (len(kept) - 1) * (1 - own / whole)


def feldt_interval(
    alpha: float | None, n: int, items: int, *, level: float = LEVEL
) -> tuple[float, float] | None:
    """The interval of alpha over `n` cases by `items`: 1 - (1 - alpha) F, from low to high.

    F are the quantiles at (1 ± level)/2 of F with n - 1 and (n - 1)(items - 1) degrees of freedom.
    None where there is no alpha.
    Source: Feldt, Woodruff and Salih (1987), Statistical inference for coefficient alpha, Applied
    Psychological Measurement 11, formulas 6 and 7.

    >>> [round(end, 3) for end in feldt_interval(0.85, 89, 7)]
    [0.797, 0.893]
    """
    if alpha is None or n < 2 or items < 2:
        return None
    df1, df2 = n - 1, (n - 1) * (items - 1)
    low = 1 - (1 - alpha) * f_quantile((1 + level) / 2, df1, df2)
    return low, 1 - (1 - alpha) * f_quantile((1 - level) / 2, df1, df2)


def item_rest(moments: Moments, item: int) -> float | None:
    """Pearson's correlation of an item with the sum of the others, from -1 to 1.

    Also called the corrected item-total correlation. None where either is the same for everyone.
    Source: Nunnally and Bernstein (1994), Psychometric theory, chapter 8.

    >>> item_rest(moments_of([(1, 1), (2, 2), (3, 3)]), 0)
    1.0
    """
    others = [other for other in range(moments.items) if other != item]
    together = sum(moments.scatter(item, other) for other in others)
    rest = sum(moments.scatter(one, other) for one in others for other in others)
    spread = moments.scatter(item, item) * rest
    return together / math.sqrt(spread) if spread > 0 else None


def alpha_if_dropped(moments: Moments, item: int) -> float | None:
    """Alpha of the scale without this item; None when fewer than two would be left.

    >>> alpha_if_dropped(moments_of([(1, 1, 3), (2, 2, 1), (3, 3, 2)]), 2)
    1.0
    """
    return alpha(moments, without=item)
