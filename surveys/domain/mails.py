"""The texts of mails: the shipped ones, a coordinator's own, and how they are filled in."""

import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from surveys.domain.links import address_of
from surveys.enums import MailKind, WaveState
from surveys.mailtext import SHIPPED, harmless
from surveys.models import Invitation, MailText, Wave
from surveys.modes import promise
from surveys.structure import questionnaire

PLACEHOLDERS = (
    "name",
    "organisation",
    "programme",
    "link",
    "last_day",
    "minutes",
    "statements",
    "privacy",
)
LANGUAGES = ("nl", "en")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it is written, before it goes into the outbox."""

    to: str
    subject: str
    body: str
    stop_url: str


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and body with their placeholders, as "{name}"."""

    subject: str
    body: str


def words_of(wave: Wave, *, kind: str, language: str) -> Words:
    """The coordinator's own text where there is one, else the shipped one."""
    own = MailText.objects.filter(wave=wave, kind=kind, language=language).first()
    if own:
        return Words(own.subject, own.body)
    with translation.override(language):
        subject, body = SHIPPED[kind]
        return Words(str(subject), str(body))


@transaction.atomic
def write_words(wave: Wave, *, kind: str, language: str, words: Words | None, by: Any) -> None:
    """Keep a text for a wave, or go back to the shipped one (None).

    Raises InvalidInput for a placeholder that doesn't exist or a text without the link, NotNow
    when the wave is closed.
    """
    if wave.state == WaveState.CLOSED:
        raise NotNow(gettext_lazy("This wave is closed; no mail goes out any more."))
    key: dict[str, Any] = {"wave": wave, "kind": MailKind(kind), "language": language}
    if words is None:
        MailText.objects.filter(**key).delete()
    else:
        check_words(words)
        subject = " ".join(words.subject.split())
        body = words.body.replace("\r\n", "\n").strip()
        MailText.objects.update_or_create(**key, defaults={"subject": subject, "body": body})
    log_activity(wave, "mail text changed", actor=by, kind=kind, language=language)


def check_words(words: Words) -> None:
    """Raise InvalidInput when this text can't be sent."""
    used = _PLACEHOLDER.findall(words.subject + words.body)
    unknown = sorted({name for name in used if name not in PLACEHOLDERS})
    if unknown:
        message = _("There is no placeholder {%(name)s}; there are: %(all)s.")
        names = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise InvalidInput(message % {"name": unknown[0], "all": names})
    if "{link}" not in words.body:
        raise InvalidInput(_("Without {link} in the text nobody can answer."))
    if "{link}" in words.subject:
        raise InvalidInput(_("The link belongs in the text: a subject is seen by others."))


def fill_in(text: str, values: dict[str, str]) -> str:
    """The text with each placeholder replaced once: what a value holds is never filled in again.

    >>> fill_in("Dear {name}, {x}", {"name": "{link}", "link": "https://example.org"})
    'Dear {link}, {x}'
    """
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def language_of(invitation: Invitation) -> str:
    """The language in which somebody gets mail."""
    return invitation.language if invitation.language in LANGUAGES else "nl"


def write_mail(
    invitation: Invitation,
    wave: Wave,
    *,
    link: str,
    kind: str = MailKind.INVITATION,
    words: Words | None = None,
) -> Mail:
    """A mail in the invitee's language, with this link in it; `words` instead of the wave's own."""
    language = language_of(invitation)
    words = words or words_of(wave, kind=kind, language=language)
    stop_url = f"{link.rstrip('/')}/unsubscribe/"
    with translation.override(language):
        values = _values(invitation, wave, link, language)
        footer = _("No more mail about this benchmark? Say so here: %(url)s") % {"url": stop_url}
    return Mail(
        to=invitation.email,
        subject=fill_in(words.subject, values),
        body=f"{fill_in(words.body, values)}\n\n{footer}\n",
        stop_url=stop_url,
    )


def _values(invitation: Invitation, wave: Wave, link: str, language: str) -> dict[str, str]:
    programme, asked = wave.cycle.programme, questionnaire(wave.version_id)
    name = (programme.name_en if language == "en" else "") or programme.name
    return {
        "name": harmless(invitation.name),
        "programme": harmless(name),
        "organisation": harmless(invitation.organisation.name),
        "last_day": date_format(wave.last_day, "j F Y"),
        "statements": str(asked.statements),
        "minutes": str(asked.minutes),
        "privacy": promise(wave.mode, minimum=programme.minimum_group),
        "link": link,
    }


def preview_mail(invitation: Invitation, wave: Wave, **kwargs: Any) -> Mail:
    """The mail as it will be, with its link covered: it opens somebody else's answers."""
    return write_mail(invitation, wave, link=address_of("•" * 12), **kwargs)
