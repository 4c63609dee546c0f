"""A joint session has private parts: a hostile colleague elsewhere looks everywhere."""

import json

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from core.models import ActivityEntry, OutboxMail
from learningcircles import evidence
from learningcircles.domain.agenda import add_item
from learningcircles.domain.approval import approve_minutes, send_minutes
from learningcircles.domain.own_readings import save_own_reading, settle_own_reading
from learningcircles.domain.papers import make_waiting
from learningcircles.domain.sessions import cancel_session, move_session
from learningcircles.models import OwnReading, OwnReadingEdit, Paper
from tests import factories as make
from tests.learningcircles import factories as meet
from tests.learningcircles.soon import hours_from_now
from tests.learningcircles.test_evidence import ALL

SECRET = "Onze wethouder wil ermee ophouden"


@pytest.fixture
def joint(stage):
    session = meet.SessionFactory(
        circle=None,
        programme=stage.programme,
        kind="joint_interpretation",
        starts_at=hours_from_now(-1),
        led_by=stage.facilitator,
    )
    for membership in (stage.member, stage.other_member):
        meet.AttendanceFactory(session=session, membership=membership, presence="present")
    add_item(session, by=stage.facilitator, title="Each reads its own figures")
    save_own_reading(session, stage.here, by=stage.member.user, version=0, text=SECRET)
    return session


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("member", True),
        ("facilitator", True),
        ("other_member", False),
        ("management", False),
        ("colleague", False),
        ("neighbour_management", False),
        ("evaluator", False),
        ("administrator", False),
        ("stranger", False),
    ],
)
def test_who_sees_what_an_organisation_reads_in_its_own_figures(stage, signed_in, joint, who, sees):
    person = getattr(stage, who)
    person = getattr(person, "user", person)
    assert OwnReading.objects.visible_to(person).exists() is sees
    browser = signed_in(person)
    own = browser.get(reverse("own_reading", args=[stage.code, joint.pk, stage.here.pk]))
    assert own.status_code == (200 if sees else 404)
    shown = browser.get(reverse("session", args=[stage.code, joint.pk]))
    assert (SECRET in shown.content.decode()) is sees


def test_a_coordinator_who_does_not_lead_the_session_sees_none(stage, joint):
    coordinator = make.AppointmentFactory(programme=stage.programme, role="coordinator").user
    assert not OwnReading.objects.visible_to(coordinator).exists()
    joint.led_by = coordinator
    joint.save()
    assert OwnReading.objects.visible_to(coordinator).exists()


def test_a_neighbour_can_write_in_no_part_but_their_own(stage, signed_in, joint):
    browser = signed_in(stage.other_member)
    address = reverse("own_reading", args=[stage.code, joint.pk, stage.here.pk])
    assert browser.post(address, {"version": 1, "text": "Mine now"}).status_code == 404
    assert OwnReading.objects.get().text == SECRET
    own = reverse("own_reading", args=[stage.code, joint.pk, stage.neighbour.pk])
    assert browser.post(own, {"version": 0, "text": "Ours"}).status_code == 302


def test_no_private_word_leaves_in_minutes_mail_file_log_or_evidence(stage, signed_in, joint):
    """Everything that Benchlearn makes of the session, searched for the secret."""
    joint.starts_at = hours_from_now(2)
    joint.ends_at = hours_from_now(4)
    joint.save()
    move_session(joint, by=stage.facilitator, place="Elsewhere")
    cancelled = meet.SessionFactory(circle=stage.circle)
    cancel_session(cancelled, by=stage.facilitator)
    joint.refresh_from_db()
    joint.starts_at, joint.ends_at, joint.state = hours_from_now(-2), hours_from_now(-1), "held"
    joint.save()
    minutes = send_minutes(joint, by=stage.facilitator)
    for membership in (stage.member, stage.other_member):
        approve_minutes(joint, membership=membership, round_seen=1, approved=True)
    make_waiting("here")
    told = [json.dumps(minutes.content)]
    told += [f"{mail.subject} {mail.body} {mail.attachment}" for mail in OutboxMail.objects.all()]
    told += [json.dumps(entry.details) for entry in ActivityEntry.objects.all()]
    told += [str(row) for rows in ALL for row in rows(stage.programme.pk)]
    told += [str(row) for row in evidence.sessions(stage.programme.pk)]
    told += [json.dumps(paper.content) for paper in Paper.objects.all()]
    for paper in Paper.objects.exclude(file=""):
        with storages["private"].open(paper.file) as file:
            told.append(file.read().decode("latin-1"))
    browser = signed_in(stage.other_member)
    for name in ("session", "session_minutes", "session_ics"):
        told.append(browser.get(reverse(name, args=[stage.code, joint.pk])).content.decode())
    for name in ("now", "my_actions"):
        told.append(browser.get(reverse(name)).content.decode())
    told.append(browser.get(reverse("programme", args=[stage.code])).content.decode())
    assert not [piece for piece in told if SECRET in piece or "wethouder" in piece]


def test_two_of_one_organisation_who_write_at_once_lose_nothing(stage, signed_in, joint):
    """The second text waits beside the first, seen by nobody else, until both are put together."""
    address = reverse("own_reading", args=[stage.code, joint.pk, stage.here.pk])
    browser = signed_in(stage.member)
    answer = browser.post(address, {"version": 0, "text": "Second thoughts"})
    assert answer.status_code == 409
    for shown in (answer, browser.get(address)):
        assert SECRET in shown.content.decode()
        assert "Second thoughts" in shown.content.decode()
    assert OwnReading.objects.get().text == SECRET
    waiting = OwnReadingEdit.objects.get(settled_at=None)
    assert (waiting.text, waiting.version) == ("Second thoughts", None)
    hidden = signed_in(stage.other_member)
    assert not OwnReadingEdit.objects.visible_to(stage.other_member.user).exists()
    page = hidden.get(reverse("session", args=[stage.code, joint.pk])).content.decode()
    assert "Second thoughts" not in page
    both = f"{SECRET}\n\nSecond thoughts"
    told = {"version": 1, "text": both, "edit": waiting.pk}
    assert signed_in(stage.member).post(address, told).status_code == 302
    assert OwnReading.objects.get().text == both
    assert not OwnReadingEdit.objects.filter(settled_at=None).exists()


def test_putting_private_texts_together_can_meet_a_third_and_loses_nothing(stage, joint):
    def save(text, version):
        return save_own_reading(joint, stage.here, by=stage.member.user, version=version, text=text)

    waiting = save("B", 0).unmerged
    save("A and more", 1)
    outcome = settle_own_reading(waiting, by=stage.facilitator, version=1, text="A and B")
    assert outcome.unmerged.text == "A and B"
    assert OwnReading.objects.get().text == "A and more"
    assert OwnReadingEdit.objects.filter(settled_at=None).count() == 2


def test_two_who_put_the_same_texts_together_lose_nothing_either(stage, signed_in, joint):
    """Both had the page with both texts open; the second one's result waits in its turn."""
    address = reverse("own_reading", args=[stage.code, joint.pk, stage.here.pk])
    browser = signed_in(stage.member)
    browser.post(address, {"version": 0, "text": "Second thoughts"})
    waiting = OwnReadingEdit.objects.get(settled_at=None)
    told = {"version": 1, "edit": waiting.pk}
    assert browser.post(address, {**told, "text": "My sum of it"}).status_code == 302
    answer = browser.post(address, {**told, "text": "Another sum"})
    assert answer.status_code == 409
    assert OwnReading.objects.get().text == "My sum of it"
    assert OwnReadingEdit.objects.get(settled_at=None).text == "Another sum"


def test_a_text_that_waits_elsewhere_can_not_be_settled_from_here(stage, signed_in, joint):
    """Somebody who names a waiting text of another organisation gets neither its words nor its
    place."""
    save_own_reading(joint, stage.neighbour, by=stage.facilitator, version=0, text="Theirs")
    theirs = save_own_reading(
        joint, stage.neighbour, by=stage.facilitator, version=0, text="Also theirs"
    ).unmerged
    address = reverse("own_reading", args=[stage.code, joint.pk, stage.here.pk])
    told = {"version": 1, "text": "Ours", "edit": theirs.pk}
    answer = signed_in(stage.member).post(address, told)
    assert answer.status_code == 422
    assert "Also theirs" not in answer.content.decode()
    theirs.refresh_from_db()
    assert theirs.settled_at is None


def test_ones_own_part_stands_beside_the_shared_record_in_one_screen(stage, signed_in, joint):
    address = reverse("own_reading", args=[stage.code, joint.pk, stage.here.pk])
    page = signed_in(stage.member).get(reverse("session", args=[stage.code, joint.pk]))
    assert f'action="{address}"' in page.content.decode()
    assert f">{SECRET}</textarea>" in page.content.decode().replace("\n", "")


def test_other_sessions_have_no_private_parts(stage, signed_in):
    session = meet.SessionFactory(circle=stage.circle)
    address = reverse("own_reading", args=[stage.code, session.pk, stage.here.pk])
    assert signed_in(stage.member).get(address).status_code == 404


def test_a_member_removed_in_the_middle_loses_sight_and_the_session_goes_on(
    stage, signed_in, joint
):
    """Their part stays with their organisation, what was noted stays, others go on."""
    browser = signed_in(stage.member)
    address = reverse("own_reading", args=[stage.code, joint.pk, stage.here.pk])
    assert browser.get(address).status_code == 200
    stage.member.left_on = joint.starts_at.date()
    stage.member.save()
    assert browser.post(address, {"version": 1, "text": "Too late"}).status_code == 404
    assert browser.get(reverse("session", args=[stage.code, joint.pk])).status_code == 404
    assert OwnReading.objects.get().text == SECRET
    assert joint.attendances.filter(membership=stage.member, presence="present").exists()
    leader = signed_in(stage.facilitator)
    live = reverse("session_live", args=[stage.code, joint.pk])
    assert leader.get(live).status_code == 200
