"""Booking, moving, calling off; a second person, a colleague instead; who gets which interview."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from core.exceptions import InvalidInput, NotNow
from core.models import OutboxMail
from surveys import no_overlap
from surveys.domain.asking import (
    Colleague,
    approach,
    bring_along,
    close_round,
    decline,
    name_colleague,
    remind,
)
from surveys.domain.booking import Taken, cancel_interview, move_interview
from surveys.domain.coders import coders_for
from surveys.domain.coding_work import add_text
from surveys.domain.codings import make_codebook
from surveys.models import Candidate, Interview, Seat
from tests.surveys.coding.stories import VARIABLES
from tests.surveys.interviews.stories import NOW, Asked, Scene, at, hours

pytestmark = pytest.mark.django_db


def mails(number=None):
    rows = OutboxMail.objects.filter(reference__startswith="interview:")
    return rows if number is None else rows.filter(reference__startswith=f"interview:{number}:")


def test_who_is_chosen_is_asked_once_and_nobody_before_there_are_hours():
    scene = Scene()
    round = scene.round()
    with pytest.raises(NotNow):
        approach(round, by=scene.cleo)
    scene = Asked()
    letters = OutboxMail.objects.filter(reference__startswith="interviews:")
    assert letters.count() == 12 and len({mail.to for mail in letters}) == 12
    link = f"/i/{scene.token()}/"
    assert [link in mail.body for mail in letters].count(True) == 1
    with pytest.raises(NotNow):
        approach(scene.asked, by=scene.cleo)


def test_a_time_is_booked_with_everything_around_it():
    scene = Asked()
    interview = scene.book(way="on_site", when=at(3, 13), place="Stadhuis")
    assert interview.busy_from == at(3, 12, 5) and interview.busy_until == at(3, 15)
    assert scene.people[0].seats.get().interview == interview
    scene.people[0].refresh_from_db()
    assert scene.people[0].standing == "agreed"
    assert {mail.to for mail in mails()} == {scene.people[0].email, interview.interviewer.email}
    with pytest.raises(NotNow):
        scene.book(when=at(4, 10))


@pytest.mark.parametrize(
    "when",
    [
        at(3, 8),
        at(3, 16, 30),
        at(3, 10, 10),
        at(6, 10),
        at(1, 10),
        dt.datetime(2027, 6, 1, 10, tzinfo=dt.UTC),
    ],
)
def test_a_time_that_was_never_free_is_refused_with_those_that_are(when):
    with pytest.raises(Taken) as error:
        Asked().book(when=when)
    assert error.value.times and not Interview.objects.exists()


def test_interviews_are_spread_and_an_interviewer_is_never_booked_twice():
    scene = Asked()
    first, second = scene.book(0), scene.book(1)
    assert {first.interviewer, second.interviewer} == {scene.ida, scene.ivo}
    with pytest.raises(Taken) as error:
        scene.book(2)
    assert at(3, 10) not in error.value.times and at(3, 11, 30) in error.value.times
    assert scene.book(2, when=at(3, 14)).interviewer_id in (scene.ida.pk, scene.ivo.pk)
    scene.book(3, when=at(4, 14))
    held = [i.interviewer_id for i in Interview.objects.all()]
    assert held.count(scene.ida.pk) == held.count(scene.ivo.pk) == 2


def test_the_most_of_a_day_holds():
    scene = Asked(around={"most_a_day": 1})
    scene.book(0, when=at(3, 9))
    scene.book(1, when=at(3, 9))
    with pytest.raises(Taken):
        scene.book(2, when=at(3, 15))


def overlapping(interview, **changes):
    fields = {
        "round": interview.round,
        "interviewer": interview.interviewer,
        "way": "phone",
        "starts_at": interview.ends_at,
        "ends_at": interview.ends_at + dt.timedelta(hours=1),
        "busy_from": interview.ends_at + dt.timedelta(minutes=14),
        "busy_until": interview.ends_at + dt.timedelta(hours=2),
    }
    fields["starts_at"] = fields["busy_from"]
    return Interview(**fields | changes)


def test_the_database_itself_refuses_what_overlaps_the_time_around_an_interview():
    interview = Asked().book()
    with pytest.raises(IntegrityError), transaction.atomic():
        overlapping(interview).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Interview.objects.bulk_create([overlapping(interview)])
    beside = interview.ends_at + dt.timedelta(minutes=15)
    after = overlapping(interview, busy_from=beside, starts_at=beside)
    after.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Interview.objects.filter(pk=after.pk).update(busy_from=beside - dt.timedelta(seconds=1))
    overlapping(interview, state="cancelled").save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Interview.objects.filter(state="cancelled").update(state="booked")
    assert Interview.objects.standing().count() == 2


def test_what_refuses_is_put_back_when_a_migration_made_the_table_anew():
    interview = Asked().book()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER interview_never_overlaps_INSERT")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE surveys_interview DROP CONSTRAINT interview_never_overlaps")
    no_overlap.guard_after_migrating()
    no_overlap.guard_after_migrating()
    with pytest.raises(IntegrityError), transaction.atomic():
        overlapping(interview).save()


def test_a_moved_interview_stays_the_same_meeting_with_the_same_interviewer():
    scene = Asked()
    interview = scene.book()
    moved = move_interview(scene.people[0], starts_at=at(5, 14), now=NOW, way="phone")
    assert (moved.pk, moved.uid, moved.sequence) == (interview.pk, interview.uid, 1)
    assert moved.starts_at == at(5, 14) and moved.interviewer == interview.interviewer
    nearby = move_interview(scene.people[0], starts_at=at(5, 14, 30), now=NOW)
    assert nearby.starts_at == at(5, 14, 30) and nearby.sequence == 2
    with pytest.raises(Taken):
        move_interview(scene.people[0], starts_at=at(6, 10), now=NOW)
    with pytest.raises(NotNow):
        move_interview(scene.people[1], starts_at=at(5, 14), now=NOW)
    with pytest.raises(NotNow):
        move_interview(scene.people[0], starts_at=at(9, 14), now=at(5, 15))


def test_who_asks_again_for_the_time_that_they_have_is_told_yes_and_mailed_nothing_more():
    scene = Asked()
    interview = scene.book()
    told = mails().count()
    again = move_interview(scene.people[0], starts_at=at(3, 10), now=NOW, way="video")
    assert (again.pk, again.sequence, mails().count()) == (interview.pk, 0, told)
    moved = move_interview(scene.people[0], starts_at=at(3, 10), now=NOW, way="phone")
    assert (moved.way, moved.sequence) == ("phone", 1) and mails().count() > told


def test_who_moves_to_a_time_of_another_interviewer_changes_over_and_the_first_one_hears():
    scene = Asked()
    interview = scene.book()
    other = scene.ivo if interview.interviewer == scene.ida else scene.ida
    hours(interview.interviewer, weekly=[(2, dt.time(10), dt.time(11))])
    moved = move_interview(scene.people[0], starts_at=at(4, 10), now=NOW)
    assert moved.interviewer == other
    off = OutboxMail.objects.get(reference=f"interview:{interview.pk}:cancelled")
    assert off.to == interview.interviewer.email


def test_calling_off_frees_the_time_and_lets_choose_again():
    scene = Asked()
    interview = scene.book()
    cancel_interview(scene.people[0], now=NOW)
    interview.refresh_from_db()
    assert (interview.state, interview.sequence) == ("cancelled", 1)
    assert mails(interview.pk).filter(reference__endswith=":cancelled").count() == 2
    with pytest.raises(NotNow):
        cancel_interview(scene.people[0], now=NOW)
    scene.book(when=at(3, 10, 30))
    assert Seat.objects.filter(is_taken=True).count() == 1


def test_a_second_person_sits_in_the_same_interview():
    scene = Asked()
    interview = scene.book()
    bring_along(scene.people[0], colleague=Colleague("Bo", "bo@example.org"), now=NOW)
    assert interview.seats.filter(is_taken=True).count() == 2
    mail = mails(interview.pk).get(to="bo@example.org")
    assert mail.body and interview.uid in mail.attachment.replace("\r\n ", "")
    with pytest.raises(NotNow):
        bring_along(scene.people[0], colleague=Colleague("Cas", "cas@example.org"), now=NOW)
    cancel_interview(scene.people[0], now=NOW)
    assert mails(interview.pk).filter(to="bo@example.org", reference__endswith="cancelled").exists()
    second = Candidate.objects.get(email="bo@example.org")
    assert second.standing == "approached" and not second.seats.filter(is_taken=True).exists()


def test_a_colleague_instead_is_asked_and_the_first_said_no():
    scene = Asked()
    new = name_colleague(scene.people[0], colleague=Colleague("Bo", "bo@example.org"))
    scene.people[0].refresh_from_db()
    assert (scene.people[0].standing, scene.people[0].reason) == ("declined", "colleague")
    assert new.instead_of == scene.people[0] and new.organisation == scene.people[0].organisation
    assert OutboxMail.objects.filter(to="bo@example.org").count() == 1
    for wrong in (
        Colleague("", "x@example.org"),
        Colleague("X", "x"),
        Colleague("B", "bo@example.org"),
    ):
        with pytest.raises(InvalidInput):
            name_colleague(scene.people[1], colleague=wrong)
    scene.people[1].refresh_from_db()
    assert scene.people[1].standing == "approached"


def test_saying_no_needs_a_reason_and_no_time_booked():
    scene = Asked()
    with pytest.raises(InvalidInput):
        decline(scene.people[0], reason="left")
    assert decline(scene.people[0], reason="no_project").standing == "declined"
    scene.book(1)
    with pytest.raises(NotNow):
        decline(scene.people[1], reason="no_time")


def test_a_round_closes_when_nothing_is_left_to_hold_and_its_links_end():
    scene = Asked()
    scene.book()
    with pytest.raises(NotNow):
        close_round(scene.asked, by=scene.cleo)
    cancel_interview(scene.people[0], now=NOW)
    closed = close_round(scene.asked, by=scene.cleo)
    assert (closed.state, closed.link_key) == ("closed", "")
    with pytest.raises(NotNow):
        scene.book(1)
    scene.asked.refresh_from_db()
    with pytest.raises(NotNow):
        scene.token()


def test_everybody_is_reminded_once_and_again_after_moving():
    scene = Asked()
    interview = scene.book()
    assert remind(at(1, 9)) == 0
    assert remind(at(2, 9)) == 1 and remind(at(2, 9)) == 0
    assert mails(interview.pk).filter(reference__endswith=":reminded").count() == 1
    move_interview(scene.people[0], starts_at=at(4, 15), now=NOW)
    assert remind(at(3, 15)) == 1
    cancel_interview(scene.people[0], now=at(3, 16))
    assert remind(at(3, 17)) == 0


def test_both_codings_of_an_interview_never_go_to_who_held_it():
    scene = Asked()
    make_codebook(scene.programme, variables=VARIABLES)
    for _each in range(6):
        coders = coders_for(scene.asked, interviewer=scene.ida)
        assert len(coders) == 2 and scene.ida not in coders
        add_text(
            scene.cycle,
            organisation=scene.towns[0].organisation,
            title="Gesprek",
            body="Iets.",
            coders=coders,
            by=scene.cleo,
            interviewer=scene.ida,
        )
    third = scene.appoint("facilitator")
    assert coders_for(scene.asked, interviewer=scene.ida)[0] == third
    scene.programme.appointments.exclude(user=scene.ida).delete()
    with pytest.raises(InvalidInput):
        coders_for(scene.asked, interviewer=scene.ida, number=1)
    scene.asked.independent_coding = False
    assert coders_for(scene.asked, interviewer=scene.ida, number=1) == [scene.ida]
