"""What a programme's own records show about itself: for the quality mark and the risks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Min

from benchmarks.enums import FigureStatus, ProgrammeKind
from benchmarks.models import Figure, Indicator, IndicatorDefinition, Participation, Programme
from benchmarks.periods import read_period
from benchmarks.sharing import sharing_of
from evaluation.domain.ground import Ground
from learningcircles import evidence as meetings
from people.models import Organisation


@dataclass(frozen=True, slots=True)
class ProgrammeRecords:
    """Counts of what is there."""

    cycles: int
    days: int
    """From the first round's first day to the last one's last."""
    years_of_figures: int
    has_charter: bool
    has_purpose: bool
    has_ownership: bool
    consents: int
    to_consent: int
    figures: int
    figures_checked: int
    figures_disputed: int
    categories: int
    readings: int
    topics: int
    decisions: int
    definition_issues: int
    definition_issues_settled: int
    shared_indicators: int
    """Indicators that another benchmark of these organisations has, too, under the same code."""
    shared_alike: int
    """Those of them that are counted in the same unit and better the same way in all of these."""


def read_records(programme: Programme) -> ProgrammeRecords:
    """Count them."""
    sharing = sharing_of(programme)
    charter = sharing.charter
    figures = Figure.objects.filter(indicator__programme=programme)
    by_status = figures.order_by().values_list("status").annotate(n=Count("pk"))
    statuses = Counter(dict(by_status))
    periods = figures.order_by().values_list("period", flat=True).distinct()
    years = {period.first.year for each in periods if (period := read_period(each))}
    issues = meetings.definition_issues(programme.pk)
    shared = _shared_indicators(programme)
    categories = Indicator.objects.filter(programme=programme).exclude(category="")
    return ProgrammeRecords(
        cycles=programme.cycles.count(),
        days=_days_of(programme),
        years_of_figures=len(years),
        has_charter=charter is not None,
        has_purpose=charter is not None and bool(charter.purpose),
        has_ownership=charter is not None and bool(charter.ownership),
        consents=len(sharing.consents),
        to_consent=len(sharing.missing),
        figures=sum(statuses.values()),
        figures_checked=statuses[FigureStatus.CHECKED],
        figures_disputed=statuses[FigureStatus.DISPUTED],
        categories=categories.order_by().values("category").distinct().count(),
        readings=len(meetings.readings(programme.pk)),
        topics=len(meetings.topics(programme.pk)),
        decisions=len(meetings.decisions(programme.pk)),
        definition_issues=len(issues),
        definition_issues_settled=sum(issue.settled_at is not None for issue in issues),
        shared_indicators=len(shared),
        shared_alike=sum(shared.values()),
    )


def _days_of(programme: Programme) -> int:
    ends = programme.cycles.aggregate(first=Min("starts_on"), last=Max("ends_on"))
    return (ends["last"] - ends["first"]).days + 1 if ends["first"] else 0


def _shared_indicators(programme: Programme) -> dict[str, bool]:
    """By code whether an indicator means the same in every other benchmark of who takes part."""
    taking_part = Participation.objects.filter(cycle__programme=programme).values("organisation")
    others = Programme.objects.filter(
        cycles__participations__organisation__in=taking_part, kind=ProgrammeKind.REGULAR
    ).exclude(pk=programme.pk)
    own = dict(_newest_definitions([programme.pk]))
    found: dict[str, bool] = {}
    for code, counted in _newest_definitions(sorted(set(others.values_list("pk", flat=True)))):
        if code in own:
            found[code] = found.get(code, True) and counted == own[code]
    return found


def _newest_definitions(programmes: Iterable[int]) -> list[tuple[str, tuple[str, str]]]:
    """Code, unit and direction of each indicator, as its newest definition has them."""
    rows = IndicatorDefinition.objects.filter(indicator__programme__in=programmes)
    newest = {
        pk: (code, (unit.casefold(), better))
        for pk, code, unit, better in rows.order_by("version").values_list(
            "indicator", "indicator__code", "unit", "better"
        )
    }
    return list(newest.values())


def traits_of(ground: Ground) -> dict[int, dict[str, str]]:
    """The size class and region of each organisation that takes part, "" where unknown."""
    taking_part = [each.organisation_id for each in ground.participants]
    rows = Organisation.objects.filter(pk__in=taking_part).order_by("pk")
    return {
        pk: {"size_class": size, "region": region}
        for pk, size, region in rows.values_list("pk", "size_class", "region")
    }


def groups_of(programme: Programme, by: str) -> dict[int, int] | None:
    """A number for the reference group of each participant and of who else has figures; None when
    the plan has no groups."""
    if by not in ("size_class", "region"):
        return None
    taking_part = Participation.objects.filter(cycle__programme=programme)
    with_figures = Figure.objects.filter(indicator__programme=programme).order_by()
    known = set(taking_part.values_list("organisation_id", flat=True))
    known |= set(with_figures.values_list("organisation_id", flat=True).distinct())
    named = dict(Organisation.objects.filter(pk__in=known).values_list("pk", by))
    numbers = {name: number for number, name in enumerate(sorted(set(named.values())))}
    return {organisation: numbers[name] for organisation, name in named.items()}
