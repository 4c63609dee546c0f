"""What of this room goes with a programme that moves: plans, and every run with what it read."""

import gzip
import json
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet

from core.models import LeasedState
from core.moving.files import packed
from core.moving.kinds import Kind, Translation, add_kinds, not_for_persons
from evaluation.models import Run

OF_THE_WORKER = "of the worker that made it"
RUN = "evaluation.Run"


def _finished(programme: Any) -> QuerySet[Run]:
    return Run._base_manager.filter(programme=programme, state=LeasedState.DONE)


def _files_out(row: Run, desk: Any) -> Any:
    """The same names by language and kind, of parts of the file."""
    number, count = desk.number(RUN, row.pk), iter(range(1, 10_000))

    def each(told: Any) -> Any:
        if isinstance(told, dict):
            found = {name: each(value) for name, value in told.items()}
            return {name: value for name, value in found.items() if value is not None}
        name = f"{number}-{next(count)}{PurePath(told).suffix}"
        return packed(RUN, name, told, desk)

    return each(row.files)


def _files_into(value: Any, row: Run, desk: Any) -> Any:
    folder = f"reports/{row.programme.code}/moved-{uuid4().hex}"

    def each(told: Any) -> Any:
        if isinstance(told, dict):
            return {str(name): each(value) for name, value in told.items()}
        return desk.keep(f"{folder}/{PurePath(str(told)).name}", desk.content(RUN, told))

    return each(value)


def _rows_out(row: Any, desk: Any) -> Any:
    return json.loads(gzip.decompress(row.rows))


def _rows_into(value: Any, row: Any, desk: Any) -> bytes:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False).encode()
    return gzip.compress(text, compresslevel=3, mtime=0)


WORK = ("attempt", "not_before", "lease_until", "claimed_by", "last_error")

KINDS = [
    Kind("evaluation.AnalysisSettings", of="programme"),
    Kind("evaluation.AnalysisPlan", of="programme"),
    Kind("evaluation.PublishedValue", of="programme"),
    Kind(
        RUN,
        of=_finished,
        without=dict.fromkeys(WORK, OF_THE_WORKER),
        translated={
            "files": Translation(
                _files_out, _files_into, {"description": "names of parts of this file"}
            )
        },
    ),
    Kind(
        "evaluation.RunInput",
        of="run__programme",
        guard=not_for_persons,
        translated={
            "rows": Translation(
                _rows_out,
                _rows_into,
                {"description": "what was read, as it was then: its numbers are not of this file"},
            )
        },
    ),
    Kind("evaluation.GradeChange", of="run__programme"),
    Kind("evaluation.EvaluatorNote", of="run__programme"),
]

STAYING = {
    "evaluation.AgreementCount": "counted anew from the codings",
    "evaluation.RunPart": "of a run that isn't finished",
    "evaluation.FileOrder": "work for a worker of this installation",
}


def offer() -> None:
    """Tell the floor."""
    add_kinds(KINDS, staying=STAYING)
