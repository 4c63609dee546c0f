"""Everything that the report is computed from, read once, and the hash that tells it apart."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from benchmarks.enums import ProgrammeKind
from benchmarks.models import Programme
from evaluation.domain.ground import Ground, earlier_grounds, load_ground
from evaluation.domain.plans import Plan, plan_of
from evaluation.domain.study_check import CheckedTable, check_study
from evaluation.findings.follow_up import overdue
from evaluation.findings.naming import named_in_survey
from evaluation.findings.panels import FigurePlace, Panel, figures_told, read_panels
from evaluation.findings.programme_records import (
    ProgrammeRecords,
    groups_of,
    read_records,
    traits_of,
)
from evaluation.measures.resampling import RESAMPLES, SEED
from learningcircles import evidence as meetings
from people.models import Organisation
from surveys import evidence as answers

FORMAT = 8
"""Raised when a rule of the report changes, so that finished runs are not taken for current."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was read. `today` matters only to which open actions are overdue."""

    ground: Ground
    today: date
    waves: list[answers.WaveRow]
    responses: list[answers.ResponseCountRow]
    items: list[answers.ItemResultRow]
    constructs: list[answers.ConstructRow]
    named_in_survey: dict[int, bool]
    """Of each organisation of which it may be shown: say its answers that it yields something?"""
    sessions: list[meetings.SessionRow]
    attendances: list[meetings.AttendanceRow]
    signals: list[meetings.SignalRow]
    readings: list[meetings.ReadingRow]
    actions: list[meetings.ActionRow]
    checked: tuple[CheckedTable, ...]
    plan: Plan
    panels: list[Panel]
    traits: dict[int, dict[str, str]]
    """The size class and region of each organisation that takes part."""
    groups: dict[int, int] | None
    """The reference group of each organisation, where the plan compares within such groups."""
    records: ProgrammeRecords
    rounds: list[Ground]
    """This round and those before it in which anybody took part, oldest first."""
    figures_told: dict[int, FigurePlace]
    """The figures that readings, signals and actions are about."""
    reference_of: dict[int, str]
    """How each organisation is called in the result: as in this round, else by its name."""


def read_inputs(programme: Programme, *, today: date, cycle_name: str | None = None) -> Inputs:
    """Read what the report of a programme rests on, through the doorways of the rooms below.

    Raises InvalidInput when nobody takes part, or there is no such round.
    """
    key = programme.pk
    ground = load_ground(programme, cycle_name=cycle_name)
    plan = plan_of(programme, ground.cycle)
    actions, signals = list(meetings.actions(key)), meetings.signals(key)
    results, constructs = answers.results(key)
    readings, panels = meetings.readings(key), read_panels(programme, plan.indicators)
    return Inputs(
        ground=ground,
        today=today,
        plan=plan,
        panels=panels,
        traits=traits_of(ground),
        groups=groups_of(programme, plan.document["reference_group"]),
        records=read_records(programme),
        waves=answers.waves(key),
        responses=answers.response_counts(key),
        items=[row for row in results if row.organisation_id is None],
        constructs=_until(ground, constructs),
        named_in_survey=named_in_survey(results, ground.cycle.pk),
        sessions=meetings.sessions(key),
        attendances=list(meetings.attendances(key)),
        signals=signals,
        readings=readings,
        actions=actions,
        rounds=[*earlier_grounds(ground), ground],
        figures_told=figures_told([*readings, *signals, *actions]),
        reference_of=_references(ground, panels),
        checked=check_study(programme) if programme.kind == ProgrammeKind.STUDY else (),
    )


def _until(ground: Ground, constructs: list[answers.ConstructRow]) -> list[answers.ConstructRow]:
    """Of this round and those before it: what was asked later is no part of this evaluation."""
    cycles = ground.programme.cycles.filter(starts_on__lte=ground.cycle.starts_on)
    known = set(cycles.values_list("pk", flat=True))
    return [each for each in constructs if each.cycle_id in known]


def _references(ground: Ground, panels: list[Panel]) -> dict[int, str]:
    """Organisations outside this round have figures, too."""
    known = {each.organisation_id: each.reference for each in ground.participants}
    others = {each for panel in panels for each in panel.organisations} - known.keys()
    named = Organisation.objects.filter(pk__in=others).values_list("pk", "name")
    return dict(named) | known


def hash_of(inputs: Inputs, *, seed: int = SEED) -> str:
    """The same for the same rows, rules and seed; another as soon as any of them differs."""
    return hash_of_text(text_of(inputs, seed=seed))


def hash_of_text(text: bytes) -> str:
    """The hash of what `text_of` gave."""
    return hashlib.sha256(text).hexdigest()


def text_of(inputs: Inputs, *, seed: int = SEED) -> bytes:
    """Everything that was read, as JSON that is the same for the same rows."""
    told = told_of(inputs) | {"format": FORMAT, "seed": seed, "resamples": RESAMPLES}
    return json.dumps(told, sort_keys=True, default=str, ensure_ascii=False).encode()


def told_of(inputs: Inputs) -> dict[str, Any]:
    """The rows that were read, by kind."""
    ground = inputs.ground
    return {
        "rule": ground.learning_with_moderate,
        "programme": [ground.programme.code, ground.programme.kind, ground.programme.name],
        "cycle": [ground.cycle.pk, ground.cycle.name, ground.cycle.starts_on, ground.cycle.ends_on],
        "participants": [asdict(row) for row in ground.participants],
        "specs": [asdict(row) for row in ground.specs],
        "codings": [asdict(row) | {"id": 0} for row in ground.codings],
        "earlier": [row for each in inputs.rounds[:-1] for row in _told_of_round(each)],
        "waves": [asdict(row) for row in inputs.waves],
        "responses": [asdict(row) for row in inputs.responses],
        "items": [asdict(row) for row in inputs.items],
        "constructs": [asdict(row) for row in inputs.constructs],
        "traits": sorted(inputs.traits.items()),
        "named_in_survey": sorted(inputs.named_in_survey.items()),
        "sessions": [asdict(row) for row in inputs.sessions],
        "attendances": [asdict(row) for row in inputs.attendances],
        "signals": [asdict(row) for row in inputs.signals],
        "readings": [asdict(row) for row in inputs.readings],
        "figures_told": [[pk, asdict(each)] for pk, each in sorted(inputs.figures_told.items())],
        "outside": sorted(inputs.reference_of.items()),
        "actions": [asdict(row) | {"late": overdue(row, inputs.today)} for row in inputs.actions],
        "checked": [asdict(row) for row in inputs.checked],
        "plan": [asdict(inputs.plan)],
        "figures": [asdict(row) for row in inputs.panels],
        "groups": sorted(inputs.groups.items()) if inputs.groups else [],
        "records": [asdict(inputs.records)],
    }


def _told_of_round(ground: Ground) -> list[Any]:
    """Who took part in an earlier round, and what was coded."""
    of = [ground.cycle.name, ground.cycle.starts_on, ground.cycle.ends_on]
    participants = [[*of, asdict(row)] for row in ground.participants]
    return [*participants, *([*of, asdict(row) | {"id": 0}] for row in ground.codings)]
