"""After a session: three questions to who was there, and word to who delivered the figures."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from benchmarks.models import Figure, Participation
from core.exceptions import Gone, InvalidInput
from core.outbox import queue_mail
from learningcircles.enums import Presence
from learningcircles.models import Action, Attendance, Session, SessionFeedback
from people.models import Membership

SALT = "learningcircles.feedback"
ANSWERABLE = timedelta(days=14)
"""After the record was closed. The answers are counted when nobody can answer any more."""
QUESTIONS = ("worth_it", "room", "will_do")


def feedback_url(attendance: Attendance) -> str:
    """The personal address of the three questions; it opens nothing else."""
    path = reverse("session_feedback", args=[signing.dumps(attendance.pk, salt=SALT)])
    return settings.BASE_URL + path


def attendance_of(token: str, now: datetime | None = None) -> Attendance:
    """Whose questions these are. Raises Gone for a wrong address, or once the questions closed."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise Gone(_("This link does not work any more.")) from error
    attendance = Attendance.objects.filter(pk=pk).select_related("session__programme").first()
    closes = attendance.session.questions_close_at if attendance else None
    if attendance is None or closes is None or (now or timezone.now()) >= closes:
        raise Gone(_("This link does not work any more."))
    return attendance


def ask_feedback(session: Session) -> None:
    """Ask everybody who was present; once, however often a record is closed."""
    present = session.attendances.filter(presence=Presence.PRESENT, membership__left_on=None)
    for attendance in present.select_related("membership__user"):
        user = attendance.membership.user
        if not user.is_active:
            continue
        with translation.override(user.language):
            context = {"session": session, "guest": user, "url": feedback_url(attendance)}
            queue_mail(
                to=user.email,
                subject=_("Was it worth it? %(title)s") % {"title": session.title},
                body=render_to_string("learningcircles/mail/feedback.txt", context),
                reference=f"session:{session.pk}:feedback",
                dedupe_key=f"feedback:{attendance.pk}",
            )


@transaction.atomic
def give_feedback(attendance: Attendance, answers: dict[str, bool]) -> SessionFeedback:
    """Note answers to the three questions; what isn't answered now stays as it was."""
    if not answers or not set(answers) <= set(QUESTIONS):
        raise InvalidInput(_("Choose an answer."))
    row, _new = SessionFeedback.objects.update_or_create(attendance=attendance, defaults=answers)
    return row


def _discussed(session: Session) -> dict[int, set[int]]:
    """The figures that something was said about, by organisation."""
    found: dict[int, set[int]] = {}
    for rows in (session.readings, session.signals):
        told = rows.exclude(figure=None).values_list("figure__organisation", "figure")
        for organisation, figure in told:
            found.setdefault(organisation, set()).add(figure)
    return found


def _deliverers(session: Session, organisation: int) -> Iterable[Membership]:
    """The contact people of an organisation in the round of the session: its figures came
    through them."""
    taking_part = Participation.objects.filter(organisation=organisation)
    if session.cycle_id:
        taking_part = taking_part.filter(cycle=session.cycle_id)
    else:
        taking_part = taking_part.filter(cycle__programme=session.programme_id)
    contacts = Membership.objects.filter(contact_for__in=taking_part, left_on=None)
    return contacts.filter(user__is_active=True).select_related("user").distinct()


def _became(session: Session, figure: Figure) -> dict[str, Any]:
    """In numbers: what was said stays in the session."""
    signals = session.signals.filter(figure=figure)
    return {
        "figure": figure,
        "readings": session.readings.filter(figure=figure).count(),
        "signals": signals.count(),
        "actions": Action.objects.filter(signal__in=signals).count(),
    }


def tell_deliverers(session: Session) -> None:
    """Tell who delivered figures what became of their own: how often it was discussed, how many
    signals and actions came of it. One mail a person a session."""
    for organisation, pks in _discussed(session).items():
        figures = Figure.objects.filter(pk__in=pks).select_related("definition")
        lines = [_became(session, figure) for figure in figures]
        for membership in _deliverers(session, organisation):
            user = membership.user
            with translation.override(user.language):
                context = {"session": session, "guest": user, "lines": lines}
                queue_mail(
                    to=user.email,
                    subject=_("What became of your figures"),
                    body=render_to_string("learningcircles/mail/delivered.txt", context),
                    reference=f"session:{session.pk}:delivered",
                    dedupe_key=f"delivered:{session.pk}:{membership.pk}",
                )
