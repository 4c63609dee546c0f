"""The reliability of a scale: some items of a wave, over those who answered them all."""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext as _

from core.disclosure import enough
from core.exceptions import InvalidInput, NotNow
from surveys.domain.exports import check_exportable
from surveys.measures.moments import Moments, moments_of
from surveys.measures.reliability import Reliability, reliability_of
from surveys.models import Wave
from surveys.structure import AskedItem, questionnaire


def measure_scale(
    wave: Wave, codes: Sequence[str], *, reverse: Collection[str] = ()
) -> tuple[list[AskedItem], Reliability]:
    """The items of a scale, and how well they hang together, over respondents with all answered.

    An item is turned around when it is worded against its construct in the questionnaire, or named
    in `reverse`. Raises InvalidInput for an item that isn't a statement of the questionnaire, or
    that is there twice; NotNow while the wave is open or when too few answered all.
    """
    check_exportable(wave)
    items = _statements(wave, codes, reverse)
    moments = _moments(wave, items)
    minimum = wave.cycle.programme.minimum_group
    if moments is None or not enough(moments.n, minimum):
        message = _("Fewer than %(minimum)d people answered all of these items.")
        raise NotNow(message % {"minimum": minimum})
    for at, item in enumerate(items):
        if item.reversed or item.code in reverse:
            moments = moments.turned(at, item.values[0] + item.values[-1])
    return items, reliability_of(moments)


def _statements(wave: Wave, codes: Sequence[str], reverse: Collection[str]) -> list[AskedItem]:
    asked = questionnaire(wave.version_id).items
    known = {item.code: item for item in asked if item.is_statement}
    for code in [*codes, *reverse]:
        if code not in known:
            raise InvalidInput(
                _("“%(code)s” is no statement of this questionnaire; statements are: %(known)s.")
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
