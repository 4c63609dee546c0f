"""Texts, reminders, who wants no mail, the open link, and addresses that were wrong."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exceptions import Gone, InvalidInput, NotNow
from core.models import MailState, OutboxMail
from surveys.domain.invitations import correct_address
from surveys.domain.mails import PLACEHOLDERS, Words, fill_in, preview_mail, words_of, write_words
from surveys.domain.opened import UnknownLink
from surveys.domain.openlinks import offer_places, open_token, take_place
from surveys.domain.reminders import cancel_reminder, plan_reminder, send_reminders, waves_to_remind
from surveys.domain.stopping import stop_mail
from surveys.domain.waves import close_wave
from surveys.models import Invitation, Reminder
from surveys.queries import mails_of
from surveys.tasks import send_due_reminders
from tests.surveys import stories
from tests.surveys.stories import TODAY

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(7)


def delivered(wave):
    mails_of(wave).filter(state=MailState.WAITING).update(state=MailState.SENT, body="")


def reminded(wave):
    return set(
        mails_of(wave).filter(dedupe_key__startswith="reminder:").values_list("to", flat=True)
    )


def planned(wave, **fields):
    fields = {"basis": "after_opening", "days": 7} | fields
    return plan_reminder(wave, by=None, today=TODAY, **fields)


def test_only_who_has_not_answered_is_reminded_and_only_once():
    wave = stories.opened_wave(sizes=(3,))
    delivered(wave)
    planned(wave)
    answered, underway, _nothing = wave.invitations.order_by("pk")
    tokens = stories.tokens_of(wave)
    stories.answer_all(tokens[0])
    stories.answer_all(tokens[1], submit=False)
    assert waves_to_remind(TODAY) == []
    assert waves_to_remind(TODAY + WEEK) == [wave]
    assert send_reminders(wave, today=TODAY + WEEK) == 2
    assert send_reminders(wave, today=TODAY + WEEK) == 0
    assert underway.email in reminded(wave)
    assert answered.email not in reminded(wave)
    body = OutboxMail.objects.get(to=underway.email, dedupe_key__startswith="reminder:").body
    assert f"/s/{tokens[1]}/" in body


def test_reminders_that_fell_due_while_the_server_was_off_are_one_mail():
    wave = stories.opened_wave(sizes=(2,))
    delivered(wave)
    planned(wave, days=3)
    planned(wave, days=7)
    assert send_reminders(wave, today=TODAY + WEEK) == 2
    assert not Reminder.objects.filter(sent_on=None).exists()
    assert len(reminded(wave)) == 2


def test_who_has_not_got_the_invitation_is_not_reminded_of_it():
    wave = stories.opened_wave(sizes=(2,))
    planned(wave)
    assert send_reminders(wave, today=TODAY + WEEK) == 0


def test_a_reminder_must_fall_within_the_wave_and_can_be_taken_back_until_it_is_sent():
    wave = stories.opened_wave(last_day=TODAY + dt.timedelta(10))
    for fields in ({"days": 11}, {"days": 0}, {"basis": "before_last", "days": 11}):
        with pytest.raises(InvalidInput):
            planned(wave, **fields)
    reminder = planned(wave)
    with pytest.raises(InvalidInput):
        planned(wave)
    cancel_reminder(reminder, by=None)
    sent = planned(wave)
    send_reminders(wave, today=TODAY + WEEK)
    with pytest.raises(NotNow):
        cancel_reminder(sent, by=None)


def test_the_task_sends_what_is_due_today(monkeypatch):
    wave = stories.opened_wave(sizes=(1,))
    delivered(wave)
    planned(wave)
    monkeypatch.setattr("surveys.tasks.timezone.localdate", lambda: TODAY + WEEK)
    send_due_reminders()
    assert len(reminded(wave)) == 1


def test_own_words_are_filled_in_for_each_person_in_their_language():
    wave = stories.opened_wave()
    words = Words("Dag {name}", "Beste {name} van {organisation},\n{link}\nvoor {last_day}")
    write_words(wave, kind="invitation", language="nl", words=words, by=None)
    person = wave.invitations.select_related("organisation").get()
    mail = preview_mail(person, wave)
    assert mail.subject == "Dag Guest 0"
    assert f"van {person.organisation.name}," in mail.body
    assert "/unsubscribe/" in mail.body
    person.language = "en"
    assert "would like to know" in preview_mail(person, wave).body
    write_words(wave, kind="invitation", language="nl", words=None, by=None)
    assert "{link}" in words_of(wave, kind="invitation", language="nl").body


@pytest.mark.parametrize(
    ("subject", "body"),
    [("Dag", "Geen verwijzing"), ("Dag {link}", "{link}"), ("Dag", "{link} {wachtwoord}")],
)
def test_a_text_without_link_or_with_a_strange_placeholder_is_refused(subject, body):
    wave = stories.opened_wave()
    with pytest.raises(InvalidInput):
        write_words(wave, kind="invitation", language="nl", words=Words(subject, body), by=None)


@given(st.dictionaries(st.sampled_from(PLACEHOLDERS), st.text(max_size=40)), st.text(max_size=80))
def test_what_is_filled_in_is_never_filled_in_again(values, text):
    template = "{name}|" + text.replace("{", "(").replace("}", ")")
    assert fill_in(template, {"name": "{link}"} | values).startswith(
        ({"name": "{link}"} | values)["name"] + "|"
    )


def test_who_wants_no_mail_gets_none_of_any_kind_and_can_still_answer():
    wave = stories.opened_wave(sizes=(2,))
    token = stories.tokens_of(wave)[0]
    stop_mail(token)
    stop_mail(token)
    states = dict(mails_of(wave).order_by("pk").values_list("to", "state"))
    assert sorted(states.values()) == ["cancelled", "waiting"]
    delivered(wave)
    planned(wave)
    assert send_reminders(wave, today=TODAY + WEEK) == 1
    assert stories.answer_all(token) is True
    with pytest.raises(UnknownLink):
        stop_mail("A" * 32)


def test_no_more_mail_can_be_said_after_closing_too():
    wave = stories.opened_wave()
    token = stories.tokens_of(wave)[0]
    close_wave(wave, by=None, on=TODAY)
    assert stop_mail(token).email


def test_an_open_link_has_as_many_places_as_were_offered():
    wave = stories.opened_wave()
    organisation = wave.invitations.get().organisation
    token = open_token(offer_places(wave, places=2, by=None), wave)
    own = [take_place(token, organisation=organisation, language="en") for _ in range(2)]
    assert len(set(own)) == 2
    assert stories.answer_all(own[0]) is True
    with pytest.raises(Gone):
        take_place(token, organisation=organisation, language="en")
    assert OutboxMail.objects.count() == 1
    offer_places(wave, places=0, by=None)
    with pytest.raises(UnknownLink):
        take_place(token, organisation=organisation, language="en")


def test_a_refused_address_is_corrected_and_the_link_stays_the_same():
    wave = stories.opened_wave(sizes=(2,))
    token = stories.tokens_of(wave)[0]
    mail = mails_of(wave).order_by("pk").first()
    mails_of(wave).filter(pk=mail.pk).update(state=MailState.REFUSED, body="")
    other = Invitation.objects.exclude(email=mail.to).get().email
    with pytest.raises(InvalidInput):
        correct_address(wave, mail_id=mail.pk, email=other, by=None)
    correct_address(wave, mail_id=mail.pk, email="Right@example.org", by=None)
    new = OutboxMail.objects.get(to="right@example.org")
    assert f"/s/{token}/" in new.body
    assert OutboxMail.objects.get(pk=mail.pk).state == MailState.CANCELLED
