"""The library of good practices, one of them, and how far organisations have come with it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchmarks.models import Programme
from core.exceptions import EditConflict
from learningcircles import practices as reads
from learningcircles import queries
from learningcircles.domain.practices import publish_practice, withdraw_practice
from learningcircles.forms.practices import (
    WORDS,
    AdoptionForm,
    EditPracticeForm,
    NewPracticeForm,
)
from learningcircles.models import Action, PracticePage
from learningcircles.views.common import Crumbs, page, programme_for, saved

ON_A_PAGE = 20


@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    """What works elsewhere? Public ones for anyone, and those of one's benchmarks."""
    user = request.user
    own = queries.programmes_with_part(user) if user.is_authenticated else []
    asked = request.GET.get("q", "").strip()[:80]
    practices = Paginator(reads.library_of(user, asked), ON_A_PAGE)
    context = {
        "practices": practices.get_page(request.GET.get("page")),
        "asked": asked,
        "programmes": own,
    }
    return page(request, "practice_list", context)


def _seen(request: HttpRequest, pk: int) -> PracticePage:
    """A practice that this person may read, or 404."""
    rows = PracticePage.objects.visible_to(request.user)
    rows = rows.select_related("programme", "organisation", "indicator", "source_action")
    return get_object_or_404(rows, pk=pk)


def _crumbs(user: Any, practice: PracticePage | Programme, *further: tuple[Any, str]) -> Crumbs:
    """The way back up: the benchmark where this person sees it, and the library."""
    programme = practice if isinstance(practice, Programme) else practice.programme
    up: Crumbs = [(_("Good practices"), reverse("practice_list"))]
    if Programme.objects.visible_to(user).filter(pk=programme.pk).exists():
        up.insert(0, (programme, reverse("programme", args=[programme.code])))
    return [*up, *further]


def _may_edit(user: Any, practice: PracticePage) -> bool:
    """Who leads the benchmark, and the organisation whose practice it is."""
    return user.is_authenticated and (
        user.has_perm("learningcircles.lead", practice)
        or reads.organisations_in(user, practice.programme)
        .filter(pk=practice.organisation_id)
        .exists()
    )


def _practice_page(
    request: HttpRequest, practice: PracticePage, form: AdoptionForm | None = None
) -> HttpResponse:
    user = request.user
    own = reads.organisations_in(user, practice.programme) if user.is_authenticated else None
    may_adopt = own is not None and practice.live and own.exists()
    if may_adopt and form is None:
        form = AdoptionForm(practice=practice, user=user, organisations=own)
    actions = Action.objects.visible_to(user) if user.is_authenticated else Action.objects.none()
    context = {
        "programme": practice.programme,
        "crumbs": _crumbs(user, practice),
        "practice": practice,
        "own": own.first() if own is not None else None,
        "source": actions.filter(pk=practice.source_action_id).first(),
        "adoptions": reads.adoptions_of(practice, user),
        "may_edit": _may_edit(user, practice),
        "leads": user.is_authenticated and user.has_perm("learningcircles.lead", practice),
        "adoption_form": form if may_adopt else None,
    }
    return page(request, "practice", context, *([form] if form else []))


@require_safe
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """What is it, for whom, what worked, and how do we know?"""
    return _practice_page(request, _seen(request, pk))


def _source(request: HttpRequest, code: str) -> Action | None:
    """The action that it came from, named in the address and seen by this person."""
    asked = request.GET.get("action", "")
    if not asked.isdecimal():
        return None
    return get_object_or_404(
        Action.objects.visible_to(request.user), programme__code=code, pk=int(asked)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_new(request: HttpRequest, code: str) -> HttpResponse:
    """Write up what works, if need be what came of an action."""
    programme = programme_for(request, code)
    organisations = reads.organisations_in(request.user, programme)
    if not organisations.exists():
        raise Http404
    action = _source(request, code)
    form = NewPracticeForm(
        request.POST or None,
        programme=programme,
        user=request.user,
        organisations=organisations,
        action=action,
        initial={"title": action.title, "what": action.why, "indicator": action.indicator}
        if action
        else None,
    )
    if request.method == "POST" and (made := saved(form)):
        messages.success(request, _("Noted. Who leads the benchmark can publish it."))
        return redirect("practice", pk=made.pk)
    context = {"programme": programme, "crumbs": _crumbs(request.user, programme), "form": form}
    return page(request, "practice_form", context, form)


def _editable(request: HttpRequest, pk: int) -> PracticePage:
    practice = _seen(request, pk)
    if not _may_edit(request.user, practice):
        raise Http404
    return practice


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what it says."""
    practice = _editable(request, pk)
    form = EditPracticeForm(request.POST or None, practice=practice, user=request.user)
    try:
        made = saved(form) if request.method == "POST" else None
    except EditConflict as conflict:
        return _conflict(request, practice, form, conflict)
    if made:
        messages.success(request, _("Noted: %(title)s") % {"title": made.title})
        return redirect("practice", pk=pk)
    return page(request, "practice_form", _edit_context(request, practice, form), form)


def _edit_context(
    request: HttpRequest, practice: PracticePage, form: EditPracticeForm
) -> dict[str, Any]:
    up = _crumbs(request.user, practice, (practice, reverse("practice", args=[practice.pk])))
    return {"programme": practice.programme, "crumbs": up, "practice": practice, "form": form}


def _conflict(
    request: HttpRequest, practice: PracticePage, form: EditPracticeForm, conflict: EditConflict
) -> HttpResponse:
    """Both versions: theirs as it stands, and one's own still in the form, to be stored over it
    knowingly."""
    form.data = {**request.POST.dict(), "revision_seen": practice.latest_revision_id}
    context = {
        **_edit_context(request, practice, form),
        "conflict": conflict.message,
        "theirs": [(form.fields[name].label, getattr(practice, name)) for name in WORDS],
    }
    return render(request, "learningcircles/practice_form.html", context, status=conflict.status)


@login_required
@require_POST
def practice_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the benchmark read it, or anyone, or nobody any more."""
    practice = _seen(request, pk)
    if not request.user.has_perm("learningcircles.lead", practice):
        raise Http404
    to = request.POST.get("to")
    if to == "nobody":
        withdraw_practice(practice, by=request.user)
        messages.success(request, _("It is a draft again."))
    else:
        publish_practice(practice, by=request.user, public=to == "anyone")
        messages.success(request, _("It is published."))
    return redirect("practice", pk=pk)


@login_required
@require_POST
def practice_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Note how far one's own organisation has come."""
    practice = _seen(request, pk)
    organisations = reads.organisations_in(request.user, practice.programme)
    if not organisations.exists():
        raise Http404
    form = AdoptionForm(
        request.POST, practice=practice, user=request.user, organisations=organisations
    )
    if saved(form) is None:
        return _practice_page(request, practice, form)
    messages.success(request, _("Noted how far your organisation has come."))
    return redirect("practice", pk=pk)
