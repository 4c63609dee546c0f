"""The report: computed once by a worker, shown from its stored result, to whom may read it."""

import datetime as dt
import html
import io
import re
from types import SimpleNamespace

import docx
import openpyxl
import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from pypdf import PdfReader

from benchmarks.models import Programme
from config.studies.load import load_study
from core.exceptions import NotNow
from core.leases import MOST_ATTEMPTS, claim
from core.models import LeasedState
from evaluation.domain.analysis import set_support_rule
from evaluation.domain.judged import judged_result
from evaluation.domain.runs import carry_out, give_back, make_report, report_of, request_run
from evaluation.findings.inputs import hash_of, read_inputs
from evaluation.models import AnalysisSettings, Run
from evaluation.report.build import build_document
from evaluation.report.document import Table
from evaluation.report.pdf import PdfUnavailable
from evaluation.report.webpage import render_webpage
from evaluation.report.word import render_word
from tests import factories as make
from tests.evaluation.results import result_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 6, 1)


@pytest.fixture
def quick(monkeypatch):
    """A run whose files are quick to make: drawing is tested once, apart."""
    monkeypatch.setattr(
        "evaluation.findings.carry_out.compute_report",
        lambda inputs, seed, step, spread: result_of(inputs.ground.programme),
    )
    monkeypatch.setattr(
        "evaluation.findings.carry_out.make_files", lambda run, result, step, spread: ({}, "")
    )


def english(programme, **named):
    with override("en"):
        return build_document(programme, result_of(programme), **named)


def words(document):
    return " ".join(document.answer)


# --- What it says -------------------------------------------------------------------------------


def test_work_first_tells_the_story_of_the_study(workfirst):
    said = words(english(workfirst))
    assert (
        "support and involvement in the benchmark go together with social learning and agenda "
        "learning" in said
    )
    assert "Learning capacity and quality of the information do not show this." in said
    assert "none withstands the correction" in said
    assert "a cause is not proven" in said
    assert "that is no proof that there is none" in said
    assert "In 3 places what the study published differs" in said


def test_in_dutch_it_says_the_same(workfirst):
    with override("nl"):
        said = words(build_document(workfirst, result_of(workfirst)))
    assert said != words(english(workfirst))


def test_the_story_follows_from_the_data_and_turns_with_them(workfirst):
    """Give learning capacity the pattern of support, and support that of nothing."""
    result = result_of(workfirst)
    for row in result["relations"]:
        if row["condition"] == "learning_capacity":
            row["pattern"], row["certainty"] = "together", "withstands"
        if row["condition"] == "support_level":
            row["pattern"] = "none"
    result["verdicts"] = {
        "support_level": "not_shown",
        "involved": "shown",
        "learning_capacity": "shown",
        "information_quality": "not_shown",
    }
    with override("en"):
        said = words(build_document(workfirst, result))
    assert "involvement in the benchmark and learning capacity go together" in said
    assert "Support and quality of the information do not show this." in said
    assert "2 withstand the correction" in said


def test_four_cities_are_shown_and_nothing_is_tested(vensters):
    document = english(vensters)
    assert "learning climate in 5 of 8 ratings" in words(document)
    assert "no p-value could mean anything" in words(document)
    assert not any(re.search(r"p = ", sentence) for sentence in document.answer)
    assert "ratings" in document.tables


def test_a_programme_of_its_own_has_a_report_as_well():
    cycle = make.CycleFactory()
    for number in range(7):
        make.ParticipationFactory(
            cycle=cycle,
            decided_by="contact",
            others_consulted="yes",
            motive="learning" if number % 2 else "other",
        )
    document = english(cycle.programme)
    assert document.tables["support_level"].n == 7
    assert "No actions are recorded" in words(document)


def test_without_the_right_to_see_records_there_are_counts_and_no_names(workfirst):
    document = english(workfirst, names_organisations=False)
    cells = [cell for table in document.tables.values() for row in table.rows for cell in row]
    assert "1, 6, 7, 8, 9, 10, 14" not in cells
    assert document.tables["support_level"].rows[2][1] == 7
    assert "ratings" not in document.tables


def test_every_number_has_its_n_and_where_it_comes_from(workfirst):
    for table in english(workfirst).tables.values():
        assert table.n is not None
        assert table.source


# --- Runs ---------------------------------------------------------------------------------------


def test_a_second_report_of_the_same_data_is_not_computed(workfirst, quick):
    first, new = make_report(workfirst)
    assert (new, first.state) == (True, LeasedState.DONE)
    assert make_report(workfirst) == (first, False)
    set_support_rule(workfirst, rule="sufficient")
    second, new = make_report(workfirst)
    assert new
    assert report_of(workfirst) == second


def test_the_hash_is_of_what_was_read_and_not_of_the_day(workfirst):
    one = hash_of(read_inputs(workfirst, today=TODAY))
    assert one == hash_of(read_inputs(workfirst, today=TODAY + dt.timedelta(days=400)))
    workfirst.cycles.get().participations.filter(reference="13").update(motive="learning")
    assert one != hash_of(read_inputs(workfirst, today=TODAY))


def test_a_second_request_waits_for_the_first(workfirst):
    request_run(workfirst)
    with pytest.raises(NotNow):
        request_run(workfirst)
    assert Run.objects.count() == 1


def test_a_report_that_waits_for_a_worker_can_be_made_here_and_now(workfirst, quick):
    waiting = request_run(workfirst)
    run, new = make_report(workfirst, today=TODAY)
    assert (run.pk, new, run.state) == (waiting.pk, True, LeasedState.DONE)


def test_a_report_that_a_worker_is_making_is_not_made_twice(workfirst, quick):
    request_run(workfirst)
    claim(Run.objects.all(), "a worker")
    with pytest.raises(NotNow):
        make_report(workfirst, today=TODAY)


def test_a_worker_that_lost_its_lease_stores_nothing(workfirst, quick):
    request_run(workfirst)
    dead = claim(Run.objects.all(), "dead")
    Run.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    give_back()
    alive = claim(Run.objects.all(), "alive")
    carry_out(dead)
    assert Run.objects.get().state == LeasedState.RUNNING
    carry_out(alive)
    run = Run.objects.get()
    assert (run.state, run.attempt, run.claimed_by) == (LeasedState.DONE, 2, "alive")
    carry_out(dead)
    assert Run.objects.get().finished_at == run.finished_at


def test_a_run_that_kills_its_worker_again_and_again_is_failed(workfirst):
    request_run(workfirst)
    for _time in range(MOST_ATTEMPTS):
        assert claim(Run.objects.all(), "worker") is not None
        Run.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
        give_back()
    run = Run.objects.get()
    assert run.state == LeasedState.FAILED
    with override("nl"):
        assert gettext(run.last_error).startswith("Het rekenproces stopte drie keer")


def test_a_programme_without_participants_fails_with_words():
    run = request_run(make.CycleFactory().programme)
    carry_out(claim(Run.objects.all(), "worker"))
    run.refresh_from_db()
    assert run.state == LeasedState.FAILED
    assert run.programme.code in run.last_error


# --- Files --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def files(django_db_setup, django_db_blocker):
    """The study's report with its files, made once; of the database nothing stays."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "evaluation.findings.carry_out.compute_report",
            lambda inputs, seed, step, spread: result_of(inputs.ground.programme),
        )
        load_study("workfirst-2007")
        run, _new = make_report(Programme.objects.get(code="workfirst-2007"))
        made = {"programme": run.programme, "result": judged_result(run)}
        names = {kind: run.files["en"][kind] for kind in ("pdf", "xlsx")}
        names["chart"] = run.files["nl"]["charts"]["relations"]
        for kind, name in names.items():
            with storages["private"].open(name) as file:
                made[kind] = file.read()
        transaction.set_rollback(True)
    return SimpleNamespace(**made)


def words_of_page(markup):
    """What a page says, without its tags."""
    return squeezed(html.unescape(re.sub(r"<[^>]+>", " ", markup)))


def squeezed(text):
    """Without spaces and the hyphens at the end of a line: how a format breaks lines is its own."""
    return re.sub(r"[\s\u2011\u00ad-]+", "", text)


def tables_of(document):
    """Every table as texts, as a reader sees it: its header and its rows."""
    return [
        [[str(cell) for cell in row] for row in (table.header, *table.rows)]
        for table in document.tables.values()
    ]


def test_what_a_reader_sees_is_the_same_in_every_format(files):
    """Page, HTML file, PDF, xlsx and docx: each sentence and each cell of each table."""
    with override("en"):
        document = build_document(files.programme, files.result)
        word = docx.Document(io.BytesIO(render_word(document, files.programme)))
        page = render_webpage(document, files.programme, {}).decode()
    reader = PdfReader(io.BytesIO(files.pdf))
    pdf = squeezed(" ".join(each.extract_text() for each in reader.pages))
    book = openpyxl.load_workbook(io.BytesIO(files.xlsx))
    sheet = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
    paragraphs = [each.text for each in word.paragraphs]
    blocks = [block for part in document.sections for block in part.blocks]
    said = [
        *document.answer,
        *(item for each in blocks if each.kind == "points" for item in each.items),
    ]
    said += [each.text for each in blocks if each.kind == "paragraph"]
    for each in said:
        assert each in paragraphs
        assert each in sheet
        assert squeezed(each) in words_of_page(page)
        assert squeezed(each) in pdf
    in_word = [[[cell.text for cell in row.cells] for row in table.rows] for table in word.tables]
    assert in_word == tables_of(document)
    in_book = [
        [
            ["" if cell.value is None else str(cell.value) for cell in row]
            for row in each.iter_rows(min_row=4)
        ]
        for each in book.worksheets[1:]
    ]
    assert in_book == tables_of(document)
    for table in tables_of(document):
        for row in table:
            assert squeezed("".join(row)) in words_of_page(page)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert reader.metadata.title == document.title
    assert b"<svg" in files.chart


@pytest.mark.parametrize(("rows", "folded"), [(20, False), (21, True)])
def test_a_long_table_is_folded_up_on_the_page(rows, folded):
    block = Table("arrows", "Every arrow", ("From", "To"), (("a", "b"),) * rows, "runs", n=rows)
    told = {"block": block, "programme": make.ProgrammeFactory.build(code="p"), "period": "2026"}
    page = render_to_string("evaluation/_block.html", told)
    assert ("Every arrow: 21 rows" in page or "Every arrow: 21 rijen" in page) == folded
    assert page.count("<tr>") == rows + 1


def test_pictures_in_the_pdf_have_words(files):
    reader = PdfReader(io.BytesIO(files.pdf))
    objects = [reader.get_object(number) for number in range(1, int(reader.trailer["/Size"]))]
    alts = [str(each["/Alt"]) for each in objects if isinstance(each, dict) and "/Alt" in each]
    assert any("tau" in alt for alt in alts)


def test_a_name_that_looks_like_a_formula_stays_a_name():
    organisation = make.OrganisationFactory(name='=HYPERLINK("http://evil","x")')
    participation = make.ParticipationFactory(
        organisation=organisation, decided_by="contact", others_consulted="no", motive="other"
    )
    programme = participation.cycle.programme
    from evaluation.report.workbook import render_workbook

    book = openpyxl.load_workbook(io.BytesIO(render_workbook(english(programme), programme)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    found = [cell for cell in cells if cell.value == organisation.name]
    assert found
    assert all(cell.data_type == "s" for cell in found)
    assert not any(cell.hyperlink for cell in cells)


def test_without_pango_the_report_is_there_and_says_how_to_get_the_pdf(
    workfirst, monkeypatch, client
):
    def unavailable(*args, **named):
        raise PdfUnavailable("apt-get install libpango-1.0-0")

    monkeypatch.setattr("evaluation.report.files.render_pdf", unavailable)
    monkeypatch.setattr(
        "evaluation.findings.carry_out.compute_report",
        lambda inputs, seed, step, spread: result_of(inputs.ground.programme),
    )
    run, _new = make_report(workfirst)
    assert run.state == LeasedState.DONE
    assert "libpango" in run.files_error
    evaluator = make.AppointmentFactory(programme=workfirst, role="evaluator").user
    client.force_login(evaluator)
    page = client.get(reverse("report", args=[workfirst.code])).content.decode()
    assert "libpango" in page
    assert reverse("report_pdf", args=[workfirst.code]) not in page


def test_the_pdf_fetches_nothing_but_the_reports_own_files(workfirst, monkeypatch, caplog):
    """An image address in the document's words leads nowhere."""
    from evaluation.report import pdf

    monkeypatch.setattr(
        pdf,
        "render_to_string",
        lambda *args: (
            '<html lang="en"><title>x</title><body><img src="http://127.0.0.1:9/x.png" '
            'alt="x"><img src="file:///etc/passwd" alt="y"></body></html>'
        ),
    )
    made = pdf.render_pdf(english(workfirst), workfirst, {}, language="en")
    assert made.startswith(b"%PDF")
    assert b"root:" not in made


# --- Pages --------------------------------------------------------------------------------------


@pytest.fixture
def ours():
    participation = make.ParticipationFactory(
        decided_by="contact", others_consulted="yes", motive="learning"
    )
    return participation


@pytest.fixture
def done(ours, quick):
    return make_report(ours.cycle.programme)[0]


def people(ours):
    programme = ours.cycle.programme
    return {
        "evaluator": make.AppointmentFactory(programme=programme, role="evaluator").user,
        "coordinator": make.AppointmentFactory(programme=programme, role="coordinator").user,
        "facilitator": make.AppointmentFactory(programme=programme, role="facilitator").user,
        "participant": make.MembershipFactory(
            organisation=ours.organisation, roles=["participant"]
        ).user,
        "evaluator elsewhere": make.AppointmentFactory(role="evaluator").user,
        "administrator": make.UserFactory(is_superuser=True, is_staff=True),
    }


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("evaluator", 200),
        ("coordinator", 200),
        ("facilitator", 404),
        ("participant", 404),
        ("evaluator elsewhere", 404),
        ("administrator", 404),
        (None, 404),
    ],
)
def test_a_report_is_for_evaluator_and_coordinator(ours, done, client, who, status):
    if who:
        client.force_login(people(ours)[who])
    code = ours.cycle.programme.code
    assert client.get(reverse("report", args=[code])).status_code == status
    table = reverse("report_table", args=[code, "support_level"])
    assert client.get(table).status_code == status


def test_a_public_report_of_a_benchmark_shows_a_visitor_counts_and_no_names(ours, done, client):
    Programme.objects.update(has_public_report=True)
    code = ours.cycle.programme.code
    for address in (
        reverse("report", args=[code]),
        reverse("report_table", args=[code, "support_level"]),
    ):
        page = client.get(address)
        assert page.status_code == 200
        assert ours.organisation.name not in page.content.decode()
    assert client.get(reverse("report_pdf", args=[code])).status_code == 404
    assert client.get(reverse("report_chart", args=[code, "ratings"])).status_code == 404


def test_a_study_is_everybodys_with_its_records(workfirst, quick, client):
    make_report(workfirst)
    page = client.get(reverse("report_table", args=[workfirst.code, "social_learning_level"]))
    assert "learning_experiences.csv, row 2" in page.content.decode()
    checked = client.get(reverse("study_check", args=[workfirst.code])).content.decode()
    assert "published.csv, row 14" in checked
    assert "learning_experiences.csv, row 6" in checked


def test_a_relation_leads_to_the_records_of_both_variables(workfirst, quick, client):
    make_report(workfirst)
    table = "social_learning_level-by-support_level"
    page = client.get(reverse("report_table", args=[workfirst.code, table])).content.decode()
    assert "learning_experiences.csv" in page
    assert "participation.csv, row 2" in page
    assert client.get(reverse("report_table", args=[workfirst.code, "nope"])).status_code == 404


def test_before_the_first_report_the_page_says_what_to_do(ours, client):
    code = ours.cycle.programme.code
    client.force_login(people(ours)["evaluator"])
    page = client.get(reverse("report", args=[code])).content.decode()
    assert reverse("report_make", args=[code]) in page
    answer = client.post(reverse("report_make", args=[code]))
    assert answer.status_code == 302
    page = client.get(reverse("report", args=[code])).content.decode()
    assert reverse("report_progress", args=[code]) in page
    assert client.post(reverse("report_make", args=[code])).status_code == 409
    assert Run.objects.count() == 1


def test_progress_leads_to_the_report_once_it_is_there(ours, client, quick):
    programme = ours.cycle.programme
    client.force_login(people(ours)["evaluator"])
    request_run(programme)
    progress = reverse("report_progress", args=[programme.code])
    assert "HX-Redirect" not in client.get(progress).headers
    carry_out(claim(Run.objects.all(), "worker"))
    assert client.get(progress).headers["HX-Redirect"] == reverse("report", args=[programme.code])


def test_a_failed_report_says_so_and_keeps_the_last_good_one(ours, done, client):
    Run.objects.create(
        programme=ours.cycle.programme, seed=1, state=LeasedState.FAILED, last_error="the disk"
    )
    client.force_login(people(ours)["evaluator"])
    page = client.get(reverse("report", args=[ours.cycle.programme.code])).content.decode()
    assert "the disk" in page
    assert 'id="answer"' in page


def test_the_rule_that_the_study_leaves_open_is_the_evaluators(ours, client):
    programme = ours.cycle.programme
    address = reverse("report_settings", args=[programme.code])
    client.force_login(people(ours)["evaluator"])
    assert client.get(address).status_code == 200
    field = "learning_with_moderate_decision"
    assert client.post(address, {field: "nonsense"}).status_code == 200
    assert not AnalysisSettings.objects.exists()
    assert client.post(address, {field: "much"}).status_code == 302
    assert AnalysisSettings.objects.get().learning_with_moderate_decision == "much"


def test_the_page_costs_as_many_queries_for_three_organisations_as_for_one(
    quick, client, django_assert_num_queries
):
    def queries_of(count):
        cycle = make.CycleFactory()
        for _each in range(count):
            make.ParticipationFactory(cycle=cycle, decided_by="contact", others_consulted="no")
        make_report(cycle.programme)
        client.force_login(
            make.AppointmentFactory(programme=cycle.programme, role="evaluator").user
        )
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("report", args=[cycle.programme.code]))
        return len(captured)

    assert queries_of(1) == queries_of(3)


def test_the_command_computes_once(workfirst, quick, capsys):
    call_command("report", "workfirst-2007")
    assert "computed" in capsys.readouterr().out
    call_command("report", "workfirst-2007")
    assert "unchanged" in capsys.readouterr().out
    assert Run.objects.count() == 1
