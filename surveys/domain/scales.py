"""The reliability of a scale: some items of a wave, over those who answered them all."""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext as _

from core.disclosure import enough
from core.exceptions import InvalidInput, NotNow
from surveys.domain.exports import check_exportable
from surveys.enums import ItemKind
from surveys.measures.moments import Moments, moments_of
from surveys.measures.reliability import Reliability, reliability_of
from surveys.models import Wave
from surveys.structure import AskedItem, questionnaire

WITH_ONE_VALUE = frozenset({ItemKind.STATEMENT, ItemKind.SINGLE, ItemKind.NUMBER})


def measure_scale(
    wave: Wave, codes: Sequence[str], *, reverse: Collection[str] = ()
) -> tuple[list[AskedItem], Reliability]:
    """The items of a scale, and how well they hang together, over respondents with all answered.

    Items are statements, choices of one, or numbers: a value each. One is turned around when it is
    worded against its construct in the questionnaire, or named in `reverse`. Raises InvalidInput
    for another item, or one that is there twice; NotNow while the wave is open or when too few
    answered all.
    """
    check_exportable(wave)
    items = _of_one_value(wave, codes, reverse)
    ends = {at: _ends(item) for at, item in enumerate(items) if _turned(item, reverse)}
    moments = _moments(wave, items)
    minimum = wave.cycle.programme.minimum_group
    if moments is None or not enough(moments.n, minimum):
        message = _("Fewer than %(minimum)d people answered all of these items.")
        raise NotNow(message % {"minimum": minimum})
    for at, both in ends.items():
        moments = moments.turned(at, both)
    return items, reliability_of(moments)


def _turned(item: AskedItem, reverse: Collection[str]) -> bool:
    return item.reversed or item.code in reverse


def _ends(item: AskedItem) -> float:
    """The lowest and the highest value of an item together."""
    if item.kind != ItemKind.NUMBER:
        return min(item.values) + max(item.values)
    if not (item.limits.lowest and item.limits.highest):
        message = _("“%(code)s” has no lowest and highest value, so it can't be turned around.")
        raise InvalidInput(message % {"code": item.code})
    return float(item.limits.lowest) + float(item.limits.highest)


def _of_one_value(wave: Wave, codes: Sequence[str], reverse: Collection[str]) -> list[AskedItem]:
    asked = questionnaire(wave.version_id).items
    known = {item.code: item for item in asked if item.kind in WITH_ONE_VALUE}
    for code in [*codes, *reverse]:
        if code not in known:
            raise InvalidInput(
                _("“%(code)s” is no item with a value in this questionnaire; those are: %(known)s.")
                % {"code": code[:80], "known": ", ".join(known)}
            )
    if set(reverse) - set(codes):
        raise InvalidInput(_("An item to turn around must be one of the scale."))
    if len(set(codes)) < max(len(codes), 2):
        raise InvalidInput(_("A scale has at least two items, each once."))
    return [known[code] for code in codes]


def _moments(wave: Wave, items: Sequence[AskedItem]) -> Moments | None:
    """Sums and sums of products over complete cases; None of nobody."""
    # numpy is for commands and workers: a page counts in the database.
    from surveys.exporting.complete import complete_cases  # noqa: PLC0415

    rows: Any = complete_cases(wave, [item.code for item in items])
    return moments_of(rows) if rows else None
