"""My actions, an action with its thread and history, and the deeds on it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchmarks.models import Figure, Programme
from learningcircles import queries
from learningcircles.domain.conflicts import ActionConflict
from learningcircles.enums import ActionStatus
from learningcircles.following import with_times_carried
from learningcircles.forms.actions import (
    DecideForm,
    DropForm,
    EditActionForm,
    HandOverForm,
    NewActionForm,
    NoteForm,
    PostponeForm,
    StatusForm,
    VersionedForm,
)
from learningcircles.forms.materials import ActionFileForm
from learningcircles.managers import organisations_of
from learningcircles.models import Action, ActionChange, ActionNote, ManagementDecision
from learningcircles.origins import origin_shown
from learningcircles.presentation import both_versions
from learningcircles.views.common import Crumbs, crumbs, page, programme_for, saved
from people.models import Membership, Organisation

DONE_SHOWN = 10


@login_required
@require_safe
def my_actions(request: HttpRequest) -> HttpResponse:
    """What did I promise? Due first."""
    mine = with_times_carried(
        queries.action_rows(Action.objects.visible_to(request.user).owned_by(request.user)),
        timezone.localdate(),
    )
    actions = queries.with_right_to_change(mine.open(), request.user)
    ours = Action.objects.visible_to(request.user).filter(
        organisation__in=organisations_of(request.user)
    )
    context = {
        "programmes": queries.programmes_with_part(request.user),
        "actions": actions,
        "closed": mine.exclude(pk__in=mine.open().values("pk")).order_by("-modified_at")[
            :DONE_SHOWN
        ],
        "unowned": queries.with_right_to_change(
            queries.action_rows(ours.open().without_owner()), request.user
        ),
        "today": timezone.localdate(),
    }
    return page(request, "my_actions", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_new(request: HttpRequest, code: str) -> HttpResponse:
    """An organisation logs an action of its own."""
    programme = programme_for(request, code)
    organisations = Organisation.objects.filter(
        pk__in=organisations_of(request.user), participations__cycle__programme=programme
    ).distinct()
    figure = _figure_asked(request, programme)
    if figure is not None:
        organisations = organisations.filter(pk=figure.organisation_id)
    first = get_object_or_404(organisations[:1])
    own = Membership.objects.visible_to(request.user).filter(user=request.user, organisation=first)
    form = NewActionForm(
        request.POST or None,
        programme=programme,
        user=request.user,
        organisations=organisations,
        figure=figure,
        initial={
            "organisation": first,
            "owner": own.first(),
            "indicator": figure and figure.indicator_id,
        },
    )
    if request.method == "POST" and (action := saved(form)):
        messages.success(request, _("The action is noted."))
        return redirect("action", pk=action.pk)
    context = {
        "programme": programme,
        "form": form,
        "figure": figure,
        "crumbs": crumbs(programme)[:1],
    }
    return page(request, "action_form", context, form)


def _figure_asked(request: HttpRequest, programme: Programme) -> Figure | None:
    """The figure that the action came from, named in the address and seen by this person."""
    asked = request.GET.get("figure", "")
    if not asked.isdecimal():
        return None
    figures = Figure.objects.visible_to(request.user).filter(indicator__programme=programme)
    return get_object_or_404(figures.select_related("definition", "organisation"), pk=int(asked))


def _crumbs(action: Action) -> Crumbs:
    """The way back up from a page about the action."""
    return [*crumbs(action.programme)[:1], (action, reverse("action", args=[action.pk]))]


def action_page(request: HttpRequest, action: Action, **shown: Any) -> HttpResponse:
    """The page of an action, with a form that came back where one did."""
    user = request.user
    may_change = user.has_perm("learningcircles.change_this_action", action)
    about: dict[str, Any] = {"action": action, "user": user}
    changes = (
        ActionChange.objects.visible_to(user)
        .filter(action=action)
        .select_related("action", "actor")
    )
    notes = ActionNote.objects.visible_to(user).filter(action=action).select_related("author")
    context = {
        "programme": action.programme,
        "crumbs": crumbs(action.programme)[:1],
        "action": action,
        "times_carried": with_times_carried(
            Action.objects.filter(pk=action.pk), timezone.localdate()
        )
        .values_list("times_carried", flat=True)
        .first(),
        "decisions": ManagementDecision.objects.visible_to(user).filter(action=action),
        "asked": changes.filter(field="status", after=ActionStatus.HANDED_OVER).last(),
        "history": sorted([*changes, *notes], key=lambda line: line.at, reverse=True),
        "may_change": may_change,
        "may_decide": user.has_perm("learningcircles.decide_on_action", action),
        **origin_shown(action, user),
        "today": timezone.localdate(),
        "files": queries.files_of(action, user),
        "leads": user.has_perm("learningcircles.lead", action),
        "file_form": ActionFileForm(),
        "note_form": NoteForm(),
        "postpone_form": PostponeForm(**about),
        "drop_form": DropForm(**about),
        "hand_form": HandOverForm(**about),
        "decide_form": DecideForm(**about),
        **shown,
    }
    return page(request, "action", context, *shown.values())


def _seen(request: HttpRequest, pk: int) -> Action:
    """An action that this person sees, or 404."""
    return get_object_or_404(queries.action_in_full(request.user, pk))


def changeable_action(request: HttpRequest, pk: int) -> Action:
    """An action that this person may change, or 404."""
    action = _seen(request, pk)
    if not request.user.has_perm("learningcircles.change_this_action", action):
        raise Http404
    return action


@login_required
@require_safe
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is, where it came from, and what became of it."""
    return action_page(request, _seen(request, pk))


def _back(request: HttpRequest, action: Action) -> HttpResponse:
    """To where the button was, if that is a page of ours; else to the action itself."""
    to = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure())
    return redirect(to) if ours and to.startswith("/") else redirect("action", pk=action.pk)


def _conflict(request: HttpRequest, error: ActionConflict, form: VersionedForm) -> HttpResponse:
    """Both versions, side by side, and what can be done."""
    changes = ActionChange.objects.visible_to(request.user).filter(action=error.action)
    again = {**request.POST.dict(), "version": error.action.version}
    again.pop("csrfmiddlewaretoken", None)
    context = {
        "programme": error.action.programme,
        "action": error.action,
        "crumbs": _crumbs(error.action),
        "message": error.message,
        "versions": both_versions(error.action, error.wanted),
        "reason": form.cleaned_data.get("reason", ""),
        "changes": changes.filter(version__gt=form.cleaned_data["version"]).select_related(
            "action", "actor"
        ),
        "again": again.items(),
    }
    response = page(request, "conflict", context)
    response.status_code = error.status
    return response


def _change(request: HttpRequest, action: Action, form: VersionedForm, name: str) -> HttpResponse:
    """Carry out one deed on an action; errors come back on its page, a conflict on its own."""
    try:
        changed = saved(form)
    except ActionConflict as error:
        return _conflict(request, error, form)
    if changed is None:
        return action_page(request, action, **{name: form})
    messages.success(request, _("Noted: %(title)s") % {"title": changed.title})
    return _back(request, changed)


@login_required
@require_POST
def action_status(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap."""
    action = changeable_action(request, pk)
    form = StatusForm(request.POST, action=action, user=request.user)
    return _change(request, action, form, "status_form")


@login_required
@require_POST
def action_postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """Another date."""
    action = changeable_action(request, pk)
    form = PostponeForm(request.POST, action=action, user=request.user)
    return _change(request, action, form, "postpone_form")


@login_required
@require_POST
def action_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop with it."""
    action = changeable_action(request, pk)
    form = DropForm(request.POST, action=action, user=request.user)
    return _change(request, action, form, "drop_form")


@login_required
@require_POST
def action_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask management."""
    action = changeable_action(request, pk)
    form = HandOverForm(request.POST, action=action, user=request.user)
    return _change(request, action, form, "hand_form")


@login_required
@require_POST
def action_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Management answers."""
    action = _seen(request, pk)
    if not request.user.has_perm("learningcircles.decide_on_action", action):
        raise Http404
    form = DecideForm(request.POST, action=action, user=request.user)
    return _change(request, action, form, "decide_form")


@login_required
@require_POST
def action_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write something with it."""
    action = changeable_action(request, pk)
    form = NoteForm(request.POST)
    if saved(form, lambda: form.save(action, request.user)) is None:
        return action_page(request, action, note_form=form)
    return redirect(reverse("action", args=[pk]) + "#history")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what it says."""
    action = changeable_action(request, pk)
    form = EditActionForm(request.POST or None, action=action, user=request.user)
    try:
        changed = saved(form) if request.method == "POST" else None
    except ActionConflict as error:
        return _conflict(request, error, form)
    if changed is not None:
        messages.success(request, _("Noted: %(title)s") % {"title": changed.title})
        return redirect("action", pk=pk)
    context = {
        "programme": action.programme,
        "action": action,
        "form": form,
        "crumbs": _crumbs(action),
    }
    return page(request, "action_form", context, form)
