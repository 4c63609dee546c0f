"""Who compares what was told with what is stored sees what is lost, doubled or changed."""

import copy
import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import connection

from learningcircles.models import ActionFile, MinuteText
from surveys.models import Answer, Interview, Seat
from tests import factories as make
from tests.benchmarks.day.world import session_now
from tests.faults.kept import differences
from tests.faults.stage import SERVICES
from tests.faults.whole_story import manager
from tests.surveys.interviews.stories import Asked, at
from tests.surveys.stories import answer_all, opened_wave, tokens_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SERVICES, reason="reads what PostgreSQL gives"),
]


def rows(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


@pytest.fixture
def stage(tmp_path):
    (tmp_path / "a.txt").write_text("Verslag")
    return SimpleNamespace(database=SimpleNamespace(rows=rows), private=tmp_path)


@pytest.fixture
def visitors():
    """One of each was told yes, and it is stored."""
    wave = opened_wave()
    answer_all(tokens_of(wave)[0], value=4)
    codes = Answer.objects.values_list("item__code", flat=True)
    scene = Asked(wave.cycle)
    scene.book(when=at(3, 10))
    leader = make.AppointmentFactory(programme=wave.cycle.programme, role="facilitator").user
    item = session_now(wave.cycle.programme, leader, [])["items"][0]
    MinuteText.objects.create(item_id=item, text="Jan zei iets.", version=2)
    action = manager(wave.cycle)["files"].split("/")[2]
    ActionFile.objects.create(action_id=action, file="a.txt", file_name="a.txt", size=7)
    return SimpleNamespace(
        answers=[dict.fromkeys(codes, "4")],
        actions=[],
        minutes={item: ("Jan zei iets.", 2)},
        bookings={scene.people[0].pk: at(3, 10).astimezone(dt.UTC).isoformat()},
        files={"a.txt": "Verslag"},
    )


def test_what_was_told_and_is_stored_is_no_difference(stage, visitors):
    assert differences(stage, visitors) == {}


def test_what_was_told_and_is_not_stored_is_seen(stage, visitors):
    more = copy.deepcopy(visitors)
    more.answers *= 2
    more.actions.append("Do it")
    more.bookings[0] = "2027-03-03T09:30:00+00:00"
    more.files["b.txt"] = "Meer"
    seen = {"answers", "actions", "bookings", "interviews", "files", "mails of each booking"}
    assert set(differences(stage, more)) == seen


def test_what_is_stored_otherwise_than_it_was_told_is_seen(stage, visitors):
    Answer.objects.filter(pk=Answer.objects.first().pk).update(value=3)
    MinuteText.objects.update(text="Jan zei")
    Interview.objects.update(starts_at=at(3, 10, 30))
    (stage.private / "a.txt").write_text("Ver")
    assert set(differences(stage, visitors)) == {"answers", "minutes", "bookings", "files"}


def test_an_interview_that_nobody_was_told_of_is_seen(stage, visitors):
    again = Interview.objects.get()
    again.pk, again.uid, again.state = None, "other", "cancelled"
    again.save()
    found = set(differences(stage, visitors))
    assert found == {"bookings", "interviews", "interviews at one time of an interviewer"}
    Seat.objects.all().delete()
    assert "bookings" in differences(stage, visitors)
