"""A facilitator plans a session, records who was there, what was said and what was agreed."""

import uuid

import pytest
from django.urls import reverse

from learningcircles.models import Action, Circle, Session, Signal
from tests.learningcircles import factories as meet
from tests.learningcircles.soon import hours_from_now
from tests.learningcircles.test_evidence import a_figure

CIRCLE = {"theme": "Housing", "form": "series", "setting": "on_site", "vote_budget": 10}
MEETING = {
    "kind": "learning_circle",
    "title": "First meeting",
    "goal": "To choose",
    "day": "2031-03-04",
    "begins": "14:00",
    "ends": "16:00",
    "place": "Town hall",
}


@pytest.fixture
def going_on(stage):
    session = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(-0.5))
    for membership in (stage.member, stage.other_member):
        meet.AttendanceFactory(session=session, membership=membership)
    return session


def at(stage, name, *args):
    return reverse(name, args=[stage.code, *args])


def test_a_double_click_starts_one_circle(stage, signed_in):
    browser, key = signed_in(stage.facilitator), str(uuid.uuid4())
    told = {**CIRCLE, "facilitators": [stage.facilitator.pk], "key": key}
    answers = [browser.post(at(stage, "circle_new"), told) for _click in range(2)]
    assert Circle.objects.filter(theme="Housing").count() == 1
    assert answers[0].url == answers[1].url


def test_a_circle_without_a_theme_comes_back_with_what_was_typed(stage, signed_in):
    told = {**CIRCLE, "theme": "", "goal": "Sooner", "facilitators": [stage.facilitator.pk]}
    answer = signed_in(stage.facilitator).post(at(stage, "circle_new"), told)
    assert answer.status_code == 422
    assert b"Sooner" in answer.content
    assert b"bl-error-summary" in answer.content


def test_a_session_is_planned_from_the_circle_and_its_members_are_guests(stage, signed_in):
    browser = signed_in(stage.facilitator)
    form = browser.get(at(stage, "session_new") + f"?circle={stage.circle.pk}")
    assert form.context["form"].initial["circle"] == stage.circle
    answer = browser.post(at(stage, "session_new"), {**MEETING, "circle": stage.circle.pk})
    session = Session.objects.get()
    assert answer.url == at(stage, "session", session.pk)
    assert session.attendances.count() == 2
    assert session.starts_at.isoformat() == "2031-03-04T13:00:00+00:00"


@pytest.mark.parametrize("circle", ["", "0", "9" * 30, "x", "٣"])
def test_a_strange_circle_in_the_address_is_no_circle(stage, signed_in, circle):
    answer = signed_in(stage.facilitator).get(
        at(stage, "session_new"), query_params={"circle": circle}
    )
    assert answer.context["form"].initial["circle"] is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ends", "13:00"),
        ("day", "4 maart"),
        ("title", ""),
        ("online_link", "javascript:alert(1)"),
        ("circle", "0"),
        ("title", "a\0b"),
        ("title", "x" * 121),
        ("kind", "interpretation"),
    ],
)
def test_a_session_that_cannot_be_comes_back_with_the_field_named(stage, signed_in, field, value):
    told = {**MEETING, "circle": stage.circle.pk, field: value}
    answer = signed_in(stage.facilitator).post(at(stage, "session_new"), told)
    assert answer.status_code == 422
    assert not Session.objects.exists()


def test_an_hour_that_the_clock_skips_is_refused_in_words(stage, signed_in):
    told = {**MEETING, "circle": stage.circle.pk, "day": "2031-03-30", "begins": "02:30"}
    answer = signed_in(stage.facilitator).post(at(stage, "session_new"), {**told, "ends": "04:00"})
    assert list(answer.context["form"].errors) == ["begins"]


def test_a_session_keeps_its_clock_time_over_the_change_of_the_clock(stage, signed_in):
    browser = signed_in(stage.facilitator)
    browser.post(at(stage, "session_new"), {**MEETING, "circle": stage.circle.pk})
    session = Session.objects.get()
    told = {**MEETING, "day": "2031-04-01", "sequence": 0}
    browser.post(at(stage, "session_edit", session.pk), told)
    session.refresh_from_db()
    assert session.starts_at.isoformat() == "2031-04-01T12:00:00+00:00"
    form = browser.get(at(stage, "session_edit", session.pk)).context["form"]
    assert form["begins"].value().isoformat() == "14:00:00"


def test_a_session_moved_by_a_colleague_meanwhile_is_not_overwritten(stage, signed_in):
    session = meet.SessionFactory(circle=stage.circle, sequence=3, place="Library")
    told = {**MEETING, "sequence": 2}
    answer = signed_in(stage.facilitator).post(at(stage, "session_edit", session.pk), told)
    session.refresh_from_db()
    assert (answer.status_code, session.place) == (409, "Library")


def test_a_guest_says_to_come_and_another_cannot_say_it_for_them(stage, signed_in):
    session = meet.SessionFactory(circle=stage.circle)
    guest = meet.AttendanceFactory(session=session, membership=stage.member)
    signed_in(stage.member).post(at(stage, "session_reply", session.pk), {"reply": "coming"})
    guest.refresh_from_db()
    assert guest.reply == "coming"
    answer = signed_in(stage.facilitator).post(
        at(stage, "session_reply", session.pk), {"reply": "not_coming"}
    )
    assert answer.status_code == 404


def test_attendance_that_a_colleague_recorded_meanwhile_is_not_wiped(stage, signed_in, going_on):
    mine, theirs = going_on.attendances.all()
    theirs.presence = "present"
    theirs.save()
    told = {
        f"presence-{mine.pk}": "excused",
        f"seen-{mine.pk}": "",
        f"presence-{theirs.pk}": "",
        f"seen-{theirs.pk}": "",
    }
    signed_in(stage.facilitator).post(at(stage, "session_attendance", going_on.pk), told)
    assert list(going_on.attendances.values_list("presence", flat=True)) == ["excused", "present"]


def test_a_signal_and_an_action_take_one_line_each_and_a_double_click_makes_one(
    stage, signed_in, going_on
):
    browser, keys = signed_in(stage.facilitator), [str(uuid.uuid4()) for _ in range(2)]
    for _click in range(2):
        browser.post(
            at(stage, "session_signal", going_on.pk), {"text": "Three letters", "key": keys[0]}
        )
    signal = Signal.objects.get()
    told = {
        "who": f"m{stage.member.pk}",
        "title": "One letter",
        "due": "2031-05-01",
        "signal": signal.pk,
        "key": keys[1],
    }
    for _click in range(2):
        browser.post(at(stage, "session_action", going_on.pk), told)
    action = Action.objects.get()
    assert (action.owner, action.organisation) == (stage.member, stage.here)
    assert (action.signal, action.session) == (signal, going_on)
    page = browser.get(at(stage, "session", going_on.pk)).content.decode()
    assert "Three letters" in page and page.count("One letter") >= 2


def test_an_organisation_may_act_before_it_is_known_who(stage, signed_in, going_on):
    told = {"who": f"o{stage.neighbour.pk}", "title": "Look into it"}
    signed_in(stage.facilitator).post(at(stage, "session_action", going_on.pk), told)
    action = Action.objects.get()
    assert (action.owner, action.organisation, action.due) == (None, stage.neighbour, None)


@pytest.mark.parametrize("who", ["", "m0", "x1", "m", "o999999999999999999999"])
def test_an_action_of_somebody_else_is_refused_and_the_line_comes_back(
    stage, signed_in, going_on, who
):
    told = {"who": who, "title": "Typed with care"}
    answer = signed_in(stage.facilitator).post(at(stage, "session_action", going_on.pk), told)
    assert answer.status_code == 422
    assert b"Typed with care" in answer.content
    assert not Action.objects.exists()


def test_markup_in_a_signal_is_shown_not_run(stage, signed_in, going_on):
    meet.SignalFactory(session=going_on, text="<script>alert(1)</script>")
    page = signed_in(stage.member).get(at(stage, "session", going_on.pk)).content
    assert b"<script>alert" not in page
    assert b"&lt;script&gt;alert" in page


def test_the_record_is_closed_and_members_read_it(stage, signed_in, going_on):
    answer = signed_in(stage.facilitator).post(at(stage, "session_conclude", going_on.pk))
    assert answer.status_code == 302
    page = signed_in(stage.member).get(at(stage, "session", going_on.pk))
    assert page.context["session"].is_held
    assert b"<form" not in page.content.split(b'id="signals"')[1].split(b"<footer")[0]


def test_a_guest_is_invited_and_taken_off_the_list(stage, signed_in):
    session = meet.SessionFactory(circle=stage.circle)
    browser = signed_in(stage.facilitator)
    browser.post(at(stage, "session_invite", session.pk), {"membership": stage.management.pk})
    guest = session.attendances.get()
    browser.post(at(stage, "session_withdraw", session.pk, guest.pk))
    assert not session.attendances.exists()


def test_a_stranger_to_the_programme_can_not_be_invited(stage, signed_in):
    session = meet.SessionFactory(circle=stage.circle)
    answer = signed_in(stage.facilitator).post(
        at(stage, "session_invite", session.pk), {"membership": stage.stranger.pk}
    )
    assert answer.status_code == 422
    assert not session.attendances.exists()


def test_a_session_under_another_programmes_address_is_not_there(stage, signed_in):
    session = meet.SessionFactory()
    answer = signed_in(stage.facilitator).get(at(stage, "session", session.pk))
    assert answer.status_code == 404


def test_a_session_is_called_off_after_asking_once(stage, signed_in):
    session = meet.SessionFactory(circle=stage.circle)
    browser = signed_in(stage.facilitator)
    assert browser.get(at(stage, "session_cancel", session.pk)).status_code == 200
    browser.post(at(stage, "session_cancel", session.pk))
    session.refresh_from_db()
    assert session.state == "cancelled"


def test_members_join_and_leave_on_the_circles_page(stage, signed_in):
    browser = signed_in(stage.facilitator)
    browser.post(
        at(stage, "circle_member_add", stage.circle.pk), {"membership": stage.management.pk}
    )
    member = stage.circle.members.current().get(membership=stage.management)
    browser.post(at(stage, "circle_member_remove", stage.circle.pk, member.pk))
    assert not stage.circle.members.current().filter(membership=stage.management).exists()
    answer = browser.post(at(stage, "circle_member_add", stage.circle.pk), {"membership": ""})
    assert answer.status_code == 422


def test_one_line_notes_a_reading_a_decision_or_a_definition_issue(stage, signed_in, going_on):
    browser, figure = signed_in(stage.facilitator), a_figure(stage)
    address = at(stage, "session_note", going_on.pk)
    for kind in ("reading", "decision", "definition_issue"):
        told = {"kind": kind, "text": f"About a {kind}", "figure": figure.pk}
        assert browser.post(address, told).status_code == 302
    shown = browser.get(at(stage, "session", going_on.pk)).content.decode()
    for kind in ("reading", "decision", "definition_issue"):
        assert f"About a {kind}" in shown
    without_figure = browser.post(address, {"kind": "definition_issue", "text": "Since when?"})
    assert without_figure.status_code == 422


def test_a_neighbour_reads_what_was_said_but_not_the_value_of_our_figure(
    stage, signed_in, going_on
):
    figure = a_figure(stage)
    figure.value = "4711"
    figure.save()
    meet.ReadingFactory(session=going_on, figure=figure, text="Two left")
    meet.SignalFactory(session=going_on, figure=figure)
    for who, sees in ((stage.member, True), (stage.other_member, False)):
        shown = signed_in(who).get(at(stage, "session", going_on.pk)).content.decode()
        assert "Two left" in shown
        assert ("4711" in shown) is sees
