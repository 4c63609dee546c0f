"""Who runs, leads and evaluates a programme."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from benchmarks.models import Appointment, Programme
from core.audit import Deed, record
from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from core.outbox import queue_mail
from people.domain.accounts import account_of
from people.enums import PROGRAMME_ROLES, Role


@transaction.atomic
def appoint(programme: Programme, *, by: Any, email: str, role: str, name: str = "") -> Appointment:
    """Give somebody a role in a programme, and tell them by mail; a second time changes nothing.

    Who has no account gets one, with this name. `role` is one of PROGRAMME_ROLES.
    """
    if role not in [each.value for each in PROGRAMME_ROLES]:
        raise InvalidInput(_("This is not a role in a benchmark."))
    user = account_of(email, name=name, by=by)
    appointment, new = Appointment.objects.get_or_create(programme=programme, user=user, role=role)
    if new:
        log_activity(programme, "appoint", actor=by, role=role, user=user.pk)
        _tell(appointment)
        record(Deed.ROLE_GIVEN, user, by=by, scope=programme, role=role)
    return appointment


def _tell(appointment: Appointment) -> None:
    """A mail in the person's own language, with the way to sign in."""
    user, programme = appointment.user, appointment.programme
    with translation.override(user.language):
        role = str(Role(appointment.role).label)
        queue_mail(
            to=user.email,
            subject=_("You are %(role)s of %(programme)s") % {"role": role, "programme": programme},
            body=render_to_string(
                "benchmarks/mail/appointed.txt",
                {
                    "user": user,
                    "role": role,
                    "programme": programme,
                    "url": settings.BASE_URL + reverse("programme", args=[programme.code]),
                },
            ),
            reference=f"programme:{programme.code}",
            dedupe_key=f"appointed:{appointment.pk}",
        )


def end_all(sender: Any, user: Any, **kwargs: Any) -> None:
    """Nobody came for an account: its roles are free again. A last coordinator goes too, since
    nobody was running the programme."""
    for appointment in Appointment.objects.filter(user=user).select_related("programme"):
        appointment.delete()
        record(Deed.ROLE_TAKEN, user, scope=appointment.programme, role=appointment.role)


@transaction.atomic
def dismiss(appointment: Appointment, *, by: Any) -> None:
    """Take a role in a programme back. The last coordinator stays: somebody must run it."""
    programme = Programme.objects.select_for_update().get(pk=appointment.programme_id)
    coordinators = programme.appointments.filter(role=Role.COORDINATOR)
    others = coordinators.exclude(pk=appointment.pk)
    if appointment.role == Role.COORDINATOR and not others.exists():
        raise NotNow(_("Appoint another coordinator first: somebody must run the benchmark."))
    log_activity(programme, "dismiss", actor=by, role=appointment.role, user=appointment.user_id)
    appointment.delete()
    record(Deed.ROLE_TAKEN, appointment.user, by=by, scope=programme, role=appointment.role)
