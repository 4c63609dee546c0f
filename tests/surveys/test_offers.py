"""What this room puts on *Now* and on the page of a programme."""

import datetime as dt

import pytest

from core.deeds import deeds_of, sections_of
from surveys.domain.invitations import invite
from surveys.domain.waves import close_wave, postpone_last_day
from tests import factories as make
from tests.surveys import stories
from tests.surveys.stories import LAST_DAY, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return stories.opened_wave()


@pytest.fixture
def member(wave):
    member = stories.member_of(stories.organisation_in(wave))
    invite(wave, memberships=[member], by=None)
    return member


def urls(user, today=TODAY):
    return [
        deed.url for deed in deeds_of(user, today) if "/s/" in deed.url or "/waves/" in deed.url
    ]


def test_who_was_asked_finds_the_own_link_on_now_until_it_is_answered(wave, member):
    token = stories.tokens_of(wave, member.organisation)[0]
    assert urls(member.user) == [f"/s/{token}/"]
    stories.answer_all(token)
    assert urls(member.user) == []


def test_nobody_is_asked_for_a_closed_wave_or_after_the_last_day(wave, member):
    assert urls(member.user, LAST_DAY + dt.timedelta(days=1)) == []
    close_wave(wave, by=None, on=TODAY)
    assert urls(member.user) == []


def test_a_colleague_does_not_see_the_link_of_another(wave, member):
    colleague = stories.member_of(member.organisation)
    assert urls(colleague.user) == []


def test_a_coordinator_is_told_to_invite_to_open_and_to_close():
    draft = stories.prepared_wave()
    coordinator = make.AppointmentFactory(programme=draft.cycle.programme).user
    base = f"/programmes/{draft.cycle.programme.code}/waves/{draft.pk}/"
    assert urls(coordinator) == [f"{base}invite/"]
    invite(draft, guests=stories.guests(stories.organisation_in(draft), 1), by=None)
    assert urls(coordinator) == [f"{base}open/"]
    stories.open_wave(draft, by=None, on=TODAY)
    assert urls(coordinator) == []
    postpone_last_day(draft, last_day=TODAY - dt.timedelta(days=1), by=None)
    assert urls(coordinator) == [f"{base}close/"]


@pytest.mark.parametrize(
    ("role", "offered"), [("coordinator", 1), ("evaluator", 1), ("facilitator", 0)]
)
def test_the_section_is_offered_to_who_runs_or_evaluates(wave, role, offered):
    programme = wave.cycle.programme
    user = make.AppointmentFactory(programme=programme, role=role).user
    sections = [s for s in sections_of(user, programme) if s.url.endswith("/waves/")]
    assert len(sections) == offered
