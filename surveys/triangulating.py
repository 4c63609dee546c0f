"""Do the survey and the interviews tell the same? Per organisation and variable, side by side.

The survey's construct is the mean of all answers to its statements in the newest closed wave of the
round, as far as they may be shown; thresholds turn it into sufficient, moderate or insufficient. A
coding of three ordered values is that already.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Cycle, Programme
from people.models import Organisation
from surveys.coding_queries import newest_codebook, settled
from surveys.enums import WaveState
from surveys.models import CodedVariable, Coding, Thresholds, Wave
from surveys.results import Counts, add_counts, item_results, mean_of

ALSO = {"motivation": "inviting_to_learn", "individual": "time_to_reflect"}
"""Variables that a construct of another name speaks to."""
LEVELS_OF_A_RATING = 3


class Judgement(TextChoices):
    """What both sources are brought to."""

    INSUFFICIENT = "insufficient", _("insufficient")
    MODERATE = "moderate", _("moderate")
    SUFFICIENT = "sufficient", _("sufficient")


ORDER = list(Judgement)


@dataclass(frozen=True, slots=True)
class Compared:
    """One organisation and variable: what each source says, or None where it says nothing."""

    organisation: Organisation
    variable: CodedVariable
    mean: float | None
    n: int | None
    survey: Judgement | None
    values: tuple[str, ...]
    coding: Judgement | None
    disputed: bool

    @property
    def agrees(self) -> bool | None:
        """Do the two say the same? None where one of them says nothing."""
        if self.survey is None or self.coding is None:
            return None
        return self.survey == self.coding


@dataclass(frozen=True, slots=True)
class Triangulation:
    """All of a round, by variable, and how often the two agree."""

    cycle: Cycle
    wave: Wave | None
    by_variable: list[tuple[CodedVariable, list[Compared]]]

    @property
    def both(self) -> list[Compared]:
        """Where both sources say something."""
        rows = (row for _variable, rows in self.by_variable for row in rows)
        return [row for row in rows if row.agrees is not None]

    @property
    def agreeing(self) -> int:
        """How many of those agree."""
        return sum(bool(row.agrees) for row in self.both)


def judge(mean: float | None, thresholds: Thresholds) -> Judgement | None:
    """A mean on the scale of 1 to 5 as a judgement."""
    if mean is None:
        return None
    if mean >= float(thresholds.sufficient_from):
        return Judgement.SUFFICIENT
    if mean >= float(thresholds.moderate_from):
        return Judgement.MODERATE
    return Judgement.INSUFFICIENT


def thresholds_of(programme: Programme) -> Thresholds:
    """Those of the programme, or the ones it starts with."""
    return Thresholds.objects.filter(programme=programme).first() or Thresholds(programme=programme)


def rated_variables(programme: Programme) -> list[CodedVariable]:
    """The variables of the newest codebook with three ordered values."""
    book = newest_codebook(programme.pk)
    rows = book.variables.filter(level="ordinal") if book else ()
    return [row for row in rows if len(row.values) == LEVELS_OF_A_RATING]


def cycles_to_compare(programme: Programme) -> list[Cycle]:
    """Rounds in which something was coded, newest first."""
    coded = Coding.objects.filter(variable__codebook__programme=programme).values("cycle")
    return list(programme.cycles.filter(pk__in=coded).order_by("-starts_on", "-pk"))


def newest_with_both(cycles: list[Cycle]) -> Cycle | None:
    """Of rounds in which something was coded, the newest with a closed wave, else the newest."""
    closed = Wave.objects.filter(cycle__in=cycles, state=WaveState.CLOSED)
    held = set(closed.values_list("cycle", flat=True))
    return next((each for each in cycles if each.pk in held), cycles[0] if cycles else None)


def triangulate(cycle: Cycle) -> Triangulation:
    """Survey and coding side by side, for each rated variable of which either says something."""
    variables = {row.code: row for row in rated_variables(cycle.programme)}
    thresholds = thresholds_of(cycle.programme)
    wave = (
        Wave.objects.filter(cycle=cycle, state=WaveState.CLOSED)
        .order_by("-last_day", "-pk")
        .first()
    )
    counted = _counted(wave) if wave else {}
    coded = _coded(cycle, variables)
    organisations = Organisation.objects.filter(participations__cycle=cycle).order_by("name")
    by_variable = []
    for code, variable in variables.items():
        rows = [
            _compare(
                each,
                variable,
                counted.get((ALSO.get(code, code), each.pk)),
                coded.get((code, each.pk)),
                thresholds,
            )
            for each in organisations
        ]
        told = [row for row in rows if row.mean is not None or row.values or row.disputed]
        if told:
            by_variable.append((variable, told))
    return Triangulation(cycle, wave, by_variable)


def _compare(
    organisation: Organisation,
    variable: CodedVariable,
    counts: Counts | None,
    coded: list[Coding] | None,
    thresholds: Thresholds,
) -> Compared:
    mean = mean_of(counts) if counts else None
    held = settled(coded or [])
    values = tuple(dict.fromkeys(row.value for row in held))
    ranks = {variable.values.index(value) for value in values if value in variable.values}
    return Compared(
        organisation=organisation,
        variable=variable,
        mean=mean,
        n=sum(counts) if counts else None,
        survey=judge(mean, thresholds),
        values=values,
        coding=ORDER[ranks.pop()] if len(ranks) == 1 else None,
        disputed=bool(coded) and not held,
    )


def _counted(wave: Wave) -> dict[tuple[str, int], Counts]:
    """The answers of an organisation to all statements of a construct, where they may be shown."""
    found: dict[tuple[str, int], list[Counts]] = defaultdict(list)
    hidden: set[tuple[str, int]] = set()
    for result in item_results(wave):
        if result.organisation_id is None or not result.item.construct:
            continue
        key = (result.item.construct, result.organisation_id)
        if result.counts is None:
            hidden.add(key)
        else:
            found[key].append(result.towards_construct)
    return {key: add_counts(counts) for key, counts in found.items() if key not in hidden}


def _coded(cycle: Cycle, variables: Iterable[str]) -> dict[tuple[str, int], list[Coding]]:
    rows = Coding.objects.released().filter(cycle=cycle, variable__code__in=variables)
    found: dict[tuple[str, int], list[Coding]] = defaultdict(list)
    for row in rows.select_related("variable").order_by("pk"):
        found[row.variable.code, row.organisation_id].append(row)
    return found
