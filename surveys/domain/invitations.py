"""Decisions about invitations: whom to ask, and the mail with their personal link."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.delivery import resend_unsure
from core.exceptions import DomainError, InvalidInput, NotNow
from core.models import OutboxMail, log_activity
from core.outbox import queue_mail
from people.enums import Role
from people.models import Membership, Organisation
from surveys.domain.links import address_of, digest_of, key_of, make_token, token_of
from surveys.enums import WaveState
from surveys.mailtext import harmless
from surveys.models import Invitation, Wave
from surveys.models.waves import new_nonce
from surveys.queries import mails_of, participating_organisations
from surveys.structure import questionnaire


class UnknownMail(DomainError):
    """A mail that isn't this wave's."""

    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(gettext_lazy("This wave has no such mail."))


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody without an account who is asked to answer for an organisation."""

    name: str
    email: str
    organisation: Organisation
    language: str = "nl"
    role: str = ""
    department: str = ""
    function: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it is written, before it goes into the outbox."""

    to: str
    subject: str
    body: str


@transaction.atomic
def invite(
    wave: Wave,
    *,
    by: Any,
    memberships: Iterable[Membership] = (),
    guests: Iterable[Guest] = (),
) -> list[Invitation]:
    """Ask people to answer, each person once a wave; return the new invitations.

    In a wave that is being prepared nothing is sent yet; in an open one the mails are written
    here. Raises NotNow when the wave is closed, InvalidInput for an address that can't be one or
    an organisation that doesn't take part.
    """
    wave = Wave.objects.select_for_update(no_key=True).get(pk=wave.pk)
    if wave.state == WaveState.CLOSED:
        raise NotNow(gettext_lazy("This wave is closed; nobody can be invited any more."))
    wanted = [_from_membership(membership) for membership in memberships]
    wanted += [_from_guest(guest) for guest in guests]
    _refuse_strangers(wave, wanted)
    known = set(wave.invitations.values_list("email", flat=True))
    new = []
    for invitation in wanted:
        if invitation.email not in known:
            known.add(invitation.email)
            new.append(_store(invitation, wave))
    if new:
        log_activity(wave, "invited", actor=by, people=len(new))
    return new


def _store(invitation: Invitation, wave: Wave) -> Invitation:
    invitation.wave = wave
    invitation.nonce = new_nonce()
    invitation.token_digest = digest_of(make_token(key_of(wave), invitation.nonce))
    invitation.save()
    if wave.state == WaveState.OPEN:
        mail_invitation(invitation, wave)
    return invitation


def _from_membership(membership: Membership) -> Invitation:
    user = membership.user
    return Invitation(
        membership=membership,
        organisation=membership.organisation,
        role=_role_of(membership),
        department=membership.department,
        function=membership.function,
        name=user.name,
        email=user.email.lower(),
        language=user.language,
    )


def _role_of(membership: Membership) -> str:
    """Management, where somebody is both."""
    held = {row.role for row in membership.roles.all()}
    return next((role for role in (Role.MANAGEMENT, Role.PARTICIPANT) if role in held), "")


def _from_guest(guest: Guest) -> Invitation:
    email = guest.email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        message = _("“%(email)s” is not an e-mail address.") % {"email": harmless(email)}
        raise InvalidInput(message) from error
    if not guest.name.strip():
        raise InvalidInput(gettext_lazy("Give a name with each e-mail address."))
    return Invitation(
        organisation=guest.organisation,
        name=" ".join(guest.name.split())[:120],
        email=email,
        language=guest.language,
        role=guest.role,
        department=guest.department,
        function=guest.function,
    )


def _refuse_strangers(wave: Wave, invitations: list[Invitation]) -> None:
    """Only organisations that take part in the cycle can be asked about it."""
    taking_part = set(participating_organisations(wave.cycle).values_list("pk", flat=True))
    if any(invitation.organisation_id not in taking_part for invitation in invitations):
        raise InvalidInput(gettext_lazy("This organisation doesn't take part in the round."))


def write_mail(invitation: Invitation, wave: Wave, *, link: str) -> Mail:
    """The mail of an invitation in the invitee's language, with this link in it."""
    language = invitation.language if invitation.language in ("nl", "en") else "nl"
    programme, asked = wave.cycle.programme, questionnaire(wave.version_id)
    with translation.override(language):
        name = (programme.name_en if language == "en" else "") or programme.name
        context = {
            "name": harmless(invitation.name),
            "programme": harmless(name),
            "organisation": harmless(invitation.organisation.name),
            "last_day": wave.last_day,
            "statements": asked.statements,
            "minutes": asked.minutes,
            "minimum": programme.minimum_group,
            "link": link,
        }
        subject = _("How do you experience %(programme)s?") % {"programme": context["programme"]}
        body = render_to_string("surveys/mail/invitation.txt", context)
    return Mail(to=invitation.email, subject=subject, body=body)


def preview_mail(invitation: Invitation, wave: Wave) -> Mail:
    """The mail as it will be, with its link covered: it opens somebody else's answers."""
    return write_mail(invitation, wave, link=address_of("•" * 12))


def resend_mail(wave: Wave, *, mail_id: int, by: Any) -> OutboxMail:
    """Send a mail of this wave again of which nobody knows whether it arrived.

    Raises UnknownMail for a mail of something else, NotNow when it isn't in doubt any more or the
    wave is closed.
    """
    if wave.state != WaveState.OPEN:
        raise NotNow(gettext_lazy("This wave is closed; its links don't work any more."))
    mail = mails_of(wave).filter(pk=mail_id).first()
    if mail is None:
        raise UnknownMail
    return resend_unsure(mail, actor=by)


def mail_invitation(invitation: Invitation, wave: Wave) -> None:
    """Write the mail with the personal link into the outbox, once for an invitation."""
    mail = write_mail(invitation, wave, link=address_of(token_of(invitation, wave)))
    queue_mail(
        to=mail.to,
        subject=mail.subject,
        body=mail.body,
        reference=mail_reference(invitation),
        dedupe_key=f"invitation:{invitation.pk}",
    )


def mail_reference(invitation: Invitation) -> str:
    """How the outbox names the mail of an invitation."""
    return f"wave:{invitation.wave_id}:invitation:{invitation.pk}"
