"""The thread: the whole chain from any of its links, and of it only what a person may see."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learningcircles import evidence
from learningcircles.chains import chain_counts
from learningcircles.domain.practices import record_adoption
from learningcircles.thread import thread_of
from tests.learningcircles import factories as meet
from tests.learningcircles.test_follow_up_command import indicator


@pytest.fixture
def chain(stage):
    """A whole one, by kind."""
    made = indicator(stage, y2024=40, y2025=30)
    figure = made.figures.get(period="2024")
    session = meet.SessionFactory(circle=stage.circle)
    reading = meet.ReadingFactory(session=session, figure=figure, text="Two were ill")
    signal = meet.SignalFactory(session=session, reading=reading, text="Long waiting")
    topic = meet.TopicFactory(circle=stage.circle, signal=signal, origin="signal")
    action = meet.ActionFactory(
        programme=stage.programme,
        organisation=stage.here,
        topic=topic,
        session=session,
        title="Phone first",
        agreed_on=dt.date(2025, 2, 1),
        status="done",
        done_on=dt.date(2025, 3, 1),
    )
    practice = meet.practice(stage.programme, stage.here, source_action=action, title="Phoning")
    return {
        "figure": figure,
        "reading": reading,
        "signal": signal,
        "topic": topic,
        "action": action,
        "practice": practice,
    }


TODAY = dt.date(2026, 6, 1)


def seen(browser, kind, record):
    """How many links of each kind the page shows."""
    answer = browser.get(reverse("thread", args=[kind, record.pk]))
    assert answer.status_code == 200
    return {kind: len(links) for kind, links in answer.context["thread"].links.items()}


def test_from_each_link_the_whole_chain_is_seen(stage, chain, signed_in):
    browser = signed_in(stage.facilitator)
    for kind in ("reading", "signal", "topic", "action", "practice"):
        whole = seen(browser, kind, chain[kind])
        assert whole == dict.fromkeys((*chain, "changed"), 1), kind
    own = seen(signed_in(stage.member), "figure", chain["figure"])
    assert own == dict.fromkeys((*chain, "changed"), 1)


def test_it_is_a_picture_and_the_same_as_a_list(stage, chain, signed_in):
    answer = signed_in(stage.member).get(reverse("thread", args=["action", chain["action"].pk]))
    page = answer.content.decode()
    picture = answer.context["picture"]
    assert len(picture.boxes) == 7 and len(picture.lines) == 6
    assert not any(column.is_gap for column in picture.columns)
    for text in ("Two were ill", "Long waiting", "Phone first", "Phoning"):
        assert page.count(text) >= 2
    assert reverse("action", args=[chain["action"].pk]) in page


def test_what_one_may_not_see_is_the_same_gap_as_what_is_not_there(stage, chain, signed_in):
    """Management outside the circle sees the action and its figures, not what was said."""
    address = reverse("thread", args=["action", chain["action"].pk])
    answer = signed_in(stage.management).get(address)
    page = answer.content.decode()
    counts = {kind: len(links) for kind, links in answer.context["thread"].links.items()}
    assert (counts["reading"], counts["signal"], counts["topic"]) == (0, 0, 0)
    assert (counts["action"], counts["practice"], counts["changed"]) == (1, 1, 1)
    assert "Two were ill" not in page and "Long waiting" not in page
    assert [column.is_gap for column in answer.context["picture"].columns][1:4] == [True] * 3
    neighbour = signed_in(stage.neighbour_participant)
    assert neighbour.get(address).status_code == 404
    for kind in ("signal", "reading", "topic", "figure"):
        assert neighbour.get(reverse("thread", args=[kind, chain[kind].pk])).status_code == 404
    assert seen(neighbour, "practice", chain["practice"])["action"] == 0
    assert neighbour.get(reverse("thread", args=["person", 1])).status_code == 404


def test_a_thread_takes_as_many_queries_for_three_as_for_one(stage, chain):
    def counted():
        with CaptureQueriesContext(connection) as queries:
            thread_of("signal", chain["signal"], stage.facilitator)
        return len(queries)

    one = counted()
    for _number in range(2):
        meet.ActionFactory(
            programme=stage.programme,
            organisation=stage.here,
            signal=chain["signal"],
            session=chain["signal"].session,
        )
    assert counted() == one


def test_who_adopted_it_is_told_to_who_may_see_that(stage, chain, signed_in):
    record_adoption(
        chain["practice"], by=None, organisation=stage.neighbour, level="carried_out", on=TODAY
    )
    address = reverse("thread", args=["practice", chain["practice"].pk])

    def told(person):
        return signed_in(person).get(address).context["thread"].links["practice"][0].further

    assert len(told(stage.neighbour_participant)) == len(told(stage.facilitator)) == 1
    assert told(stage.member) == []


def test_an_action_may_come_from_a_figure_without_a_word_said(stage, chain, signed_in):
    address = reverse("action_new", args=[stage.code]) + f"?figure={chain['figure'].pk}"
    told = {"organisation": stage.here.pk, "title": "Count anew", "horizon": "short"}
    browser = signed_in(stage.member)
    assert browser.get(address).context["form"].initial["indicator"] == chain["figure"].indicator_id
    assert browser.post(address, told).status_code == 302
    action = chain["figure"].actions.get()
    assert seen(browser, "action", action)["figure"] == 1
    assert seen(browser, "figure", chain["figure"])["action"] == 2
    neighbour = signed_in(stage.neighbour_participant)
    assert neighbour.get(address).status_code == 404


def test_the_rows_for_evaluation_tell_each_chain_as_far_as_it_got(stage, chain):
    """The counts of `follow-up` are those of the rows, counted by hand: one whole chain, one that
    stopped at a reading, one at a signal, one at a topic."""
    session = chain["reading"].session
    alone = meet.ReadingFactory(session=session, figure=chain["figure"])
    idle = meet.SignalFactory(session=session, organisation=stage.neighbour)
    topic = meet.TopicFactory(circle=stage.circle)
    meet.ActionFactory(
        programme=stage.programme, organisation=stage.here, status="proposed", agreed_on=None
    )
    whole, at_topic, at_signal, at_reading = evidence.chains(stage.programme.pk, TODAY)
    assert whole.is_complete and whole.changed
    assert (whole.figure_id, whole.practice_id) == (chain["figure"].pk, chain["practice"].pk)
    assert (at_topic.topic_id, at_topic.organisation_id) == (topic.pk, topic.organisation_id)
    assert (at_signal.signal_id, at_signal.organisation_id) == (idle.pk, stage.neighbour.pk)
    assert (at_reading.reading_id, at_reading.organisation_id) == (alone.pk, stage.here.pk)
    assert not any(row.is_complete for row in (at_topic, at_signal, at_reading))
    assert chain_counts(stage.programme.pk, None, TODAY) == {
        "figure": 1,
        "reading": 2,
        "signal": 2,
        "topic": 2,
        "action": 1,
        "done": 1,
        "practice": 1,
        "changed": 1,
    }
    (early,) = [
        row for row in evidence.chains(stage.programme.pk, dt.date(2025, 2, 10)) if row.action_id
    ]
    assert (early.is_done, early.changed) == (False, None)
