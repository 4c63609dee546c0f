"""People who answered in two waves, one after the other: their answers then and now, as sums.

Who they are nobody knows; that they are the same is told by their pseudonym. What may be shown of
them is judged here beside all that is shown of both waves: whoever subtracts those who answered
twice from a group has those who answered once, in this wave and in that, and may not be left with
a few. In the wave before, those whom it shares with the wave before *it* count along, for they are
shown there. So three waves in a row give no more away than two.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from core.disclosure import protect_breakdowns
from surveys.enums import ItemKind, ResponseState, WaveMode
from surveys.models import Answer, Wave
from surveys.queries import wave_before
from surveys.structure import questionnaire
from surveys.tables import BREAKDOWNS, WHOLE, Group, Pairs, PairsTable, Tables

YES = "yes"
FIRST = len(BREAKDOWNS)
"""After the breakdowns a cell tells whether somebody answered in the other wave too, and then of
which organisation they were in both; and in the wave before the same about the one before that."""

type Cell = tuple[str, ...]
type Cells = dict[int, dict[Cell, int]]


def pairs_between(wave: Wave, tables: Tables, earlier: Wave, before: Tables) -> Pairs:
    """What may be shown of those who answered in both, by item of `wave` and group."""
    matches = _matches(wave, earlier) if _may_link(wave, earlier) else {}
    if not matches:
        return {}
    here = _cells(wave, list(matches), [earlier])
    there = _cells(earlier, list(matches.values()), [wave_before(earlier), wave])
    sums = _sums(wave, earlier, list(matches))
    found: Pairs = {}
    for item, match in matches.items():
        now = _shown(here.get(item, {}), tables.items.get(item, {}), tables.minimum, FIRST)
        then = _shown(there.get(match, {}), before.items.get(match, {}), tables.minimum, FIRST + 2)
        rows = {group: table for group, table in sums[item].items() if group in now & then}
        found |= {item: rows} if rows else {}
    return found


def _may_link(wave: Wave, earlier: Wave) -> bool:
    """Do both keep pseudonyms, and was no wave opened between them? Else the wave before would be
    compared with two, each of which shows whom it shares with it."""
    if WaveMode.ANONYMOUS in (wave.mode, earlier.mode):
        return False
    between = Wave.objects.filter(
        cycle__programme=wave.cycle.programme_id,
        version__instrument=wave.version.instrument_id,
    ).filter(
        Q(opened_on__gt=earlier.opened_on) | Q(opened_on=earlier.opened_on, pk__gt=earlier.pk),
        Q(opened_on__lt=wave.opened_on) | Q(opened_on=wave.opened_on, pk__lt=wave.pk),
    )
    return not between.exists()


def _matches(wave: Wave, earlier: Wave) -> dict[int, int]:
    """Statements that may be compared: primary keys now and then."""
    then = {item.comparable: item for item in questionnaire(earlier.version_id).items}
    return {
        item.id: then[item.comparable].id
        for item in questionnaire(wave.version_id).items
        if item.is_statement
        and item.comparable in then
        and then[item.comparable].values == item.values
    }


def _given(wave: Wave) -> QuerySet[Answer]:
    rows = Answer.objects.filter(response__wave=wave, response__state=ResponseState.SUBMITTED)
    return rows.filter(value__isnull=False).order_by()


def _of_the_same(wave: Wave) -> QuerySet[Answer]:
    """The answer that the same person gave to the same statement in another wave."""
    return (
        _given(wave)
        .exclude(response__pseudonym="")
        .filter(
            response__pseudonym=OuterRef("response__pseudonym"),
            item__code=OuterRef("item__code"),
            item__since=OuterRef("item__since"),
            item__kind=ItemKind.STATEMENT,
        )
    )


def _cells(wave: Wave, items: list[int], others: Iterable[Wave | None]) -> Cells:
    """How many answered each item, by what they are and whether they answered in these waves too.
    Not for show."""
    flags: dict[str, Any] = {}
    known = list(others)
    for number, other in enumerate(each for each in known if each is not None):
        same = _of_the_same(other)
        flags[f"linked{number}"] = Exists(same)
        here = OuterRef("response__organisation")
        flags[f"stayed{number}"] = Exists(same.filter(response__organisation=here))
    cell = [f"response__{name}" for name in BREAKDOWNS]
    rows = _given(wave).filter(item__in=items).annotate(**flags)
    found: Cells = defaultdict(lambda: defaultdict(int))
    missing = ("", "") * sum(other is None for other in known)
    for item, organisation, *rest in rows.values_list("item", *cell, *flags).annotate(
        n=Count("pk")
    ):
        *background, n = rest[: FIRST - 1] + rest[-1:]
        told = missing + tuple(_told(str(organisation or ""), rest[FIRST - 1 : -1]))
        found[item][(str(organisation or ""), *background, *told)] += n
    return found


def _told(organisation: str, flags: list[bool]) -> Iterable[str]:
    for linked, stayed in zip(flags[::2], flags[1::2], strict=True):
        yield YES if linked else ""
        yield organisation if stayed else ""


def _shown(
    cells: Mapping[Any, int], shown: Iterable[Group], minimum: int, number: int
) -> set[Group]:
    """The groups of whom those in both waves may be shown, beside the groups `shown` of an item;
    `number` is the place in a cell where it is told that somebody is."""
    groups = {(BREAKDOWNS.index(name), value) for name, value in set(shown) - {WHOLE}}
    places = range(FIRST, number + 2)
    linked = {(at, cell[at]) for cell in cells for at in places if cell[at]}
    organisations = {cell[0] for cell in cells if cell[0]}
    found = protect_breakdowns(
        cells,
        minimum,
        expected=[*[()] * (number + 1), organisations],
        beside=groups | linked,
    )
    if not linked or found is None or not groups <= found:
        return set()
    whole = {WHOLE} if (number, YES) in found else set()
    return whole | {("organisation", str(value)) for at, value in found if at == number + 1}


def _sums(wave: Wave, earlier: Wave, items: list[int]) -> dict[int, dict[Group, PairsTable]]:
    """Sums over those who answered an item in both, of all and by organisation. Not for show."""
    same = _of_the_same(earlier)
    stayed = Exists(same.filter(response__organisation=OuterRef("response__organisation")))
    difference = F("value") - F("then")
    rows = (
        _given(wave)
        .filter(item__in=items)
        .annotate(then=Subquery(same.values("value")[:1]), stayed=stayed)
        .filter(then__isnull=False)
        .values_list("item", "response__organisation", "stayed")
        .annotate(n=Count("pk"), b=Sum("then"), a=Sum("value"), s=Sum(difference * difference))
    )
    found: dict[int, dict[Group, PairsTable]] = defaultdict(dict)
    for item, organisation, in_both, *numbers in rows:
        for group in [WHOLE, ("organisation", str(organisation))][: 1 + bool(in_both)]:
            so_far = found[item].get(group, PairsTable(0, 0, 0, 0))
            found[item][group] = so_far.with_more(*numbers)
    return found
