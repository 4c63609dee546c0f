"""Every page of the room opens for who belongs there, and for nobody else."""

import pytest
from django.urls import reverse

from learningcircles.domain.actions import agree_action
from learningcircles.domain.sessions import plan_session
from tests.learningcircles.soon import hours_from_now


@pytest.fixture
def planned(stage):
    return plan_session(
        stage.programme,
        by=stage.facilitator,
        kind="learning_circle",
        circle=stage.circle,
        title="First meeting",
        starts_at=hours_from_now(24),
        ends_at=hours_from_now(26),
    )


@pytest.fixture
def agreed(stage, planned):
    return agree_action(
        stage.programme,
        by=stage.facilitator,
        organisation=stage.here,
        owner=stage.member,
        title="Make one letter out of three",
        session=planned,
    )


def pages(stage, planned, agreed):
    code = [stage.code]
    return {
        "circle_list": reverse("circle_list", args=code),
        "circle": reverse("circle", args=[stage.code, stage.circle.pk]),
        "session": reverse("session", args=[stage.code, planned.pk]),
        "session_ics": reverse("session_ics", args=[stage.code, planned.pk]),
        "action": reverse("action", args=[agreed.pk]),
        "action_edit": reverse("action_edit", args=[agreed.pk]),
        "circle_new": reverse("circle_new", args=code),
        "circle_edit": reverse("circle_edit", args=[stage.code, stage.circle.pk]),
        "session_new": reverse("session_new", args=code),
        "session_edit": reverse("session_edit", args=[stage.code, planned.pk]),
        "session_cancel": reverse("session_cancel", args=[stage.code, planned.pk]),
        "follow_up": reverse("follow_up", args=code),
        "action_new": reverse("action_new", args=code),
    }


READS = {"circle_list", "circle", "session", "session_ics", "action"}
OPENS = {
    "facilitator": READS
    | {"action_edit", "circle_new", "circle_edit", "session_new", "session_edit", "session_cancel"}
    | {"follow_up"},
    "member": READS | {"action_edit", "action_new"},
    "other_member": READS | {"action_new"},
    "colleague": set(),
    "management": {"circle_list", "action", "action_edit", "follow_up", "action_new"},
    "neighbour_management": {"circle_list", "follow_up", "action_new"},
    "neighbour_participant": {"circle_list", "action_new"},
    "evaluator": set(),
    "administrator": set(),
    "stranger": set(),
}


@pytest.mark.parametrize("who", OPENS)
def test_who_opens_which_page(stage, planned, agreed, signed_in, who):
    browser = signed_in(getattr(stage, who))
    answers = {
        name: browser.get(url).status_code for name, url in pages(stage, planned, agreed).items()
    }
    assert {name for name, status in answers.items() if status == 200} == OPENS[who]
    assert set(answers.values()) <= {200, 404}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_speak_both_languages(stage, planned, agreed, signed_in, language):
    browser = signed_in(stage.facilitator)
    for url in pages(stage, planned, agreed).values():
        browser.cookies["django_language"] = language
        assert browser.get(url).status_code in (200, 404)


def test_who_is_not_signed_in_is_sent_to_sign_in(stage, planned, agreed, client):
    for url in pages(stage, planned, agreed).values():
        assert client.get(url).status_code == 302


def test_a_page_of_an_invented_programme_says_so(stage, planned, agreed, signed_in):
    stage.programme.kind = "invented"
    stage.programme.save()
    browser = signed_in(stage.facilitator)
    shown = pages(stage, planned, agreed)
    for name in OPENS["facilitator"] - {"session_ics"}:
        assert b"bl-mark" in browser.get(shown[name]).content, name
