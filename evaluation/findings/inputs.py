"""Everything that the report is computed from, read once, and the hash that tells it apart."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from benchmarks.enums import ProgrammeKind
from benchmarks.models import Programme
from evaluation.domain.ground import Ground, load_ground
from evaluation.domain.study_check import CheckedTable, check_study
from evaluation.findings.follow_up import overdue
from evaluation.measures.resampling import RESAMPLES, SEED
from learningcircles import evidence as meetings
from surveys import evidence as answers

FORMAT = 2
"""Raised when a rule of the report changes, so that finished runs are not taken for current."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was read. `today` matters only to which open actions are overdue."""

    ground: Ground
    today: date
    waves: list[answers.WaveRow]
    responses: list[answers.ResponseCountRow]
    items: list[answers.ItemResultRow]
    sessions: list[meetings.SessionRow]
    attendances: list[meetings.AttendanceRow]
    signals: list[meetings.SignalRow]
    actions: list[meetings.ActionRow]
    checked: tuple[CheckedTable, ...]


def read_inputs(programme: Programme, *, today: date) -> Inputs:
    """Read what the report of a programme rests on, through the doorways of the rooms below.

    Raises InvalidInput when nobody takes part.
    """
    key = programme.pk
    return Inputs(
        ground=load_ground(programme),
        today=today,
        waves=answers.waves(key),
        responses=answers.response_counts(key),
        items=[row for row in answers.results_by_item(key) if row.organisation_id is None],
        sessions=meetings.sessions(key),
        attendances=list(meetings.attendances(key)),
        signals=meetings.signals(key),
        actions=list(meetings.actions(key)),
        checked=check_study(programme) if programme.kind == ProgrammeKind.STUDY else (),
    )


def hash_of(inputs: Inputs, *, seed: int = SEED) -> str:
    """The same for the same rows, rules and seed; another as soon as any of them differs."""
    ground = inputs.ground
    told: dict[str, Any] = {
        "format": FORMAT,
        "seed": seed,
        "resamples": RESAMPLES,
        "rule": ground.learning_with_moderate,
        "programme": [ground.programme.code, ground.programme.kind, ground.programme.name],
        "cycle": [ground.cycle.pk, ground.cycle.name, ground.cycle.starts_on, ground.cycle.ends_on],
        "participants": [asdict(row) for row in ground.participants],
        "specs": [asdict(row) for row in ground.specs],
        "codings": [asdict(row) | {"id": 0} for row in ground.codings],
        "waves": [asdict(row) for row in inputs.waves],
        "responses": [asdict(row) for row in inputs.responses],
        "items": [asdict(row) for row in inputs.items],
        "sessions": [asdict(row) for row in inputs.sessions],
        "attendances": [asdict(row) for row in inputs.attendances],
        "signals": [asdict(row) for row in inputs.signals],
        "actions": [asdict(row) | {"late": overdue(row, inputs.today)} for row in inputs.actions],
        "checked": [asdict(row) for row in inputs.checked],
    }
    text = json.dumps(told, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
