"""Answers in and out as files: what goes in comes out, and nobody can be told from it."""

import csv
import io
import json
import random
from collections import Counter
from xml.etree import ElementTree as ET

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from django.core.management import CommandError, call_command

from core.csvfiles import InvalidFile
from core.exceptions import NotNow
from core.formulas import harmless, unharmed
from core.models import LeasedState
from surveys.content import ShippedBlock
from surveys.domain.exports import cancel_export, carry_out_waiting, request_export, write_export
from surveys.domain.taking_over import import_responses
from surveys.domain.waves import close_wave, open_wave
from surveys.enums import Channel
from surveys.exporting.variables import valid_names
from surveys.models import Answer, Export, Item, Response
from tests import factories as make
from tests.surveys import stories
from tests.surveys.stories import TODAY
from tests.surveys.views.test_kinds_of_questions import item as make_item
from tests.surveys.views.test_kinds_of_questions import version_of as kinds_version

pytestmark = pytest.mark.django_db


def wave_for_import(*sizes, **fields):
    wave = stories.prepared_wave(version=stories.version_of(*(sizes or (3,))), **fields)
    return stories.fresh(open_wave(wave, by=None, on=TODAY, for_import=True))


def write(folder, header, rows, name="in.csv"):
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


@pytest.fixture
def imported(tmp_path):
    """A wave of forty imported responses with gaps and dangerous remarks, and its rows."""
    wave = wave_for_import(3)
    dice = random.Random(1)
    header = ["s0-0", "s0-1", "s0-2", "remark-0"]
    remarks = ["=1+1", "gewoon, goed", "@SUM(A1)", "café ☕", "-2", "", "+31 6", "'s ochtends"]
    rows = [
        [
            str(dice.randint(1, 5)),
            dice.choice(["1", "5", ""]),
            str(dice.randint(1, 5)),
            remarks[n % 8],
        ]
        for n in range(40)
    ]
    import_responses(wave, write(tmp_path, header, rows), by=None, on=TODAY)
    return wave, header, rows


def as_sets(rows):
    return sorted(tuple(str(cell) for cell in row) for row in rows)


def test_csv_gives_back_what_came_in_and_no_cell_starts_a_formula(imported, tmp_path):
    wave, header, rows = imported
    out = tmp_path / "out.csv"
    assert write_export(wave, out, format="csv") == 40
    found = list(csv.reader(out.open(newline="", encoding="utf-8")))
    assert found[0] == ["response", *header]
    assert as_sets([*row[1:4], unharmed(row[4])] for row in found[1:]) == as_sets(rows)
    assert not [cell for row in found for cell in row if cell[:1] in {"=", "+", "-", "@"}]


def test_a_file_that_was_exported_can_be_imported_again(imported, tmp_path):
    wave, _header, rows = imported
    out = tmp_path / "out.csv"
    write_export(wave, out, format="csv")
    again = stories.prepared_wave(cycle=wave.cycle, version=wave.version)
    again = open_wave(again, by=None, on=TODAY, for_import=True)
    import_responses(stories.fresh(again), out, by=None, on=TODAY, id_column="response")
    texts = (
        Answer.objects.filter(response__wave=again).exclude(text="").values_list("text", flat=True)
    )
    assert sorted(texts) == sorted(row[3] for row in rows if row[3])


def test_the_order_in_which_shuffled_questions_were_shown_comes_along(tmp_path):
    statements = [make_item(code) for code in ("s1", "s2", "s3")]
    remark = make_item("remark", kind="open_text")
    block = ShippedBlock("B", "B", "", "", [*statements, remark], random_order=True)
    wave = stories.opened_wave((6,), version=kinds_version(block))
    for token in stories.tokens_of(wave):
        stories.answer_all(token)
    drawn = Counter(
        tuple(Item.objects.get(pk=pk).code for pk in order if pk != remark_of(wave))
        for (order,) in (row.shown_order.values() for row in wave.responses.all())
    )
    close_wave(wave, by=None, on=TODAY)
    out = tmp_path / "out.csv"
    write_export(stories.fresh(wave), out, format="csv")
    rows = list(csv.DictReader(out.open(encoding="utf-8-sig")))
    told = Counter(
        tuple(sorted(("s1", "s2", "s3"), key=lambda code: int(row[f"{code}_place"])))
        for row in rows
    )
    assert told == drawn
    again = stories.prepared_wave(cycle=wave.cycle, version=wave.version)
    again = stories.fresh(open_wave(again, by=None, on=TODAY, for_import=True))
    import_responses(again, out, by=None, on=TODAY, id_column="response")


def remark_of(wave):
    return Item.objects.get(block__version=wave.version, kind="open_text").pk


@pytest.mark.parametrize("suffix", ["sav", "dta"])
def test_spss_and_stata_read_back_the_same_with_labels(imported, tmp_path, suffix):
    wave, _header, rows = imported
    out = tmp_path / f"out.{suffix}"
    write_export(wave, out, format=suffix, language="en")
    frame, meta = getattr(pyreadstat, f"read_{suffix}")(out)
    names = ["s0_0", "s0_1", "s0_2", "remark_0"]
    assert list(frame.columns) == ["response", *names]
    numbers = frame[names[:3]].apply(
        lambda column: column.map(lambda v: "" if pd.isna(v) else str(int(v)))
    )
    found = pd.concat([numbers, frame["remark_0"]], axis=1).to_numpy().tolist()
    assert as_sets(found) == as_sets(rows)
    assert meta.column_names_to_labels["s0_0"] == "Statement 0."
    assert meta.variable_value_labels["s0_0"][5] == "strongly agree"


def test_excel_and_parquet_read_back_the_same(imported, tmp_path):
    wave, _header, rows = imported
    write_export(wave, tmp_path / "out.xlsx", format="xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    cells = list(book.worksheets[0].iter_rows(min_row=2))
    found = [["" if cell.value is None else cell.value for cell in row[1:]] for row in cells]
    assert as_sets(found) == as_sets(rows)
    assert {cell.data_type for row in cells for cell in row} <= {"n", "s"}
    write_export(wave, tmp_path / "out.parquet", format="parquet")
    frame = pd.read_parquet(tmp_path / "out.parquet")
    assert frame["s0-0"].sum() == sum(int(row[0]) for row in rows)
    assert frame["s0-1"].isna().sum() == sum(row[1] == "" for row in rows)


def closed_perception(sizes=(9, 7, 2), **fields):
    """A closed perception survey: everyone says 4, the first of all that a circle didn't apply."""
    wave = stories.opened_wave(sizes=sizes, **fields)
    for token in stories.tokens_of(wave):
        stories.answer_all(token, remark="A remark")
    close_wave(wave, by=None, on=TODAY)
    wave = stories.fresh(wave)
    first = Response.objects.filter(wave=wave).values_list("pk", flat=True)[:8]
    some = Answer.objects.filter(response__in=list(first), item__code="inviting-circle")
    some.update(value=None, not_applicable=True)
    return wave


def test_not_applicable_is_a_missing_value_of_its_own_kind(tmp_path):
    wave = closed_perception(sizes=(18,))
    write_export(wave, tmp_path / "o.sav", format="sav")
    frame, meta = pyreadstat.read_sav(tmp_path / "o.sav", user_missing=True)
    assert sorted(frame["inviting_circle"].unique()) == [-8.0, 4.0]
    assert (frame["inviting_circle"] == -8).sum() == 8
    assert meta.variable_value_labels["inviting_circle"][-8.0] == "niet van toepassing"
    plain, _meta = pyreadstat.read_sav(tmp_path / "o.sav")
    assert plain["inviting_circle"].isna().sum() == 8
    write_export(wave, tmp_path / "o.dta", format="dta")
    frame, meta = pyreadstat.read_dta(tmp_path / "o.dta", user_missing=True)
    assert (frame["inviting_circle"] == "a").sum() == 8
    assert meta.variable_value_labels["inviting_circle"]["a"] == "niet van toepassing"
    write_export(wave, tmp_path / "o.csv", format="csv")
    text = pd.read_csv(tmp_path / "o.csv", keep_default_na=False)
    assert (text["inviting-circle"] == "n/a").sum() == 8


def test_a_small_organisation_is_not_named_and_remarks_stand_apart(tmp_path):
    wave = closed_perception()
    write_export(wave, tmp_path / "o.csv", format="csv")
    frame = pd.read_csv(tmp_path / "o.csv", keep_default_na=False)
    named = frame["organisation"].value_counts().to_dict()
    assert all(count >= 5 for count in named.values())
    assert "remark-learning" not in frame
    write_export(wave, tmp_path / "long.csv", format="csv", shape="long")
    long = pd.read_csv(tmp_path / "long.csv", keep_default_na=False)
    remarks = long[long["text"] != ""]
    assert len(remarks) == 36
    assert set(remarks["response"]) == {""}
    assert len(long[long["item"] == "saving"]) == 18


def test_the_codebook_names_each_variable_with_its_values(tmp_path):
    write_export(closed_perception(sizes=(18,)), tmp_path / "o.xml", format="ddi")
    root = ET.parse(tmp_path / "o.xml").getroot()
    ddi = "{ddi:codebook:2_5}"
    variables = {each.get("name"): each for each in root.iter(f"{ddi}var")}
    assert {"response", "saving", "inviting-circle"} <= set(variables)
    categories = variables["inviting-circle"].findall(f"{ddi}catgry")
    assert [each.find(f"{ddi}catValu").text for each in categories] == [
        "1",
        "2",
        "3",
        "4",
        "5",
        "-8",
    ]
    assert categories[-1].get("missing") == "Y"
    assert categories[3].find(f"{ddi}catStat").text == "10"


def test_an_open_wave_is_not_exported_and_neither_are_four_answers(tmp_path):
    with pytest.raises(NotNow):
        write_export(stories.fresh(stories.opened_wave(sizes=(6,))), tmp_path / "o", format="csv")
    with pytest.raises(NotNow):
        write_export(closed_perception(sizes=(4,)), tmp_path / "o", format="csv")


def test_all_of_a_file_or_nothing_with_what_is_wrong_by_row_and_column(tmp_path):
    wave = wave_for_import(3)
    rows = [["5", "1", "a1"], ["6", "x", "a2"], ["", "", "a3"], ["3", "3", "a1"], ["1"]]
    path = write(tmp_path, ["s0-0", "s0-1", "rid"], rows)
    with pytest.raises(InvalidFile) as wrong:
        import_responses(wave, path, by=None, on=TODAY, id_column="rid")
    told = "\n".join(wrong.value.errors)
    for row, column in ((3, "s0-0"), (3, "s0-1"), (4, ""), (5, "rid"), (6, "")):
        assert any(f" {row}" in line and column in line for line in wrong.value.errors), told
    assert len(wrong.value.errors) == 5
    assert not Response.objects.filter(wave=wave).exists()
    with pytest.raises(InvalidFile):
        import_responses(wave, write(tmp_path, ["s0-0", "what"], [["1", "2"]]), by=None, on=TODAY)


def test_imported_responses_are_marked_and_in_an_anonymous_wave_their_id_is_kept_nowhere(imported):
    wave, _header, _rows = imported
    found = Response.objects.filter(wave=wave)
    assert set(found.values_list("channel", "pseudonym")) == {(Channel.IMPORT, "")}


def test_under_a_pseudonym_nobody_comes_in_twice(tmp_path):
    wave = wave_for_import(2, mode="pseudonymous")
    path = write(tmp_path, ["id", "s0-0"], [[f"p{n}", "3"] for n in range(6)])
    import_responses(wave, path, by=None, on=TODAY, id_column="id")
    assert len(set(Response.objects.filter(wave=wave).values_list("pseudonym", flat=True))) == 6
    with pytest.raises(InvalidFile):
        import_responses(wave, path, by=None, on=TODAY, id_column="id")


def run(*words):
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip()


def test_the_commands_from_an_open_wave_to_its_scale(tmp_path):
    version = stories.version_of(4)
    cycle = make.CycleFactory()
    code = version.instrument.code
    wave = run("open-wave", code, "--programme", cycle.programme.code, "--name", "From afar")
    rows = [[1, 2, 1], [2, 2, 3], [4, 3, 4], [5, 5, 4], [1, 1, 1], [3, 3, ""]]
    path = write(tmp_path, ["s0-0", "s0-1", "s0-2"], rows)
    assert json.loads(run("import-responses", wave, str(path), "--json"))["responses"] == 6
    found = json.loads(run("scale", wave, "s0-0", "s0-1", "s0-2", "--json"))
    assert found["n"] == 5
    # pingouin 0.7, cronbach_alpha of the five complete rows
    assert found["alpha"] == pytest.approx(0.9539170506912441)
    assert found["interval"] == pytest.approx([0.767, 0.995], abs=5e-4)
    assert [row["item"] for row in found["items"]] == ["s0-0", "s0-1", "s0-2"]
    turned = json.loads(run("scale", wave, "s0-0", "s0-1", "--reverse", "s0-1", "--json"))
    assert turned["items"][1]["mean"] == pytest.approx(6 - 16 / 6)
    assert turned["items"][1]["item_rest"] < 0
    with pytest.raises(CommandError):
        run("scale", wave, "s0-0", "nothing")


def test_a_worker_makes_the_file_and_only_who_asked_gets_it(client):
    wave = closed_perception(sizes=(9,))
    programme = wave.cycle.programme
    coordinator = make.AppointmentFactory(programme=programme).user
    export = request_export(wave, by=coordinator, format="csv")
    assert carry_out_waiting("worker") == 1
    export.refresh_from_db()
    assert (export.state, export.rows) == (LeasedState.DONE, 9)
    page = f"/programmes/{programme.code}/waves/{wave.pk}/exports/"
    client.force_login(coordinator)
    assert client.get(page).status_code == 200
    file = client.get(f"{page}{export.pk}/")
    assert b"".join(file.streaming_content).startswith(b"response,")
    colleague = make.AppointmentFactory(programme=programme, role="evaluator").user
    client.force_login(colleague)
    assert client.get(f"{page}{export.pk}/").status_code == 404
    client.force_login(make.AppointmentFactory().user)
    assert client.get(page).status_code == 404
    client.force_login(coordinator)
    client.post(f"{page}{export.pk}/cancel/")
    assert client.get(f"{page}{export.pk}/").status_code == 404


def test_a_cancelled_export_is_not_made():
    wave = closed_perception(sizes=(9,))
    user = make.AppointmentFactory(programme=wave.cycle.programme).user
    export = request_export(wave, by=user, format="csv")
    assert cancel_export(export)
    assert carry_out_waiting("worker") == 0
    assert Export.objects.get().file == ""


def test_names_are_for_the_coordinator_of_a_wave_by_name(tmp_path):
    wave = closed_perception(sizes=(9,), mode="by_name")
    evaluator = make.AppointmentFactory(programme=wave.cycle.programme, role="evaluator").user
    with pytest.raises(NotNow):
        request_export(wave, by=evaluator, format="csv", identified=True)
    write_export(wave, tmp_path / "names.csv", format="csv", identified=True)
    assert pd.read_csv(tmp_path / "names.csv")["email"].nunique() == 9
    write_export(wave, tmp_path / "plain.csv", format="csv")
    assert {"name", "email"} & set(pd.read_csv(tmp_path / "plain.csv").columns) == set()


def test_what_would_be_a_formula_is_told_and_taken_back():
    for text in ("=1", " =1", "'=1", "@x", "+1", "plain", "'s", "", "\t=1"):
        assert unharmed(harmless(text)) == text
    assert valid_names(["a-b", "a_b", "A-b", "with", "1x"]) == {
        "a-b": "a_b", "a_b": "a_b_1", "A-b": "A_b_2", "with": "with_1", "1x": "v_1x"
    }  # fmt: skip


def test_an_evaluator_gets_no_remark_that_the_coordinator_has_not_released(client):
    wave = closed_perception(sizes=(9,))
    programme = wave.cycle.programme
    for role, expected in (("coordinator", True), ("evaluator", False)):
        user = make.AppointmentFactory(programme=programme, role=role).user
        export = request_export(wave, by=user, format="csv", shape="long")
        carry_out_waiting("worker")
        client.force_login(user)
        file = client.get(f"/programmes/{programme.code}/waves/{wave.pk}/exports/{export.pk}/")
        assert (b"A remark" in b"".join(file.streaming_content)) is expected
