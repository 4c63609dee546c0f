"""The guides that ship, and versions of them."""

import dataclasses

import pytest

from core.exceptions import InvalidInput
from surveys.codebooks.shipped import SHIPPED as VARIABLES
from surveys.domain.guides import make_guide, ship_guides, spec_of
from surveys.guides.shipped import SHIPPED
from surveys.interviewing.beforehand import FACTS, facts_about
from tests import factories as make
from tests.surveys.interviews.stories import Scene


def test_both_guides_ship_with_ten_and_fourteen_topics_in_two_languages():
    assert {guide.code: len(guide.topics) for guide in SHIPPED} == {"ten": 10, "fourteen": 14}
    for guide in SHIPPED:
        assert all((guide.opening, guide.opening_en, guide.closing, guide.closing_en))
        for topic in guide.topics:
            assert topic.question and topic.question_en and topic.question != topic.question_en
            assert len(topic.probes) >= 3 and len(topic.probes) == len(topic.probes_en)


def test_what_a_topic_informs_is_a_variable_of_the_codebook_that_ships():
    known = {variable.code for variable in VARIABLES}
    informed = {topic.construct for guide in SHIPPED for topic in guide.topics} - {""}
    assert informed <= known
    ten = next(guide for guide in SHIPPED if guide.code == "ten")
    assert len({topic.construct for topic in ten.topics}) == 10
    assert {name for guide in SHIPPED for name in guide.beforehand} <= set(FACTS)


@pytest.mark.django_db
def test_a_guide_is_stored_as_it_was_written_and_shipped_once():
    programme = make.ProgrammeFactory()
    made = ship_guides(programme)
    assert [spec_of(guide) for guide in made] == list(SHIPPED)
    assert ship_guides(programme) == []


@pytest.mark.django_db
def test_a_change_makes_a_next_version_and_a_round_keeps_its_own():
    scene = Scene()
    round = scene.round()
    spec = spec_of(scene.ten)
    assert make_guide(scene.programme, spec=spec, by=scene.cleo) == scene.ten
    changed = dataclasses.replace(spec, topics=spec.topics[:4])
    made = make_guide(scene.programme, spec=changed, by=scene.cleo)
    assert (made.version, made.topics.count()) == (2, 4)
    round.refresh_from_db()
    assert round.guide == scene.ten and round.guide.topics.count() == 10


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"name": " "},
        {"topics": ()},
        {"topics": (SHIPPED[0].topics[0], SHIPPED[0].topics[0])},
        {"topics": (dataclasses.replace(SHIPPED[0].topics[0], question=" "),)},
    ],
)
def test_a_guide_that_asks_nothing_is_refused(change):
    spec = dataclasses.replace(SHIPPED[0], **change)
    with pytest.raises(InvalidInput):
        make_guide(make.ProgrammeFactory(), spec=spec, by=None)


@pytest.mark.django_db
def test_what_to_know_beforehand_is_filled_from_the_participation():
    town = Scene().towns[0]
    town.motive, town.agreed_beforehand = "learning", "Cijfers blijven binnen."
    town.save()
    town.involvements.create(phase="indicators", involved="yes")
    town.involvements.create(phase="evaluation", involved="no")
    told = {str(fact.label): fact.value for fact in facts_about(town, FACTS)}
    assert list(told.values()) == [
        str(town.organisation.get_size_class_display()),
        "Noord",
        str(town.get_motive_display()),
        str(town.get_decided_by_display()) if town.decided_by else "",
        str(town.involvements.first().get_phase_display()),
        "Cijfers blijven binnen.",
        "Beleidsadviseur",
    ]
    assert all(fact.value == "" for fact in facts_about(None, FACTS))
