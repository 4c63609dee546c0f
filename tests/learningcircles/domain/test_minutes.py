"""Several people type at once; who was there approves; what is final is locked."""

import pytest

from core.exceptions import EditConflict, InvalidInput, NotNow
from core.models import OutboxMail
from learningcircles.domain.agenda import add_item, remove_item
from learningcircles.domain.approval import (
    add_addendum,
    approve_minutes,
    finalise_minutes,
    reopen_minutes,
    send_minutes,
)
from learningcircles.domain.decisions import note_decision
from learningcircles.domain.minutes import save_minute_text, settle_edit
from learningcircles.models import Action, MinuteEdit, Minutes, MinuteText, Paper
from tests.learningcircles import factories as meet
from tests.learningcircles.soon import hours_from_now


@pytest.fixture
def session(stage):
    """A session that was held, at which both organisations were."""
    session = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(-3), state="held")
    for membership in (stage.member, stage.other_member):
        meet.AttendanceFactory(session=session, membership=membership, presence="present")
    return session


@pytest.fixture
def item(stage, session):
    return add_item(session, by=stage.facilitator, title="Round")


def typed(stage, item, version, text):
    return save_minute_text(item, by=stage.facilitator, version=version, text=text)


def approve(stage, session, who, round_seen=1, **told):
    told = {"approved": True, **told}
    return approve_minutes(session, membership=getattr(stage, who), round_seen=round_seen, **told)


def test_two_facilitators_in_one_minute_lose_nothing(stage, item):
    first = typed(stage, item, 0, "They were short of people.")
    second = typed(stage, item, 0, "The system was down.")
    assert (first.row.version, first.unmerged) == (1, None)
    assert second.row.text == "They were short of people."
    assert second.unmerged.text == "The system was down."
    together = "They were short of people.\n\nThe system was down."
    outcome = settle_edit(second.unmerged, by=stage.facilitator, version=1, text=together)
    assert (outcome.row.text, outcome.row.version) == (together, 2)
    assert not MinuteEdit.objects.filter(settled_at=None).exists()
    texts = set(MinuteEdit.objects.values_list("text", flat=True))
    assert texts == {"They were short of people.", "The system was down.", together}


def test_putting_together_can_meet_a_third_text_and_loses_nothing(stage, item):
    typed(stage, item, 0, "A")
    waiting = typed(stage, item, 0, "B").unmerged
    typed(stage, item, 1, "A and more")
    outcome = settle_edit(waiting, by=stage.facilitator, version=1, text="A and B")
    assert outcome.unmerged.text == "A and B"
    assert outcome.row.text == "A and more"
    assert MinuteEdit.objects.filter(settled_at=None).count() == 2


def test_the_same_text_twice_is_no_conflict(stage, item):
    typed(stage, item, 0, "A")
    assert typed(stage, item, 0, "A").unmerged is None
    assert MinuteEdit.objects.count() == 1


def test_a_text_that_is_saved_while_it_is_typed_takes_one_row_and_a_cut_takes_another(stage, item):
    def save(text, version):
        save_minute_text(item, by=stage.facilitator, version=version, text=text, going_on=True)

    for version, text in enumerate(("They", "They wait", "They wait for a letter")):
        save(text, version)
    assert MinuteEdit.objects.get().text == "They wait for a letter"
    save("They", 3)
    texts = list(MinuteEdit.objects.values_list("text", flat=True))
    assert texts == ["They wait for a letter", "They"]
    assert MinuteText.objects.get().version == 4


def test_minutes_are_final_when_every_organisation_that_was_there_approved(stage, session, item):
    typed(stage, item, 0, "Said in full")
    meet.ActionFactory(
        programme=stage.programme, organisation=stage.here, session=session, title="Call them"
    )
    send_minutes(session, by=stage.facilitator)
    asked = OutboxMail.objects.filter(reference__endswith=":approval")
    assert asked.count() == 2
    assert "Said in full" not in "".join(asked.values_list("body", flat=True))
    approve(stage, session, "member")
    assert Minutes.objects.get().state == "sent"
    approve(stage, session, "other_member")
    minutes = Minutes.objects.get()
    assert minutes.state == "final"
    assert minutes.content["items"][0]["text"] == "Said in full"
    Action.objects.update(title="Something else")
    assert minutes.content["loose"]["actions"][0]["title"] == "Call them"
    assert Paper.objects.filter(minutes=minutes).count() == 2


def test_what_was_sent_or_is_final_does_not_change(stage, session, item):
    typed(stage, item, 0, "A")
    send_minutes(session, by=stage.facilitator)
    for change in (
        lambda: note_decision(session, by=stage.facilitator, text="We wait"),
        lambda: add_item(session, by=stage.facilitator, title="More"),
        lambda: remove_item(item, by=stage.facilitator),
    ):
        with pytest.raises(NotNow):
            change()
    late = typed(stage, item, 1, "Typed a moment too late")
    assert late.closed
    assert MinuteEdit.objects.get(settled_at=None).text == "Typed a moment too late"
    finalise_minutes(session, by=stage.facilitator, reason="One of two went on leave")
    with pytest.raises(NotNow):
        reopen_minutes(session, by=stage.facilitator)
    add_addendum(session, by=stage.facilitator, text="It was Tuesday")
    minutes = Minutes.objects.get()
    assert minutes.content["items"][0]["text"] == "A"
    assert minutes.addenda.get().text == "It was Tuesday"
    newest = Paper.objects.filter(state="waiting", language="nl").get()
    assert newest.content["addenda"][0]["text"] == "It was Tuesday"


def test_a_word_about_an_older_text_counts_for_nothing(stage, session, item):
    send_minutes(session, by=stage.facilitator)
    with pytest.raises(InvalidInput):
        approve(stage, session, "member", approved=False)
    approve(stage, session, "member", approved=False, remark="We said Tuesday")
    reopen_minutes(session, by=stage.facilitator)
    typed(stage, item, 0, "Tuesday")
    send_minutes(session, by=stage.facilitator)
    with pytest.raises(EditConflict):
        approve(stage, session, "other_member", round_seen=1)
    approve(stage, session, "member", round_seen=2)
    approve(stage, session, "other_member", round_seen=2)
    assert Minutes.objects.get().state == "final"


def test_only_who_was_there_approves_and_only_while_it_waits(stage, session):
    with pytest.raises(NotNow):
        approve(stage, session, "member")
    send_minutes(session, by=stage.facilitator)
    with pytest.raises(NotNow):
        approve(stage, session, "management")


def test_minutes_wait_for_attendance_for_the_record_and_for_texts_that_met(stage, session, item):
    session.attendances.update(presence="")
    with pytest.raises(NotNow):
        send_minutes(session, by=stage.facilitator)
    session.attendances.update(presence="present")
    typed(stage, item, 0, "A")
    typed(stage, item, 0, "B")
    with pytest.raises(NotNow):
        send_minutes(session, by=stage.facilitator)


def test_minutes_link_to_those_of_the_meeting_before(stage, session):
    finalise_minutes(
        send_minutes(session, by=stage.facilitator).session, by=stage.facilitator, reason="Leave"
    )
    later = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(-1), state="held")
    meet.AttendanceFactory(session=later, membership=stage.member, presence="present")
    assert send_minutes(later, by=stage.facilitator).previous.session == session


def test_editing_minutes_never_touches_an_action(stage, session, item):
    action = meet.ActionFactory(programme=stage.programme, organisation=stage.here, session=session)
    before = Action.objects.values().get()
    typed(stage, item, 0, "A")
    typed(stage, item, 1, "")
    send_minutes(session, by=stage.facilitator)
    reopen_minutes(session, by=stage.facilitator)
    assert Action.objects.values().get() == before
    assert action.title
