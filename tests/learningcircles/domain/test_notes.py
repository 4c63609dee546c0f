"""Readings, decisions, definition issues and topics: the links between a figure and an action."""

import uuid

import pytest

from core.exceptions import InvalidInput, NotNow
from learningcircles.domain.decisions import note_decision
from learningcircles.domain.definition_issues import park_definition_issue, settle_definition_issue
from learningcircles.domain.readings import note_reading
from learningcircles.domain.signals import raise_signal
from learningcircles.domain.topics import close_topic, propose_topic
from learningcircles.models import DefinitionIssue, Reading, Topic
from tests.learningcircles import factories as meet
from tests.learningcircles.test_evidence import a_figure


@pytest.fixture
def session(stage):
    return meet.SessionFactory(circle=stage.circle)


def test_a_chain_points_back_from_topic_to_figure(stage, session):
    figure = a_figure(stage)
    reading = note_reading(session, by=stage.facilitator, text="Two left", figure=figure)
    signal = raise_signal(session, by=stage.facilitator, text="Too few", reading=reading)
    topic = propose_topic(stage.circle, by=stage.member.user, title="Hiring", signal=signal)
    assert topic.signal.reading.figure == figure
    assert (signal.figure, signal.organisation) == (figure, stage.here)
    assert topic.origin == "signal"


def test_the_same_form_twice_makes_one_note(stage, session):
    key = uuid.uuid4()
    for _twice in range(2):
        note_reading(session, by=stage.facilitator, text="Two left", key=key)
        note_decision(session, by=stage.facilitator, text="We wait", key=key)
        propose_topic(stage.circle, by=stage.facilitator, title="Hiring", key=key)
    assert (Reading.objects.count(), session.decisions.count(), Topic.objects.count()) == (1, 1, 1)


def test_nothing_is_noted_in_a_session_that_was_called_off(stage):
    session = meet.SessionFactory(circle=stage.circle, state="cancelled")
    indicator = a_figure(stage).indicator
    for note in (
        lambda: note_reading(session, by=stage.facilitator, text="Two left"),
        lambda: note_decision(session, by=stage.facilitator, text="We wait"),
        lambda: park_definition_issue(
            session, by=stage.facilitator, indicator=indicator, text="Since when?"
        ),
    ):
        with pytest.raises(NotNow):
            note()


def test_another_benchmark_is_refused(stage, session):
    elsewhere = meet.CircleFactory()
    figure = a_figure(stage)
    foreign = meet.SessionFactory(circle=elsewhere)
    reading = note_reading(session, by=stage.facilitator, text="Two left", figure=figure)
    with pytest.raises(InvalidInput):
        note_reading(foreign, by=stage.facilitator, text="Two left", figure=figure)
    with pytest.raises(InvalidInput):
        raise_signal(foreign, by=stage.facilitator, text="Too few", reading=reading)
    with pytest.raises(InvalidInput):
        propose_topic(
            elsewhere,
            by=stage.facilitator,
            title="Hiring",
            signal=meet.SignalFactory(session=session),
        )
    with pytest.raises(InvalidInput):
        propose_topic(
            stage.circle,
            by=stage.facilitator,
            title="Hiring",
            organisation=stage.stranger.organisation,
        )


def test_an_issue_is_settled_once_and_says_how(stage, session):
    definition = a_figure(stage).definition
    issue = park_definition_issue(
        session, by=stage.facilitator, indicator=definition.indicator, text="From which day?"
    )
    with pytest.raises(InvalidInput):
        settle_definition_issue(issue, by=stage.facilitator, outcome=" ")
    settle_definition_issue(issue, by=stage.facilitator, outcome="From the report.")
    with pytest.raises(NotNow):
        settle_definition_issue(issue, by=stage.facilitator, outcome="From the letter.")
    assert DefinitionIssue.objects.get().outcome == "From the report."


def test_a_topic_that_had_its_turn_leaves_the_list_once(stage):
    topic = propose_topic(stage.circle, by=stage.facilitator, title="Hiring")
    first = close_topic(topic, by=stage.facilitator).closed_on
    assert close_topic(Topic.objects.get(), by=stage.facilitator).closed_on == first
    assert not stage.circle.topics.open().exists()
