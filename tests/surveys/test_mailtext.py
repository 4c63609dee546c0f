"""A name in a mail is a name, whatever was typed as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.invitations import Guest, invite
from surveys.domain.waves import open_wave
from surveys.mailtext import harmless
from surveys.queries import mails_of
from tests.surveys import stories


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Anna de Vries", "Anna de Vries"),
        ("Zoë van 't Hof-Özil", "Zoë van 't Hof-Özil"),
        ("J. Jansen", "J. Jansen"),
        ("Anna\r\nBcc: x@evil.example", "Anna Bcc: x evil example"),
        ("<b>Anna</b>", "b Anna /b"),
        ("Klik op https://evil.example/pay nu", "Klik op evil example pay nu"),
        ("www.evil.example", "evil example"),
        ("a\u202eb\x00c", "a b c"),
    ],
)
def test_a_name_can_carry_no_markup_no_line_and_no_link(typed, written):
    assert harmless(typed) == written


@given(st.text(max_size=300))
def test_whatever_is_typed_stays_on_one_short_line(typed):
    text = harmless(typed)
    assert len(text.splitlines()) <= 1
    assert len(text) <= 120
    assert not set("<>[]{}`\x00\r\n") & set(text)
    assert "://" not in text


@pytest.mark.django_db
def test_a_wicked_name_reaches_the_mail_as_text_only():
    wave = stories.prepared_wave()
    organisation = stories.organisation_in(wave)
    wicked = Guest(
        "Eve\r\nBcc: all@example.org <a href=x> www.evil.example", "eve@example.org", organisation
    )
    invite(wave, guests=[wicked], by=None)
    open_wave(wave, by=None, on=stories.TODAY)
    mail = mails_of(wave).get()
    assert "\n" not in mail.subject
    assert "Bcc: all@" not in mail.body
    assert "<a" not in mail.body
    assert "evil.example" not in mail.body
    assert mail.body.count("http") == 2  # to answer, and to ask for no more mail


@pytest.mark.django_db
def test_the_mail_is_in_the_language_of_who_gets_it():
    wave = stories.prepared_wave()
    organisation = stories.organisation_in(wave)
    for language in ("nl", "en"):
        invite(
            wave, guests=[Guest("A", f"{language}@example.org", organisation, language)], by=None
        )
    open_wave(wave, by=None, on=stories.TODAY)
    assert mails_of(wave).get(to="en@example.org").body.startswith("Dear A")
    assert (
        mails_of(wave).get(to="nl@example.org").body != mails_of(wave).get(to="en@example.org").body
    )
