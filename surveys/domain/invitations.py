"""Decisions about invitations: whom to ask, and the mail with their personal link."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.delivery import resend_unsure
from core.exceptions import DomainError, InvalidInput, NotNow
from core.models import MailState, OutboxMail, log_activity
from core.outbox import new_mail, queue_mails
from people.enums import Role
from people.models import Membership, Organisation
from surveys.domain.links import address_of, digest_of, key_of, make_token
from surveys.domain.mails import LANGUAGES, Words, language_of, words_of, write_mail
from surveys.enums import MailKind, WaveState
from surveys.mailtext import harmless
from surveys.models import Invitation, MailStop, Wave
from surveys.models.waves import new_nonce
from surveys.queries import mails_in_trouble, mails_of, participating_organisations

ROWS_AT_ONCE = 500


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
    by_email = {invitation.email: invitation for invitation in reversed(wanted)}
    new = [by_email[email] for email in dict.fromkeys(each.email for each in wanted)]
    new = [invitation for invitation in new if invitation.email not in known]
    if new:
        _store(new, wave)
        log_activity(wave, "invited", actor=by, people=len(new))
    return new


def _store(invitations: list[Invitation], wave: Wave) -> None:
    key = key_of(wave)
    for invitation in invitations:
        invitation.wave = wave
        invitation.nonce = new_nonce()
        invitation.token_digest = digest_of(make_token(key, invitation.nonce))
    Invitation.objects.bulk_create(invitations, batch_size=ROWS_AT_ONCE)
    if wave.state == WaveState.OPEN:
        mail_invitations(invitations, wave)


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
    email = valid_address(guest.email)
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


def valid_address(email: str) -> str:
    """The address as it is kept; raises InvalidInput when it can't be one."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        message = _("“%(email)s” is not an e-mail address.") % {"email": harmless(email)}
        raise InvalidInput(message) from error
    return email


def _refuse_strangers(wave: Wave, invitations: list[Invitation]) -> None:
    """Only organisations that take part in the cycle can be asked about it."""
    taking_part = set(participating_organisations(wave.cycle).values_list("pk", flat=True))
    if any(invitation.organisation_id not in taking_part for invitation in invitations):
        raise InvalidInput(gettext_lazy("This organisation doesn't take part in the round."))


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


@transaction.atomic
def correct_address(wave: Wave, *, mail_id: int, email: str, by: Any) -> Invitation:
    """Send the invitation of a mail that can't arrive to another address; the link stays the same.

    Raises UnknownMail, NotNow when the wave isn't open, InvalidInput for an address that can't be
    one or that was invited already.
    """
    if wave.state != WaveState.OPEN:
        raise NotNow(gettext_lazy("This wave is closed; its links don't work any more."))
    mail = mails_in_trouble(wave).filter(pk=mail_id).exclude(state=MailState.UNSURE).first()
    if mail is None:
        raise UnknownMail
    invitation = wave.invitations.get(pk=int(mail.reference.rsplit(":", 1)[-1]))
    email = valid_address(email)
    if wave.invitations.filter(email=email).exists():
        raise InvalidInput(gettext_lazy("This address was invited already."))
    invitation.email = email
    invitation.save(update_fields=["email", "modified_at"])
    mails_of(wave).filter(pk=mail.pk).update(state=MailState.CANCELLED, body="", unsubscribe_url="")
    queue([invitation], wave, kind=MailKind.INVITATION, occasion=f"corrected:{mail.pk}")
    log_activity(wave, "address corrected", actor=by)
    return invitation


def mail_invitations(invitations: Iterable[Invitation], wave: Wave) -> None:
    """Write the mails with the personal links into the outbox, once for each invitation."""
    queue(invitations, wave, kind=MailKind.INVITATION, occasion="invitation")


def queue(invitations: Iterable[Invitation], wave: Wave, *, kind: str, occasion: str) -> None:
    """Write mails into the outbox, once an invitation and occasion; none to who wants no more."""
    stops = MailStop.objects.filter(programme=wave.cycle.programme_id)
    stopped, key = set(stops.values_list("email", flat=True)), key_of(wave)
    words = {language: words_of(wave, kind=kind, language=language) for language in LANGUAGES}
    queue_mails(
        _mail(invitation, wave, key, words, occasion)
        for invitation in invitations
        if invitation.email and invitation.email not in stopped
    )


def _mail(
    invitation: Invitation, wave: Wave, key: bytes, words: Mapping[str, Words], occasion: str
) -> OutboxMail:
    link = address_of(make_token(key, invitation.nonce))
    mail = write_mail(invitation, wave, link=link, words=words[language_of(invitation)])
    return new_mail(
        to=mail.to,
        subject=mail.subject,
        body=mail.body,
        reference=mail_reference(invitation),
        dedupe_key=f"{occasion}:{invitation.pk}",
        unsubscribe_url=mail.stop_url,
    )


def mail_reference(invitation: Invitation) -> str:
    """How the outbox names the mail of an invitation."""
    return f"wave:{invitation.wave_id}:invitation:{invitation.pk}"
