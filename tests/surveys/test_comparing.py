"""Between versions: what became of each item, and which may be compared over waves."""

from dataclasses import replace

import pytest

from core.csvfiles import InvalidFile
from surveys.checks import untranslated, what_hinders
from surveys.comparing import compare
from surveys.domain.publishing import changes_between, publish_spec, spec_of
from surveys.enums import ItemKind
from surveys.models import Instrument
from surveys.specs import BlockSpec, ConditionSpec, InstrumentSpec, ItemSpec, LimitsSpec, OptionSpec
from surveys.structure import questionnaire
from tests.surveys.stories import TODAY

YES_NO = (OptionSpec(1, "Ja", "Yes"), OptionSpec(2, "Nee", "No"))


def item(code, text=None, **more):
    return ItemSpec(code, "", text or f"{code}?", f"{text or code} (en)", **more)


def spec_with(*items, code="ours"):
    return InstrumentSpec(code, "Onze", "Ours", (BlockSpec("Blok", "Block", "", "", items),))


FIRST = spec_with(item("a"), item("b"), item("c"), item("d"))
SECOND = spec_with(
    item("a"),
    item("b", "b, in other words"),
    item("c", options=(OptionSpec(0, "laag", "low"), OptionSpec(1, "hoog", "high"))),
    item("e"),
)


def test_each_item_is_the_same_reworded_rescaled_new_or_gone():
    changes = {
        change.code: (change.change, change.may_compare) for change in compare(FIRST, SECOND)
    }
    assert changes == {
        "a": ("same", True),
        "b": ("reworded", False),
        "c": ("rescaled", False),
        "e": ("new", False),
        "d": ("gone", False),
    }


def test_a_translation_that_is_added_changes_nothing():
    before = replace(item("a"), text_en="")
    assert [c.change for c in compare(spec_with(before), spec_with(item("a")))] == ["same"]


def test_what_does_not_touch_the_answers_is_told_beside_it():
    (change,) = compare(spec_with(item("a")), spec_with(item("a", reversed=True, mandatory=True)))
    assert (change.change, len(change.further)) == ("same", 2)


@pytest.mark.django_db
def test_the_codes_tell_what_may_be_compared():
    ours = Instrument.objects.create(code="ours", title_nl="Onze", title_en="Ours")
    one = publish_spec(ours, FIRST, on=TODAY)
    two = publish_spec(ours, SECOND, on=TODAY)
    codes = {i.code: i.comparable for i in questionnaire(two.pk).items}
    assert codes == {"a": "a@1", "b": "b@2", "c": "c@2", "e": "e@2"}
    # Back to what "b" was, and "d" again: neither continues its old series by accident.
    third = publish_spec(ours, spec_with(item("b"), item("d")), on=TODAY)
    codes = {i.code: i.comparable for i in questionnaire(third.pk).items}
    assert codes == {"b": "b@3", "d": "d@1"}
    assert {c.code: c.may_compare for c in changes_between(one, two)} == {
        "a": True, "b": False, "c": False, "d": False, "e": False,
    }  # fmt: skip


@pytest.mark.django_db
def test_a_reworded_item_that_means_the_same_goes_on_in_its_series():
    ours = Instrument.objects.create(code="ours", title_nl="Onze", title_en="Ours")
    one = publish_spec(ours, FIRST, on=TODAY)
    reworded = spec_with(item("a", "a, better said", same_meaning=True))
    two = publish_spec(ours, reworded, on=TODAY)
    assert questionnaire(two.pk).items[0].comparable == "a@1"
    assert changes_between(one, two)[0].may_compare


@pytest.mark.django_db
def test_publishing_what_did_not_change_makes_no_version_and_the_old_ones_stay():
    ours = Instrument.objects.create(code="ours", title_nl="Onze", title_en="Ours")
    one = publish_spec(ours, FIRST, on=TODAY)
    assert publish_spec(ours, FIRST, on=TODAY) == one
    publish_spec(ours, SECOND, on=TODAY)
    assert spec_of(one) == FIRST
    assert [version.number for version in ours.versions.all()] == [1, 2]


@pytest.mark.parametrize(
    "wrong",
    [
        item("go"),
        item("1a"),
        item("a b"),
        item("a", kind=ItemKind.SINGLE),
        item("a", options=tuple(OptionSpec(value) for value in range(12))),
        item("a", options=(OptionSpec(1), OptionSpec(3))),
        item("a", kind=ItemKind.NUMBER, limits=LimitsSpec("9", "1")),
        item("a", kind=ItemKind.NUMBER, limits=LimitsSpec("1e99", "")),
        item("a", kind=ItemKind.DATE, limits=LimitsSpec("31-12-2026", "")),
        item("a", kind=ItemKind.EXPLANATION, mandatory=True),
        item("a", conditions=((ConditionSpec("b", "is", ("1",)),),)),
        replace(item("a"), text_nl=" ", text_en=""),
    ],
)
@pytest.mark.django_db
def test_what_can_not_be_asked_is_not_published(wrong):
    ours = Instrument.objects.create(code="ours", title_nl="Onze", title_en="Ours")
    with pytest.raises(InvalidFile):
        publish_spec(ours, spec_with(wrong), on=TODAY)
    assert not ours.versions.exists()


def test_a_condition_is_about_an_earlier_page_and_an_answer_that_can_be_given():
    first = BlockSpec("Een", "One", "", "", (item("role", kind=ItemKind.SINGLE, options=YES_NO),))

    def asked(*values):
        late = item("late", conditions=((ConditionSpec("role", "is", values),),))
        second = BlockSpec("Twee", "Two", "", "", (late,))
        return what_hinders(InstrumentSpec("ours", "Onze", "Ours", (first, second)))

    assert asked("1") == []
    assert [problem.item for problem in asked("3")] == ["late"]


def test_what_is_not_translated_stands_in_one_list():
    half = spec_with(
        replace(item("a"), text_en=""),
        item("b", kind=ItemKind.SINGLE, options=(OptionSpec(1, "", "Yes"), YES_NO[1])),
    )
    assert untranslated(half) == [("a", "en", "a?"), ("b = 1", "nl", "Yes")]
