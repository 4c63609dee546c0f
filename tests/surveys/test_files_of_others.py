"""What somebody brings from another system with the manual in hand, and what leaves again."""

import csv
import io
import json
import random
from itertools import pairwise

import pandas as pd
import pyreadstat
import pytest
from django.core.management import call_command

from core.csvfiles import InvalidFile
from surveys.domain.exports import write_export
from surveys.domain.invitations import Guest, invite
from surveys.domain.sealing import destroy_shares
from surveys.domain.taking_over import import_responses
from surveys.domain.waves import close_wave, open_wave
from surveys.models import Response, UsedLink, Wave
from tests import factories as make
from tests.surveys import stories
from tests.surveys.formats.workbooks import workbook
from tests.surveys.stories import TODAY

pytestmark = pytest.mark.django_db
ITEMS = ["A1", "A2", "A3", "A4", "A5"]


def run(*words):
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip()


def rows_of_people(count):
    """Six-point answers, the first item worded the other way, with some cells left empty."""
    dice = random.Random(8)
    for number in range(count):
        mood = dice.randint(1, 6)
        values = [min(6, max(1, mood + dice.randint(-1, 1))) for _item in ITEMS]
        values[0] = 7 - values[0]
        cells = ["" if dice.random() < 0.03 else value for value in values]
        yield [f"p{number}", *cells, dice.randint(18, 70)]


@pytest.fixture
def brought(tmp_path):
    """A questionnaire in English only, of plain choices and a number, and a file of answers."""
    points = [[str(point), f"Point {point}"] for point in range(1, 7)]
    form = workbook(
        survey=[
            ["type", "name", "label"],
            *(["select_one six", item, f"I am {item}"] for item in ITEMS),
            ["integer", "age", "Your age"],
        ],
        choices=[["list_name", "name", "label"], *(["six", *point] for point in points)],
        settings=[["form_title", "form_id", "default_language"], ["Brought", "brought", "en"]],
    )
    (tmp_path / "form.xlsx").write_bytes(form)
    with (tmp_path / "in.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id", *ITEMS, "age"], *rows_of_people(60)])
    return tmp_path


def test_from_a_workbook_and_a_csv_to_a_scale_and_back_to_spss_and_stata(brought):
    programme = make.CycleFactory().programme.code
    run("import-instrument", str(brought / "form.xlsx"), "--publish")
    wave = run("open-wave", "brought", "--programme", programme, "--name", "From afar")
    run("import-responses", wave, str(brought / "in.csv"), "--id-column", "id")
    came_in = pd.read_csv(brought / "in.csv")
    complete = came_in[ITEMS].dropna().assign(A1=lambda rows: 7 - rows["A1"])
    found = json.loads(run("scale", wave, *ITEMS, "--reverse", "A1", "--json"))
    assert found["n"] == len(complete) < 60
    whole = complete.sum(axis=1).var()
    assert found["alpha"] == pytest.approx(5 / 4 * (1 - complete.var().sum() / whole))
    rest = complete.sum(axis=1) - complete["A2"]
    assert found["items"][1]["item_rest"] == pytest.approx(complete["A2"].corr(rest))
    for suffix in ("sav", "dta"):
        run("export-responses", wave, "--format", suffix, "--out", str(brought / f"o.{suffix}"))
        frame, meta = getattr(pyreadstat, f"read_{suffix}")(brought / f"o.{suffix}")
        columns = [*ITEMS, "age"]
        assert sorted(map(str, frame[columns].astype(float).to_numpy().tolist())) == sorted(
            map(str, came_in[columns].astype(float).to_numpy().tolist())
        )
        assert meta.column_names_to_labels["A1"] == "I am A1"
        assert meta.variable_value_labels["A1"][6] == "Point 6"


@pytest.mark.parametrize("mode", ["anonymous", "pseudonymous"])
def test_nobody_comes_in_twice_and_after_closing_no_id_is_known(tmp_path, mode):
    wave = stories.prepared_wave(version=stories.version_of(2), mode=mode)
    wave = stories.fresh(open_wave(wave, by=None, on=TODAY, for_import=True))
    path = tmp_path / "in.csv"
    path.write_text("id,s0-0\n" + "".join(f"p{n},3\n" for n in range(6)))
    import_responses(wave, path, by=None, on=TODAY, id_column="id")
    path.write_text("id,s0-0\nq1,3\np4,3\n")
    with pytest.raises(InvalidFile, match="p4"):
        import_responses(wave, path, by=None, on=TODAY, id_column="id")
    assert Response.objects.filter(wave=wave).count() == 6
    digests = list(UsedLink.objects.filter(wave=wave).values_list("digest", flat=True))
    assert len(digests) == (6 if mode == "anonymous" else 0)
    assert all(one < other for one, other in pairwise(digests))
    close_wave(wave, by=None, on=TODAY)
    assert destroy_shares() == 1
    assert not UsedLink.objects.filter(wave=wave).exists()


def test_a_pseudonym_does_not_lead_to_an_organisation_that_is_not_named(tmp_path):
    """Of two waves, in the second of which too few of an organisation answered: the files of both
    laid beside each other don't tell which rows these are."""
    first = stories.prepared_wave(mode="pseudonymous")
    second = stories.prepared_wave(first.cycle, mode="pseudonymous")
    places = [stories.organisation_in(first) for _size in range(3)]
    named = []
    for wave, sizes in ((first, (9, 8, 7)), (second, (9, 8, 2))):
        for place, size in zip(places, sizes, strict=True):
            people = [
                Guest(f"G {n}", f"g{n}@{place.code}.example.org", place, role="participant")
                for n in range(size)
            ]
            invite(wave, guests=people, by=None)
        wave = open_wave(wave, by=None, on=TODAY)
        for token in stories.tokens_of(wave):
            stories.answer_all(token)
        close_wave(wave, by=None, on=TODAY)
        write_export(Wave.objects.get(pk=wave.pk), tmp_path / "o.csv", format="csv")
        rows = pd.read_csv(tmp_path / "o.csv", keep_default_na=False).to_dict("records")
        assert "role" not in rows[0]
        named.append({row["pseudonym"]: row["organisation"] for row in rows if row["pseudonym"]})
    before, now = named
    assert len(before) == 24 and len(now) == 9
    assert now.items() <= before.items()
