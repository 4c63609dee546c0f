"""What an evaluator adds to a run: another grade with its reason, notes; and stopping a run."""

import datetime as dt
import json

import jsonschema
import numpy as np
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse
from django.utils.translation import override

from core.exceptions import InvalidInput, NotNow
from core.leases import claim
from core.models import ActivityEntry, LeasedState
from evaluation.domain import file_orders
from evaluation.domain.file_orders import files_are_current, give_back_files, make_waiting
from evaluation.domain.judged import finding_of, judged_result
from evaluation.domain.judgements import add_note, change_grade
from evaluation.domain.runs import cancel_run, carry_out, report_of, request_run
from evaluation.models import FileOrder, GradeChange, Run
from evaluation.report.as_json import evaluation_as_json
from evaluation.report.build import build_document
from evaluation.report.reading import Reading
from tests import factories as make
from tests.architecture.source import ROOT
from tests.evaluation.made import programme_of
from tests.evaluation.results import result_of

pytestmark = pytest.mark.django_db
COSTS = "improvement-costs"


@pytest.fixture
def run(monkeypatch):
    """A finished run of a programme in which nothing is claimed of the costs."""
    monkeypatch.setattr("evaluation.findings.compute.RESAMPLES", 99)
    rows = np.random.default_rng(11).normal(50, 3, (12, 4)).tolist()
    programme = programme_of(rows, acted=range(6))
    return Run.objects.create(
        programme=programme,
        seed=1,
        state=LeasedState.DONE,
        result=result_of(programme),
        finished_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC),
    )


@pytest.fixture
def evaluator(run):
    return make.AppointmentFactory(programme=run.programme, role="evaluator").user


def told(run, **named):
    with override("en"):
        return build_document(run.programme, judged_result(run), **named)


def all_words(document):
    blocks = [block for part in document.sections for block in part.blocks]
    texts = [getattr(block, "text", "") for block in blocks]
    points = [item for block in blocks for item in getattr(block, "items", ())]
    rows = [cell for table in document.tables.values() for row in table.rows for cell in row]
    return " ".join(map(str, [*document.answer, *texts, *points, *rows]))


# --- A grade ------------------------------------------------------------------------------------


def test_a_grade_is_changed_only_with_a_reason_and_the_report_shows_it(run, evaluator):
    assert finding_of(run, COSTS)["grade"] == "unsupported"
    with pytest.raises(InvalidInput):
        change_grade(run, finding=COSTS, grade="plausible", reason="  ", actor=evaluator)
    assert not GradeChange.objects.exists()
    assert not ActivityEntry.objects.filter(verb="changed").exists()
    change_grade(
        run, finding=COSTS, grade="plausible", reason="A sister study saw it.", actor=evaluator
    )
    document = told(run)
    [said] = [each for each in document.answer if "costs" in each]
    assert said.startswith("It is plausible that “costs” improved more")
    assert "by the rules unsupported" in said
    assert "A sister study saw it." in said
    assert "A sister study saw it." in all_words(told(run, names_organisations=False))
    assert document.tables["judgements"].rows[0][1:3] == ("Unsupported", "Plausible")
    verdict = document.tables["improvement"].rows[0][1]
    assert verdict == "Plausible"
    entry = ActivityEntry.objects.get(verb="changed")
    assert entry.actor == evaluator


def test_the_run_itself_never_changes(run, evaluator):
    before = Run.objects.get(pk=run.pk).result
    change_grade(run, finding=COSTS, grade="strong", reason="Because.", actor=evaluator)
    assert Run.objects.get(pk=run.pk).result == before


def test_changed_and_changed_back_it_is_as_by_the_rules_and_both_stay_to_be_seen(run):
    change_grade(run, finding=COSTS, grade="strong", reason="I am sure.")
    change_grade(run, finding=COSTS, grade="unsupported", reason="I was not.")
    document = told(run)
    assert "evaluator's grade" not in " ".join(document.answer)
    assert [row[3] for row in document.tables["judgements"].rows] == ["I am sure.", "I was not."]
    assert finding_of(run, COSTS)["grade"] == "unsupported"


def test_what_a_finding_can_not_have_is_refused(run):
    run.result["findings"].append(
        {**run.result["findings"][0], "id": "relation-a", "kind": "relation", "about": {}}
    )
    run.save()
    for finding, grade in [
        ("nothing", "strong"),
        (COSTS, "unsupported"),
        (COSTS, "splendid"),
        ("relation-a", "strong"),
    ]:
        with pytest.raises(InvalidInput):
            change_grade(run, finding=finding, grade=grade, reason="Because.")
    unfinished = Run.objects.create(programme=make.ProgrammeFactory(), seed=1)
    with pytest.raises(NotNow):
        add_note(unfinished, text="Already?")


def test_the_json_has_the_audit_and_keeps_to_its_schema(run, evaluator):
    change_grade(run, finding=COSTS, grade="plausible", reason="Seen elsewhere.", actor=evaluator)
    add_note(run, text="One city left halfway.", actor=evaluator)
    with override("en"):
        found = evaluation_as_json(run.programme, Reading(judged_result(run), is_study=False))
    jsonschema.validate(found, json.loads((ROOT / "docs/evaluation.schema.json").read_text()))
    [judgement] = found["judgements"]
    assert (judgement["before"], judgement["after"]) == ("unsupported", "plausible")
    assert judgement["reason"] == "Seen elsewhere."
    assert found["improvement"][0]["grade"] == "plausible"
    assert found["notes"][0]["text"] == "One city left halfway."


def test_notes_are_for_who_sees_the_records(run):
    add_note(run, text="Ommen is a special case.")
    assert "Ommen is a special case." in all_words(told(run))
    assert "Ommen" not in all_words(told(run, names_organisations=False))


def test_notes_and_grades_stay_with_the_run_they_were_made_beside(run, evaluator):
    """A later run has nothing of them, and the earlier one keeps what it had."""
    change_grade(run, finding=COSTS, grade="plausible", reason="Seen there.", actor=evaluator)
    add_note(run, text="Of the first year.", actor=evaluator)
    later = Run.objects.create(
        programme=run.programme, seed=1, state=LeasedState.DONE, result=run.result
    )
    assert report_of(run.programme) == later
    assert judged_result(later)["notes"] == judged_result(later)["judgements"] == []
    assert finding_of(later, COSTS)["grade"] == "unsupported"
    kept = judged_result(Run.objects.get(pk=run.pk))
    assert [each["text"] for each in kept["notes"]] == ["Of the first year."]
    assert finding_of(run, COSTS)["grade"] == "plausible"


# --- Pages --------------------------------------------------------------------------------------


def test_an_evaluator_judges_on_a_page_and_a_coordinator_does_not(run, evaluator, client):
    coordinator = make.AppointmentFactory(programme=run.programme, role="coordinator").user
    code = run.programme.code
    address = reverse("report_finding", args=[code, COSTS])
    client.force_login(coordinator)
    assert client.post(address, {"grade": "plausible", "reason": "x"}).status_code == 404
    assert reverse("report_findings", args=[code]) not in report_page(client, code)
    client.force_login(evaluator)
    assert reverse("report_findings", args=[code]) in report_page(client, code)
    assert client.post(address, {"grade": "plausible", "reason": ""}).status_code == 200
    assert not GradeChange.objects.exists()
    reason = "<b>They</b> said so."
    assert client.post(address, {"grade": "plausible", "reason": reason}).status_code == 302
    page = report_page(client, code)
    assert "&lt;b&gt;They&lt;/b&gt; said so." in page
    assert "<b>They</b>" not in page
    listed = client.get(reverse("report_findings", args=[code])).content.decode()
    assert address in listed
    client.post(reverse("report_note", args=[code]), {"text": "Look at the third year."})
    assert "Look at the third year." in report_page(client, code)


def report_page(client, code):
    return client.get(reverse("report", args=[code])).content.decode()


# --- Files --------------------------------------------------------------------------------------


@pytest.fixture
def with_files(run, monkeypatch):
    """Making files is quick here: each holds what the answer says."""

    def quick(run, result, *, step, edition="0"):
        step(60)
        said = " ".join(build_document(run.programme, result).answer).encode()
        name = storages["private"].save(f"reports/{run.pk}/{edition}.xlsx", ContentFile(said))
        return {"nl": {"xlsx": name, "charts": {}}, "en": {"xlsx": name, "charts": {}}}, ""

    monkeypatch.setattr("evaluation.report.files.make_files", quick)
    run.files = quick(run, judged_result(run), step=lambda percent: None)[0]
    run.save()
    return run


def test_files_that_lag_behind_are_not_given_and_are_made_again(with_files, evaluator, client):
    run, code = with_files, with_files.programme.code
    old = run.files["nl"]["xlsx"]
    client.force_login(evaluator)
    xlsx = reverse("report_xlsx", args=[code])
    assert client.get(xlsx).status_code == 200
    change_grade(run, finding=COSTS, grade="strong", reason="Zo is het.", actor=evaluator)
    assert client.get(xlsx).status_code == 409
    assert xlsx not in report_page(client, code)
    assert make_waiting("a worker") == 1
    assert "Zo is het." in b"".join(client.get(xlsx).streaming_content).decode()
    assert not storages["private"].exists(old)
    assert make_waiting("a worker") == 0


def test_something_added_while_files_are_made_makes_them_again(with_files, monkeypatch):
    run = with_files
    add_note(run, text="First.")
    order = claim(FileOrder.objects.all(), "slow")
    add_note(run, text="Second.")
    file_orders.carry_out_order(order)
    assert not files_are_current(run)
    assert make_waiting("quick") == 1
    assert files_are_current(run)


def test_a_worker_that_dies_with_the_files_gives_them_back_and_not_for_ever(with_files):
    add_note(with_files, text="A note.")
    past = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    for attempt in (1, 2, 3):
        assert claim(FileOrder.objects.all(), f"dies {attempt}") is not None
        FileOrder.objects.update(lease_until=past)
        give_back_files()
    assert FileOrder.objects.get().state == LeasedState.FAILED


# --- Stopping -----------------------------------------------------------------------------------


def test_a_run_that_is_being_made_shows_how_far_it_is_and_can_be_stopped(run, evaluator, client):
    code = run.programme.code
    client.force_login(evaluator)
    request_run(run.programme, actor=evaluator)
    held = claim(Run.objects.all(), "worker")
    Run.objects.filter(pk=held.pk).update(progress=40)
    page = report_page(client, code)
    assert "40" in page
    assert reverse("report_cancel", args=[code]) in page
    assert client.post(reverse("report_cancel", args=[code])).status_code == 302
    held.refresh_from_db()
    assert held.state == LeasedState.CANCELLED
    assert report_of(run.programme) == run
    assert client.post(reverse("report_cancel", args=[code])).status_code == 302
    request_run(run.programme, actor=evaluator)  # another may be asked for at once


def test_a_worker_stops_between_two_steps_of_a_run_that_was_stopped(run, monkeypatch):
    seen = []

    def compute(run, *, today, step, inputs):
        step(10)
        cancel_run(run)
        seen.append("before")
        step(20)
        seen.append("after")

    monkeypatch.setattr("evaluation.findings.carry_out.compute_run", compute)
    waiting = request_run(run.programme)
    carry_out(claim(Run.objects.filter(pk=waiting.pk), "worker"))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.progress, seen) == (LeasedState.CANCELLED, 10, ["before"])
