"""Preparing a session: what could be talked about, and the agenda that comes of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcircles import preparing, queries
from learningcircles.agenda import agenda_of, schedule_of
from learningcircles.domain.agenda import move_item, remove_item
from learningcircles.domain.drafting import (
    add_suggestion,
    draft_agenda,
    use_previous,
)
from learningcircles.domain.templates import use_template
from learningcircles.forms.agenda import ItemForm, TemplateForm, WayForm
from learningcircles.forms.materials import MaterialForm, PreparationForm
from learningcircles.models import AgendaItem, AgendaTemplate, Session
from learningcircles.suggestions import carried_actions, suggestions_for
from learningcircles.views.common import led_session, page, saved
from learningcircles.views.session_page import session_crumbs


def prepare_page(request: HttpRequest, session: Session, **shown: Any) -> HttpResponse:
    """Render the page; `shown` are forms that came back with errors."""
    user = request.user
    schedule = schedule_of(session, user)
    on_agenda = {line.item.source for line in schedule.lines}
    carried = queries.action_rows(carried_actions(session, user))
    context = {
        "programme": session.programme,
        "session": session,
        "crumbs": session_crumbs(session, with_itself=True),
        "schedule": schedule,
        "suggestions": [
            each for each in suggestions_for(session, user) if each.source not in on_agenda
        ],
        "today": timezone.localdate(),
        "carried": queries.with_right_to_change(carried, user),
        "previous": preparing.previous_session(session, user),
        "missed": preparing.missed_two_in_a_row(session.circle, user) if session.circle else [],
        "preparations": preparing.preparations_of(session, user),
        "materials": preparing.materials_of(session, user),
        "way_form": WayForm(session=session, user=user),
        "templates": AgendaTemplate.objects.visible_to(user).filter(programme=session.programme),
        "template_form": TemplateForm(session=session, user=user),
        "item_form": ItemForm(session=session, user=user),
        "preparation_form": PreparationForm(session=session, user=user),
        "material_form": MaterialForm(session=session, user=user),
        **shown,
    }
    return page(request, "prepare", context, *shown.values())


@login_required
@require_safe
def session_prepare(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What should we talk about?"""
    return prepare_page(request, led_session(request, code, pk))


def to_agenda(session: Session) -> HttpResponse:
    """Back to the agenda on the page to prepare it."""
    address = reverse("session_prepare", args=[session.programme.code, session.pk])
    return redirect(f"{address}#agenda")


def _filled(request: HttpRequest, session: Session, form: WayForm) -> list[AgendaItem]:
    user, way = request.user, form.cleaned_data["way"]
    if way == WayForm.TEMPLATE:
        return use_template(session, by=user, template=form.cleaned_data["template"])
    if way == WayForm.PREVIOUS:
        previous = preparing.previous_session(session, user)
        if previous is None:
            raise Http404
        return use_previous(session, by=user, previous=previous)
    return draft_agenda(session, by=user, suggestions=suggestions_for(session, user))


@login_required
@require_POST
def agenda_fill(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Let the agenda draft itself, or take the usual one, or that of last time."""
    session = led_session(request, code, pk)
    form = WayForm(request.POST, session=session, user=request.user)
    if not form.is_valid():
        raise Http404
    had = session.agenda.count()
    _filled(request, session, form)
    n = session.agenda.count() - had
    said = ngettext("%(n)d item was added.", "%(n)d items were added.", n) % {"n": n}
    messages.success(request, said)
    return to_agenda(session)


@login_required
@require_POST
def agenda_add(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put a suggestion on the agenda, or an item of one's own."""
    session = led_session(request, code, pk)
    if source := request.POST.get("source"):
        for suggestion in suggestions_for(session, request.user):
            if suggestion.source == source:
                add_suggestion(session, suggestion, by=request.user)
        return to_agenda(session)
    form = ItemForm(request.POST, session=session, user=request.user)
    if saved(form) is None:
        return prepare_page(request, session, item_form=form)
    return to_agenda(session)


def _item(request: HttpRequest, code: str, pk: int, item_pk: int) -> AgendaItem:
    session = led_session(request, code, pk)
    return get_object_or_404(agenda_of(session, request.user), pk=item_pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item(request: HttpRequest, code: str, pk: int, item_pk: int) -> HttpResponse:
    """Change an item."""
    session = led_session(request, code, pk)
    item = _item(request, code, pk, item_pk)
    form = ItemForm(request.POST or None, session=session, user=request.user, item=item)
    if request.method == "POST" and saved(form):
        messages.success(request, _("The agenda was changed."))
        return to_agenda(session)
    context = {
        "programme": session.programme,
        "session": session,
        "item": item,
        "form": form,
        "crumbs": session_crumbs(session, with_itself=True),
    }
    return page(request, "agenda_item", context, form)


@login_required
@require_POST
def agenda_item_move(request: HttpRequest, code: str, pk: int, item_pk: int) -> HttpResponse:
    """One place up or down, within its part."""
    item = _item(request, code, pk, item_pk)
    move_item(item, by=request.user, up=request.POST.get("to") == "up")
    return to_agenda(item.session)


@login_required
@require_POST
def agenda_item_remove(request: HttpRequest, code: str, pk: int, item_pk: int) -> HttpResponse:
    """Off the agenda."""
    item = _item(request, code, pk, item_pk)
    remove_item(item, by=request.user)
    return to_agenda(item.session)
