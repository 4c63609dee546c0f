"""From answers to the tables that may be shown: counted by the database, guarded here.

This is the only place where answers of a closed wave are put together for anyone's eyes. Each item
is judged by itself, for who left it open differs: a group is shown with an item when enough of it
answered, and when no combination of all that is shown of the item tells of fewer
(core.disclosure). Rows of respondents are never read, only counts.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from core.disclosure import protect_breakdowns
from core.models import LeasedState
from surveys.enums import ItemKind
from surveys.measures.moments import Moments
from surveys.measures.reliability import reliability_of
from surveys.models import Response, Tabulation, Wave
from surveys.queries import (
    chosen_cells,
    invited_by_organisation,
    moments_of_scales,
    respondent_cells,
    value_cells,
    wave_before,
)
from surveys.structure import AskedItem, Questionnaire, questionnaire
from surveys.tables import BREAKDOWNS, WHOLE, Group, ItemTable, ScaleTable, Tables, from_json

WITH_ONE_VALUE = frozenset({ItemKind.STATEMENT, ItemKind.SINGLE})
OTHERS = frozenset({ItemKind.MULTIPLE, ItemKind.RANKING, ItemKind.NUMBER})
"""Dates and texts are not put together: each is as good as a person."""

type Cell = tuple[str, ...]
type Step = Callable[[int], None]


@dataclass(slots=True)
class Raw:
    """Unguarded counts of an item: by group, and by cell how many answered. Never for show."""

    counts: dict[Group, dict[str, int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )
    not_applicable: dict[Group, int] = field(default_factory=lambda: defaultdict(int))
    sums: dict[Group, tuple[float, float]] = field(default_factory=dict)
    answered: dict[Cell, int] = field(default_factory=lambda: defaultdict(int))


def tabulate(
    wave: Wave,
    *,
    hidden_before: frozenset[Group] = frozenset(),
    step: Step = lambda _percent: None,
    with_scales: bool = True,
) -> Tables:
    """The tables of a wave. `hidden_before` are groups that weren't shown in an earlier wave;
    `step` hears how far it is, in percent; the reliability of scales may be left out."""
    minimum = wave.cycle.programme.minimum_group
    people = respondent_cells(wave)
    step(5)
    shown = _shown(people, minimum, hidden_before, expected=_asked(wave))
    if shown is None:
        return Tables(minimum, has_hidden=True)
    asked = questionnaire(wave.version_id)
    raw = _read(wave, asked, people)
    sizes = _sizes(people)
    step(50)
    items, cache = {}, {}
    for item, found in raw.items():
        key = frozenset(found.answered.items())
        if key not in cache:
            cache[key] = _shown(found.answered, minimum, hidden_before, beside=shown)
        items[item] = _tables_of(found, cache[key], sizes)
    step(80)
    scales = _scales(wave, asked, items, minimum) if with_scales else ()
    groups = {group: n for group, n in sizes.items() if group == WHOLE or group in shown}
    hidden = len(groups) < len(sizes) or any(len(each) < len(groups) for each in items.values())
    return Tables(minimum, groups, items, scales, hidden)


def respondents_shown(wave: Wave) -> dict[Group, int]:
    """How many responded, of the whole and of the groups that may be shown; also while a wave is
    open. Empty when fewer than the minimum did."""
    people = respondent_cells(wave)
    before = hidden_before(wave)
    shown = _shown(people, wave.cycle.programme.minimum_group, before, expected=_asked(wave))
    if shown is None:
        return {}
    return {g: n for g, n in _sizes(people).items() if g == WHOLE or g in shown}


def is_large(wave: Wave) -> bool:
    """Are there so many responses that a page should not count them itself?"""
    most = settings.TABULATE_IN_A_PAGE
    return Response.objects.filter(wave=wave).order_by()[most : most + 1].exists()


def kept_tables(wave: Wave) -> Tables | None:
    """The tables as a worker kept them; None when there are none under the present minimum."""
    minimum = wave.cycle.programme.minimum_group
    kept = Tabulation.objects.filter(wave=wave, state=LeasedState.DONE, minimum=minimum).first()
    return None if kept is None else from_json(kept.tables)


def hidden_before(wave: Wave) -> frozenset[Group]:
    """Organisations that were asked in the wave before this one, and too few of which answered.

    Where something more must be hidden to cover a small group, these come first: the same pattern
    over waves, so that what one hides the next doesn't show. Not more than it takes: a group that
    is large enough now and need cover nobody is shown.
    """
    earlier = wave_before(wave)
    if earlier is None:
        return frozenset()
    minimum = wave.cycle.programme.minimum_group
    people = respondent_cells(earlier)
    shown = _shown(people, minimum, frozenset(), expected=_asked(earlier)) or set()
    asked = {("organisation", str(each)) for each in invited_by_organisation(earlier)}
    return frozenset((asked | set(_sizes(people))) - shown - {WHOLE})


def _asked(wave: Wave) -> list[set[str]]:
    """By breakdown the groups that were asked: one of which nobody answered is a small one too."""
    rows = wave.invitations.order_by().values_list(*BREAKDOWNS).distinct()
    columns = zip(*rows, strict=True) if rows else ()
    return [set(map(str, column)) for column in columns]


def _shown(
    cells: Mapping[Any, int],
    minimum: int,
    hidden_before: frozenset[Group],
    *,
    expected: list[set[str]] | None = None,
    beside: set[Group] | None = None,
) -> set[Group] | None:
    """The groups that may be shown with these respondents, by name of the breakdown."""
    if beside is not None and not beside:
        return set() if sum(cells.values()) >= minimum else None
    numbers = {name: number for number, name in enumerate(BREAKDOWNS)}
    found = protect_breakdowns(
        cells,
        minimum,
        expected=expected or [],
        hidden_before={(numbers[name], value) for name, value in hidden_before},
        beside={(numbers[name], value) for name, value in beside or ()},
    )
    return None if found is None else {(BREAKDOWNS[n], str(value)) for n, value in found}


def _groups_of(cell: Cell) -> list[Group]:
    """The whole and the groups that who is in this cell belongs to."""
    return [
        WHOLE,
        *((name, value) for name, value in zip(BREAKDOWNS, cell, strict=True) if value),
    ]


def _sizes(people: Mapping[Cell, int]) -> dict[Group, int]:
    sizes: dict[Group, int] = defaultdict(int)
    for cell, n in people.items():
        for group in _groups_of(cell):
            sizes[group] += n
    return dict(sizes)


def _read(wave: Wave, asked: Questionnaire, people: Mapping[Cell, int]) -> dict[int, Raw]:
    """All answers that are put together, in one pass of the database over them."""
    simple = [item.id for item in asked.items if item.kind in WITH_ONE_VALUE]
    others = [item.id for item in asked.items if item.kind in OTHERS]
    raw = {item.id: Raw() for item in asked.items if item.id in {*simple, *others}}
    across = _differing(people)
    for item, *of, value, n in value_cells(wave, simple, across) if simple else ():
        cell = _whole_cell(people, across, of)
        _take_in(raw[item], cell, value, "", value is None, n, (None, None))
    for item, *of, chosen, absent, n, total, squares in (
        chosen_cells(wave, others, across) if others else ()
    ):
        cell = _whole_cell(people, across, of)
        _take_in(raw[item], cell, None, chosen, absent, n, (total, squares))
    return raw


def _differing(people: Mapping[Cell, int]) -> list[str]:
    """The breakdowns in which respondents differ; of the others one says it for all."""
    values = zip(BREAKDOWNS, zip(*people, strict=True), strict=True)
    return [name for name, column in values if len(set(column)) > 1]


def _whole_cell(people: Mapping[Cell, int], across: Sequence[str], of: Sequence[Any]) -> Cell:
    """A cell from what it is in the breakdowns in which respondents differ."""
    known = dict(zip(across, of, strict=True))
    anyone = zip(BREAKDOWNS, next(iter(people)), strict=True)
    return tuple(str(known.get(name, same) or "") for name, same in anyone)


def _take_in(
    raw: Raw,
    cell: Cell,
    value: int | None,
    chosen: str,
    absent: bool,
    n: int,
    sums: tuple[float | None, float | None],
) -> None:
    if not absent:
        raw.answered[cell] += n
    for group in _groups_of(cell):
        if absent:
            raw.not_applicable[group] += n
            continue
        raw.counts[group][chosen if value is None else str(value)] += n
        if sums[0] is not None:
            total, squares = raw.sums.get(group, (0.0, 0.0))
            raw.sums[group] = (total + float(sums[0]), squares + float(sums[1] or 0))


def _tables_of(
    raw: Raw, shown: set[Group] | None, sizes: Mapping[Group, int]
) -> dict[Group, ItemTable]:
    """What may be shown of an item: nothing when too few answered it at all."""
    if shown is None:
        return {}
    return {group: _table(raw, group, sizes[group]) for group in (WHOLE, *sorted(shown))}


def _table(raw: Raw, group: Group, people: int) -> ItemTable:
    counts = dict(raw.counts[group])
    absent = raw.not_applicable.get(group, 0)
    total, squares = raw.sums.get(group, (0.0, 0.0))
    return ItemTable(counts, absent, people - absent - sum(counts.values()), total, squares)


def _scales(
    wave: Wave, asked: Questionnaire, items: Mapping[int, Mapping], minimum: int
) -> tuple[ScaleTable, ...]:
    """Reliability by construct. Means of who answered all are not among it: beside the means of
    everyone they would tell of the few who didn't."""
    by_construct: dict[str, list[AskedItem]] = defaultdict(list)
    for item in asked.items:
        if item.is_statement and item.construct and items.get(item.id):
            by_construct[item.construct].append(item)
    scales = {key: items for key, items in by_construct.items() if len(items) > 1}
    if not scales:
        return ()
    counted = moments_of_scales(wave, [[item.id for item in each] for each in scales.values()])
    return tuple(
        _scale(construct, statements, moments)
        for (construct, statements), moments in zip(scales.items(), counted, strict=True)
        if moments.n >= minimum
    )


def _scale(construct: str, statements: list[AskedItem], moments: Moments) -> ScaleTable:
    for place, item in enumerate(statements):
        if item.reversed:
            moments = moments.turned(place, item.values[0] + item.values[-1])
    found = reliability_of(moments)
    return ScaleTable(
        construct=construct,
        items=tuple(item.id for item in statements),
        n=moments.n,
        alpha=_two(found.alpha),
        interval=found.interval and (round(found.interval[0], 2), round(found.interval[1], 2)),
        item_rest=tuple(_two(item.item_rest) for item in found.items),
        alpha_if_dropped=tuple(_two(item.alpha_if_dropped) for item in found.items),
    )


def _two(number: float | None) -> float | None:
    """To two decimals: more would say more than alpha can, and more about who left one open."""
    return None if number is None else round(number, 2)
