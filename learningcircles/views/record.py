"""While the session goes on: who is there, what is said, what is agreed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learningcircles.domain.sessions import record_attendance
from learningcircles.forms.notes import NoteForm
from learningcircles.forms.record import SessionActionForm, SignalForm
from learningcircles.models import Session
from learningcircles.views.common import led_session, number, saved
from learningcircles.views.live import live_page
from learningcircles.views.session_page import session_page


def _back_to(session: Session, part: str, posted: QueryDict | None = None) -> HttpResponse:
    """To the same part of the page, ready for the next line; to the item of the agenda that the
    line was noted under."""
    if posted and (item := number(posted.get("item"))):
        address = reverse("session_live", args=[session.programme.code, session.pk])
        return redirect(f"{address}?item={item}#{part}")
    return redirect(reverse("session", args=[session.programme.code, session.pk]) + f"#{part}")


def _again(request: HttpRequest, session: Session, **shown: Any) -> HttpResponse:
    """The page that the line came from, with what was typed and what is wrong with it."""
    if item := number(request.POST.get("item")):
        return live_page(request, session, item, **shown)
    return session_page(request, session, **shown)


@login_required
@require_POST
def session_attendance(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record who is there. Only lines that this form changed are stored: two people may tick."""
    session = led_session(request, code, pk)
    posted = request.POST
    presences, substitutes, expertise = {}, {}, {}
    for guest in session.attendances.all():
        name = f"presence-{guest.pk}"
        told = posted.get(name, "")
        stand_in = posted.get(f"substitute-{guest.pk}", "").strip()
        brings = posted.get(f"expertise-{guest.pk}", guest.expertise).strip()
        moved = told != posted.get(f"seen-{guest.pk}", guest.presence)
        typed = (stand_in, brings) != (guest.substitute_name, guest.expertise)
        if name in posted and (moved or typed):
            presences[guest.pk] = told if moved else guest.presence
            substitutes[guest.pk], expertise[guest.pk] = stand_in, brings
    changed = record_attendance(
        session,
        by=request.user,
        presences=presences,
        substitutes=substitutes,
        expertise=expertise,
    )
    if changed:
        messages.success(request, _("Attendance is recorded."))
    return _back_to(session, "people", request.POST)


@login_required
@require_POST
def session_signal(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One line: a signal."""
    session = led_session(request, code, pk)
    form = SignalForm(request.POST, session=session, user=request.user)
    if saved(form) is None:
        return session_page(request, session, signal_form=form)
    return _back_to(session, "signals")


@login_required
@require_POST
def session_action(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One line: an action."""
    session = led_session(request, code, pk)
    form = SessionActionForm(request.POST, session=session, user=request.user)
    if saved(form) is None:
        return _again(request, session, action_form=form)
    return _back_to(session, "actions", request.POST)


@login_required
@require_POST
def session_note(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One line: a reading, a decision, or a definition issue."""
    session = led_session(request, code, pk)
    form = NoteForm(request.POST, session=session, user=request.user)
    if saved(form) is None:
        return _again(request, session, note_form=form)
    return _back_to(session, "notes", request.POST)
