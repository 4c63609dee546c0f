"""The package for reproduction: its script finds what the report has, with pandas alone."""

import csv
import io
import json
import subprocess
import sys
import zipfile

import numpy as np
import pytest

from benchmarks.models import Participation
from evaluation.domain.plans import fix_plan, read_plan
from evaluation.domain.runs import make_report
from evaluation.report.package import render_package
from tests import factories as make
from tests.evaluation.made import add_action, add_figures, add_indicator, programme_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr("evaluation.findings.compute.RESAMPLES", 199)
    monkeypatch.setattr("evaluation.findings.backing.RESAMPLES", 99)
    monkeypatch.setattr("evaluation.findings.framework.RESAMPLES", 99)


def packed(programme):
    run, _new = make_report(programme, with_files=False)
    return run, render_package(run)


def unpacked(content, folder):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        file.extractall(folder)
    return folder


def recompute(folder):
    """Run the script as a stranger would: another process, another folder, nothing of ours."""
    return subprocess.run(
        [sys.executable, "-I", str(folder / "recompute.py")],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=120,
        check=False,
    )


def made():
    """Two indicators, gaps, acts at two moments, lower is better for one."""
    rng = np.random.default_rng(8)
    rows = rng.normal(50, 8, 24)[:, None] + rng.normal(0, 2, (24, 4))
    rows[:8, 2:] += 5
    listed = rows.tolist()
    listed[3][0] = listed[20][3] = None
    programme = programme_of(listed, acted=range(8))
    indicator, definition = add_indicator(programme, "days", "lower")
    participations = programme.cycles.get().participations.order_by("pk")
    for place, participation in enumerate(participations):
        row = (rng.normal(30, 6) + rng.normal(0, 1, 4)).tolist()
        add_figures(
            indicator, definition, participation.organisation,
            ("2020", "2021", "2022", "2023"), row,
        )  # fmt: skip
        if place < 4 or place > 20:
            day = f"202{1 if place < 4 else 2}-02-01"
            add_action(programme, indicator, participation.organisation, _day(day))
        participation.decided_by = "contact" if place % 3 else "manager"
        participation.others_consulted = "yes" if place % 3 else "no"
        participation.motive = "learning" if place % 2 else "other"
        participation.save()
    return programme


def _day(text):
    import datetime as dt

    return dt.date.fromisoformat(text)


def test_the_script_finds_every_key_table_and_a_changed_figure_is_found_out(tmp_path):
    run, content = packed(made())
    folder = unpacked(content, tmp_path)
    expected = json.loads((folder / "expected.json").read_text())
    assert set(expected["differences"]) == {"costs", "days"}
    assert expected["four"]["costs"]["with_chain"] >= 6
    found = recompute(folder)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "All as in the report." in found.stdout
    rows = (folder / "figures.csv").read_text().splitlines()
    first = rows[1].rsplit(",", 1)[0]
    (folder / "figures.csv").write_text("\n".join([rows[0], f"{first},9999", *rows[2:]]) + "\n")
    found = recompute(folder)
    assert found.returncode == 1
    assert "in the report" in found.stdout
    assert run.input_hash in (folder / "settings.json").read_text()


def test_of_the_study_all_relations_come_out(workfirst, tmp_path):
    _run, content = packed(workfirst)
    folder = unpacked(content, tmp_path)
    assert len(json.loads((folder / "expected.json").read_text())["relations"]) == 8
    found = recompute(folder)
    assert found.returncode == 0, found.stdout + found.stderr


def test_levels_and_what_changed_from_round_to_round_come_out_too(tmp_path):
    """From the first round to the second the support of seven rose, and that of two fell."""
    programme = programme_of([[1, 2, 3, 4]] * 12)
    last = programme.cycles.get()
    earlier = make.CycleFactory(
        programme=programme, name="2001", starts_on=last.starts_on.replace(year=2001)
    )
    for place, participation in enumerate(programme.cycles.get(pk=last.pk).participations.all()):
        alone = dict.fromkeys(("others_consulted", "contact_consulted"), "no")
        alone |= {"decided_by": "manager", "motive": "other"}
        together = dict.fromkeys(("others_consulted", "contact_consulted"), "yes")
        together |= {"decided_by": "contact", "motive": "learning"}
        before = together if place > 9 else alone
        make.ParticipationFactory(cycle=earlier, organisation=participation.organisation, **before)
        now = together if place < 7 else alone
        type(participation).objects.filter(pk=participation.pk).update(**now)
    _run, content = packed(programme)
    folder = unpacked(content, tmp_path)
    expected = json.loads((folder / "expected.json").read_text())
    # nine changed by as much, so each has rank 5: (7 * 5 - 2 * 5) / 45
    assert expected["over rounds"] == {"support_level": pytest.approx(5 / 9, abs=1e-6)}
    assert expected["levels"]["mean of support_level"] == pytest.approx(14 / 12, abs=1e-5)
    found = recompute(folder)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "over rounds: 1 numbers, 0 differ" in found.stdout


def test_the_package_names_nobody_and_the_same_run_gives_the_same_bytes():
    programme = made()
    names = set(Participation.objects.values_list("organisation__name", flat=True))
    references = set(
        Participation.objects.exclude(reference="").values_list("reference", flat=True)
    )
    run, content = packed(programme)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for name in file.namelist():
            text = file.read(name).decode()
            assert not any(each in text for each in names), name
            if name.endswith(".csv"):
                cells = {cell for row in csv.reader(io.StringIO(text)) for cell in row}
                numbers = {each for each in references if each.isdigit()}
                assert not cells & (references - numbers), name
    assert render_package(run) == content
    organisations = programme.cycles.get().participations.order_by("pk")
    in_order = [f"O{number:02d}" for number in range(1, organisations.count() + 1)]
    acts = _rows(content, "acts.csv")
    acted_on_costs = {row["organisation"] for row in acts if row["indicator"] == "costs"}
    assert acted_on_costs != set(in_order[:8])  # their order says nothing of who they are


def _rows(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return list(csv.DictReader(io.StringIO(file.read(name).decode())))


def test_within_reference_groups_the_difference_is_not_promised(tmp_path):
    programme = made()
    fix_plan(programme.cycles.get(), read_plan('reference_group = "region"'))
    _run, content = packed(programme)
    folder = unpacked(content, tmp_path)
    assert json.loads((folder / "expected.json").read_text())["differences"] == {}
    assert recompute(folder).returncode == 0


def test_who_has_the_package_cannot_work_out_who_is_who(settings):
    """With the hash that it holds and the names of all who take part, one could try them all."""
    run, content = packed(made())
    assert render_package(run) == content
    settings.SECRET_KEY = "another installation's own, as long as it should be, and as secret"
    other = render_package(run)

    def figures(raw):
        with zipfile.ZipFile(io.BytesIO(raw)) as file:
            return file.read("figures.csv").decode()

    assert figures(other) != figures(content)
