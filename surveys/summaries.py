"""What the results page says: rows with numbers, made of the tables that may be shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from surveys.charts import Bar, kinds_of, make_bar
from surveys.enums import ItemKind, Occasion
from surveys.given import split_chosen
from surveys.measures.reliability import FEW
from surveys.measures.summary import (
    Share,
    Spread,
    mean_interval,
    share_of,
    spread_of,
)
from surveys.structure import AskedItem, Questionnaire
from surveys.tables import WHOLE, Group, ItemTable, ScaleTable, Tables

HEAT_POINTS = 5


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An option with how many chose it; of a ranking also its mean rank."""

    label: str
    share: Share
    rank: float | None = None
    value: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """What isn't a statement: options with shares, or a number; `n` is None where hidden."""

    item: AskedItem
    n: int | None
    not_applicable: int
    missing: int
    options: tuple[OptionRow, ...] = ()
    spread: Spread | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the questionnaire: bars of its statements, and its other questions."""

    title: str
    bars: tuple[Bar, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class ConstructRow:
    """Statements about the same thing, put together."""

    code: str
    label: str | Promise
    statements: int
    bar: Bar


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A mean with the colour of where it stands on its scale; None where it can't be shown."""

    bar: Bar | None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A group with a cell for each construct."""

    label: str
    cells: tuple[HeatCell, ...]
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """Reliability of a construct in words and numbers; `against` are statements that go the other
    way."""

    label: str
    table: ScaleTable
    items: tuple[tuple[AskedItem, float | None, float | None], ...]

    @property
    def is_few(self) -> bool:
        return self.table.n < FEW

    @property
    def against(self) -> list[AskedItem]:
        return [item for item, rest, _dropped in self.items if rest is not None and rest < 0]


def parts(asked: Questionnaire, tables: Tables, group: Group = WHOLE) -> list[Part]:
    """The answers of a group in the order in which they were asked."""
    return [
        Part(
            block.title,
            tuple(statement_bar(i, tables.of(i.id, group)) for i in block.items if i.is_statement),
            tuple(_question(i, tables.of(i.id, group)) for i in block.items if _is_question(i)),
        )
        for block in asked.blocks
    ]


def _is_question(item: AskedItem) -> bool:
    return item.kind in (ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.RANKING, ItemKind.NUMBER)


def statement_bar(item: AskedItem, table: ItemTable | None, *, turned: bool = False) -> Bar:
    """The bar of a statement as it was asked, or turned towards what it measures."""
    counts = None if table is None else table.of_values(item.values)
    if counts and turned and item.reversed:
        counts = counts[::-1]
    return make_bar(
        item.text,
        counts,
        note="; ".join(_notes(item)),
        not_applicable=table.not_applicable if table else None,
        missing=table.missing if table else None,
        first=item.values[0],
    )


def _notes(item: AskedItem) -> Iterable[str]:
    if item.occasion:
        yield str(Occasion(item.occasion).label)
    if item.options:
        (low, lowest), *_between, (high, highest) = item.choices()
        yield f"{low} = {lowest}, {high} = {highest}"
    if item.reversed:
        yield _("agreeing counts against its subject")
    if item.conditions:
        yield _("not asked of everyone")


def _question(item: AskedItem, table: ItemTable | None) -> Question:
    if table is None:
        return Question(item, None, 0, 0)
    rows = () if item.kind == ItemKind.NUMBER else _option_rows(item, table)
    spread = _number(table) if item.kind == ItemKind.NUMBER else None
    return Question(item, table.n, table.not_applicable, table.missing, rows, spread)


def _option_rows(item: AskedItem, table: ItemTable) -> tuple[OptionRow, ...]:
    chosen: dict[int, int] = {}
    ranks: dict[int, int] = {}
    for stored, count in table.counts.items():
        values = split_chosen(stored) if "," in stored else (int(stored),)
        for rank, value in enumerate(values, start=1):
            chosen[value] = chosen.get(value, 0) + count
            ranks[value] = ranks.get(value, 0) + rank * count
    ranked = item.kind == ItemKind.RANKING
    return tuple(
        OptionRow(
            label=label,
            share=share_of(chosen.get(value, 0), table.n),
            rank=ranks[value] / chosen[value] if ranked and chosen.get(value) else None,
            value=value,
        )
        for value, label in item.choices()
    )


def options_shown(item: AskedItem, table: ItemTable | None) -> tuple[OptionRow, ...]:
    """How many chose each answer to an item, a statement too; none where it can't be shown."""
    if table is None or item.kind == ItemKind.NUMBER:
        return ()
    return _option_rows(item, table)


def spread_shown(item: AskedItem, table: ItemTable) -> Spread | None:
    """Mean and deviation of a statement as it was asked, or of a number; of nothing else."""
    if item.is_statement:
        return statement_bar(item, table).spread
    return _number(table) if item.kind == ItemKind.NUMBER else None


def _number(table: ItemTable) -> Spread:
    """Mean and deviation of a number from its sums; a median would be somebody's own number."""
    n = table.n
    if not n:
        return spread_of({})
    mean = table.total / n
    square = (table.squares - n * mean * mean) / (n - 1) if n > 1 else None
    sd = None if square is None else max(square, 0.0) ** 0.5
    return Spread(n, mean, sd, None, mean_interval(mean, sd, n))


def constructs_of(asked: Questionnaire) -> dict[str, list[AskedItem]]:
    """The statements of each construct, where they are answered on the same scale."""
    found: dict[str, list[AskedItem]] = {}
    for item in asked.items:
        if item.is_statement and item.construct:
            found.setdefault(item.construct, []).append(item)
    return {code: items for code, items in found.items() if len({i.values for i in items}) == 1}


def construct_rows(
    asked: Questionnaire, tables: Tables, group: Group = WHOLE
) -> list[ConstructRow]:
    """By construct, of the statements that may be shown only: else subtracting the others would
    give a hidden one away. An interval is as wide as if everyone had answered all alike."""
    rows = []
    for code, items in constructs_of(asked).items():
        shown = [item for item in items if tables.of(item.id, group)]
        if shown:
            bar = _together(asked, code, shown, tables, group)
            rows.append(ConstructRow(code, bar.label, len(shown), bar))
    return rows


def _together(
    asked: Questionnaire, code: str, items: list[AskedItem], tables: Tables, group: Group
) -> Bar:
    bars = [statement_bar(item, tables.of(item.id, group), turned=True) for item in items]
    counts = tuple(map(sum, zip(*(bar.counts or () for bar in bars), strict=True)))
    return make_bar(
        asked.construct_label(code),
        counts,
        not_applicable=sum(bar.not_applicable or 0 for bar in bars),
        missing=sum(bar.missing or 0 for bar in bars),
        first=items[0].values[0],
        people=min(bar.n for bar in bars),
    )


def heat_rows(
    asked: Questionnaire, tables: Tables, groups: Iterable[tuple[Group, str]]
) -> list[HeatRow]:
    """Groups by constructs, everyone last. A mean stands only where all its statements may be
    shown, so that what is compared is the same."""
    rows = [HeatRow(label, _heat_cells(asked, tables, group)) for group, label in groups]
    whole = HeatRow(_("everyone"), _heat_cells(asked, tables, WHOLE), is_whole=True)
    return [*rows, whole] if rows else []


def _heat_cells(asked: Questionnaire, tables: Tables, group: Group) -> tuple[HeatCell, ...]:
    cells = []
    for code, items in constructs_of(asked).items():
        if all(tables.of(item.id, group) for item in items):
            bar = _together(asked, code, items, tables, group)
            cells.append(HeatCell(bar, _heat_kind(bar, items[0].values)))
        else:
            cells.append(HeatCell(None))
    return tuple(cells)


def _heat_kind(bar: Bar, values: tuple[int, ...]) -> str:
    """The fifth of the scale in which the mean stands."""
    if bar.mean is None:
        return ""
    place = (bar.mean - values[0]) / (values[-1] - values[0])
    return kinds_of(HEAT_POINTS)[min(int(place * HEAT_POINTS), HEAT_POINTS - 1)]


def scale_rows(asked: Questionnaire, tables: Tables) -> list[ScaleRow]:
    """Reliability of the constructs with more than one statement."""
    by_id = {item.id: item for item in asked.items}
    return [
        ScaleRow(
            asked.construct_label(scale.construct),
            scale,
            tuple(
                zip(
                    (by_id[item] for item in scale.items),
                    scale.item_rest,
                    scale.alpha_if_dropped,
                    strict=True,
                )
            ),
        )
        for scale in tables.scales
    ]
