"""How a published version is asked: kinds, scales, conditions, and an order for each respondent."""

import datetime as dt
import random
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from surveys.conditions import hold
from surveys.content import ShippedBlock
from surveys.domain.instruments import publish_version, ship_perception_survey, write_version
from surveys.enums import Comparison, ItemKind
from surveys.given import Given, join_chosen, split_chosen
from surveys.models import Answer, Instrument
from surveys.specs import ConditionSpec, ItemSpec, LimitsSpec, OptionSpec
from surveys.structure import questionnaire
from tests.surveys.stories import TODAY, answer_all, fresh, open_link

pytestmark = pytest.mark.django_db

ROLES = (OptionSpec(1, "Leiding", "Management"), OptionSpec(7, "Uitvoering", "Practice", "do"))
HALVES = tuple(OptionSpec(value) for value in range(11))
AFTER_CHOICE = ((ConditionSpec("role", Comparison.IS, ("7",)),),)


def item(code, kind=ItemKind.STATEMENT, **more):
    return ItemSpec(code, "", f"{code}, nl", f"{code}, en", kind=kind, **more)


@pytest.fixture
def asked():
    instrument = Instrument.objects.create(code="mixed", title_nl="Bont", title_en="Mixed")
    first = ShippedBlock("Wie", "Who", "", "", (item("role", ItemKind.SINGLE, options=ROLES),))
    second = ShippedBlock(
        "Wat",
        "What",
        "",
        "",
        (
            item("why", ItemKind.EXPLANATION),
            item("nps", options=HALVES, reversed=True, mandatory=True, allow_na=True),
            item("hours", ItemKind.NUMBER, limits=LimitsSpec("0", "40", 1)),
            item("since", ItemKind.DATE, conditions=AFTER_CHOICE),
            item("more", ItemKind.OPEN_TEXT),
        ),
        random_order=True,
    )
    version = write_version(instrument, number=1, blocks=[first, second])
    return questionnaire(publish_version(version, on=TODAY).pk)


def test_the_kinds_come_out_as_they_were_written(asked):
    role, why, nps, hours, since, more = asked.items
    assert role.choices() == [(1, "Leiding"), (7, "Uitvoering")]
    assert [option.code for option in role.options] == ["1", "do"]
    assert (nps.values[0], nps.values[-1], len(nps.values)) == (0, 10, 11)
    assert nps.mandatory and nps.allow_na
    assert [nps.towards_construct(value) for value in (0, 3, 10)] == [10, 7, 0]
    assert hours.limits == LimitsSpec("0", "40", 1)
    assert [i.number for i in (why, nps, hours, since, more)] == [0, 1, 2, 3, 0]
    assert asked.answerable == (role, nps, hours, since, more)
    assert nps.comparable == "nps@1"


def test_a_statement_without_options_has_the_five_point_scale():
    first = questionnaire(ship_perception_survey().pk).items[0]
    assert first.values == (1, 2, 3, 4, 5)
    assert first.choices()[0] == (1, "helemaal oneens")
    assert first.towards_construct(2) == 2


def test_a_conditional_item_is_asked_of_whom_it_concerns(asked):
    block = asked.blocks[1]
    codes = [i.code for i in block.asked_of({"role": Given(value=7)})]
    assert codes == ["why", "nps", "hours", "since", "more"]
    for given in ({}, {"role": Given(value=1)}, {"role": Given(not_applicable=True)}):
        assert [i.code for i in block.asked_of(given)] == ["why", "nps", "hours", "more"]


def test_questions_are_shuffled_and_the_rest_keeps_its_place(asked):
    block = asked.blocks[1]
    orders = {tuple(block.draw_order(random.Random(seed))) for seed in range(60)}
    assert len(orders) == 6
    for order in orders:
        shown = block.in_order(order)
        assert (shown[0].code, shown[-1].code) == ("why", "more")
        assert sorted(order) == sorted(i.id for i in block.items)


@pytest.mark.parametrize(
    "given, test, values, holds",
    [
        (Given(value=3), "is", ("3", "4"), True),
        (Given(value=3), "is_not", ("3",), False),
        (Given(value=5), "is_not", ("3",), True),
        (None, "is_not", ("3",), False),
        (None, "is_open", (), True),
        (None, "answered", (), False),
        (Given(not_applicable=True), "answered", (), True),
        (Given(not_applicable=True), "not_applicable", (), True),
        (Given(not_applicable=True), "is_not", ("3",), False),
        (Given(value=4), "at_least", ("4",), True),
        (Given(value=4), "at_most", ("3",), False),
        (Given(number=Decimal("2.50")), "is", ("2.5",), True),
        (Given(number=Decimal(10)), "at_least", ("9",), True),
        (Given(day=dt.date(2026, 3, 1)), "at_most", ("2026-02-28",), False),
        (Given(day=dt.date(2026, 3, 1)), "at_least", ("2026-02-28",), True),
        (Given(chosen=(1, 4)), "is", ("4",), True),
        (Given(chosen=(1, 4)), "is_not", ("4",), False),
        (Given(text="yes"), "is", ("yes",), True),
        (Given(text="yes"), "at_least", ("1",), False),
    ],
)
def test_a_condition_holds_for_some_answers(given, test, values, holds):
    answers = {} if given is None else {"q": given}
    assert hold(((ConditionSpec("q", test, values),),), answers) is holds


def test_of_each_group_one_test_must_hold():
    either = (ConditionSpec("a", "is", ("1",)), ConditionSpec("b", "is", ("1",)))
    both = (either, (ConditionSpec("c", "answered"),))
    assert hold(both, {"b": Given(value=1), "c": Given(text="x")})
    assert not hold(both, {"a": Given(value=1)})
    assert not hold(both, {"c": Given(text="x")})


def test_several_choices_stand_in_one_column():
    assert (join_chosen((4, 1)), join_chosen(())) == (",4,1,", "")
    assert (split_chosen(",4,1,"), split_chosen("")) == ((4, 1), ())


def test_an_answer_is_exactly_one_thing():
    wave, link = open_link()
    answer_all(link)
    mine = Answer.objects.filter(response__wave=fresh(wave))
    one = {"number": Decimal("1.5")}, {"day": TODAY}, {"chosen": ",1,"}, {"text": "x"}
    for fields in one:
        with pytest.raises(IntegrityError), transaction.atomic():
            mine.filter(pk=mine[0].pk).update(**fields)
        with transaction.atomic():
            mine.filter(pk=mine[0].pk).update(value=None, **fields)
            mine.filter(pk=mine[0].pk).update(
                **{name: "" if name in ("text", "chosen") else None for name in fields}, value=2
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        mine.filter(pk=mine[0].pk).update(value=None)
