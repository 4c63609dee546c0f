"""The page of a session, for who leads it and for who attends it."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from learningcircles import live, preparing, queries
from learningcircles.agenda import schedule_of
from learningcircles.enums import Presence
from learningcircles.forms.materials import MaterialForm
from learningcircles.forms.minutes import OwnReadingForm
from learningcircles.forms.notes import NoteForm
from learningcircles.forms.record import SessionActionForm, SignalForm
from learningcircles.forms.sessions import InviteForm
from learningcircles.models import Action, OwnReading, Session
from learningcircles.said import said_afterwards
from learningcircles.suggestions import carried_actions
from learningcircles.views.common import Crumbs, crumbs, page


def session_crumbs(session: Session, *, with_itself: bool = False) -> Crumbs:
    """The way back up, through the circle if it has one."""
    code = session.programme.code
    further: Crumbs = []
    if session.circle is not None:
        further.append((session.circle, reverse("circle", args=[code, session.circle.pk])))
    if with_itself:
        further.append((session, reverse("session", args=[code, session.pk])))
    return crumbs(session.programme, *further)


def _carried(session: Session, user: Any) -> list[Action]:
    """What was agreed earlier and is still open: it comes back at the next meeting."""
    if not session.is_planned:
        return []
    actions = queries.action_rows(carried_actions(session, user))
    return queries.with_right_to_change(actions, user)


def _leading(request: HttpRequest, session: Session, shown: dict[str, Form]) -> dict[str, Any]:
    """The forms of who leads the session; one that came back keeps what was typed."""
    about: dict[str, Any] = {"session": session, "user": request.user}
    return {
        "signal_form": shown.get("signal_form") or SignalForm(**about),
        "note_form": shown.get("note_form") or NoteForm(**about),
        "action_form": shown.get("action_form") or SessionActionForm(**about),
        "invite_form": shown.get("invite_form") or InviteForm(**about),
        "presences": [choice for choice in Presence.choices if choice[0]],
    }


def own_part(parts: list[OwnReading], user: Any) -> tuple[OwnReadingForm | None, bool]:
    """The form of one's own private part, beside the shared record, and whether a text waits
    there. Who sees those of several organisations opens them one by one."""
    if len(parts) != 1:
        return None, False
    row = parts[0]
    initial = {"text": row.text, "version": row.version}
    form = OwnReadingForm(organisation=row.organisation, initial=initial)
    return form, live.own_edits_of(row, user).filter(settled_at=None).exists()


def session_page(request: HttpRequest, session: Session, **shown: Form) -> HttpResponse:
    """Render the page; `shown` are forms that came back with errors."""
    user = request.user
    guests = list(queries.guests_of(session, user))
    actions = queries.action_rows(Action.objects.visible_to(user).filter(session=session))
    parts = live.own_readings_of(session, user)
    own_form, own_waits = own_part(parts, user)
    context: dict[str, Any] = {
        "programme": session.programme,
        "session": session,
        "crumbs": session_crumbs(session),
        "guests": guests,
        "own": [guest for guest in guests if guest.membership.user_id == user.pk],
        "coming_count": sum(guest.reply == "coming" for guest in guests),
        "feedback": said_afterwards(session, timezone.now()) if session.is_held else None,
        "own_readings": parts,
        "own_form": own_form,
        "own_waits": own_waits,
        "schedule": schedule_of(session, user),
        "materials": preparing.materials_of(session, user),
        "preparations": preparing.preparations_of(session, user),
        "material_form": shown.get("material_form") or MaterialForm(session=session, user=user),
        "leads": queries.leads(user, session.programme),
        "readings": queries.readings_of(session, user),
        "decisions": queries.decisions_of(session, user),
        "issues": queries.issues_of(session, user),
        "signals": queries.signals_of(session, user),
        "actions": queries.with_right_to_change(actions.order_by("id"), user),
        "may_record": session.may_be_recorded,
        "carried": _carried(session, user),
        "today": timezone.localdate(),
    }
    if context["leads"]:
        context |= _leading(request, session, shown)
    return page(request, "session", context, *shown.values())
