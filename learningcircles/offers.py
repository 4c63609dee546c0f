"""What this room offers upward: deeds for *Now*, and sections of a programme's page."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from core.deeds import Deed, Section
from learningcircles import queries
from learningcircles.domain.approval import THERE, missing_approvals
from learningcircles.enums import MinutesState, Reply
from learningcircles.live import approver
from learningcircles.managers import programmes_led_by
from learningcircles.models import (
    Action,
    Attendance,
    Circle,
    Minutes,
    PracticePage,
    Preparation,
    Session,
)
from learningcircles.practices import library_of
from website.examples import PublicPractice

ACTIONS_AHEAD = timedelta(days=30)
SESSIONS_AHEAD = timedelta(days=60)
RECORDS_BACK = timedelta(days=400)
"""A session that was held and not recorded stays on *Now* for about a year."""


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _day(session: Session) -> date:
    return timezone.localtime(session.starts_at).date()


def _url_of(session: Session) -> str:
    return reverse("session", args=[session.programme.code, session.pk])


def _own_actions(user: Any, today: date) -> Iterator[Deed]:
    """What I promised and is due soon or was due."""
    mine = (
        Action.objects.visible_to(user).owned_by(user).open().with_date_until(today + ACTIONS_AHEAD)
    )
    for action in mine.exclude(pk__in=mine.with_management().values("pk")).select_related(
        "organisation"
    ):
        yield Deed(
            title=action.title,
            verb=_("Update"),
            url=reverse("action", args=[action.pk]),
            due=action.due,
            context=str(action.organisation),
        )


def _own_sessions(user: Any, today: date) -> Iterator[Deed]:
    """Where I am expected."""
    coming = Attendance.objects.visible_to(user).filter(
        membership__user=user,
        membership__left_on=None,
        session__state="planned",
        session__ends_at__gte=_start_of(today),
        session__starts_at__lt=_start_of(today + SESSIONS_AHEAD),
    )
    for attendance in coming.select_related("session__programme", "session__circle"):
        session = attendance.session
        answered = attendance.reply != Reply.NONE
        yield Deed(
            title=session.title,
            verb=_("See session") if answered else _("Say whether you come"),
            url=_url_of(session),
            due=_day(session),
            context=str(session.circle or session.programme),
        )


def _sessions_to_lead(user: Any, today: date) -> Iterator[Deed]:
    """What I prepare, and what I still have to record."""
    led = (
        Session.objects.visible_to(user)
        .planned()
        .filter(
            Q(led_by=user) | Q(led_by=None, circle__facilitators=user),
            programme__in=programmes_led_by(user),
            starts_at__gte=_start_of(today - RECORDS_BACK),
            starts_at__lt=_start_of(today + SESSIONS_AHEAD),
        )
    )
    for session in led.select_related("programme", "circle").distinct():
        yield Deed(
            title=session.title,
            verb=_("Record") if session.starts_at <= timezone.now() else _("Prepare"),
            url=_url_to_lead(session),
            due=_day(session),
            context=str(session.circle or session.programme),
        )


def _url_to_lead(session: Session) -> str:
    """The page for during the talk once it began, the one to prepare it before."""
    name = "session_live" if session.starts_at <= timezone.now() else "session_prepare"
    return reverse(name, args=[session.programme.code, session.pk])


def _to_prepare(user: Any, today: date) -> Iterator[Deed]:
    """What I was asked to prepare."""
    asked = Preparation.objects.visible_to(user).filter(
        membership__user=user,
        membership__left_on=None,
        done_on=None,
        session__state="planned",
        session__starts_at__gte=_start_of(today),
    )
    for row in asked.select_related("session__programme"):
        yield Deed(
            title=row.what,
            verb=_("Prepare"),
            url=f"{_url_of(row.session)}#preparations",
            due=_day(row.session),
            context=row.session.title,
        )


def _to_approve(user: Any) -> Iterator[Deed]:
    """Minutes that wait for the word of my organisation."""
    sent = Minutes.objects.visible_to(user).filter(state=MinutesState.SENT)
    mine = sent.filter(
        session__attendances__membership__user=user,
        session__attendances__membership__left_on=None,
        session__attendances__presence__in=THERE,
    ).distinct()
    for minutes in mine.select_related("session__programme"):
        own = approver(minutes.session, user)
        if own and own.organisation_id in missing_approvals(minutes):
            yield Deed(
                title=minutes.session.title,
                verb=_("Approve the minutes"),
                url=reverse(
                    "session_minutes", args=[minutes.session.programme.code, minutes.session_id]
                ),
                due=_day(minutes.session),
                context=str(own.organisation),
            )


def _to_decide(user: Any) -> Iterator[Deed]:
    """What was handed to me as management."""
    handed = Action.objects.visible_to(user).followed_by(user).with_management()
    for action in handed.select_related("organisation"):
        yield Deed(
            title=action.title,
            verb=_("Decide"),
            url=reverse("action", args=[action.pk]),
            due=action.due,
            context=str(action.organisation),
        )


def _long_overdue(user: Any, today: date) -> Iterator[Deed]:
    """What went to me as management because it is long past its date: one line a benchmark."""
    late = Action.objects.visible_to(user).followed_by(user).escalated(today)
    late = late.exclude(pk__in=late.with_management().values("pk")).order_by()
    counted = late.values("programme__code", "organisation__code", "organisation__name").annotate(
        n=Count("pk"), since=Min("due")
    )
    for row in counted.order_by("programme__code", "organisation__code"):
        address = reverse("follow_up", args=[row["programme__code"]])
        asked = urlencode({"organisation": row["organisation__code"], "show": "escalated"})
        yield Deed(
            title=ngettext(
                "%(n)d action is long past its date",
                "%(n)d actions are long past their date",
                row["n"],
            )
            % {"n": row["n"]},
            verb=_("See follow-up"),
            url=f"{address}?{asked}",
            due=row["since"],
            context=row["organisation__name"],
        )


def deeds(sender: Any, user: Any, today: date, **kwargs: Any) -> list[Deed]:
    """What this room expects of a person."""
    return [
        *_own_actions(user, today),
        *_own_sessions(user, today),
        *_sessions_to_lead(user, today),
        *_to_prepare(user, today),
        *_to_approve(user),
        *_to_decide(user),
        *_long_overdue(user, today),
    ]


def _circles_section(user: Any, programme: Any) -> Section:
    count = Circle.objects.visible_to(user).filter(programme=programme).running().count()
    return Section(
        title=_("Learning circles"),
        url=reverse("circle_list", args=[programme.code]),
        order=40,
        summary=ngettext_lazy("%(n)d circle", "%(n)d circles", count) % {"n": count},
    )


def sections(sender: Any, user: Any, programme: Any, **kwargs: Any) -> list[Section]:
    """The parts of a programme that this room offers to this person."""
    offered = []
    if queries.leads(user, programme) or queries.takes_part(user, programme):
        offered.append(_circles_section(user, programme))
    practices = PracticePage.objects.visible_to(user).filter(programme=programme).count()
    if practices or queries.takes_part(user, programme):
        offered.append(
            Section(
                title=_("Good practices"),
                url=reverse("practice_list"),
                order=55,
                summary=ngettext_lazy("%(n)d practice", "%(n)d practices", practices)
                % {"n": practices},
            )
        )
    if queries.organisations_followed(user, programme).exists():
        offered.append(
            Section(
                title=_("Follow-up"),
                url=reverse("follow_up", args=[programme.code]),
                order=50,
                summary=_("What became of the actions"),
            )
        )
    return offered


def public_practices(sender: Any, most: int, **kwargs: Any) -> list[PublicPractice]:
    """The newest good practices that anyone may read."""
    rows = library_of(AnonymousUser())[:most]
    return [
        PublicPractice(
            title=row.title,
            text=row.what,
            organisation=str(row.organisation),
            programme=row.programme,
            url=reverse("practice", args=[row.pk]),
        )
        for row in rows
    ]
