"""Who is written to about which actions: before and after the date, in one mail a person."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.leases import give_back_expired
from core.models import OutboxMail
from learningcircles.domain.actions import hand_to_management, postpone_action, update_action
from learningcircles.domain.reminders import remind_person, wanted_on
from learningcircles.domain.rounds import begin_round, walk_rounds
from learningcircles.domain.rules import agree_follow_up_rule
from learningcircles.models import Action, ActionReminder, FollowUpRound
from people.models import MembershipRole
from tests import factories as make
from tests.learningcircles import factories as meet

TODAY = dt.date(2026, 3, 2)


def day(number):
    return TODAY + dt.timedelta(days=number)


@pytest.fixture
def act(stage):
    def action(due=10, agreed=-10, **fields):
        told = {"programme": stage.programme, "organisation": stage.here, "owner": stage.member}
        due = None if due is None else day(due)
        return meet.ActionFactory(due=due, agreed_on=day(agreed), **told | fields)

    return action


def walk(number=0):
    """The round of a day; who got which mail in it, by part of the address."""
    before = set(OutboxMail.objects.values_list("pk", flat=True))
    begin_round(day(number))
    walk_rounds("a worker")
    return {mail.to: mail for mail in OutboxMail.objects.exclude(pk__in=before)}


def kinds():
    return sorted(ActionReminder.objects.values_list("kind", flat=True))


def test_before_and_after_the_date_once_each(stage, act):
    act(due=10)
    mine = stage.member.user.email
    sent = {number: list(walk(number)) for number in range(13)}
    assert {number: to for number, to in sent.items() if to} == {3: [mine], 11: [mine]}
    assert kinds() == ["overdue", "soon"]


def test_again_when_the_date_moves(stage, act):
    action = act(due=3)
    assert len(walk()) == 1
    at = dt.datetime(2026, 3, 3, 10, tzinfo=dt.UTC)
    postpone_action(action, by=stage.member.user, version=1, due=day(20), reason="Holidays", at=at)
    assert walk(5) == {}
    assert len(walk(14)) == 1
    assert kinds() == ["soon", "soon"]


def test_one_digest_a_person_for_all_of_it_in_their_language(stage, act):
    act(due=2, title="Soon to do")
    act(due=-3, title="Too late")
    act(due=2, owner=stage.management, title="Of management")
    stage.member.user.language = "en"
    stage.member.user.save()
    sent = walk()
    assert set(sent) == {stage.member.user.email, stage.management.user.email}
    mail = sent[stage.member.user.email]
    assert mail.subject == "2 actions need your attention"
    assert mail.body.index("Past their date") < mail.body.index("Too late")
    assert mail.body.index("Too late") < mail.body.index("Soon to do")
    assert "Of management" not in mail.body
    assert sent[stage.management.user.email].subject == "1 actie vraagt uw aandacht"


def test_who_is_done_or_only_proposed_is_left_alone(act):
    act(due=-3, status="done", done_on=day(-1))
    act(due=-3, status="dropped", dropped_on=day(-1), drop_reason="No money")
    act(due=-3, status="proposed")
    assert walk() == {}


def test_a_round_is_walked_once_however_often_it_is_begun(act):
    act(due=2)
    assert len(walk()) == 1
    assert walk() == {}
    assert FollowUpRound.objects.get().state == "done"


def test_two_workers_with_the_same_list_write_one_mail(stage, act):
    act(due=2)
    wanted = wanted_on(TODAY)
    told = [remind_person(user, reasons, today=TODAY) for user, reasons in [*wanted.items()] * 2]
    assert told == [1, 0]
    assert OutboxMail.objects.count() == 1


def test_a_worker_that_dies_halfway_leaves_the_others_to_the_next(stage, act, monkeypatch):
    act(due=2)
    act(due=2, owner=stage.management)
    begin_round(TODAY)
    from learningcircles.domain import rounds

    def dies(user, reasons, **told):
        if OutboxMail.objects.exists():
            raise KeyboardInterrupt
        return remind_person(user, reasons, **told)

    monkeypatch.setattr(rounds, "remind_person", dies)
    with pytest.raises(KeyboardInterrupt):
        walk_rounds("one")
    monkeypatch.undo()
    assert walk_rounds("two") == 0
    FollowUpRound.objects.update(lease_until=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    give_back_expired(FollowUpRound.objects.all())
    assert walk_rounds("two") == 1
    assert OutboxMail.objects.filter(reference__startswith="actions:").count() == 2


def test_what_nobody_owns_or_has_no_date_is_flagged_when_it_gets_old(stage, act):
    act(owner=None, due=None, agreed=-13, title="Of nobody")
    assert walk() == {}
    assert list(walk(1)) == [stage.member.user.email]
    assert walk(2) == {}


def test_an_owner_who_leaves_takes_nothing_along(stage, act, signed_in):
    """The action stays, counts as nobody's, is asked for at once, and the leaver gets no mail."""
    heir = make.MembershipFactory(organisation=stage.here, roles=["participant"])
    action = act(due=2)
    stage.member.left_on = day(-1)
    stage.member.save()
    sent = walk()
    assert list(sent) == [heir.user.email]
    assert action.title in sent[heir.user.email].body
    assert list(Action.objects.without_owner()) == [action]
    assert not Action.objects.visible_to(stage.member.user).exists()
    page = signed_in(heir).get("/actions/").content.decode()
    assert action.title in page and stage.member.user.name in page
    update_action(action, by=heir.user, version=1, owner=heir)
    assert list(Action.objects.without_owner()) == []
    assert action.changes.get().before == stage.member.user.name


def test_an_organisation_without_participants_asks_its_management_and_else_the_coordinator(
    stage, act
):
    act(due=2, owner=None, owner_name="The front desk")
    MembershipRole.objects.filter(role="participant").delete()
    assert list(walk()) == [stage.management.user.email]
    MembershipRole.objects.all().delete()
    coordinator = make.AppointmentFactory(programme=stage.programme).user
    act(due=2, owner=None, owner_name="The front desk")
    assert list(walk(1)) == [coordinator.email]


def test_long_past_its_date_it_goes_to_management_after_the_time_set_by_the_circle(stage, act):
    session = meet.SessionFactory(circle=stage.circle)
    act(due=-11, session=session, title="Of the circle")
    act(due=-11, title="Of no circle")
    agree_follow_up_rule(
        stage.circle, by=stage.facilitator, remind_before=7, flag_after=14, escalate_after=10
    )
    sent = walk()
    assert "Of the circle" in sent[stage.management.user.email].body
    assert "Of no circle" not in sent[stage.management.user.email].body
    assert [row.title for row in Action.objects.escalated(TODAY)] == ["Of the circle"]
    assert [row.title for row in Action.objects.escalated(day(20))] == [
        "Of the circle",
        "Of no circle",
    ]


def test_what_waits_for_management_is_asked_of_management(stage, act):
    hand_to_management(act(due=2), by=stage.member.user, version=1, reason="Who pays?")
    assert list(walk()) == [stage.management.user.email]


def test_the_list_takes_as_many_queries_for_three_as_for_one(act):
    def counted():
        with CaptureQueriesContext(connection) as queries:
            wanted_on(TODAY)
        return len(queries)

    act(due=-40)
    one = counted()
    act(due=-40)
    act(owner=None, due=None, agreed=-30)
    assert counted() == one
