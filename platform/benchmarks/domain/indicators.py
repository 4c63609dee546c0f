"""What is measured, and what it means: a definition never changes, it gets a next version."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from benchmarks.models import Indicator, IndicatorDefinition, Programme
from core.exceptions import InvalidInput
from core.models import log_activity
from core.records import keep

PERCENT = frozenset({"%", "percent", "percentage", "procent", "pct"})
UNBOUNDED = frozenset({"euro", "eur", "€", "saldo", "balance", "category", "categorie", ""})
NEXT = (
    *("meaning", "meaning_en", "unit", "unit_en", "numerator", "numerator_en", "denominator"),
    *("denominator_en", "better", "period", "supplied_by", "lowest", "highest"),
)
"""What a version takes over from the one before it unless something else is said."""


def possible_values(unit: str) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and highest possible value that a unit suggests: a share is 0 to 100, a number of
    days or people isn't negative, an amount may be anything.

    >>> possible_values("percent")
    (Decimal('0'), Decimal('100'))
    """
    bare = unit.strip().casefold()
    if bare in PERCENT:
        return Decimal(0), Decimal(100)
    return (None if bare in UNBOUNDED else Decimal(0)), None


def split_fraction(text: str) -> tuple[str, str]:
    """Numerator and denominator of "a / b"; without a slash all of it is the numerator.

    >>> split_fraction("to work / (participants - still in the project)")
    ('to work', '(participants - still in the project)')
    """
    numerator, _slash, denominator = text.partition(" / ")
    return numerator.strip(), denominator.strip()


def define_indicator(
    programme: Programme,
    *,
    code: str,
    position: int = 0,
    category: str = "",
    version: int = 1,
    **definition: Any,
) -> IndicatorDefinition:
    """Make an indicator of a programme with one version of its definition.

    Without `lowest` and `highest` they are what the unit suggests.
    """
    lowest, highest = possible_values(definition.get("unit", ""))
    definition = {"lowest": lowest, "highest": highest} | definition
    key = {"programme": programme, "code": code}
    indicator = keep(Indicator, key, position=position, category=category)
    return keep(IndicatorDefinition, {"indicator": indicator, "version": version}, **definition)


@transaction.atomic
def settle_definition(
    indicator: Indicator, *, reason: str, comparable: bool, by: Any = None, **changes: Any
) -> IndicatorDefinition:
    """A settled definition issue becomes the next version of the definition.

    `changes` are fields of IndicatorDefinition; what isn't named stays as it was. `comparable` says
    whether figures of the new version may be laid beside the earlier ones; with another unit or
    period they never may. Figures that were
    entered keep the version they were entered under. Raises InvalidInput without a reason, or when
    nothing changes.
    """
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    last = indicator.definitions.first()
    if last is None:
        raise InvalidInput(_("This indicator has no definition yet."))
    if not reason.strip():
        raise InvalidInput(_("Say why the definition changes."))
    old = {name: getattr(last, name) for name in NEXT}
    if old | changes == old:
        raise InvalidInput(_("Nothing in the definition changes."))
    version = indicator.definitions.aggregate(last=Max("version"))["last"] + 1
    same_measure = all(changes.get(name, old[name]) == old[name] for name in ("unit", "period"))
    settled = IndicatorDefinition.objects.create(
        indicator=indicator,
        version=version,
        comparable=comparable and same_measure,
        reason=reason.strip(),
        settled_on=timezone.localdate(),
        **(old | changes),
    )
    log_activity(settled, "definition settled", actor=by, version=version)
    return settled
