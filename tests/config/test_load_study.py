"""A published study is loaded whole or not at all, and a second time changes nothing."""

import shutil
import subprocess
import sys
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from benchmarks.models import Figure, Indicator, Involvement, Participation, Programme
from config.studies.load import STUDIES, load_study
from core.exceptions import InvalidInput
from evaluation.models import PublishedValue
from people.models import Organisation
from surveys.models import CodedVariable, Coding
from tests.evaluation.conftest import DATA, rows_of

pytestmark = pytest.mark.django_db
MODELS = (
    Programme,
    Organisation,
    Participation,
    Involvement,
    Indicator,
    CodedVariable,
    Coding,
    PublishedValue,
)


def everything():
    """All rows of everything a study stores, with their keys and times of change."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


@pytest.fixture
def files(tmp_path):
    """The files of the 2007 study in a folder where a story may spoil them."""
    return shutil.copytree(DATA / "workfirst-2007", tmp_path / "files")


@pytest.mark.parametrize("code", sorted(STUDIES))
def test_a_second_load_changes_nothing(code):
    load_study(code)
    before = everything()
    load_study(code)
    assert everything() == before


def test_work_first_has_sixteen_anonymous_municipalities_and_all_that_was_recorded():
    load_study("workfirst-2007")
    programme = Programme.objects.get()
    assert (programme.kind, programme.has_public_report) == ("study", True)
    participations = Participation.objects.all()
    assert {p.reference for p in participations} == {str(n) for n in range(1, 17)}
    assert {p.organisation.cbs_code for p in participations} == {""}
    assert Involvement.objects.count() == len(rows_of("involvement.csv")) == 80
    assert PublishedValue.objects.count() == len(rows_of("published.csv")) == 58
    assert Figure.objects.count() == 0


def test_every_row_of_the_csv_files_became_its_codings_with_file_and_row():
    load_study("workfirst-2007")
    expected = Counter(
        {
            "learning_capacity": 16,
            "own_results": 16,
            "feeling_about_results": 16,
            "information_quality": 16,
            "social_learning_category": 16,
            "learning_experience": len(rows_of("learning_experiences.csv")),
            "informed_category": len(rows_of("informed.csv")),
            "information_quality_mention": len(rows_of("information_quality_mentions.csv")),
            "results_used_politically": 1,
        }
    )
    assert Counter(Coding.objects.values_list("variable__code", flat=True)) == expected
    coding = Coding.objects.get(variable__code="learning_experience", value="study_of_dropouts")
    number = 2 + [r["experience"] for r in rows_of("learning_experiences.csv")].index(
        "study_of_dropouts"
    )
    assert coding.source == f"learning_experiences.csv, row {number} (tables 7.1-7.3)"
    assert coding.passage == "2,own_and_general_results_and_congress,study_of_dropouts"
    assert coding.coder == "workfirst-2007"


def test_the_indicators_have_a_meaning_in_both_languages():
    load_study("workfirst-2007")
    definitions = [indicator.definitions.get() for indicator in Indicator.objects.all()]
    assert len(definitions) == 22
    assert all(each.meaning and each.meaning_en for each in definitions)
    assert all(each.meaning != each.meaning_en for each in definitions)


def test_the_four_cities_have_their_cbs_codes():
    load_study("vensters-g4-2015")
    found = Participation.objects.values_list("reference", "organisation__cbs_code")
    assert dict(found) == {
        "Amsterdam": "0363",
        "Den Haag": "0518",
        "Utrecht": "0344",
        "Rotterdam": "0599",
    }
    assert Coding.objects.count() == 80


def test_a_city_that_is_known_already_is_not_made_twice():
    known = Organisation.objects.create(code="gemeente-utrecht", name="Utrecht", cbs_code="0344")
    load_study("vensters-g4-2015")
    assert Participation.objects.get(reference="Utrecht").organisation == known


def spoil(path, old, new):
    raw = path.read_bytes()
    assert old in raw
    path.write_bytes(raw.replace(old, new, 1))


SPOILED = {
    "a wrong header": ("ratings.csv", b"own_results", b"own_result", "own_results"),
    "a wrong encoding": ("informed.csv", b"alderman", b"alderm\xe4n", "UTF-8"),
    "a wrong value": ("involvement.csv", b"organisation,no", b"organisation,maybe", "maybe"),
    "a null byte": ("ratings.csv", b"satisfied", b"satis\0fied", "ratings.csv"),
    "a municipality that the study doesn't have": (
        "ratings.csv",
        b"16,sufficiently",
        b"17,sufficiently",
        "17",
    ),
    "a municipality that doesn't take part": (
        "participation.csv",
        b"16,manager,yes,yes,automatism,no\r\n",
        b"",
        "16",
    ),
    "a duplicate": ("social_learning_category.csv", b"2,knowledge", b"1,knowledge", "1"),
    "an audience under another category": (
        "informed.csv",
        b"1,board,alderman",
        b"1,council,alderman",
        "alderman",
    ),
    "a column that the published table doesn't have": (
        "published.csv",
        b"7.9,none,yes,12",
        b"7.9,none,much,12",
        "7.9",
    ),
}


@pytest.mark.parametrize("kind", SPOILED)
def test_one_wrong_thing_and_nothing_is_stored(files, kind):
    name, old, new, said = SPOILED[kind]
    path = files / name
    if old not in path.read_bytes():
        old = old.replace(b"\r\n", b"\n")
    spoil(path, old, new)
    with pytest.raises(InvalidInput) as raised:
        load_study("workfirst-2007", folder=files)
    assert said in str(raised.value)
    assert name in str(raised.value) or kind == "a municipality that doesn't take part"
    assert not Programme.objects.exists()
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("language", "told"),
    [("nl", "alderman hoort niet bij council."), ("en", "alderman doesn't belong to council.")],
)
def test_what_is_wrong_between_files_is_said_in_the_language_of_the_user(files, language, told):
    spoil(files / "informed.csv", b"1,board,alderman", b"1,council,alderman")
    with override(language), pytest.raises(InvalidInput) as raised:
        load_study("workfirst-2007", folder=files)
    assert told in str(raised.value)


def test_a_city_that_the_g4_study_doesnt_have_is_named(tmp_path):
    folder = shutil.copytree(DATA / "vensters-g4-2015", tmp_path / "g4")
    spoil(folder / "codings.csv", b"Utrecht", b"Eindhoven")
    with pytest.raises(InvalidInput, match="Eindhoven"):
        load_study("vensters-g4-2015", folder=folder)
    assert not Programme.objects.exists()


def test_what_goes_wrong_while_storing_leaves_nothing_behind(monkeypatch):
    def stumble(*args, **named):
        raise InvalidInput("stumbled")

    monkeypatch.setattr("config.studies.workfirst.record_published_values", stumble)
    with pytest.raises(InvalidInput):
        load_study("workfirst-2007")
    assert not Programme.objects.exists()
    assert not Coding.objects.exists()


def test_files_that_changed_change_the_programme_and_nothing_stays_behind(files):
    load_study("workfirst-2007")
    (files / "political_learning.csv").write_text("municipality,results\n8,own_results\n")
    load_study("workfirst-2007", folder=files)
    coding = Coding.objects.get(variable__code="results_used_politically")
    assert (coding.organisation.name, coding.value) == ("Gemeente 8", "own_results")
    assert Programme.objects.count() == 1


def test_the_folder_may_be_the_one_above_the_studies():
    assert load_study("workfirst-2007", folder=DATA)["organisations"] == 16


def test_an_unknown_study_is_refused_with_those_that_are_known():
    with pytest.raises(CommandError, match="vensters-g4-2015"):
        call_command("load-study", "nope")


def test_on_the_command_line_errors_go_to_stderr_with_the_right_status(files, tmp_path):
    spoil(files / "ratings.csv", b"satisfied", b"happy")
    run = lambda *args: subprocess.run(  # noqa: E731
        [sys.executable, "-m", "config.cli", "load-study", *args],
        capture_output=True,
        text=True,
        cwd=DATA.parent,
        timeout=120,
        env={
            "PYTHONPATH": "platform:.",
            "BENCHLEARN_VAR": str(tmp_path / "var"),
            "PATH": "/bin",
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
        },
    )
    wrong = run("workfirst-2007", "--from", str(files))
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "ratings.csv" in wrong.stderr
    assert "happy" in wrong.stderr
    assert "Traceback" not in wrong.stderr
    assert run().returncode == 2
