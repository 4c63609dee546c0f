"""The report of *here*: a finished run with its files, its tables, and a run that is under way."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from benchmarks.models import Participation, Programme
from core.models import LeasedState
from evaluation.findings.inputs import FORMAT, read_inputs
from evaluation.findings.kept import Told
from evaluation.models import Run
from tests.access.world import Visit, World, visit_to
from tests.evaluation.results import result_of


def our_report(world: World) -> Run:
    """A finished run of our programme."""

    def make() -> Run:
        ours = Participation.objects.filter(pk=world.participations["here"].pk)
        ours.update(decided_by="contact", others_consulted="yes", motive="learning")
        return finished_run(world.programmes["here"])

    return world.once("report", make)


def finished_run(programme: Programme) -> Run:
    """A run with a small result and a file of each kind."""
    files: dict[str, Any] = {}
    for language in ("nl", "en"):
        files[language] = {"charts": {}, "readers": {}}
        for name, place in (
            ("pdf", files[language]),
            ("xlsx", files[language]),
            ("relations", files[language]["charts"]),
            ("council", files[language]["readers"]),
        ):
            path = f"reports/{programme.code}/{language}-{name}"
            place[name] = storages["private"].save(path, ContentFile(b"a file"))
    run = Run.objects.create(
        programme=programme,
        state=LeasedState.DONE,
        seed=2007,
        result=result_of(programme) | {"format": FORMAT},
        files=files,
        finished_at=timezone.now(),
    )
    Told(read_inputs(programme, today=timezone.localdate()), seed=run.seed).keep(run)
    return run


@visit_to(
    "report",
    "report_pdf",
    "report_xlsx",
    "report_make",
    "report_cancel",
    "report_findings",
    "report_note",
    "report_package",
    "report_settings",
)
def report(world: World) -> Visit:
    return Visit(kwargs={"code": our_report(world).programme.code})


@visit_to("report_settings", case="chosen")
def report_settings_chosen(world: World) -> Visit:
    return Visit(
        kwargs={"code": our_report(world).programme.code},
        data={"learning_with_moderate_decision": "sufficient"},
    )


@visit_to("report_for", "report_for_pdf")
def report_for(world: World) -> Visit:
    return Visit(kwargs={"code": our_report(world).programme.code, "reader": "council"})


def a_finding(world: World) -> str:
    """The first finding of our report; the run of the tests has one relation."""

    def make() -> str:
        run = our_report(world)
        found = {
            "id": "relation-x",
            "kind": "relation",
            "about": {"condition": "support_level", "outcome": "social_learning_level"},
            "grade": "unsupported",
            "estimate": None,
            "interval": None,
            "p": None,
            "p_adjusted": None,
            "n": 1,
            "rivals": ["few"],
        }
        run.result["findings"] = [found]
        run.save(update_fields=["result"])
        return found["id"]

    return world.once("finding", make)


@visit_to("report_finding")
def report_finding(world: World) -> Visit:
    return Visit(kwargs={"code": our_report(world).programme.code, "finding": a_finding(world)})


@visit_to("report_finding", case="judged")
def report_finding_judged(world: World) -> Visit:
    return Visit(
        kwargs={"code": our_report(world).programme.code, "finding": a_finding(world)},
        data={"grade": "plausible", "reason": "The sessions of three years say so."},
    )


@visit_to("analysis_plan", "analysis_plan_new")
def analysis_plan(world: World) -> Visit:
    return Visit(kwargs={"code": our_report(world).programme.code})


@visit_to("analysis_plan", case="public")
def analysis_plan_public(world: World) -> Visit:
    return Visit(kwargs={"code": our_study(world).code})


@visit_to("analysis_plan_new", case="filled")
def analysis_plan_new_filled(world: World) -> Visit:
    return Visit(
        kwargs={"code": our_report(world).programme.code},
        data={
            "family": ["improvement"],
            "reference_group": "all",
            "judged_well_from": "3.5",
            "use_0": "on",
            "better_0": "higher",
        },
    )


@visit_to("report_progress")
def report_progress(world: World) -> Visit:
    return Visit(kwargs={"code": our_report(world).programme.code})


@visit_to("report_chart")
def report_chart(world: World) -> Visit:
    return Visit(kwargs={"code": our_report(world).programme.code, "chart": "relations"})


@visit_to("report_table")
def report_table(world: World) -> Visit:
    return Visit(kwargs={"code": our_report(world).programme.code, "table": "support_level"})


def our_study(world: World) -> Programme:
    """A published study, which is everybody's; it has no published tables."""

    def make() -> Programme:
        from tests import factories

        cycle = factories.CycleFactory(
            programme=factories.ProgrammeFactory(kind="study", has_public_report=True)
        )
        factories.ParticipationFactory(cycle=cycle)
        return cycle.programme

    return world.once("study", make)


@visit_to("study_check")
def study_check(world: World) -> Visit:
    """Of a benchmark that is no study: 404 for everybody."""
    return Visit(kwargs={"code": our_report(world).programme.code})


@visit_to("study_check", case="study")
def study_check_of_a_study(world: World) -> Visit:
    return Visit(kwargs={"code": our_study(world).code})


@visit_to("report", case="public")
def report_public(world: World) -> Visit:
    return Visit(kwargs={"code": our_study(world).code})
