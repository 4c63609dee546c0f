"""Agreeing actions, changing them, handing them to management: nothing gets lost."""

import datetime as dt
import uuid

import pytest

from core.exceptions import InvalidInput, NotNow
from learningcircles.domain import actions as decide
from learningcircles.domain.conflicts import ActionConflict
from learningcircles.domain.signals import raise_signal
from learningcircles.models import Action, ActionChange
from tests import factories as make
from tests.learningcircles import factories as meet

AT = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 2)
DUE = dt.date(2026, 5, 1)


@pytest.fixture
def agree(stage):
    def agree(**fields):
        told = {"organisation": stage.here, "title": "One letter", "owner": stage.member}
        told |= {"due": DUE, "at": AT, "by": stage.facilitator}
        return decide.agree_action(stage.programme, **{**told, **fields})

    return agree


def history(action):
    return [(line.field, line.before, line.after, line.reason) for line in action.changes.all()]


def test_an_action_is_agreed_with_its_owner_its_date_and_its_origin(stage, agree):
    session = meet.SessionFactory(circle=stage.circle)
    signal = raise_signal(session, by=stage.facilitator, text="Three letters a month")
    action = agree(signal=signal)
    assert (action.status, action.agreed_on) == ("agreed", DAY)
    assert (action.due, action.original_due) == (DUE, DUE)
    assert (action.signal, action.session) == (signal, session)
    assert action.cycle == stage.cycle
    assert history(action) == [("status", "", "agreed", "")]


def test_an_action_may_be_a_proposal_without_a_date_or_a_person(agree):
    action = agree(proposed=True, owner=None, due=None)
    assert (action.status, action.agreed_on, action.has_owner) == ("proposed", None, False)


def test_the_same_form_twice_agrees_one_action(agree):
    key = uuid.uuid4()
    assert agree(key=key) == agree(key=key)
    assert Action.objects.count() == 1
    assert ActionChange.objects.count() == 1


def test_what_cannot_be_agreed_is_refused_in_words(stage, agree):
    elsewhere = make.OrganisationFactory()
    foreign = meet.SessionFactory()
    for wrong in (
        {"title": "  "},
        {"organisation": elsewhere, "owner": None},
        {"owner": stage.other_member},
        {"owner_name": "Jan"},
        {"due": dt.date(2026, 3, 1)},
        {"session": foreign},
    ):
        with pytest.raises(InvalidInput):
            agree(**wrong)
    assert not Action.objects.exists()


def test_a_status_changes_with_a_line_in_the_history(stage, agree):
    action = agree()
    changed = decide.update_action(
        action, by=stage.member.user, version=1, status="under_way", at=AT
    )
    assert (changed.status, changed.version) == ("under_way", 2)
    line = changed.changes.last()
    assert (line.actor, line.version) == (stage.member.user, 2)
    assert history(changed)[-1] == ("status", "agreed", "under_way", "")


def test_done_has_a_date_and_opening_again_takes_it_away(stage, agree):
    done = decide.update_action(agree(), by=stage.member.user, version=1, status="done", at=AT)
    assert done.done_on == DAY
    again = decide.update_action(done, by=stage.member.user, version=2, status="under_way", at=AT)
    assert (again.done_on, again.status) == (None, "under_way")


def test_postponing_to_a_later_day_needs_a_reason_and_keeps_the_first_date(stage, agree):
    action, later = agree(), dt.date(2026, 7, 1)
    with pytest.raises(InvalidInput):
        decide.postpone_action(
            action, by=stage.member.user, version=1, due=later, reason=" ", at=AT
        )
    moved = decide.postpone_action(
        action, by=stage.member.user, version=1, due=later, reason="Holidays", at=AT
    )
    assert (moved.due, moved.original_due, moved.is_postponed) == (later, DUE, True)
    assert history(moved)[-1] == ("due", "2026-05-01", "2026-07-01", "Holidays")


def test_an_earlier_day_needs_no_reason_but_lies_in_the_future(stage, agree):
    action = agree()
    moved = decide.update_action(
        action, by=stage.member.user, version=1, due=dt.date(2026, 4, 1), at=AT
    )
    assert moved.due == dt.date(2026, 4, 1)
    for wrong in (dt.date(2026, 2, 1), None):
        with pytest.raises(InvalidInput):
            decide.update_action(moved, by=stage.member.user, version=2, due=wrong, at=AT)


def test_a_closed_action_gets_no_other_date(stage, agree):
    done = decide.update_action(agree(), by=stage.member.user, version=1, status="done", at=AT)
    with pytest.raises(NotNow):
        decide.postpone_action(
            done, by=stage.member.user, version=2, due=dt.date(2026, 9, 1), reason="x", at=AT
        )


def test_dropping_needs_a_reason_which_stays(stage, agree):
    action = agree()
    with pytest.raises(InvalidInput):
        decide.drop_action(action, by=stage.member.user, version=1, reason="", at=AT)
    dropped = decide.drop_action(action, by=stage.member.user, version=1, reason="No money", at=AT)
    assert (dropped.dropped_on, dropped.drop_reason) == (DAY, "No money")


def test_management_takes_what_was_handed_over_or_declines_it(stage, agree):
    asked = decide.hand_to_management(
        agree(), by=stage.member.user, version=1, reason="Who pays?", at=AT
    )
    assert (asked.status, asked.handed_on) == ("handed_over", DAY)
    taken = decide.decide_on_action(
        asked,
        by=stage.management.user,
        version=2,
        decision="supported",
        means="Budget found",
        at=AT,
    )
    assert taken.status == "under_way"
    asked = decide.hand_to_management(taken, by=stage.member.user, version=3, reason="More?", at=AT)
    declined = decide.decide_on_action(
        asked, by=stage.management.user, version=4, decision="declined", reason="No", at=AT
    )
    assert (declined.status, declined.drop_reason) == ("dropped", "No")
    with pytest.raises(InvalidInput):
        decide.hand_to_management(agree(), by=stage.member.user, version=1, reason="", at=AT)


def test_only_what_is_handed_over_can_be_decided_on(stage, agree):
    with pytest.raises(NotNow):
        decide.decide_on_action(
            agree(), by=stage.management.user, version=1, decision="declined", reason="No", at=AT
        )


def test_what_was_agreed_does_not_become_a_proposal_again(stage, agree):
    with pytest.raises(NotNow):
        decide.update_action(agree(), by=stage.member.user, version=1, status="proposed", at=AT)
    with pytest.raises(InvalidInput):
        decide.update_action(agree(), by=stage.member.user, version=1, status="eaten", at=AT)


def test_several_changes_are_one_decision(stage, agree):
    action = agree()
    changed = decide.update_action(
        action,
        by=stage.facilitator,
        version=1,
        title="Two letters",
        owner=None,
        owner_name="Jan Zonderaccount",
        horizon="long",
        at=AT,
    )
    assert changed.version == 2
    assert {line[0] for line in history(changed)[1:]} == {"title", "owner", "horizon"}
    assert ("owner", "Mies Lid", "Jan Zonderaccount", "") in history(changed)


def test_a_second_tap_on_the_same_button_is_no_conflict(stage, agree):
    action = agree()
    for _tap in range(2):
        decide.update_action(action, by=stage.member.user, version=1, status="done", at=AT)
    assert action.changes.count() == 2


def test_who_saw_an_older_version_is_refused_and_told_both(stage, agree):
    action = agree()
    decide.update_action(action, by=stage.member.user, version=1, title="Theirs", at=AT)
    with pytest.raises(ActionConflict) as conflict:
        decide.update_action(action, by=stage.facilitator, version=1, title="Mine", at=AT)
    assert conflict.value.action.title == "Theirs"
    assert conflict.value.wanted == {"title": "Mine"}
    assert Action.objects.get().title == "Theirs"


def test_a_note_is_kept_once_and_never_in_conflict(stage, agree):
    action, key = agree(), uuid.uuid4()
    for _click in range(2):
        decide.add_note(action, by=stage.member.user, text=" It goes well ", key=key)
    assert [note.text for note in action.notes.all()] == ["It goes well"]
    with pytest.raises(InvalidInput):
        decide.add_note(action, by=stage.member.user, text="  ")


def test_an_owner_who_leaves_stays_named_and_cannot_be_chosen_again(stage, agree):
    action = agree()
    stage.member.left_on = dt.date(2026, 4, 1)
    stage.member.save()
    assert Action.objects.get().owner == stage.member
    assert action not in Action.objects.visible_to(stage.member.user)
    with pytest.raises(InvalidInput):
        agree()
