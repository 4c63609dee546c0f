"""Results of a wave as they may be shown: aggregated in the database, then guarded here.

Everything that shows answers or counts of respondents reads them through this file: screen, chart,
doorway. Nothing else may use the raw counts of queries.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.disclosure import enough, protect_counts
from people.models import Organisation
from surveys.coarsening import too_few
from surveys.enums import WaveState
from surveys.models import Wave
from surveys.queries import answer_counts, invited_by_organisation, submitted_by_organisation
from surveys.structure import AskedItem, questionnaire

type Counts = tuple[int, int, int, int, int]

NO_ANSWERS: Counts = (0, 0, 0, 0, 0)
NOTHING = (None, None)
UNTOLD = 0
"""Stands for answers whose organisation was taken away, for too few were asked in it."""


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
    minimum = wave.cycle.programme.minimum_group
    submitted = submitted_by_organisation(wave)
    invited = invited_by_organisation(wave)
    counts = {org: submitted.get(org, 0) for org in invited}
    untold: dict[int, int | None] = {}
    if None in submitted:  # a group of its own, and never shown: it has no name
        untold |= dict.fromkeys(too_few(invited, minimum) - submitted.keys())
        counts = {org: n for org, n in counts.items() if org not in untold}
        counts[UNTOLD] = submitted[None]
    shown = protect_counts(counts, minimum, zero_is_small=True) | untold
    shown.pop(UNTOLD, None)
    total = sum(counts.values())
    return ResponsesShown(total if enough(total, minimum) else None, shown)


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
    percent = None if submitted is None or not invited else round(100 * submitted / invited)
    return ResponseRow(label, invited, submitted, percent)


def item_results(wave: Wave) -> list[ItemResult]:
    """Each statement of a closed wave: first of all respondents, then by organisation.

    An open wave has no results: who watches them grow sees each answer come in.
    """
    if wave.state != WaveState.CLOSED:
        return []
    minimum = wave.cycle.programme.minimum_group
    raw = _raw_results(wave)
    shown = responses_shown(wave).by_organisation
    hidden = {organisation for organisation, count in shown.items() if count is None}
    nothing = dict.fromkeys(hidden, (NO_ANSWERS, 0))
    hidden |= {UNTOLD for counts in raw.values() if UNTOLD in counts}
    return [
        result
        for item in questionnaire(wave.version_id).items
        if item.is_statement
        for result in _guarded(item, nothing | raw[item.id], hidden, minimum)
    ]


def _raw_results(wave: Wave) -> Mapping[int, dict[int, tuple[Counts, int]]]:
    """By item and organisation: counts and "not applicable"."""
    raw: Mapping[int, dict[int, tuple[Counts, int]]] = defaultdict(dict)
    for row in answer_counts(Wave.objects.filter(pk=wave.pk)):
        counts = (row["c1"], row["c2"], row["c3"], row["c4"], row["c5"])
        raw[row["item"]][row["response__organisation"] or UNTOLD] = (counts, row["na"])
    return raw


def _guarded(
    item: AskedItem, raw: dict[int, tuple[Counts, int]], hidden: set[int], minimum: int
) -> list[ItemResult]:
    """The results of one statement with what is too small, or would give it away, taken out.

    `hidden` are the organisations whose response isn't shown. They count as one group: what is
    left when the others are subtracted.
    """
    everyone = add_counts(counts for counts, _na in raw.values())
    if not enough(sum(everyone), minimum):
        return [ItemResult(item, organisation, None, None) for organisation in (None, *_named(raw))]
    shown = _organisations_shown(raw, hidden, minimum)
    whole = ItemResult(item, None, everyone, sum(na for _counts, na in raw.values()))
    return [whole] + [
        ItemResult(item, organisation, *(raw[organisation] if organisation in shown else NOTHING))
        for organisation in _named(raw)
    ]


def _named(raw: dict[int, tuple[Counts, int]]) -> list[int]:
    return sorted(raw.keys() - {UNTOLD})


def _organisations_shown(
    raw: dict[int, tuple[Counts, int]], hidden: set[int], minimum: int
) -> set[int]:
    sizes = {organisation: sum(counts) for organisation, (counts, _na) in raw.items()}
    groups: dict[int | None, int] = {
        organisation: size for organisation, size in sizes.items() if organisation not in hidden
    }
    if hidden:
        groups[None] = sum(sizes.values()) - sum(groups.values())
    shown = protect_counts(groups, minimum, zero_is_small=True)
    return {
        organisation
        for organisation, size in shown.items()
        if organisation is not None and size is not None
    }
