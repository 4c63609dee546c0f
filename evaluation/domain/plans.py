"""Analysis plans: fixing one, and which one a round is evaluated by."""

import tomllib
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from benchmarks.enums import Better
from benchmarks.models import Cycle, Figure, Indicator, Programme
from benchmarks.periods import read_period
from core.exceptions import InvalidInput
from core.models import log_activity
from evaluation.findings.family import CONDITIONS, OUTCOMES
from evaluation.models import AnalysisPlan
from learningcircles import evidence as meetings

DIRECTIONS = (Better.HIGHER.value, Better.LOWER.value)


class PlannedIndicator(BaseModel):
    """What counts as improvement of one indicator."""

    model_config = ConfigDict(extra="forbid")
    code: str
    better: Literal["higher", "lower"] | None = None
    least_change: float | None = Field(default=None, ge=0)


class PlanDocument(BaseModel):
    """A plan as it is written; what is left out has the default."""

    model_config = ConfigDict(extra="forbid")
    title: str = ""
    questions: list[str] = []
    reference_group: Literal["all", "size_class", "region", "outside"] = "all"
    family: list[Literal["improvement", "relations", "differences", "held"]] = [
        "improvement",
        "relations",
    ]
    conditions: list[str] = list(CONDITIONS)
    outcomes: list[str] = list(OUTCOMES)
    judged_well_from: float = Field(default=3.5, ge=1, le=5)
    indicator: list[PlannedIndicator] = []


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan that a round is evaluated by, as it stands in a run."""

    document: dict[str, Any]
    version: int | None
    """None for the default plan."""
    fixed_on: str | None
    afterwards: bool

    @property
    def indicators(self) -> list[dict[str, Any]]:
        """Each with code, better and least_change."""
        return list(self.document["indicator"])


def plan_of(programme: Programme, cycle: Cycle) -> Plan:
    """The newest plan of the round; without one the default plan, which is made afterwards."""
    newest = AnalysisPlan.objects.filter(cycle=cycle).first()
    if newest is None:
        document = PlanDocument(indicator=_default_indicators(programme))
        return Plan(document.model_dump(), None, None, afterwards=True)
    return Plan(newest.document, newest.version, newest.fixed_on.isoformat(), newest.afterwards)


def _default_indicators(programme: Programme) -> list[PlannedIndicator]:
    """Every indicator with a direction, as its newest definition has it."""
    directions = better_of(programme)
    return [PlannedIndicator(code=c, better=b) for c, b in directions.items() if b in DIRECTIONS]


def better_of(programme: Programme) -> dict[str, Any]:
    """Which way is better, by code, in the programme's order."""
    found = {}
    for indicator in Indicator.objects.filter(programme=programme).prefetch_related("definitions"):
        newest = next(iter(indicator.definitions.all()), None)
        found[indicator.code] = newest.better if newest else Better.NEUTRAL.value
    return found


def meanings_of(programme: Programme) -> dict[str, tuple[str, str]]:
    """By code the meaning of each indicator in the language of the moment, and which way is
    better, in the programme's order."""
    found = {}
    for indicator in Indicator.objects.filter(programme=programme).prefetch_related("definitions"):
        newest = next(iter(indicator.definitions.all()), None)
        english = newest.meaning_en if newest and get_language() == "en" else ""
        meaning = english or (newest.meaning if newest else "")
        found[indicator.code] = (meaning, newest.better if newest else Better.NEUTRAL.value)
    return found


def read_plan(text: str) -> PlanDocument:
    """A plan from TOML. Raises InvalidInput with everything that is wrong, by its place."""
    try:
        return PlanDocument.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(_("This is no TOML: %(error)s.") % {"error": error}) from error
    except ValidationError as error:
        said = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
        raise InvalidInput("\n".join(said)) from error


def import_plan(
    programme: Programme, path: Path, *, cycle: Cycle | None = None, actor: Any = None
) -> AnalysisPlan:
    """Fix the plan in a file for a round, the newest unless one is named. Raises InvalidInput."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(
            _("“%(file)s” can't be read: %(error)s.") % {"file": path, "error": error}
        ) from error
    cycle = cycle or programme.cycles.order_by("-starts_on", "-pk").first()
    if cycle is None:
        raise InvalidInput(_("This benchmark has no round yet."))
    return fix_plan(cycle, read_plan(text), actor=actor)


@transaction.atomic
def fix_plan(
    cycle: Cycle, document: PlanDocument, *, actor: Any = None, today: date | None = None
) -> AnalysisPlan:
    """Fix a plan as the newest version for a round; the same plan again changes nothing.

    Raises InvalidInput for an unknown indicator, one that is named twice, or a direction that
    isn't that of its definition.
    """
    whole = _completed(cycle.programme, document)
    newest = AnalysisPlan.objects.filter(cycle=cycle).first()
    if newest is not None and newest.document == whole.model_dump():
        return newest
    plan = AnalysisPlan.objects.create(
        programme=cycle.programme,
        cycle=cycle,
        version=newest.version + 1 if newest else 1,
        document=whole.model_dump(),
        fixed_on=today or timezone.localdate(),
        fixed_by=actor if actor is not None and actor.is_authenticated else None,
        afterwards=would_be_afterwards(cycle, [each.code for each in whole.indicator]),
    )
    log_activity(plan, "fixed", actor=actor, programme=cycle.programme.code, version=plan.version)
    return plan


def _completed(programme: Programme, document: PlanDocument) -> PlanDocument:
    """With the direction of each indicator; all with a direction when none is named."""
    known = better_of(programme)
    wrong: list[str] = []
    done: list[PlannedIndicator] = []
    for each in document.indicator:
        wrong += _wrong_with(each, known, [other.code for other in done])
        done.append(each.model_copy(update={"better": each.better or known.get(each.code)}))
    if wrong:
        raise InvalidInput("\n".join(wrong))
    return document.model_copy(update={"indicator": done or _default_indicators(programme)})


def _wrong_with(each: PlannedIndicator, known: dict[str, Any], before: list[str]) -> list[str]:
    names = {"code": each.code, "known": ", ".join(known) or _("none")}
    if each.code not in known:
        return [_("There is no indicator “%(code)s”; known are: %(known)s.") % names]
    if each.code in before:
        return [_("“%(code)s” is named twice.") % names]
    if each.better is None and known[each.code] not in DIRECTIONS:
        return [_("“%(code)s” has no direction of its own: say which way is better.") % names]
    if each.better and known[each.code] in DIRECTIONS and each.better != known[each.code]:
        return [_("“%(code)s” is better the other way by its own definition.") % names]
    return []


def would_be_afterwards(cycle: Cycle, codes: list[str]) -> bool:
    """Was there a figure already of a period that ended since the round began, or since the first
    action on one of these indicators was done?"""
    since = [cycle.starts_on]
    own = set(Indicator.objects.filter(programme=cycle.programme, code__in=codes).values_list("pk"))
    actions = meetings.actions(cycle.programme_id)
    since += [a.done_on for a in actions if a.done_on and (a.indicator_id,) in own]
    figures = Figure.objects.filter(indicator__programme=cycle.programme, indicator__code__in=codes)
    last = figures.aggregate(last=Max("period"))["last"]
    period = read_period(last) if last else None
    return period is not None and period.last >= min(since)


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """The plan in a run's result."""
    return asdict(plan)
