"""Blind double coding: nobody sees another before all are done, and all codings stay."""

import pytest

from core.exceptions import InvalidInput, NotNow
from surveys import evidence
from surveys.codebooks.shipped import SHIPPED
from surveys.coding_queries import places_of
from surveys.domain.adjudication import adjudicate
from surveys.domain.coding_work import code_variable, finish_coding
from surveys.domain.codings import make_codebook
from surveys.models import Coding, How
from tests import factories as make
from tests.surveys.coding.stories import BODY, LEARN, Scene

pytestmark = pytest.mark.django_db


def decide(scene, text, value="+-", by=None, how=How.THIRD, reason="Zie het slot."):
    return adjudicate(
        scene.motivation,
        cycle=scene.cycle,
        organisation=scene.organisation,
        text=text,
        values=[value],
        how=how,
        reason=reason,
        by=by or scene.cleo,
    )


def test_nobody_sees_another_coder_before_all_are_done():
    scene = Scene()
    text = scene.text()
    scene.coded(text, scene.ann, "++")
    code_variable(text.tasks.get(coder=scene.bob), scene.motivation, values=["--"], passage=LEARN)
    seen = {
        who: set(Coding.objects.visible_to(user).values_list("coder", flat=True))
        for who, user in (("ann", scene.ann), ("bob", scene.bob), ("cleo", scene.cleo))
    }
    assert seen == {"ann": {str(scene.ann)}, "bob": {str(scene.bob)}, "cleo": set()}
    assert list(evidence.codings(scene.programme.pk)) == []
    scene.coded(text, scene.bob, "--")
    assert Coding.objects.visible_to(scene.cleo).count() == 4
    assert len(list(evidence.codings(scene.programme.pk))) == 4
    assert not Coding.objects.visible_to(make.UserFactory()).exists()


def test_where_coders_differ_nothing_holds_until_it_is_decided_and_all_three_stay():
    scene = Scene()
    text = scene.text()
    scene.coded(text, scene.ann, "++")
    scene.coded(text, scene.bob, "--")
    held = [row.variable for row in evidence.settled_codings(scene.programme.pk)]
    assert held == ["effects"]
    decide(scene, text)
    held = {row.variable: row for row in evidence.settled_codings(scene.programme.pk)}
    assert (held["motivation"].value, held["motivation"].adjudicates) == ("+-", True)
    rows = Coding.objects.filter(variable=scene.motivation).order_by("pk")
    assert [row.value for row in rows] == ["++", "--", "+-"]
    assert "Zie het slot." in rows.last().reason
    (place,) = places_of(rows)
    assert place.differs and place.decided.values == ["+-"] and len(place.seen) == 2
    with pytest.raises(NotNow):
        decide(scene, text, "--")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"reason": " "}, InvalidInput),
        ({"value": "zeer"}, InvalidInput),
        ({"how": "dice"}, InvalidInput),
        ({"by": "ann"}, InvalidInput),
    ],
)
def test_a_decision_needs_a_reason_a_value_and_somebody_who_may(change, error):
    scene = Scene()
    text = scene.text()
    scene.coded(text, scene.ann, "++")
    scene.coded(text, scene.bob, "--")
    if "by" in change:
        change = {"by": scene.ann}
    with pytest.raises(error):
        decide(scene, text, **change)
    assert Coding.objects.filter(adjudicates=True).count() == 0
    decide(scene, text, by=scene.ann, how=How.TALK)  # the coders themselves, in talk


def test_nothing_is_decided_while_somebody_is_coding():
    scene = Scene()
    text = scene.text()
    scene.coded(text, scene.ann, "++")
    with pytest.raises(NotNow):
        decide(scene, text)


@pytest.mark.parametrize(
    ("values", "passage", "said"),
    [
        (["++"], "", "passage"),
        (["++"], "Dit heeft niemand gezegd.", "passage"),
        (["++", "--"], LEARN, "tegelijk|at a time"),
        (["perhaps"], LEARN, "perhaps"),
    ],
)
def test_a_value_rests_on_a_passage_that_is_in_the_text(values, passage, said):
    scene = Scene()
    task = scene.text().tasks.get(coder=scene.ann)
    with pytest.raises(InvalidInput, match=said):
        code_variable(task, scene.motivation, values=values, passage=passage)


def test_missing_and_not_discussed_are_values_apart_and_need_no_passage():
    scene = Scene()
    task = scene.text().tasks.get(coder=scene.ann)
    code_variable(task, scene.motivation, values=["not_discussed"])
    (coding,) = code_variable(task, scene.motivation, values=["missing"], remark="ruis")
    assert (coding.value, coding.starts_at, coding.remark) == ("missing", None, "ruis")
    (coding,) = code_variable(task, scene.motivation, values=["++"], passage="dat merk je")
    assert BODY[coding.starts_at :].startswith("dat merk je")
    assert Coding.objects.count() == 1


def test_done_means_the_rest_was_not_discussed_and_nothing_changes_any_more():
    scene = Scene()
    task = scene.text().tasks.get(coder=scene.ann)
    with pytest.raises(InvalidInput):
        finish_coding(task)
    code_variable(task, scene.motivation, values=["++"], passage=LEARN)
    finish_coding(task)
    assert Coding.objects.get(variable=scene.effects).value == "not_discussed"
    with pytest.raises(NotNow):
        code_variable(task, scene.motivation, values=["--"], passage=LEARN)


def test_only_different_people_of_the_programme_code():
    scene = Scene()
    for coders in ((scene.ann, scene.ann), (make.UserFactory(),)):
        with pytest.raises(InvalidInput):
            scene.text(*coders)


def test_what_ships_says_what_is_meant_in_both_languages():
    cycle = make.CycleFactory()
    book = make_codebook(cycle.programme, variables=SHIPPED)
    assert make_codebook(cycle.programme, variables=SHIPPED) == book
    texts = ("meaning", "definition", "rule", "example")
    lacking = [
        (row.code, name)
        for row in book.variables.all()
        for name in texts
        if not getattr(row, name) or not getattr(row, f"{name}_en")
    ]
    assert lacking == []
    codes = {row.code for row in book.variables.all()}
    assert {"motivation", "room_for_ideas", "decision", "motive", "learning_capacity"} <= codes
    assert len(codes) == book.variables.count() == 37
