"""Figures from files: checked before anything is stored, all or nothing."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from benchmarks.domain.figures import confirm_import, import_figures, prepare_import
from benchmarks.models import Cycle, Figure, FigureImport, Indicator, Participation, Programme
from core.csvfiles import InvalidFile
from core.exceptions import NotNow
from people.models import Organisation
from tests import factories as make
from tests.benchmarks_room.figures import figure, indicator_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


LONG = "organisation,indicator,period,value\n"


@pytest.fixture
def programme():
    programme = make.ProgrammeFactory(code="debts")
    cycle = make.CycleFactory(programme=programme)
    for code in ("alfa", "beta"):
        organisation = make.OrganisationFactory(code=code, name=code.title())
        make.ParticipationFactory(cycle=cycle, organisation=organisation)
    indicator_of(programme, "waiting", unit="days", period="quarter")
    indicator_of(programme, "reach", unit="percent", better="higher")
    return programme


@pytest.fixture
def write(tmp_path):
    def write(text, name="figures.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def stored():
    rows = Figure.objects.order_by("organisation__code", "indicator__code", "period")
    fields = ("organisation__code", "indicator__code", "period", "value")
    return [(*keys, float(value)) for *keys, value in rows.values_list(*fields)]


REACH = [("alfa", "reach", "2024", 12.5), ("beta", "reach", "2024", 13)]


@pytest.mark.parametrize(
    "text",
    [
        LONG + "alfa,reach,2024,12.5\nbeta,reach,2024,13\n",
        "Waarde;periode;Gemeente;kencijfer\n12,5;2024;Alfa;REACH\n13;2024;Beta;reach\n",
        "organisation\tperiod\treach\nalfa\t2024\t12.5\nbeta\t2024\t13\n",
        "indicator,organisation,2023,2024\nreach,alfa,,12.5\nreach,beta,,13\n",
        LONG.strip() + ",note\nalfa,reach,2024,12.5,x\nbeta,reach,2024,13,\nbeta,reach,2023,,\n",
    ],
    ids=["long", "long in Dutch", "wide by indicator", "wide by period", "more columns"],
)
def test_long_and_wide_give_the_same_figures(programme, write, text):
    import_figures(programme, write(text))
    assert stored() == REACH


def test_a_workbook_with_numbers_and_a_month_that_became_a_day(programme, write):
    import datetime as dt

    from openpyxl import Workbook

    indicator_of(programme, "calls", unit="", period="month")
    book, raw = Workbook(), io.BytesIO()
    for row in (
        ["organisation", "indicator", "period", "value"],
        ["alfa", "reach", 2024, 12.5],
        ["alfa", "calls", dt.datetime(2024, 1, 1), 7],
    ):
        book.active.append(row)
    book.save(raw)
    import_figures(programme, write(raw.getvalue(), "figures.xlsx"))
    assert stored() == [("alfa", "calls", "2024-01", 7), ("alfa", "reach", "2024", 12.5)]


def test_everything_that_is_wrong_is_said_by_row_and_column_and_nothing_is_stored(programme, write):
    path = write(
        LONG
        + "alfa,reach,2024,12.5\nnowhere,reach,2024,1\nalfa,unknown,2024,1\nalfa,reach,2024,13\n"
        + "beta,reach,2024,140\nbeta,waiting,2024,5\nbeta,waiting,2024-Q5,5\n"
        + "beta,waiting,2024-Q1,-3\nbeta,waiting,2024-Q1,soon\nbeta,waiting,2024-Q1,NaN\n"
    )
    with pytest.raises(InvalidFile) as raised:
        import_figures(programme, path)
    assert [error.split(":")[0] for error in raised.value.errors] == [
        "figures.csv, row 3, organisation",
        "figures.csv, row 4, indicator",
        "figures.csv, row 5, value",
        "figures.csv, row 6, value",
        "figures.csv, row 7, period",
        "figures.csv, row 8, period",
        "figures.csv, row 9, value",
        "figures.csv, row 10, value",
        "figures.csv, row 11, value",
    ]
    assert not Figure.objects.exists()


def test_what_is_wrong_with_a_row_of_a_wide_file_is_said_once_in_the_words_of_the_file(
    programme, write
):
    path = write("gemeente;periode;reach;waiting\nnowhere;2024;1;2\n")
    with pytest.raises(InvalidFile) as raised:
        import_figures(programme, path)
    (error,) = raised.value.errors
    assert error.startswith("figures.csv, row 2, gemeente:")


def test_one_bad_row_in_fifty_thousand_stores_none(programme, write):
    codes = [f"place-{n}" for n in range(125)]
    cycle = programme.cycles.get()
    organisations = Organisation.objects.bulk_create(
        Organisation(code=code, name=code) for code in codes
    )
    Participation.objects.bulk_create(
        Participation(cycle=cycle, organisation=each, reference=each.code) for each in organisations
    )
    for n in range(4):
        indicator_of(programme, f"measure-{n}")
    rows = [
        f"{code},measure-{n},{year},{n + 1}"
        for code in codes
        for n in range(4)
        for year in range(1920, 2020)
    ]
    assert len(rows) == 50_000
    rows[31_415] = "place-7,measure-3,2024,a lot"
    with pytest.raises(InvalidFile) as raised:
        import_figures(programme, write(LONG + "\n".join(rows)))
    assert [error.split(":")[0] for error in raised.value.errors] == [
        "figures.csv, row 31417, value"
    ]
    assert not Figure.objects.exists()


def test_a_file_that_breaks_while_it_is_stored_leaves_nothing(programme, write, monkeypatch):
    from benchmarks.domain import figures

    def full(*args, **kwargs):
        raise OSError("no space left on device")

    monkeypatch.setattr(figures, "log_activity", full)
    with pytest.raises(OSError, match="no space"):
        import_figures(
            programme,
            write(LONG + "alfa,fresh,2024,12\n"),
            define=write("code,meaning,unit,better,period\nfresh,Fresh,,neither,year\n", "d.csv"),
        )
    assert not Figure.objects.exists()
    assert not Indicator.objects.filter(code="fresh").exists()


def test_a_second_time_changes_nothing_and_another_value_replaces_the_old_one(programme, write):
    import_figures(programme, write(LONG + "alfa,reach,2024,12.5\n"))
    Figure.objects.update(status="checked")
    stored_, checked, _defined = import_figures(programme, write(LONG + "alfa,reach,2024,12.5\n"))
    assert (stored_.new, stored_.changed, stored_.same) == (0, 0, 1)
    assert Figure.objects.get().status == "checked"
    stored_, checked, _defined = import_figures(programme, write(LONG + "alfa,reach,2024,13\n"))
    assert (stored_.changed, [each.row for each in checked.warnings]) == (1, [2])
    assert Figure.objects.get().status == "entered"


def test_a_jump_against_the_period_before_is_told_wherever_that_one_stands(programme, write):
    alfa = Organisation.objects.get(code="alfa")
    figure(Indicator.objects.get(code="reach"), alfa, "2023", 10)
    _stored, checked, _defined = import_figures(
        programme,
        write(
            LONG
            + "alfa,reach,2024,21\nbeta,waiting,2024-Q4,3\nbeta,waiting,2025-Q1,9\n"
            + "alfa,waiting,2024-Q3,3\nalfa,waiting,2025-Q1,9\n"
        ),
    )
    assert [(each.row, each.column) for each in checked.warnings] == [(2, "value"), (4, "value")]


class TestInTwoSteps:
    RAW = (LONG + "alfa,reach,2024,12.5\nbeta,reach,2024,13\n").encode()

    def prepared(self, programme):
        return prepare_import(programme, name="f.csv", raw=self.RAW, by=make.UserFactory())

    def test_what_was_checked_is_stored_on_somebody_s_word_and_once(self, programme):
        row = self.prepared(programme)
        assert not Figure.objects.exists()
        confirm_import(row, by=row.uploaded_by)
        assert stored() == REACH
        with pytest.raises(NotNow):
            confirm_import(row, by=row.uploaded_by)
        assert FigureImport.objects.get().rows == []

    def test_not_when_something_changed_in_between(self, programme):
        row = self.prepared(programme)
        alfa = Organisation.objects.get(code="alfa")
        figure(Indicator.objects.get(code="reach"), alfa, "2024", 10)
        with pytest.raises(NotNow):
            confirm_import(row, by=row.uploaded_by)
        assert Figure.objects.get().value == 10


class TestTheCommands:
    def run(self, capsys, *words):
        call_command(*words, "--json")
        return json.loads(capsys.readouterr().out)

    def test_a_new_programme_its_indicators_and_its_figures(self, capsys, write):
        places = write("code,name,size_class,region\na1,Alfa,small,North\nb2,Beta,,\n", "o.csv")
        answer = self.run(
            capsys,
            *("new-programme", "fresh", "--name", "Fresh start"),
            *("--organisations", str(places)),
        )
        assert (answer["programme"], answer["organisations"]) == ("fresh", 2)
        assert Cycle.objects.get().programme.name == "Fresh start"
        assert Organisation.objects.get(code="a1").size_class == "small"
        define = write(
            "code,meaning,unit,better,period\nwait,Waiting time,days,lower,quarter\n"
            "cost,Cost,euro,neither,year\nreach,Reach,percent,higher,month\n",
            "indicators.csv",
        )
        figures = write(LONG + "a1,wait,2024-Q1,31\na1,cost,2024,-5\nb2,reach,2024-01,40\n")
        words = ("import-figures", "fresh", str(figures), "--define", str(define))
        answer = self.run(capsys, *words)
        assert (answer["figures"], answer["new"], answer["definitions"]) == (3, 3, 3)
        cost = Indicator.objects.get(code="cost").definitions.get()
        assert (cost.better, cost.period, cost.lowest) == ("neutral", "year", None)
        answer = self.run(capsys, *words)
        assert (answer["same"], answer["definitions"]) == (3, 0)

    def test_other_words_for_an_indicator_are_its_next_version(self, capsys, programme, write):
        words = "code,meaning,unit,better,period\nreach,Reach,per mille,higher,year\n"
        define = write(words, "d.csv")
        self.run(
            capsys,
            *("import-figures", "debts", str(write(LONG + "alfa,reach,2024,140\n"))),
            *("--define", str(define)),
        )
        newest = Indicator.objects.get(code="reach").definitions.first()
        assert (newest.version, newest.comparable, newest.highest) == (2, False, None)
        assert Figure.objects.get().definition == newest

    def test_what_is_wrong_is_an_error_and_makes_nothing(self, programme, write):
        bad = write("code,name,size_class,region\nx y,Alfa,,\nb2,,,\nb2,Beta,,\n", "o.csv")
        with pytest.raises(CommandError, match=r"row 2, code(?s:.*)row 3, name(?s:.*)row 4, code"):
            call_command("new-programme", "fresh", "--name", "F", "--organisations", str(bad))
        good = write("code,name,size_class,region\nb2,Beta,,\n", "o.csv")
        with pytest.raises(CommandError, match="already"):
            call_command("new-programme", "debts", "--name", "D", "--organisations", str(good))
        with pytest.raises(CommandError, match="no programme"):
            call_command("import-figures", "nowhere", str(good))
        with pytest.raises(CommandError, match="columns must be"):
            call_command("import-figures", "debts", str(good))
        bad = write("code,meaning,unit,better,period\nx,,days,upward,weekly\n", "d.csv")
        with pytest.raises(CommandError, match=r"better(?s:.*)period(?s:.*)meaning"):
            call_command("import-figures", "debts", str(good), "--define", str(bad))
        assert list(Programme.objects.values_list("code", flat=True)) == ["debts"]
        assert not Figure.objects.exists()
