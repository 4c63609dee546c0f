"""What the pages of figures show, one object a line."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from benchmarks.enums import GroupKind
from benchmarks.models import Figure, Programme
from benchmarks.standing import Standing, standing_out, standings_of
from benchmarks.told import Told, told_of
from benchmarks.wording import beside_group, beside_past
from people.models import Organisation

FEW = 5
FURTHEST = 3
FEW_LINES = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One figure with what there is to say about it."""

    standing: Standing
    figure: Figure
    group: str
    past: str
    told: list[Told]
    more: int


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator in the table of all: its newest figure, and where that stands if judged."""

    figure: Figure
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class OurFigures:
    """One organisation: what stands out, or else what lies furthest; and all its figures."""

    outstanding: list[Card]
    more: int
    furthest: list[Card]
    lines: list[Line]


def our_figures_of(
    user: Any, programme: Programme, organisation: Organisation, kind: GroupKind
) -> OurFigures:
    """Few that stand out, each with what was said about it and what is being done."""
    figures = newest_figures(programme, organisation)
    standings = [
        each
        for each in standings_of(programme, organisations=[organisation.pk], kind=kind)
        if each.indicator in figures
    ]
    out = [each for each in standings if each.stands_out]
    few = out[:FEW] or [each for each in standings if each.strength > 0][:FURTHEST]
    told = told_of(user, organisation, {each.indicator for each in few})
    cards = [_card(each, figures, told) for each in few]
    by_indicator = {each.indicator: each for each in standings}
    lines = [Line(figure, by_indicator.get(pk)) for pk, figure in figures.items()]
    return OurFigures(
        outstanding=cards if out else [],
        more=max(0, len(out) - FEW),
        furthest=[] if out else cards,
        lines=lines,
    )


def _card(standing: Standing, figures: dict[int, Figure], told: dict[int, list[Told]]) -> Card:
    better = standing.definition.better
    lines = told.get(standing.indicator, [])
    return Card(
        standing,
        figures[standing.indicator],
        beside_group(standing.group, better, standing.kind),
        beside_past(standing.past, better),
        lines[:FEW_LINES],
        max(0, len(lines) - FEW_LINES),
    )


def newest_figures(programme: Programme, organisation: Organisation) -> dict[int, Figure]:
    """By indicator the newest figure of an organisation, in the order of the indicators."""
    figures = Figure.objects.filter(indicator__programme=programme, organisation=organisation)
    ordered = figures.select_related("indicator", "definition").order_by(
        "indicator__position", "indicator__code", "period"
    )
    return {figure.indicator_id: figure for figure in ordered}


def counts_by_organisation(
    programme: Programme, organisations: Iterable[Organisation]
) -> list[tuple[Organisation, int]]:
    """Each organisation with how many of its indicators stand out, by name: no league table."""
    rows = list(organisations)
    counts: dict[int, int] = {}
    for each in standing_out(programme, organisations=[row.pk for row in rows]):
        counts[each.organisation] = counts.get(each.organisation, 0) + 1
    return [(row, counts.get(row.pk, 0)) for row in rows]
