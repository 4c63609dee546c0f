"""What this room offers to the API: runs of the report, and what each of them found.

Who may read what is as on the pages: whoever may read the report sees the newest one, and without
the names of organisations unless they see the records; who makes it sees the earlier ones too.
"""

import datetime as dt
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from benchmarks.enums import ProgrammeKind
from core.api.paging import Changing, Code, Row, as_json, only, page_of
from core.exceptions import NotNow
from core.models import LeasedState
from evaluation.domain.judged import judged_result
from evaluation.models import Run
from evaluation.report.as_json import evaluation_as_json
from evaluation.report.reading import Reading
from evaluation.rules import may
from people.api import asker, reads

SCOPE = "runs:read"
router = Router(tags=["runs"])

type Grade = Literal["strong", "plausible", "unsupported", "contradicted"]
type Interval = list[float | None] | None


class RunRow(Row):
    """One computation of the learning-effect report."""

    run: int
    programme: str
    cycle: str = Field(description=gettext_noop("Empty for the newest round."))
    state: str
    seed: int
    input_hash: str = Field(
        description=gettext_noop("The same for runs that read the same with the same code.")
    )
    finished_at: AwareDatetime | None
    modified_at: AwareDatetime


class Part(BaseModel):
    """A part of an evaluation: these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class Finding(Part):
    """A claim with its numbers and its grade."""

    claim: str
    kind: Literal["improvement", "levelling", "relation", "difference"]
    grade: Grade
    estimate: float | None
    interval: Interval
    p: float | None
    p_adjusted: float | None
    n: int
    rivals: list[str]


class Improvement(Part):
    """How many organisations changed on an indicator, with and without a chain."""

    indicator: str
    with_chain: int
    without_chain: int
    chain_only: int
    neither: int
    difference: float | None
    interval: Interval
    grade: Grade


class Estimate(Part):
    """A number with its interval."""

    value: float | None
    interval: Interval


class Share(Part):
    """How many organisations have a value."""

    value: str
    count: int
    n: int
    share: float | None
    interval: Interval


class Level(Part):
    """Where organisations stand on what was measured, and how far apart."""

    what: str
    n: int
    shares: list[Share]
    mean: Estimate | None
    median: Estimate | None
    sd: Estimate | None
    iqr: Estimate | None


class Group(Part):
    """A group of organisations, or a round."""

    group: str
    n: int
    mean: Estimate | None


class Difference(Part):
    """Between groups of organisations, or between rounds of the same ones."""

    what: str
    by: Literal["size_class", "region", "rounds"]
    groups: list[Group]
    measure: str | None
    value: float | None
    interval: Interval
    p: float | None
    p_adjusted: float | None
    grade: Grade
    n: int
    left_out: int


class Held(Part):
    """A relation with a third thing held fixed."""

    condition: str
    outcome: str
    held: str
    whole: float | None
    value: float | None
    interval: Interval
    p: float | None
    p_adjusted: float | None
    n: int | None


class Requirement(Part):
    """A requirement of the quality mark."""

    requirement: str
    hard: bool
    met: bool | None
    evidence: str


class Judgement(Part):
    """A grade that an evaluator changed."""

    about: str
    before: Grade
    after: Grade
    reason: str
    on: dt.date


class Note(Part):
    """What an evaluator wrote beside the run."""

    text: str
    on: dt.date


class Evaluation(Part):
    """What a run found; docs/evaluation.schema.json says the same."""

    programme: str
    n: int
    findings: list[Finding]
    improvement: list[Improvement]
    levels: list[Level]
    differences: list[Difference]
    held: list[Held]
    quality_mark: list[Requirement]
    judgements: list[Judgement]
    notes: list[Note]


class RunFilter(Changing):
    """Which runs."""

    programme: Code = ""
    state: LeasedState | SkipJsonSchema[None] = None


@reads(
    router,
    "/runs/",
    name="runs",
    scope=SCOPE,
    gives=RunRow,
    summary=_("The evaluations that you may read"),
)
def runs(request: HttpRequest, asked: Query[RunFilter]) -> HttpResponse:
    """A run a row; what it found is under its number once it is done."""
    wanted: dict[str, Any] = only(programme__code=asked.programme, state=asked.state)
    rows = asked.of(Run.objects.read_by(asker(request)).filter(**wanted))
    related = rows.select_related("programme", "cycle").defer("result", "files", "changes")
    return page_of(request, related, asked, kind=RunRow, make=_run)


def _run(row: Run) -> RunRow:
    return RunRow(
        run=row.pk,
        programme=row.programme.code,
        cycle=row.cycle.name if row.cycle else "",
        state=row.state,
        seed=row.seed,
        input_hash=row.input_hash,
        finished_at=row.finished_at,
        modified_at=row.modified_at,
    )


@reads(
    router,
    "/runs/{int:run}/evaluation/",
    name="evaluation",
    scope=SCOPE,
    gives=Evaluation,
    summary=_("What an evaluation found: findings, levels, differences, quality mark"),
    not_now=True,
)
def evaluation(request: HttpRequest, run: int) -> HttpResponse:
    """In the language that is asked for (Accept-Language), else that of the account."""
    user = asker(request)
    found = get_object_or_404(Run.objects.read_by(user).select_related("programme"), pk=run)
    if found.state != LeasedState.DONE:
        raise NotNow(_("This run is not finished, so it has found nothing yet."))
    programme = found.programme
    reading = Reading(
        judged_result(found),
        programme.kind == ProgrammeKind.STUDY,
        names_organisations=may(user, "evaluation.see_records", programme),
    )
    return as_json(Evaluation.model_validate(evaluation_as_json(programme, reading)))
