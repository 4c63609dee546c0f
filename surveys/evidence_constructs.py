"""What people say of a construct, of each organisation and of each role or department.

Made of tables that may be shown, so nothing is in it of a group that is too small.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import override

from surveys.models import Wave
from surveys.results import FIVE_POINTS, Counts, mean_of
from surveys.structure import AskedItem, Questionnaire, questionnaire
from surveys.tables import Group, Tables

AMONG_RESPONDENTS = ("role", "department")
"""Breakdowns of all respondents together, whatever their organisation."""


@dataclass(frozen=True, slots=True)
class ConstructRow:
    """The mean of a construct in a closed wave, on the five-point scale, more being better.

    `breakdown` is "organisation" (and `group` its primary key), "role" or "department". Only of
    groups of which every statement of the construct may be shown, so that they are comparable:
    `statements` says which these are, and `n` how many gave the fewest of them an answer.
    """

    wave_id: int
    wave: str
    cycle_id: int
    construct: str
    label_nl: str
    label_en: str
    statements: str
    breakdown: str
    group: str
    n: int
    mean: float


def constructs_of(wave: Wave, tables: Tables) -> list[ConstructRow]:
    """All constructs of a wave: of each organisation, then by role and department."""
    asked = questionnaire(wave.version_id)
    groups, by_construct = _groups(tables), _by_construct(asked)
    labels = {construct: _labels(asked, construct) for construct in by_construct}
    return [
        _row(wave, construct, labels[construct], group, answers)
        for construct, items in by_construct.items()
        for group in groups
        if (answers := _answers(tables, items, group))
    ]


def _by_construct(asked: Questionnaire) -> dict[str, list[AskedItem]]:
    found: dict[str, list[AskedItem]] = defaultdict(list)
    for item in asked.items:
        if item.construct and item.is_statement and item.values == FIVE_POINTS:
            found[item.construct].append(item)
    return found


def _groups(tables: Tables) -> list[Group]:
    organisations = sorted(map(int, tables.groups("organisation")))
    among = [(name, value) for name in AMONG_RESPONDENTS for value in sorted(tables.groups(name))]
    return [*(("organisation", str(pk)) for pk in organisations), *among]


def _answers(tables: Tables, items: list[AskedItem], group: Group) -> dict[AskedItem, Counts]:
    """The answers of a group to each statement; none at all when one of them can't be shown."""
    found: dict[AskedItem, Counts] = {}
    for item in items:
        table = tables.of(item.id, group)
        if table is None or not table.n:
            return {}
        one, two, three, four, five = table.of_values(FIVE_POINTS)
        found[item] = (one, two, three, four, five)
    return found


def _row(
    wave: Wave,
    construct: str,
    labels: tuple[str, str],
    group: Group,
    answers: dict[AskedItem, Counts],
) -> ConstructRow:
    means = [
        mean_of(counts[::-1] if item.reversed else counts) or 0.0
        for item, counts in answers.items()
    ]
    return ConstructRow(
        wave_id=wave.pk,
        wave=wave.name,
        cycle_id=wave.cycle_id,
        construct=construct,
        label_nl=labels[0],
        label_en=labels[1],
        statements=" ".join(f"{item.code}/{item.occasion}" for item in answers),
        breakdown=group[0],
        group=group[1],
        n=min(sum(counts) for counts in answers.values()),
        mean=sum(means) / len(means),
    )


def _labels(asked: Questionnaire, construct: str) -> tuple[str, str]:
    said = []
    for language in ("nl", "en"):
        with override(language):
            said.append(asked.construct_label(construct))
    return said[0], said[1]
