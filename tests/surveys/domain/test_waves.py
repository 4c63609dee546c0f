"""The life of a wave: prepared, opened, closed for good."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core.exceptions import Gone, InvalidInput, NotNow
from core.models import MailState, OutboxMail
from surveys.domain.invitations import Guest, invite
from surveys.domain.links import token_of
from surveys.domain.waves import close_wave, open_wave, postpone_last_day, prepare_wave
from surveys.models import Invitation, Response, Wave
from tests import factories as make
from tests.surveys import stories
from tests.surveys.stories import LAST_DAY, TODAY

pytestmark = pytest.mark.django_db


def test_preparing_a_wave_sends_nothing():
    wave = stories.prepared_wave()
    invite(wave, guests=stories.guests(stories.organisation_in(wave), 2), by=None)
    assert wave.state == "draft"
    assert not OutboxMail.objects.exists()


def test_opening_writes_one_mail_to_everyone_with_a_link_of_their_own():
    wave = stories.opened_wave(sizes=(2, 1))
    mails = OutboxMail.objects.filter(reference__startswith=f"wave:{wave.pk}:")
    assert mails.count() == 3
    written = " ".join(mails.values_list("body", flat=True))
    assert all(written.count(f"/s/{token}/\n") == 1 for token in stories.tokens_of(wave))


def test_a_wave_opens_once_and_not_without_invitations_or_after_its_last_day():
    wave = stories.prepared_wave()
    with pytest.raises(NotNow):
        open_wave(wave, by=None, on=TODAY)
    invite(wave, guests=stories.guests(stories.organisation_in(wave), 1), by=None)
    with pytest.raises(NotNow):
        open_wave(wave, by=None, on=LAST_DAY + dt.timedelta(days=1))
    open_wave(wave, by=None, on=TODAY)
    with pytest.raises(NotNow):
        open_wave(wave, by=None, on=TODAY)


@pytest.mark.parametrize("fields", [{"name": "  "}, {"target": 0}, {"target": 101}])
def test_a_wave_needs_a_name_and_a_target_that_can_be_met(fields):
    with pytest.raises(InvalidInput):
        stories.prepared_wave(**fields)


def test_a_name_is_used_once_in_a_round():
    wave = stories.prepared_wave(name="Spring")
    with pytest.raises(InvalidInput):
        prepare_wave(wave.cycle, name=" Spring ", last_day=LAST_DAY, by=None)


def test_closing_forgets_who_answered_and_destroys_the_links():
    wave = stories.opened_wave(sizes=(2,))
    done, underway = stories.tokens_of(wave)
    stories.answer_all(done)
    stories.answer_all(underway, submit=False)
    closed = close_wave(wave, by=None, on=TODAY)
    assert closed.link_key == ""
    assert set(Invitation.objects.values_list("state", flat=True)) == {"closed"}
    assert list(Response.objects.values_list("state", "invitation")) == [("submitted", None)]
    with pytest.raises(Gone):
        token_of(Invitation.objects.first(), closed)


def test_closing_withdraws_mail_that_was_not_sent_yet_with_its_link():
    wave = stories.opened_wave()
    close_wave(wave, by=None, on=TODAY)
    mail = OutboxMail.objects.get()
    assert (mail.state, mail.body) == (MailState.CANCELLED, "")


def test_the_database_keeps_no_key_of_a_closed_wave():
    wave = stories.opened_wave()
    with pytest.raises(IntegrityError), transaction.atomic():
        Wave.objects.filter(pk=wave.pk).update(state="closed")


def test_a_wave_closes_once_and_then_takes_no_invitations_or_later_day():
    wave = stories.opened_wave()
    close_wave(wave, by=None, on=TODAY)
    with pytest.raises(NotNow):
        close_wave(wave, by=None, on=TODAY)
    with pytest.raises(NotNow):
        invite(wave, guests=stories.guests(stories.organisation_in(wave), 1), by=None)
    with pytest.raises(NotNow):
        postpone_last_day(wave, last_day=LAST_DAY, by=None)


def test_more_people_can_be_invited_while_the_wave_is_open_each_once():
    wave = stories.opened_wave()
    organisation = stories.organisation_in(wave)
    member = stories.member_of(organisation)
    again = Guest("Same", member.user.email.upper(), organisation)
    new = invite(wave, memberships=[member], guests=[again], by=None)
    assert [invitation.email for invitation in new] == [member.user.email]
    assert invite(wave, memberships=[member], by=None) == []
    assert OutboxMail.objects.count() == 2


@pytest.mark.parametrize("email", ["nobody", "a@b", "x@example.org\nBcc: y@example.org"])
def test_an_address_that_can_not_be_one_is_refused_and_nobody_is_invited(email):
    wave = stories.opened_wave()
    organisation = stories.organisation_in(wave)
    people = [*stories.guests(organisation, 1), Guest("Name", email, organisation)]
    with pytest.raises(InvalidInput):
        invite(wave, guests=people, by=None)
    assert Invitation.objects.count() == 1


def test_an_organisation_that_does_not_take_part_is_not_asked():
    wave = stories.opened_wave()
    with pytest.raises(InvalidInput):
        invite(wave, guests=stories.guests(make.OrganisationFactory(), 1), by=None)
