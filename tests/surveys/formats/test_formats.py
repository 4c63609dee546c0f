"""Questionnaires in and out: XLSForm, LimeSurvey and JSON, each told what it can't carry."""

import json
from pathlib import Path

import pytest

from core.csvfiles import InvalidFile
from surveys.checks import what_hinders
from surveys.comparing import compare
from surveys.content import BLOCKS, CODE, TITLE_EN, TITLE_NL
from surveys.formats.expressions import CantSay, read_expression
from surveys.formats.json_format import read_json, schema, write_json
from surveys.formats.limesurvey import read_limesurvey
from surveys.formats.reading import Reading
from surveys.formats.writing import write_limesurvey, write_xlsform
from surveys.formats.xlsform import read_xlsform
from surveys.specs import ConditionSpec, InstrumentSpec, LimitsSpec
from tests.surveys.formats.workbooks import workbook

PERCEPTION = InstrumentSpec(CODE, TITLE_NL, TITLE_EN, BLOCKS)
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def form():
    return read_xlsform(workbook())


def changed(old, new):
    return [(c.code, c.change, c.further) for c in compare(old, new) if c.change != "same"]


def test_an_xlsform_becomes_pages_of_items(form):
    spec = form.spec
    kinds = {item.code: item.kind for item in spec.items}
    assert kinds == {
        "role": "single", "s1": "statement", "hours": "number", "more": "open_text",
    }  # fmt: skip
    role, statement, hours, more = spec.items
    assert [(o.value, o.code, o.label_en) for o in role.options] == [
        (1, "lead", "Lead"), (2, "do", "Do"),
    ]  # fmt: skip
    assert role.mandatory and not role.allow_na
    assert [o.value for o in statement.options] == [1, 2, 3]
    assert statement.allow_na and statement.reversed and statement.construct == "saving"
    assert hours.limits == LimitsSpec("0", "40")
    assert hours.conditions == ((ConditionSpec("role", "is", ("2",)),),)
    assert len(more.conditions) == 2
    assert what_hinders(spec) == []


def test_what_an_xlsform_holds_that_can_not_be_asked_is_told_item_by_item(form):
    assert [(f.item, f.level) for f in form.findings] == [
        ("where", "left_out"),
        ("hours", "changed"),
    ]


@pytest.mark.parametrize("which", ["form", "perception"])
def test_a_questionnaire_survives_the_way_out_and_back(form, which):
    spec = form.spec if which == "form" else PERCEPTION
    assert read_json(write_json(spec)).spec == spec
    reading = Reading()
    back = read_xlsform(write_xlsform(spec, reading))
    assert reading.findings == []
    assert changed(spec, back.spec) == []
    assert [b.title_en for b in back.spec.blocks] == [b.title_en for b in spec.blocks]
    assert back.spec.title_en == spec.title_en


def test_limesurvey_gets_all_but_what_it_has_no_place_for(form):
    reading = Reading()
    back = read_limesurvey(write_limesurvey(form.spec, reading))
    assert {f.item for f in reading.findings} == {"s1"}  # its construct and direction
    assert changed(form.spec, back.spec) == []
    assert what_hinders(back.spec) == []


def test_codes_lose_their_hyphens_in_limesurvey_and_that_is_said():
    reading = Reading()
    back = read_limesurvey(write_limesurvey(PERCEPTION, reading))
    assert [item.code for item in back.spec.items][:2] == ["invitingcircle", "invitingsession"]
    assert ("inviting-circle", "changed") in {(f.item, f.level) for f in reading.findings}
    assert [i.allow_na for i in back.spec.items] == [i.allow_na for i in PERCEPTION.items]


LIME = "\n".join(
    [
        "class\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\tmandatory\tother\tcssclass",
        "S\t\tlanguage\t\tnl",
        "SL\t\tsurveyls_title\t\tOnderzoek\t\tnl",
        "G\tG1\tOver u\t1\t<p>Welkom</p>\t\tnl",
        "Q\tL\tQ1\t1\tWat doet u?\t\tnl\tY\tY\tfancy",
        "A\t0\tA1\t\tLeiding\t\tnl",
        "A\t0\tA2\t\tUitvoering\t\tnl",
        "G\tG2\tStellingen\t1\t\t\tnl",
        'Q\tF\tQ2\tQ1.NAOK == "A2"\tWat vindt u?\t\tnl\tN',
        "SQ\t0\tSQ001\t\tHet bespaart tijd.\t\tnl",
        "SQ\t0\tSQ002\t\tHet stuurt.\t\tnl",
        "A\t0\t1\t\toneens\t\tnl",
        "A\t0\t2\t\tmidden\t\tnl",
        "A\t0\t3\t\teens\t\tnl",
        "Q\tM\tQ3\t1\tWat gebruikt u?\t\tnl\tN",
        "SQ\t0\tX1\t\tRapport\t\tnl",
        "SQ\t0\tX2\t\tGesprek\t\tnl",
        "Q\t|\tQ4\t1\tStuur een bestand\t\tnl\tN",
        "G\tG3\tTot slot\t1\t\t\tnl",
        'Q\tT\tQ5\tQ3_X2.NAOK == "Y" and Q2_SQ001.NAOK >= 2\tLicht toe\t\tnl\tN',
        "Q\tT\tQ6\trand() > 1\tEn verder?\t\tnl\tN",
    ]
)


def test_a_structure_of_limesurvey_becomes_pages_of_items():
    found = read_limesurvey(LIME.encode())
    kinds = [(item.code, str(item.kind)) for item in found.spec.items]
    assert kinds == [
        ("Q1", "single"), ("Q2", "explanation"), ("Q2_SQ001", "statement"),
        ("Q2_SQ002", "statement"), ("Q3", "multiple"), ("Q5", "open_text"), ("Q6", "open_text"),
    ]  # fmt: skip
    told = {(f.item, str(f.level)) for f in found.findings}
    assert told >= {("Q4", "left_out"), ("Q1", "left_out"), ("Q2", "changed"), ("Q6", "left_out")}
    assert found.spec.items[2].conditions == ((ConditionSpec("Q1", "is", ("2",)),),)
    assert what_hinders(found.spec) == []


def test_a_choice_of_several_in_a_condition_is_about_the_option():
    found = read_limesurvey(LIME.encode())
    last = {item.code: item for item in found.spec.items}["Q5"]
    tests = {test for group in last.conditions for test in group}
    assert ConditionSpec("Q2_SQ001", "at_least", ("2",)) in tests
    assert ConditionSpec("Q3", "is", ("2",)) in tests


def test_the_schema_is_published_as_it_is():
    assert json.loads((ROOT / "docs" / "instrument.schema.json").read_text()) == schema()


def plain(_item, code):
    return code


@pytest.mark.parametrize(
    "source, groups",
    [
        ("1", []),
        ("true()", []),
        ("${a} = 1 and ${b} = 2", [["a is 1"], ["b is 2"]]),
        ("${a} = 1 or ${b} = 2", [["a is 1", "b is 2"]]),
        ("(${a} = 1 and ${b} = 2) or ${c} = 3", [["a is 1", "c is 3"], ["b is 2", "c is 3"]]),
        ("not(${a} = 1)", [["a is_not 1", "a is_open "]]),
        ("not(${a} >= 3 and ${b} = 1)", [["a at_most 3", "b is_not 1", "b is_open "],
                                         ["a is_not 3", "b is_not 1", "b is_open "]]),
        ("${a} > 3", [["a at_least 3"], ["a is_not 3"]]),
        ("3 <= ${a}", [["a at_least 3"]]),
        ("${a} != ''", [["a answered "]]),
        ("!is_empty(Q1.NAOK) && Q1.NAOK == \"A\"", [["Q1 answered "], ["Q1 is A"]]),
        ("${a} = 'na'", [["a not_applicable "]]),
    ],
)  # fmt: skip
def test_conditions_of_other_systems_are_read(source, groups):
    found = read_expression(source, plain)
    said = [[f"{t.item} {t.test} {','.join(t.values)}" for t in group] for group in found]
    assert said == groups


@pytest.mark.parametrize(
    "source",
    ["${a} + 1 = 2", "today() > ${a}", "${a} = ${b}", "(((", "1 = 1", "not(1)", "("*500, "a" * 3000,
     "${a} =", "__import__('os')"],
)  # fmt: skip
def test_what_a_condition_can_not_say_is_refused(source):
    with pytest.raises(CantSay):
        read_expression(source, plain)


def test_json_with_a_wrong_type_is_told_where():
    held = json.loads(write_json(PERCEPTION))
    held["blocks"][0]["items"][1]["options"] = "many"
    held["blocks"][0]["items"][2]["surprise"] = 1
    with pytest.raises(InvalidFile) as error:
        read_json(json.dumps(held).encode())
    assert [line.split(":")[0] for line in error.value.errors] == [
        "blocks.0.items.1.options",
        "blocks.0.items.2.surprise",
    ]
