"""What stands out: the newest figure of an organisation beside its own past and beside a group.

The rule is that of measures/robust.py. Whoever calls this decides who may read the answer, and
needn't think of small groups: as long as the participants haven't all agreed to share, `group` is
None wherever others could be derived from it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from benchmarks.comparing import Material, Series, gather_material
from benchmarks.enums import Better, GroupKind, Verdict
from benchmarks.grouping import Guard, group_of_each
from benchmarks.measures.robust import Place
from benchmarks.measures.standing import Judged, judge
from benchmarks.models import IndicatorDefinition, Programme
from benchmarks.sharing import is_shared


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest figure of an organisation, and where it lies.

    `past` is its place among the own earlier values, `group` that among the others; None where
    it may not be shown.
    """

    indicator: int
    definition: IndicatorDefinition
    organisation: int
    period: str
    value: float
    past: Place
    group: Place | None
    kind: GroupKind

    @property
    def stands_out_past(self) -> bool:
        return self.past.stands_out

    @property
    def stands_out_group(self) -> bool:
        return self.group is not None and self.group.stands_out

    @property
    def stands_out(self) -> bool:
        return self.stands_out_past or self.stands_out_group

    @property
    def strength(self) -> float:
        """For sorting, the largest first."""
        return max(self.past.strength, self.group.strength if self.group else 0.0)

    @property
    def verdict_past(self) -> Verdict:
        return verdict_of(self.past.side, self.definition.better)

    @property
    def verdict_group(self) -> Verdict:
        return verdict_of(self.group.side if self.group else 0, self.definition.better)


@dataclass(frozen=True, slots=True)
class Topic:
    """An indicator that stands out for some of several organisations, e.g. those of a circle.

    `standings` name them only when figures are shared; `count` may always be shown to them.
    """

    definition: IndicatorDefinition
    count: int
    standings: tuple[Standing, ...]


def verdict_of(side: int, better: str) -> Verdict:
    """In words which way a value differs; a neutral indicator is never better or worse.

    >>> verdict_of(1, "lower").value, verdict_of(1, "neutral").value
    ('worse', 'higher')
    """
    if side == 0:
        return Verdict.SAME
    if better == Better.NEUTRAL:
        return Verdict.HIGHER if side > 0 else Verdict.LOWER
    return Verdict.BETTER if (side > 0) == (better == Better.HIGHER) else Verdict.WORSE


def standings_of(
    programme: Programme,
    *,
    organisations: Collection[int] | None = None,
    indicators: Collection[int] | None = None,
    kind: GroupKind = GroupKind.ALL,
) -> list[Standing]:
    """Where the newest figure of each indicator and organisation stands, the furthest first.

    `organisations` and `indicators` are primary keys and narrow down who and what is judged; None
    is all. `kind` is whom to compare with; `GroupKind.CHOSEN` needs exactly one organisation.
    """
    material = gather_material(programme, indicators=indicators, organisations=organisations)
    return judged_material(material, programme, organisations=organisations, kind=kind)


def judged_material(
    material: Material,
    programme: Programme,
    *,
    organisations: Collection[int] | None,
    kind: GroupKind,
) -> list[Standing]:
    """The same, from figures that were gathered already."""
    guard = None if is_shared(programme) else Guard(programme)
    groups = group_of_each(programme, organisations, kind)
    of: dict[Series, list[int]] = {}
    chosen = None if organisations is None else set(organisations)
    for _indicator, organisation, _history, series in material.newest():
        if chosen is None or organisation in chosen:
            of.setdefault(series, []).append(organisation)
    newest = _newest_definitions(material)
    standings = []
    for series, keys in of.items():
        definition = newest[series[0]]
        found = judge(
            material.histories[series],
            better=definition.better,
            of=keys,
            group_of=groups,
            best_quarter=kind == GroupKind.BEST,
        )
        for organisation, judged in found.items():
            hidden = guard is not None and not guard.opens(
                kind, organisation, judged, material.histories[series], definition.better
            )
            standings.append(_standing(series[0], definition, organisation, judged, kind, hidden))
    return sorted(standings, key=lambda each: -each.strength)


def standing_out(
    programme: Programme,
    *,
    organisations: Collection[int] | None = None,
    indicators: Collection[int] | None = None,
    kind: GroupKind = GroupKind.ALL,
) -> list[Standing]:
    """Those of `standings_of` that stand out, the furthest first."""
    found = standings_of(programme, organisations=organisations, indicators=indicators, kind=kind)
    return [each for each in found if each.stands_out]


def topics_that_stand_out(programme: Programme, organisations: Collection[int]) -> list[Topic]:
    """For a circle or a joint session: indicators that stand out for most of its organisations
    first. Which organisations they are is in it only when all participants agreed to share."""
    shared = is_shared(programme)
    by_indicator: dict[int, list[Standing]] = {}
    for each in standing_out(programme, organisations=organisations):
        by_indicator.setdefault(each.indicator, []).append(each)
    topics = [
        Topic(rows[0].definition, len(rows), tuple(rows) if shared else ())
        for rows in by_indicator.values()
    ]
    return sorted(topics, key=lambda topic: -topic.count)


def _standing(
    indicator: int,
    definition: IndicatorDefinition,
    organisation: int,
    judged: Judged,
    kind: GroupKind,
    hidden: bool,
) -> Standing:
    group = None if hidden else judged.group
    return Standing(
        indicator,
        definition,
        organisation,
        judged.period,
        judged.value,
        judged.past,
        group,
        kind,
    )


def _newest_definitions(material: Material) -> dict[int, IndicatorDefinition]:
    found: dict[int, IndicatorDefinition] = {}
    for definition in sorted(material.definitions.values(), key=lambda each: each.version):
        found[definition.indicator_id] = definition
    return found
