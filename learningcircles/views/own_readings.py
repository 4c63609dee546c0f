"""The private part of a joint session: for one organisation and the facilitator."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learningcircles import live
from learningcircles.domain.minutes import both_texts
from learningcircles.forms.minutes import OwnReadingForm
from learningcircles.models import OwnReading, OwnReadingEdit, Session
from learningcircles.views.common import (
    asks_json,
    page,
    saved,
    seen_session,
    typed_met,
    typed_on,
)
from learningcircles.views.session_page import session_crumbs


def _own_reading(request: HttpRequest, session: Session, organisation_pk: int) -> OwnReading:
    """A private part that this person sees, or 404: also for who sees the session."""
    for row in live.own_readings_of(session, request.user):
        if row.organisation_id == organisation_pk:
            return row
    raise Http404


def _shown(row: OwnReading, waiting: list[OwnReadingEdit]) -> OwnReadingForm:
    """What stands, ready to be written in; or both texts, where one waits."""
    initial: dict[str, Any] = {"text": row.text, "version": row.version}
    if waiting:
        initial |= {"text": both_texts(row.text, waiting[0].text), "edit": waiting[0].pk}
    return OwnReadingForm(organisation=row.organisation, initial=initial)


def _page(request: HttpRequest, row: OwnReading, form: OwnReadingForm | None) -> HttpResponse:
    waiting = list(live.own_edits_of(row, request.user).filter(settled_at=None))
    context = {
        "programme": row.session.programme,
        "session": row.session,
        "row": row,
        "waiting": waiting,
        "form": form or _shown(row, waiting),
        "crumbs": session_crumbs(row.session, with_itself=True),
    }
    return page(request, "own_reading", context, *([form] if form else []))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_reading(request: HttpRequest, code: str, pk: int, organisation_pk: int) -> HttpResponse:
    """The private part of one organisation: for itself and the facilitator."""
    session = seen_session(request, code, pk)
    row = _own_reading(request, session, organisation_pk)
    if request.method != "POST":
        return _page(request, row, None)
    met = live.own_edits_of(row, request.user)
    form = OwnReadingForm(request.POST, organisation=row.organisation, met=met)
    typed = saved(form, lambda: form.save(session, request.user, asks_json(request)))
    if typed is None:
        return _page(request, row, form)
    if asks_json(request):
        return typed_met(request.path) if typed.unmerged else typed_on(typed.row.version)
    if typed.unmerged is not None:
        typed.row.session = session
        response = _page(request, typed.row, None)
        response.status_code = HTTPStatus.CONFLICT
        return response
    messages.success(request, _("Your own reading is saved."))
    return redirect("session", code=code, pk=pk)
