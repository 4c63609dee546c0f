"""What changed since the wave before, of statements that may be compared."""

from dataclasses import dataclass

from surveys.measures.summary import Change, change_of_groups, change_of_pairs
from surveys.structure import AskedItem, Questionnaire
from surveys.summaries import statement_bar
from surveys.tables import WHOLE, Group, ItemTable, Pairs, PairsTable, Tables


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A statement that may be compared with the wave before."""

    item: AskedItem
    change: Change
    before: int
    now: int


def change_rows(
    now: tuple[Questionnaire, Tables],
    before: tuple[Questionnaire, Tables],
    group: Group = WHOLE,
    pairs: Pairs | None = None,
) -> list[ChangeRow]:
    """Statements that may be compared with the wave before and shown in both: of those who answered
    twice where they may be shown (`pairs`), else of two groups of people."""
    asked, tables = now
    asked_before, tables_before = before
    earlier = {item.comparable: item for item in asked_before.items if item.is_statement}
    rows = []
    for item in asked.items:
        match = earlier.get(item.comparable) if item.is_statement and item.comparable else None
        if match is None or match.values != item.values:
            continue
        linked = (pairs or {}).get(item.id, {}).get(group)
        row = (linked and _change_of_pairs(item, linked)) or _change(
            item, tables.of(item.id, group), match, tables_before.of(match.id, group)
        )
        rows += [row] if row else []
    return rows


def _change(
    item: AskedItem, table: ItemTable | None, match: AskedItem, earlier: ItemTable | None
) -> ChangeRow | None:
    if table is None or earlier is None:
        return None
    spreads = [
        statement_bar(each, counted, turned=True).spread
        for each, counted in ((match, earlier), (item, table))
    ]
    change = change_of_groups(*spreads)
    return None if change is None else ChangeRow(item, change, spreads[0].n, spreads[1].n)


def _change_of_pairs(item: AskedItem, pairs: PairsTable) -> ChangeRow | None:
    """The change of those who answered twice, towards what the statement measures."""
    ends = (item.values[0] + item.values[-1]) * pairs.n if item.reversed else None
    before = pairs.before if ends is None else ends - pairs.before
    now = pairs.now if ends is None else ends - pairs.now
    change = change_of_pairs(pairs.n, before, now, pairs.squares)
    return None if change is None else ChangeRow(item, change, pairs.n, pairs.n)
