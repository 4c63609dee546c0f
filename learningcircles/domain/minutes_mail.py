"""The mails about minutes, written into the outbox."""

from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.outbox import queue_mail
from learningcircles.models import Attendance, Minutes


def ask_approval(minutes: Minutes, attendances: Iterable[Attendance]) -> None:
    """One mail to each who was there: read the minutes, and say whether they are right.

    It holds no word of the minutes: a mailbox is open longer than a session is shared.
    """
    session = minutes.session
    path = reverse("session_minutes", args=[session.programme.code, session.pk])
    for attendance in attendances:
        membership = attendance.membership
        user = membership.user
        if membership.left_on is not None or not user.is_active:
            continue
        with translation.override(user.language):
            context = {"session": session, "guest": user, "url": settings.BASE_URL + path}
            queue_mail(
                to=user.email,
                subject=_("Minutes to approve: %(title)s") % {"title": session.title},
                body=render_to_string("learningcircles/mail/approval.txt", context),
                reference=f"session:{session.pk}:approval",
                dedupe_key=f"approval:{minutes.pk}:{minutes.round}:{attendance.pk}",
            )
