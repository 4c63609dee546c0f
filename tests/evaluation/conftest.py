"""The studies, loaded once for a story."""

import csv
import json
from collections import defaultdict
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from benchmarks.models import Programme
from config.studies.load import load_study

DATA = Path(__file__).resolve().parents[2] / "data"


def rows_of(name):
    """The rows of a csv file of the 2007 study, read without any code of ours."""
    with (DATA / "workfirst-2007" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def grouped(rows, *columns):
    """Municipalities by the values of these columns."""
    found = defaultdict(set)
    for row in rows:
        found[tuple(row[column] for column in columns)].add(row["municipality"])
    return dict(found)


@pytest.fixture
def workfirst(db):
    load_study("workfirst-2007")
    return Programme.objects.get(code="workfirst-2007")


@pytest.fixture
def vensters(db):
    load_study("vensters-g4-2015")
    return Programme.objects.get(code="vensters-g4-2015")


@pytest.fixture
def benchlearn():
    """Run a command; give back the one JSON document that it prints."""

    def run(*args):
        out = StringIO()
        call_command(*args, "--json", stdout=out)
        return json.loads(out.getvalue())

    return run
