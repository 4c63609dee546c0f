"""Two facilitators, one minute, at the very same moment: both texts are kept."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection

from learningcircles.domain.agenda import add_item
from learningcircles.domain.approval import approve_minutes, send_minutes
from learningcircles.domain.drafting import draft_agenda
from learningcircles.domain.minutes import save_minute_text
from learningcircles.domain.own_readings import save_own_reading
from learningcircles.domain.papers import request_brief
from learningcircles.domain.votes import distribute_votes
from learningcircles.models import (
    AgendaItem,
    MinuteEdit,
    Minutes,
    MinuteText,
    OwnReading,
    OwnReadingEdit,
    Paper,
    TopicVote,
)
from learningcircles.suggestions import suggestions_for
from tests.learningcircles import factories as meet
from tests.learningcircles.soon import hours_from_now

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 5


def all_at_once(deed):
    """Run the deed in several threads, started together; what each returned."""
    start = threading.Barrier(AT_ONCE)

    def run(number):
        start.wait()
        try:
            return patiently(lambda: deed(number))
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def patiently(deed):
    """SQLite in memory doesn't wait for another thread as a file does; so this does."""
    for _attempt in range(200):
        try:
            return deed()
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.02)
    raise AssertionError("locked all the time")


@pytest.fixture
def session(stage):
    session = meet.SessionFactory(
        circle=None,
        programme=stage.programme,
        kind="joint_interpretation",
        starts_at=hours_from_now(-3),
        state="held",
        led_by=stage.facilitator,
    )
    for membership in (stage.member, stage.other_member):
        meet.AttendanceFactory(session=session, membership=membership, presence="present")
    return session


def test_texts_typed_at_once_with_one_item_are_all_kept_and_one_stands(stage, session):
    item = add_item(session, by=stage.facilitator, title="Round")

    def save(number):
        typed = save_minute_text(item, by=stage.facilitator, version=0, text=f"Text {number}")
        return typed.unmerged is None

    assert sorted(all_at_once(save)) == [False] * (AT_ONCE - 1) + [True]
    kept = set(MinuteEdit.objects.values_list("text", flat=True))
    assert kept == {f"Text {number}" for number in range(AT_ONCE)}
    assert MinuteText.objects.get().text in kept
    assert MinuteText.objects.get().version == 1
    assert MinuteEdit.objects.filter(settled_at=None).count() == AT_ONCE - 1


def test_private_texts_written_at_once_are_all_kept(stage, session):
    def save(number):
        save_own_reading(
            session, stage.here, by=stage.member.user, version=0, text=f"Text {number}"
        )

    all_at_once(save)
    assert OwnReadingEdit.objects.count() == AT_ONCE
    assert OwnReadingEdit.objects.filter(settled_at=None).count() == AT_ONCE - 1
    assert OwnReading.objects.get().version == 1


def test_a_text_that_arrives_while_minutes_are_sent_is_in_them_or_waits(stage, session):
    """Whichever comes first: no text is lost, and what was sent says what stood then."""
    item = add_item(session, by=stage.facilitator, title="Round")

    def deed(number):
        if number == 0:
            send_minutes(session, by=stage.facilitator)
            return None
        return save_minute_text(item, by=stage.facilitator, version=0, text="Late").unmerged

    all_at_once(deed)
    minutes = Minutes.objects.get()
    assert minutes.state == "sent"
    stood = minutes.content["items"][0]["text"]
    assert stood == MinuteText.objects.get().text
    waits = MinuteEdit.objects.filter(settled_at=None, text="Late").exists()
    assert (stood == "Late") != waits


def test_all_organisations_approve_at_once_and_the_minutes_are_final_once(stage, session):
    send_minutes(session, by=stage.facilitator)
    people = [stage.member, stage.other_member]

    def deed(number):
        if number < len(people):
            approve_minutes(session, membership=people[number], round_seen=1, approved=True)

    all_at_once(deed)
    minutes = Minutes.objects.get()
    assert minutes.state == "final"
    assert minutes.approvals.count() == 2
    assert Paper.objects.exclude(state="cancelled").count() == 2


def test_an_agenda_drafted_at_once_has_each_thing_once(stage, session):
    meet.TopicFactory(circle=stage.circle, title="Hiring")
    coming = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(48))

    def deed(number):
        told = suggestions_for(coming, stage.facilitator)
        draft_agenda(coming, by=stage.facilitator, suggestions=told)

    all_at_once(deed)
    items = AgendaItem.objects.filter(session=coming)
    assert sorted(items.values_list("title", flat=True)).count("Hiring") == 1
    assert items.values("source").distinct().count() == items.count()
    assert sorted(items.values_list("position", flat=True)) == list(range(items.count()))


def test_points_given_in_several_windows_at_once_stay_within_the_budget(stage):
    topics = [meet.TopicFactory(circle=stage.circle).pk for _number in range(AT_ONCE)]
    member = stage.circle.members.first()

    def deed(number):
        distribute_votes(member, by=member.membership.user, given={topics[number]: (10, "")})

    all_at_once(deed)
    assert TopicVote.objects.get().points == 10


def test_a_brief_asked_for_at_once_waits_once(stage):
    all_at_once(lambda number: request_brief(stage.circle, by=stage.facilitator, language="nl"))
    assert Paper.objects.filter(state="waiting").count() == 1
