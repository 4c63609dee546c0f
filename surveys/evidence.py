"""The doorway of the surveys room: typed rows for evaluation, and nothing else.

Rows name organisations by primary key; who may see their names is decided where they are shown.
Nothing here can be traced to a respondent.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max

from surveys.codebooks.spec import NO_VALUES as NO_VALUES
from surveys.coding_queries import settled
from surveys.evidence_constructs import ConstructRow as ConstructRow
from surveys.evidence_constructs import constructs_of
from surveys.models import CodedVariable, Coding, InterviewRound, Wave
from surveys.queries import invited_by_organisation
from surveys.results import ItemResult, items_of, responses_shown, tables_of


@dataclass(frozen=True, slots=True)
class CodedVariableRow:
    """A variable of the newest codebook of a programme."""

    code: str
    level: str
    several: bool
    values: tuple[str, ...]
    dimension: str
    meaning: str
    meaning_en: str


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One coder's value for one organisation in one cycle, with where it comes from."""

    id: int
    variable: str
    organisation_id: int
    cycle_id: int
    coder: str
    value: str
    source: str
    passage: str
    qualifiers: dict[str, str] = field(default_factory=dict)
    text_id: int | None = None
    adjudicates: bool = False
    """Decides between coders who differ."""
    round_id: int | None = None
    """The round of interviews that the text is of."""


def coded_variables(programme_id: int) -> list[CodedVariableRow]:
    """The variables of the newest version of the programme's codebook, in its order."""
    rows = CodedVariable.objects.filter(codebook__programme=programme_id)
    newest = rows.order_by("-codebook__version").values_list("codebook", flat=True).first()
    return [
        CodedVariableRow(
            code=row.code,
            level=row.level,
            several=row.several,
            values=tuple(row.values),
            dimension=row.dimension,
            meaning=row.meaning,
            meaning_en=row.meaning_en,
        )
        for row in rows.filter(codebook=newest)
    ]


def codings_mark(programme_id: int) -> str:
    """Changes whenever a coding that may be read is added: how many there are, and the last one."""
    rows = Coding.objects.released().filter(variable__codebook__programme=programme_id)
    found = rows.aggregate(count=Count("pk"), last=Max("pk"))
    return f"{found['count']}-{found['last'] or 0}"


def settled_codings(programme_id: int) -> list[CodingRow]:
    """The codings that hold, one coder's for each variable and place: where coders differ and
    nobody decided between them, none."""
    places: dict[Any, list[CodingRow]] = defaultdict(list)
    for row in codings(programme_id):
        circumstances = () if row.text_id is None else (row.text_id,)
        key = (row.variable, row.organisation_id, row.cycle_id, *circumstances)
        places[key].append(row)
    return sorted((row for rows in places.values() for row in settled(rows)), key=lambda r: r.id)


def codings(programme_id: int) -> Iterator[CodingRow]:
    """All codings of a programme that every coder of their text is done with, in the order in
    which they were stored; several coders of one place give several rows."""
    rows = Coding.objects.released().filter(variable__codebook__programme=programme_id)
    for row in rows.order_by("id").select_related("variable", "text").iterator(chunk_size=2000):
        yield CodingRow(
            id=row.pk,
            variable=row.variable.code,
            organisation_id=row.organisation_id,
            cycle_id=row.cycle_id,
            coder=row.coder,
            value=row.value,
            source=row.source,
            passage=row.passage,
            qualifiers=row.qualifiers,
            text_id=row.text_id,
            adjudicates=row.adjudicates,
            round_id=row.text.round_id if row.text else None,
        )


def interview_rounds(programme_id: int) -> dict[str, set[int]]:
    """The rounds of interviews of a programme, by name: one of each cycle may have the same."""
    found: dict[str, set[int]] = defaultdict(set)
    rows = InterviewRound.objects.filter(cycle__programme=programme_id).order_by("pk")
    for name, number in rows.values_list("name", "pk"):
        found[name].add(number)
    return dict(found)


@dataclass(frozen=True, slots=True)
class WaveRow:
    """One wave. `submitted` is None while fewer responded than the programme's minimum group."""

    id: int
    name: str
    cycle_id: int
    state: str
    invited: int
    submitted: int | None


@dataclass(frozen=True, slots=True)
class ResponseCountRow:
    """Response of one organisation in one wave. `submitted` is None where it can't be shown."""

    wave_id: int
    organisation_id: int
    invited: int
    submitted: int | None


@dataclass(frozen=True, slots=True)
class ItemResultRow:
    """Answers to one statement in one closed wave: of an organisation, or of all (None).

    `counts` are the numbers of respondents who chose 1 to 5 as they were asked; `mean` is on the
    same scale, turned around for a `reversed` statement, so that more is better. `n`, `counts`,
    `not_applicable` and `mean` are None where too few answered, or where a total would give
    another organisation's answers away.
    """

    wave_id: int
    cycle_id: int
    organisation_id: int | None
    item: str
    construct: str
    occasion: str
    reversed: bool
    n: int | None
    not_applicable: int | None
    counts: tuple[int, int, int, int, int] | None
    mean: float | None
    text_nl: str = ""
    text_en: str = ""


def waves(programme_id: int) -> list[WaveRow]:
    """The waves of a programme that were opened, in order of cycle."""
    return [
        WaveRow(
            id=wave.pk,
            name=wave.name,
            cycle_id=wave.cycle_id,
            state=wave.state,
            invited=sum(invited_by_organisation(wave).values()),
            submitted=responses_shown(wave).total,
        )
        for wave in _opened_waves(programme_id)
    ]


def response_counts(programme_id: int) -> list[ResponseCountRow]:
    """Invited and submitted by organisation, of every wave that was opened."""
    return [
        ResponseCountRow(wave.pk, organisation, invited, shown.by_organisation.get(organisation))
        for wave in _opened_waves(programme_id)
        for shown in [responses_shown(wave)]
        for organisation, invited in sorted(invited_by_organisation(wave).items())
    ]


def results_by_item(programme_id: int) -> list[ItemResultRow]:
    """Results of the closed waves: each statement, of all respondents and by organisation."""
    return results(programme_id)[0]


def results(programme_id: int) -> tuple[list[ItemResultRow], list[ConstructRow]]:
    """The closed waves, counted once: each statement, and each construct of an organisation and of
    a role or department of all organisations together."""
    items, constructs = [], []
    for wave in _opened_waves(programme_id):
        tables = tables_of(wave, with_scales=False)
        if tables is not None:
            items += [_item_row(wave, result) for result in items_of(wave, tables)]
            constructs += constructs_of(wave, tables)
    return items, constructs


def _item_row(wave: Wave, result: ItemResult) -> ItemResultRow:
    return ItemResultRow(
        wave_id=wave.pk,
        cycle_id=wave.cycle_id,
        organisation_id=result.organisation_id,
        item=result.item.code,
        construct=result.item.construct,
        occasion=result.item.occasion,
        reversed=result.item.reversed,
        n=result.n,
        not_applicable=result.not_applicable,
        counts=result.counts,
        mean=result.mean,
        text_nl=result.item.text_nl,
        text_en=result.item.text_en,
    )


def _opened_waves(programme_id: int) -> list[Wave]:
    waves = Wave.objects.filter(cycle__programme=programme_id, opened_on__isnull=False)
    return list(waves.select_related("cycle__programme").order_by("cycle__starts_on", "pk"))
