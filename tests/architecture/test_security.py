"""docs/security.md: every requirement once, and every test and setting that it names exists."""

import ast
import re
from importlib import import_module

import pytest
from django.conf import settings

from tests.architecture.source import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text()
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if re.match(r"\| V\d+\.", line)
]
# How many there are of level 1 and 2 in each chapter of ASVS 5.0.
CHAPTERS = {
    "V1": 27,
    "V2": 11,
    "V3": 19,
    "V4": 10,
    "V5": 9,
    "V6": 35,
    "V7": 18,
    "V8": 7,
    "V9": 7,
    "V10": 29,
    "V11": 14,
    "V12": 9,
    "V13": 13,
    "V14": 9,
    "V15": 13,
    "V16": 16,
    "V17": 7,
}


def named():
    """What stands in the last column between backticks."""
    return [word for row in ROWS for word in re.findall(r"`([^`]+)`", row[3])]


def test_every_requirement_of_level_two_is_there_once():
    numbers = [row[0] for row in ROWS]
    assert len(set(numbers)) == len(numbers)
    counted = {}
    for number in numbers:
        chapter = number.split(".")[0]
        counted[chapter] = counted.get(chapter, 0) + 1
    assert counted == CHAPTERS


def test_each_says_how_it_stands_and_by_what():
    assert {row[2] for row in ROWS} == {"met", "operator", "not met", "n.a."}
    assert all(len(row) == 4 and row[1] and row[3] for row in ROWS)
    for state in ("met", "operator", "not met", "n.a."):
        count = sum(row[2] == state for row in ROWS)
        assert f"{count} {state}" in PAGE.replace("\n", " ") or state in ("operator", "n.a.")


@pytest.mark.parametrize("word", sorted({w for w in named() if w.startswith("tests/")}))
def test_every_test_that_is_named_exists(word):
    file, *inside = word.split("::")
    assert (ROOT / file).exists()
    body = ast.parse((ROOT / file).read_text()).body if inside else []
    for name in inside:
        found = [each for each in body if getattr(each, "name", "") == name]
        assert found, f"{name} is not in {file}"
        body = found[0].body


def test_every_setting_that_is_named_exists():
    production = (ROOT / "platform/config/settings/production.py").read_text()
    told = (ROOT / "docs" / "settings.md").read_text()
    missing = [
        word
        for word in named()
        if re.fullmatch(r"[A-Z][A-Z_]{3,}", word)
        and not hasattr(settings, word)
        and f"{word} =" not in production
        and f"`{word}`" not in told
    ]
    assert missing == []


def test_every_file_that_is_named_exists():
    paths = [w for w in named() if re.fullmatch(r"[\w./-]+\.(md|py|json|csv)", w)]
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_middleware_that_asks_for_a_factor_is_there_after_the_lane_of_surveys():
    order = list(settings.MIDDLEWARE)
    assert order.index("surveys.middleware.SurveyLane") < order.index(
        "people.middleware.SecondFactorMiddleware"
    )
    assert import_module("people.middleware").SecondFactorMiddleware
