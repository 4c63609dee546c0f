"""Erasing a person: what goes, and what stays without them."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from benchmarks.enums import ProgrammeKind
from benchmarks.models import Appointment, Participation, Programme
from config.privacy.copies import forget_copies, forget_own_files, forget_traces
from config.privacy.wording import Name
from core.audit import Deed, record
from core.exceptions import NotNow
from core.models import MailState, OutboxMail
from learningcircles.models import Attendance, CircleMember
from people.enums import Role
from people.models import AccessToken, MembershipRole, SignInLink, User, erased_address
from surveys.models import Candidate, Diary, Invitation, Response

NOBODY = "removed@benchlearn.invalid"
BLANK = {"name": "", "function": ""}


@transaction.atomic
def erase(user: User, *, by: Any = None) -> None:
    """Take a person out of everything that can do without them; their account can't be used again.

    What stays says "erased" where the name was: decisions, minutes, actions and figures are those
    of an organisation, and others rely on them. What was answered without a name stays, since
    nobody can find it. An objection to mail stays, else it would be forgotten. Where people typed
    the name, who runs the programme is told. Raises NotNow for the last coordinator of a programme
    and the last administrator.
    """
    held = User.objects.select_for_update().get(pk=user.pk)
    _refuse_the_last(held)
    name, address = Name(held.name, (held.email, held.phone)), held.email
    programmes = list(programmes_of(held).values_list("pk", flat=True))
    forget_own_files(held, name)
    forget_traces(held)
    AccessToken.objects.filter(user=held).delete()
    for rows in (SignInLink, UserSession, Authenticator, SocialAccount, EmailAddress, Diary):
        rows.objects.filter(user=held).delete()
    Appointment.objects.filter(user=held).delete()
    MembershipRole.objects.filter(membership__user=held).delete()
    for lists in (held.led_circles, held.interview_rounds):
        lists.clear()
    Participation.contacts.through.objects.filter(membership__user=held).delete()
    held.memberships.update(function="", department="", left_on=timezone.localdate())
    forget_invitations(Invitation.objects.filter(membership__user=held))
    forget_candidates(Candidate.objects.filter(membership__user=held))
    forget_mail(OutboxMail.objects.filter(to=address))
    held.email, held.name, held.phone = erased_address(held.pk), "", ""
    held.is_active = held.is_staff = held.is_superuser = False
    held.last_login = held.factor_due_on = None
    held.set_unusable_password()
    held.save()
    forget_copies(name, programmes, held.memberships.values("organisation"))
    record(Deed.ERASED, held, by=by)


def programmes_of(user: User) -> QuerySet[Programme]:
    """Those in which somebody may have been named: they had a role, took part or were asked. A
    published study names nobody."""
    mine = {"membership__user": user}
    ways = (
        Appointment.objects.filter(user=user).values("programme"),
        Participation.objects.filter(organisation__memberships__user=user).values(
            "cycle__programme"
        ),
        CircleMember.objects.filter(**mine).values("circle__programme"),
        Attendance.objects.filter(**mine).values("session__programme"),
        Invitation.objects.filter(**mine).values("wave__cycle__programme"),
        Candidate.objects.filter(**mine).values("round__cycle__programme"),
    )
    named = Q(pk__in=())
    for numbers in ways:
        named |= Q(pk__in=numbers)
    return Programme.objects.filter(named).exclude(kind=ProgrammeKind.STUDY)


def _refuse_the_last(user: User) -> None:
    for one in Appointment.objects.filter(user=user, role=Role.COORDINATOR):
        others = one.programme.appointments.filter(role=Role.COORDINATOR).exclude(pk=one.pk)
        if not others.exists():
            told = _("Appoint another coordinator first: somebody must run %(programme)s.")
            raise NotNow(told % {"programme": one.programme})
    others_too = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others_too.exists():
        raise NotNow(_("Make somebody else administrator first."))


def forget_invitations(rows: Any) -> int:
    """Nobody can tell any more who was asked; an answer that bore a name has none from now on."""
    numbers = list(rows.values_list("pk", flat=True))
    Response.objects.filter(invitation__in=numbers).update(invitation=None)
    blank = {"membership": None, "name": "", "email": "", "department": "", "function": ""}
    return int(Invitation.objects.filter(pk__in=numbers).update(**blank))


def forget_candidates(rows: Any) -> int:
    """Nobody can tell any more who was asked for an interview."""
    return int(rows.update(membership=None, email="", phone="", **BLANK))


def forget_mail(rows: Any) -> int:
    """What waits is not sent; of what was sent nobody can tell to whom."""
    rows.filter(state=MailState.WAITING).update(state=MailState.CANCELLED)
    at_rest = rows.exclude(state__in=[MailState.CLAIMED, MailState.DELIVERING])
    gone = {"to": NOBODY, "subject": "", "body": "", "attachment": "", "server_answer": ""}
    return int(at_rest.update(**gone, unsubscribe_url="", attachment_name=""))
