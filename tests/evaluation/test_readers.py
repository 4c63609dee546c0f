"""The report for four readers, from one run; and that no sentence says more than its grade."""

import io
import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from core.models import LeasedState
from evaluation.domain.judgements import ALLOWED
from evaluation.domain.runs import make_report
from evaluation.models import Run
from evaluation.report.build import build_document
from evaluation.report.document import Points, Sentence
from evaluation.report.pdf import render_pdf
from evaluation.report.readers import READERS
from evaluation.report.sentences import no_figures_words
from tests import factories as make
from tests.evaluation.results import result_of

pytestmark = pytest.mark.django_db
HEDGE = {
    "en": {
        "plausible": r"plausible",
        "unsupported": r"no evidence",
        "contradicted": r"did not improve|do not go together|did not rise|does not differ",
    },
    "nl": {
        "plausible": r"aannemelijk",
        "unsupported": r"geen aanwijzing",
        "contradicted": r"niet (meer )?beter|gaan niet samen|niet samen|niet toe|verschilt niet",
    },
}
"""What a sentence must say when its grade is less than strong."""
FIRM = {
    "en": r"improved more|go together|made a difference|\brose\b|differs by",
    "nl": r"meer beter|gaa[nt]\b.*\bsamen\b|\btoenam|verschilt naar",
}
"""A sentence with such words has a grade, or speaks of the organisations at hand."""
CAUSE = {
    "en": r"\b(because of|thanks to|caused|proves|due to)\b",
    "nl": r"\b(dankzij|vanwege|veroorzaakte?|bewijst dat|doordat)\b",
}
"""No finding is a cause."""


def result_with(grades, relation_grades=(), difference_grades=()):
    """A result in which a number of indicators, relations and differences have these grades."""
    improvement = [
        {
            "indicator": f"i{place}",
            "meaning": f"Cijfer {place}",
            "meaning_en": f"Figure {place}",
            "unit": "",
            "unit_en": "",
            "grade": grade,
            "periods": ["2020", "2021"],
            "chains": 2,
            "complete_chains": 1,
        }
        for place, grade in enumerate(grades)
    ]
    numbers = {"estimate": 1.0, "interval": [0.5, 1.5], "p": 0.01, "p_adjusted": 0.02, "n": 12}
    findings = [
        {
            "id": f"improvement-i{place}",
            "kind": "improvement",
            "about": {"indicator": f"i{place}"},
            "grade": grade,
            "rivals": ["chance", "not_drawn"],
            **numbers,
        }
        for place, grade in enumerate(grades)
    ]
    findings += [
        {
            "id": f"relation-{place}",
            "kind": "relation",
            "about": {"condition": "support_level", "outcome": "social_learning_level"},
            "grade": grade,
            "rivals": ["third_variable"],
            **numbers,
        }
        for place, grade in enumerate(relation_grades)
    ]
    by = [("rounds", "rank_biserial"), ("size_class", "cliffs_delta"), ("rounds", "kendalls_w")]
    findings += [
        {
            "id": f"difference-{place}",
            "kind": "difference",
            "about": {"variable": "support_level", "by": by[place][0], "measure": by[place][1]},
            "grade": grade,
            "rivals": ["no_outside"],
            **numbers,
        }
        for place, grade in enumerate(difference_grades)
    ]
    return improvement, findings


def sentences_of(document):
    points = [b for part in document.sections for b in part.blocks if isinstance(b, Points)]
    said = [*document.answer, *(item for each in points for item in each.items)]
    return [each for each in said if isinstance(each, Sentence)]


@pytest.fixture(scope="module")
def base(django_db_setup, django_db_blocker):
    """A programme with a result of its own, to be given other findings."""
    with django_db_blocker.unblock():
        cycle = make.CycleFactory()
        for _each in range(12):
            make.ParticipationFactory(cycle=cycle, decided_by="contact", others_consulted="yes")
        yield cycle.programme, result_of(cycle.programme)
        cycle.programme.delete()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    grades=st.lists(st.sampled_from(ALLOWED["improvement"]), max_size=8),
    relations=st.lists(st.sampled_from(ALLOWED["relation"]), max_size=3),
    differences=st.lists(st.sampled_from(ALLOWED["difference"]), max_size=3),
    reader=st.sampled_from([each for each in READERS if each in ("management", "council")]),
    language=st.sampled_from(["nl", "en"]),
)
def test_no_sentence_says_more_than_its_grade(
    base, grades, relations, differences, reader, language
):
    programme, result = base
    improvement, findings = result_with(
        map(str, grades), map(str, relations), map(str, differences)
    )
    made = {**result, "improvement": [], "findings": findings}
    made["improvement"] = improvement
    with override(language):
        document = build_for(programme, made, reader)
        for each in sentences_of(document):
            check(each, language)


def build_for(programme, result, reader):
    """Without the tables, which the made-up rows have no numbers for."""
    from evaluation.report.readers import for_reader
    from evaluation.report.reading import Reading

    whole = build_document(programme, {**result, "improvement": [], "findings": []})
    return for_reader(whole, Reading(result, is_study=False, names_organisations=False), reader)


def check(sentence, language):
    assert not re.search(CAUSE[language], sentence, re.IGNORECASE), sentence
    if sentence.grade in HEDGE[language]:
        assert re.search(HEDGE[language][sentence.grade], sentence), sentence
    elif not sentence.grade:
        claims = re.search(FIRM[language], sentence)
        at_hand = re.search(r"these \d+|deze \d+|doesn't show|niet zien|one moment", sentence)
        assert not claims or at_hand, sentence


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("reader", READERS)
def test_of_a_real_programme_no_sentence_says_more_either(reader, language):
    from tests.evaluation.made import programme_of

    programme = programme_of([[1, 2, 3, 4]] * 3, acted=[0])
    with override(language):
        document = build_document(programme, result_of(programme), reader=reader)
        said = sentences_of(document)
        assert said
        for each in said:
            check(each, language)
        first = document.sections[0].id
    assert document.answer
    assert first == "know"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("reader", READERS)
def test_without_figures_each_reader_is_told_so_first_and_of_no_comparison(base, reader, language):
    programme, result = base
    assert not result["improvement"]
    with override(language):
        document = build_document(programme, result, reader=reader)
        assert document.answer[0] == no_figures_words()
        told = " ".join(sentences_of(document))
    assert not re.search({"nl": "vergeleken|vergeleek", "en": "compared"}[language], told), told


def test_where_no_relation_was_looked_at_no_rule_for_one_is_told(base, workfirst):
    for programme, result, told in (
        (*base, False),
        (workfirst, result_of(workfirst), True),
    ):
        assert bool(result["relations"]) is told
        with override("en"):
            document = build_document(programme, result)
        [method] = [part for part in document.sections if part.id == "method"]
        said = " ".join(map(str, method.blocks[0].items))
        assert ("rule for words" in said) is told


def test_a_check_that_can_fail():
    """The words of a strong claim under a lesser grade are caught."""
    firm = "“Costs” improved more where an action on it was carried out."
    for grade in ("plausible", "unsupported", "contradicted", ""):
        with pytest.raises(AssertionError):
            check(Sentence(firm, "improvement", grade), "en")
    check(Sentence(firm, "improvement", "strong"), "en")
    with pytest.raises(AssertionError):
        check(Sentence("It fell thanks to the benchmark.", "", "strong"), "en")


def test_every_number_leads_to_a_table_that_is_there(workfirst):
    result = result_of(workfirst)
    with override("en"):
        whole = build_document(workfirst, result)
        for reader in READERS:
            for each in sentences_of(
                build_document(workfirst, result_of(workfirst), reader=reader)
            ):
                assert not each.table or each.table in whole.tables
                if re.search(r"\d", each) and not each.table:
                    assert re.search(r"plan|so few|pattern|seed|tau", each, re.IGNORECASE), each


def test_management_has_one_page_however_much_there_is_to_say(base):
    programme, result = base
    grades = ["strong", "plausible", "contradicted", "unsupported"] * 6
    improvement, findings = result_with(grades, ["plausible"] * 3)
    for row in improvement:
        row["meaning"] = row["meaning_en"] = "A long name of an indicator that goes on and on " * 4
    made = {**result, "improvement": improvement, "findings": findings}
    for language in ("nl", "en"):
        with override(language):
            document = build_for(programme, made, "management")
            pdf = PdfReader(io.BytesIO(render_pdf(document, programme, {}, language=language)))
        assert len(pdf.pages) == 1


def test_no_reader_but_the_evaluator_reads_a_name(workfirst, base):
    programme, result = base
    name = programme.cycles.get().participations.first().organisation.name
    with override("en"):
        for reader in READERS:
            document = build_document(programme, result, reader=reader)
            cells = [c for table in document.tables.values() for row in table.rows for c in row]
            told = " ".join(map(str, [*cells, *sentences_of(document)]))
            assert (name in told) == (reader == "evaluator")


def test_each_reader_has_a_page_that_starts_with_the_answer(base, client):
    programme, result = base
    Run.objects.create(programme=programme, seed=1, state=LeasedState.DONE, result=result)
    client.force_login(make.AppointmentFactory(programme=programme, role="coordinator").user)
    for reader in READERS:
        address = reverse("report_for", args=[programme.code, reader])
        answer = client.get(address)
        assert answer.status_code == (404 if reader == "evaluator" else 200)
        if answer.status_code == 200:
            page = answer.content.decode()
            headings = re.findall(r"<h2 id=\"(\w+)\"", page)
            assert headings[:2] == ["answer", "know"]
            assert 'aria-current="page"' in page
    assert client.get(reverse("report_for", args=[programme.code, "press"])).status_code == 404
    client.logout()
    assert client.get(reverse("report_for", args=[programme.code, "council"])).status_code == 404


def test_the_files_of_a_run_have_the_pdf_of_each_reader(workfirst, monkeypatch, client):
    monkeypatch.setattr(
        "evaluation.findings.carry_out.compute_report",
        lambda inputs, seed, step, spread: result_of(inputs.ground.programme),
    )
    run, _new = make_report(workfirst)
    for language in ("nl", "en"):
        assert set(run.files[language]["readers"]) == set(READERS) - {"evaluator"}
    address = reverse("report_for_pdf", args=[workfirst.code, "management"])
    answer = client.get(address)  # the report of a study is everybody's
    assert answer.status_code == 200
    pdf = PdfReader(io.BytesIO(b"".join(answer.streaming_content)))
    assert len(pdf.pages) == 1
    assert (
        reverse("report_for_pdf", args=[workfirst.code, "management"])
        in client.get(reverse("report_for", args=[workfirst.code, "management"])).content.decode()
    )
    assert (
        client.get(reverse("report_for_pdf", args=[workfirst.code, "evaluator"])).status_code == 404
    )
