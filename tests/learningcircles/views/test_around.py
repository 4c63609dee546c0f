"""Around a session: files, preparation, three questions afterwards, papers, a newcomer's brief."""

import datetime as dt
import os

import pytest
from django.conf import settings as project
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from core.deeds import deeds_of
from core.models import OutboxMail
from learningcircles.domain.afterwards import QUESTIONS, feedback_url
from learningcircles.domain.approval import finalise_minutes, send_minutes
from learningcircles.domain.materials import add_material, ask_preparation
from learningcircles.domain.papers import give_back, make_waiting, request_brief
from learningcircles.domain.readings import note_reading
from learningcircles.domain.sessions import conclude_session, move_session
from learningcircles.domain.signals import raise_signal
from learningcircles.models import Material, Paper, SessionFeedback
from learningcircles.said import band_of
from tests.learningcircles import factories as meet
from tests.learningcircles.soon import hours_from_now
from tests.learningcircles.test_evidence import a_figure
from tests.verapdf import broken_rules, needs_verapdf


def at(stage, name, *args):
    return reverse(name, args=[stage.code, *args])


@pytest.fixture
def held(stage):
    session = meet.SessionFactory(
        circle=stage.circle, starts_at=hours_from_now(-3), state="held", title="In March"
    )
    for membership in (stage.member, stage.other_member):
        meet.AttendanceFactory(session=session, membership=membership, presence="present")
    return session


def test_a_file_goes_to_who_sees_the_session_to_keep_and_to_nobody_else(stage, signed_in):
    session = meet.SessionFactory(circle=stage.circle)
    row = add_material(
        session,
        by=stage.facilitator,
        title="Figures",
        file=ContentFile(b"<script>", name="../../figures.txt"),
    )
    address = at(stage, "material", session.pk, row.pk)
    answer = signed_in(stage.member).get(address)
    assert b"".join(answer.streaming_content) == b"<script>"
    assert answer["Content-Disposition"] == 'attachment; filename="figures.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    for who in ("colleague", "management", "neighbour_participant", "administrator", "stranger"):
        assert signed_in(getattr(stage, who)).get(address).status_code == 404, who
    other = meet.SessionFactory(circle=stage.circle)
    moved = at(stage, "material", other.pk, row.pk)
    assert signed_in(stage.member).get(moved).status_code == 404


def test_a_file_that_could_run_is_refused(stage, signed_in):
    session = meet.SessionFactory(circle=stage.circle)
    told = {"title": "Page", "file": SimpleUploadedFile("page.html", b"<script>")}
    answer = signed_in(stage.facilitator).post(at(stage, "material_add", session.pk), told)
    assert answer.status_code == 422
    assert not Material.objects.exists()


def test_what_was_asked_stands_on_now_until_it_is_prepared(stage, signed_in):
    session = meet.SessionFactory(circle=stage.circle)
    meet.AttendanceFactory(session=session, membership=stage.member)
    row = ask_preparation(
        session, by=stage.facilitator, what="Bring a letter", membership=stage.member
    )

    def told():
        return [deed.title for deed in deeds_of(stage.member.user, timezone.localdate())]

    assert "Bring a letter" in told()
    address = at(stage, "preparation_tick", session.pk, row.pk)
    assert signed_in(stage.other_member).post(address, {"done": "yes"}).status_code == 404
    signed_in(stage.member).post(address, {"done": "yes"})
    assert "Bring a letter" not in told()


def test_minutes_to_approve_stand_on_now_until_the_organisation_has_said_its_word(
    stage, signed_in, held
):
    send_minutes(held, by=stage.facilitator)

    def verbs(who):
        with translation.override("en"):
            return [str(deed.verb) for deed in deeds_of(who.user, timezone.localdate())]

    assert "Approve the minutes" in verbs(stage.member)
    told = {"approved": "yes", "round": 1}
    signed_in(stage.member).post(at(stage, "minutes_approve", held.pk), told)
    assert "Approve the minutes" not in verbs(stage.member)
    assert "Approve the minutes" in verbs(stage.other_member)


def test_three_questions_are_asked_once_and_looking_stores_nothing(stage, client, held):
    held.state = "planned"
    held.save()
    for _twice in range(2):
        conclude_session(held, by=stage.facilitator)
    mails = OutboxMail.objects.filter(reference__endswith=":feedback")
    assert mails.count() == 2
    guest = held.attendances.get(membership=stage.member)
    token = feedback_url(guest).rstrip("/").rsplit("/", 1)[-1]
    assert any(token.split(":")[0] in mail.body for mail in mails)
    address = reverse("session_feedback", args=[token])
    shown = client.get(address + "?worth_it=yes").content.decode()
    assert "data-tapped" in shown
    assert not SessionFeedback.objects.exists()
    client.post(address, {"worth_it": "yes"})
    client.post(address, {"will_do": "no"})
    row = SessionFeedback.objects.get()
    assert (row.worth_it, row.room, row.will_do) == (True, None, False)
    assert client.get(address.replace(token, token + "x")).status_code == 410


def answered(session, *answers):
    """As many guests more as there are answers; each gives the same answer to all three."""
    for answer in answers:
        guest = meet.AttendanceFactory(session=session)
        told = dict.fromkeys(QUESTIONS, answer)
        SessionFeedback.objects.create(attendance=guest, **told)


def closed(session):
    session.questions_close_at = timezone.now()
    session.save()


def said(browser, address):
    """The bands on the page, by language-free name, or none."""
    with translation.override("en"):
        return [str(row["band"]) for row in browser.get(address).context["feedback"].rows]


def test_answers_are_shown_when_the_questions_are_closed_and_five_people_answered(
    stage, signed_in, held
):
    browser, address = signed_in(stage.facilitator), at(stage, "session", held.pk)
    answered(held, True, True, True, False)
    closed(held)
    assert said(browser, address) == []
    answered(held, True)
    held.questions_close_at = hours_from_now(1)
    held.save()
    assert said(browser, address) == []
    closed(held)
    assert len(said(browser, address)) == 3


def test_five_who_all_say_the_same_look_like_five_of_whom_two_said_no(stage, signed_in, held):
    """Else unanimity gives each answer away, and one dissenter knows those of all others."""
    browser, address = signed_in(stage.facilitator), at(stage, "session", held.pk)
    closed(held)
    answered(held, True, True, True, True, True)
    unanimous = browser.get(address).context["feedback"].rows
    SessionFeedback.objects.all().delete()
    answered(held, True, True, True, False, False)
    assert browser.get(address).context["feedback"].rows == unanimous
    assert "yes" not in unanimous[0]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(5, 60), st.data())
def test_no_band_tells_anyone_what_another_answered(n, data):
    """For whoever knows their own answer, the others may all have said something else."""
    yes = data.draw(st.integers(0, n))
    same = [count for count in range(n + 1) if band_of(count, n) == band_of(yes, n)]
    for own in (0, 1):
        others = {count - own for count in same if 0 <= count - own <= n - 1}
        assert others not in ({0}, {n - 1})


def test_a_link_that_closed_or_was_never_sent_takes_no_answer(stage, client, held):
    address = feedback_url(held.attendances.first()).removeprefix(project.BASE_URL)
    assert client.post(address, {"room": "yes"}).status_code == 410
    closed(held)
    assert client.post(address, {"room": "yes"}).status_code == 410
    assert not SessionFeedback.objects.exists()


def test_who_delivered_a_figure_hears_in_numbers_what_became_of_it(stage, held):
    stage.cycle.participations.get(organisation=stage.here).contacts.add(stage.colleague)
    figure = a_figure(stage)
    reading = note_reading(held, by=stage.facilitator, text="A secret", figure=figure)
    raise_signal(held, by=stage.facilitator, text="A secret", reading=reading)
    send_minutes(held, by=stage.facilitator)
    finalise_minutes(held, by=stage.facilitator, reason="On leave")
    mail = OutboxMail.objects.get(reference__endswith=":delivered")
    assert mail.to == stage.colleague.user.email
    assert "Days waiting" in mail.body
    assert "secret" not in mail.body


def test_a_brief_brings_a_newcomer_up_to_date_and_nobody_else(stage, signed_in, held):
    meet.DecisionFactory(session=held, text="We phone first")
    meet.ActionFactory(
        programme=stage.programme, organisation=stage.here, session=held, title="Phone list"
    )
    address = at(stage, "circle_handover", stage.circle.pk)
    newcomer = meet.CircleMemberFactory(circle=stage.circle, membership=stage.management)
    shown = signed_in(newcomer.membership).get(address).content.decode()
    for told in ("We phone first", "Phone list", "In March", "Mies Lid"):
        assert told in shown
    assert signed_in(stage.neighbour_management).get(address).status_code == 404


def test_a_worker_makes_each_paper_once_and_it_is_private(stage, signed_in, held):
    meet.DecisionFactory(session=held, text="We phone first")
    send_minutes(held, by=stage.facilitator)
    finalise_minutes(held, by=stage.facilitator, reason="On leave")
    request_brief(stage.circle, by=stage.member.user, language="nl")
    assert make_waiting("one") == 3
    assert make_waiting("two") == 0
    assert set(Paper.objects.values_list("state", flat=True)) == {"done"}
    for paper in Paper.objects.all():
        with storages["private"].open(paper.file) as file:
            assert file.read(5) == b"%PDF-"
    for name, pk in (("minutes_pdf", held.pk), ("handover_pdf", stage.circle.pk)):
        assert signed_in(stage.member).get(at(stage, name, pk)).status_code == 200
        assert signed_in(stage.neighbour_management).get(at(stage, name, pk)).status_code == 404


@needs_verapdf()
def test_verapdf_finds_no_rule_of_pdf_ua_broken_in_a_paper(stage, held, tmp_path):
    meet.DecisionFactory(session=held, text="We phone first")
    meet.ActionFactory(
        programme=stage.programme, organisation=stage.here, session=held, title="Phone list"
    )
    send_minutes(held, by=stage.facilitator)
    finalise_minutes(held, by=stage.facilitator, reason="On leave")
    request_brief(stage.circle, by=stage.member.user, language="nl")
    make_waiting("one")
    files = {}
    for paper in Paper.objects.all():
        with storages["private"].open(paper.file) as file:
            files[f"{paper.kind}-{paper.language}"] = file.read()
    assert len(files) == 3
    assert broken_rules(tmp_path, files) == dict.fromkeys(files, "-")


def test_without_pango_the_page_says_so(stage, signed_in, held, monkeypatch):
    def unavailable(paper):
        raise PdfUnavailable("Pango is missing on this machine.")

    from learningcircles import pdf
    from learningcircles.pdf import PdfUnavailable

    monkeypatch.setattr(pdf, "render_paper", unavailable)
    send_minutes(held, by=stage.facilitator)
    finalise_minutes(held, by=stage.facilitator, reason="On leave")
    make_waiting("one")
    shown = signed_in(stage.member).get(at(stage, "session_minutes", held.pk)).content.decode()
    assert "Pango is missing" in shown


def test_the_paper_of_a_worker_that_died_is_made_by_another(stage, held):
    request_brief(stage.circle, by=stage.member.user, language="nl")
    Paper.objects.update(state="running", claimed_by="dead", lease_until=hours_from_now(-1))
    give_back()
    assert make_waiting(f"alive-{os.getpid()}") == 1
    assert Paper.objects.get().state == "done"


def test_a_session_moved_across_daylight_saving_keeps_the_hour_on_the_clock(stage, signed_in):
    """From winter to summer time: 14:00 stays 14:00, and calendars get the other hour in UTC."""
    winter = dt.datetime(2031, 3, 27, 13, tzinfo=dt.UTC)  # 14:00 in Amsterdam
    session = meet.SessionFactory(
        circle=stage.circle, starts_at=winter, ends_at=winter + dt.timedelta(hours=2)
    )
    meet.AttendanceFactory(session=session, membership=stage.member)
    told = {
        "title": session.title,
        "day": "2031-04-03",
        "begins": "14:00",
        "ends": "16:00",
        "sequence": 0,
    }
    browser = signed_in(stage.facilitator)
    browser.post(at(stage, "session_edit", session.pk), told)
    session.refresh_from_db()
    assert session.starts_at == dt.datetime(2031, 4, 3, 12, tzinfo=dt.UTC)
    event = Calendar.from_ical(OutboxMail.objects.get().attachment).walk("VEVENT")[0]
    assert event.decoded("dtstart") == session.starts_at
    assert (str(event["uid"]), event["sequence"]) == (session.uid, 1)
    move_session(session, by=stage.facilitator, starts_at=winter, ends_at=session.ends_at)
    skipped = {**told, "day": "2031-03-30", "begins": "02:30", "ends": "04:00", "sequence": 2}
    assert browser.post(at(stage, "session_edit", session.pk), skipped).status_code == 422
