"""While a session goes on: the item in the middle, what is typed with it, and private parts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcircles import live, queries
from learningcircles.agenda import agenda_of, schedule_of
from learningcircles.domain.minutes import Typed, both_texts
from learningcircles.enums import Presence
from learningcircles.forms.minutes import MinuteForm
from learningcircles.forms.notes import NoteForm
from learningcircles.forms.record import SessionActionForm
from learningcircles.models import AgendaItem, MinuteEdit, Session
from learningcircles.views.common import (
    asks_json,
    led_session,
    number,
    page,
    saved,
    typed_met,
    typed_on,
)
from learningcircles.views.session_page import session_crumbs


def live_url(session: Session, item: AgendaItem) -> str:
    """The page for during the talk, at this item."""
    address = reverse("session_live", args=[session.programme.code, session.pk])
    return f"{address}?item={item.pk}"


def live_page(request: HttpRequest, session: Session, pk: int, **shown: Any) -> HttpResponse:
    """Agenda left, the item in the middle, attendance right."""
    user = request.user
    schedule = schedule_of(session, user)
    line = live.chosen_line(schedule, pk)
    about: dict[str, Any] = {"session": session, "user": user}
    context: dict[str, Any] = {
        "programme": session.programme,
        "session": session,
        "crumbs": session_crumbs(session, with_itself=True),
        "schedule": schedule,
        "line": line,
        "guests": queries.guests_of(session, user),
        "presences": [choice for choice in Presence.choices if choice[0]],
        "unmerged": live.unmerged_edits(session, user),
        "own_readings": live.own_readings_of(session, user),
    }
    if line is not None:
        at_item = {"item": line.item, "figure": None}
        row = live.text_of(line.item, user)
        context |= {
            "notes": live.notes_of(line.item, user),
            "minute_form": MinuteForm(initial={"text": row.text, "version": row.version}),
            "note_form": NoteForm(**about, initial=at_item),
            "action_form": SessionActionForm(**about, initial=at_item),
        }
    return page(request, "live", context | shown, *shown.values())


@login_required
@require_safe
def session_live(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What is said and agreed, while it is said."""
    session = led_session(request, code, pk)
    return live_page(request, session, number(request.GET.get("item")))


def _item(request: HttpRequest, session: Session, pk: int) -> AgendaItem:
    items = agenda_of(session, request.user).select_related("session__programme")
    return get_object_or_404(items, pk=pk)


def _conflict(request: HttpRequest, session: Session, typed: Typed) -> HttpResponse:
    """Both texts are kept; here they are put together."""
    edit = typed.unmerged
    if edit is None:
        return redirect(live_url(session, typed.row.item))
    together = {"text": both_texts(typed.row.text, edit.text), "version": typed.row.version}
    context = {
        "programme": session.programme,
        "session": session,
        "item": edit.item,
        "row": typed.row,
        "edit": edit,
        "closed": typed.closed,
        "form": MinuteForm(initial=together),
        "crumbs": session_crumbs(session, with_itself=True),
    }
    response = page(request, "minute_conflict", context)
    response.status_code = 409
    return response


def _told(session: Session, typed: Typed) -> HttpResponse:
    """What became of a text, for the script that saves while somebody types."""
    if typed.unmerged is None:
        return typed_on(typed.row.version)
    about = [session.programme.code, session.pk, typed.unmerged.pk]
    return typed_met(reverse("minute_edit", args=about))


@login_required
@require_POST
def minute_text(request: HttpRequest, code: str, pk: int, item_pk: int) -> HttpResponse:
    """Save what is typed with an item."""
    session = led_session(request, code, pk)
    item = _item(request, session, item_pk)
    form = MinuteForm(request.POST)
    typed = saved(form, lambda: form.save(item, request.user, going_on=asks_json(request)))
    if typed is None:
        return live_page(request, session, item_pk, minute_form=form)
    if asks_json(request):
        return _told(session, typed)
    if typed.unmerged is not None:
        return _conflict(request, session, typed)
    messages.success(request, _("The minutes of this item are saved."))
    return redirect(live_url(session, item))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def minute_edit(request: HttpRequest, code: str, pk: int, edit_pk: int) -> HttpResponse:
    """A text that waits: put it together with the one that stands."""
    session = led_session(request, code, pk)
    met = MinuteEdit.objects.visible_to(request.user).filter(item__session=session, version=None)
    edit = get_object_or_404(met.select_related("author", "item__session"), pk=edit_pk)
    if edit.settled_at is not None and request.method != "POST":
        return redirect(live_url(session, edit.item))  # somebody just did
    row = live.text_of(edit.item, request.user)
    form = MinuteForm(request.POST or None)
    typed = saved(form, lambda: form.save(edit.item, request.user, edit)) if form.is_bound else None
    if typed is None:
        response = _conflict(request, session, Typed(row, edit))
        response.status_code = 200
        return response
    if typed.unmerged is not None:
        return _conflict(request, session, typed)
    messages.success(request, _("Both texts are in the minutes now."))
    return redirect(live_url(session, edit.item))
