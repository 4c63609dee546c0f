"""While the session goes on: who is there, what is said, what is agreed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learningcircles.domain.sessions import record_attendance
from learningcircles.forms.notes import NoteForm
from learningcircles.forms.record import SessionActionForm, SignalForm
from learningcircles.models import Session
from learningcircles.views.common import led_session, saved
from learningcircles.views.session_page import session_page


def _back_to(session: Session, part: str) -> HttpResponse:
    """To the same part of the page, ready for the next line."""
    return redirect(reverse("session", args=[session.programme.code, session.pk]) + f"#{part}")


@login_required
@require_POST
def session_attendance(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record who is there. Only lines that this form changed are stored: two people may tick."""
    session = led_session(request, code, pk)
    posted = request.POST
    presences, substitutes = {}, {}
    for guest in session.attendances.all():
        name = f"presence-{guest.pk}"
        told = posted.get(name, "")
        stand_in = posted.get(f"substitute-{guest.pk}", "").strip()
        seen = posted.get(f"seen-{guest.pk}", guest.presence)
        if name in posted and (told != seen or stand_in != guest.substitute_name):
            presences[guest.pk], substitutes[guest.pk] = told, stand_in
    changed = record_attendance(
        session, by=request.user, presences=presences, substitutes=substitutes
    )
    if changed:
        messages.success(request, _("Attendance is recorded."))
    return _back_to(session, "people")


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
        return session_page(request, session, action_form=form)
    return _back_to(session, "actions")


@login_required
@require_POST
def session_note(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One line: a reading, a decision, or a definition issue."""
    session = led_session(request, code, pk)
    form = NoteForm(request.POST, session=session, user=request.user)
    if saved(form) is None:
        return session_page(request, session, note_form=form)
    return _back_to(session, "notes")
