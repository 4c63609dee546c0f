"""Results of a wave as they may be shown: aggregated in the database, then guarded here.

Everything that shows answers or counts of respondents reads them through this file: screen, chart,
doorway. Nothing else may use the raw counts of queries.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from core.disclosure import protect_counts
from people.models import Organisation
from surveys.enums import Channel, ResponseState, WaveState
from surveys.linking import pairs_between
from surveys.models import Response, Wave
from surveys.queries import invited_by_organisation
from surveys.structure import AskedItem, questionnaire
from surveys.tables import WHOLE, Group, ItemTable, Pairs, Tables
from surveys.tabulating import hidden_before, is_large, kept_tables, respondents_shown, tabulate

type Counts = tuple[int, int, int, int, int]

NO_ANSWERS: Counts = (0, 0, 0, 0, 0)
FIVE_POINTS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class ResponsesShown:
    """How many responded, None where that can't be shown."""

    total: int | None
    by_organisation: dict[int, int | None]


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """Response of an organisation, or of all; `submitted` and `percent` are None where hidden."""

    label: str
    invited: int
    submitted: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class ResponseTable:
    """Response by organisation against the target."""

    rows: tuple[ResponseRow, ...]
    total: ResponseRow
    has_hidden: bool


@dataclass(frozen=True, slots=True)
class ItemResult:
    """The answers to a statement, of an organisation or of all (None); None where hidden.

    `counts` are as asked; `mean` is turned around for a reversed statement, so that more is better.
    """

    item: AskedItem
    organisation_id: int | None
    counts: Counts | None
    not_applicable: int | None

    @property
    def n(self) -> int | None:
        """How many chose a value of the scale."""
        return None if self.counts is None else sum(self.counts)

    @property
    def mean(self) -> float | None:
        return None if self.counts is None else mean_of(self.towards_construct)

    @property
    def towards_construct(self) -> Counts:
        """The counts with 5 always the best: turned around for a reversed statement."""
        counts = self.counts or NO_ANSWERS
        return counts[::-1] if self.item.reversed else counts


def mean_of(counts: Counts) -> float | None:
    """Mean on the scale of 1 to 5, None of no answers."""
    n = sum(counts)
    return sum(value * count for value, count in enumerate(counts, start=1)) / n if n else None


def add_counts(several: Iterable[Counts]) -> Counts:
    """The counts of several statements put together."""
    one, two, three, four, five = map(sum, zip(NO_ANSWERS, *several, strict=True))
    return (one, two, three, four, five)


def responses_shown(wave: Wave) -> ResponsesShown:
    """The response by organisation under the rule for small groups; none counts as a small number,
    for between "none" and "one" a coordinator could tell who it was."""
    shown = respondents_shown(wave)
    return ResponsesShown(
        total=shown.get(WHOLE),
        by_organisation={
            organisation: shown.get(("organisation", str(organisation)))
            for organisation in invited_by_organisation(wave)
        },
    )


def response_table(wave: Wave) -> ResponseTable:
    """Invited and submitted by organisation, as may be shown."""
    shown, invited = responses_shown(wave), invited_by_organisation(wave)
    names = dict(Organisation.objects.filter(pk__in=invited).values_list("pk", "name"))
    rows = [
        _response_row(names[organisation], count, shown.by_organisation[organisation])
        for organisation, count in invited.items()
    ]
    return ResponseTable(
        rows=tuple(sorted(rows, key=lambda row: row.label)),
        total=_response_row("", sum(invited.values()), shown.total),
        has_hidden=any(row.submitted is None for row in rows),
    )


def _response_row(label: str, invited: int, submitted: int | None) -> ResponseRow:
    percent = None if submitted is None or not invited else percent_of(submitted, invited)
    return ResponseRow(label, invited, submitted, percent)


def percent_of(submitted: int, invited: int) -> int:
    """The response; never over 100, though more may answer on paper than were invited by mail."""
    return min(100, round(100 * submitted / invited))


def on_paper_shown(wave: Wave) -> int | None:
    """How many of all who responded did so on paper; None where nobody did or it can't be said."""
    rows = Response.objects.filter(wave=wave, state=ResponseState.SUBMITTED).order_by()
    given = dict(rows.values_list("channel").annotate(n=Count("pk")))
    return protect_counts(given, wave.cycle.programme.minimum_group).get(Channel.PAPER)


def tables_of(wave: Wave, *, with_scales: bool = True) -> Tables | None:
    """All that may be shown of a closed wave: as kept, or counted here and now.

    None while it is open, for who watches results grow sees each answer come in. Who has no use
    for the reliability of scales need not have it counted.
    """
    if wave.state != WaveState.CLOSED:
        return None
    return kept_tables(wave) or tabulate(
        wave, hidden_before=hidden_before(wave), with_scales=with_scales
    )


def pairs_of(wave: Wave, tables: Tables, earlier: Wave, before: Tables) -> Pairs:
    """What may be shown of those who answered in the wave before too: as kept, or counted now."""
    return pairs_between(wave, tables, earlier, before) if tables.pairs is None else tables.pairs


def are_being_counted(wave: Wave) -> bool:
    """Must a page wait for a worker, since counting here and now would take too long?"""
    return wave.state == WaveState.CLOSED and is_large(wave) and kept_tables(wave) is None


def item_results(wave: Wave) -> list[ItemResult]:
    """The five-point statements of a closed wave: of all respondents, then by organisation."""
    tables = tables_of(wave, with_scales=False)
    return [] if tables is None else items_of(wave, tables)


def items_of(wave: Wave, tables: Tables) -> list[ItemResult]:
    """The same, of tables that are there already."""
    organisations = sorted(map(int, invited_by_organisation(wave)))
    groups = [WHOLE, *(("organisation", str(pk)) for pk in organisations)]
    return [
        _item_result(item, group, tables.of(item.id, group))
        for item in questionnaire(wave.version_id).items
        if item.is_statement and item.values == FIVE_POINTS
        for group in groups
    ]


def _item_result(item: AskedItem, group: Group, table: ItemTable | None) -> ItemResult:
    organisation = int(group[1]) if group[1] else None
    if table is None:
        return ItemResult(item, organisation, None, None)
    one, two, three, four, five = table.of_values(FIVE_POINTS)
    return ItemResult(item, organisation, (one, two, three, four, five), table.not_applicable)
