"""Preparing together: files for a session, and who prepares what."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from learningcircles import queries
from learningcircles.domain.materials import remove_material, tick_preparation
from learningcircles.forms.materials import MaterialForm, PreparationForm
from learningcircles.models import Attendance, Material, Preparation, Session
from learningcircles.views.common import led_session, saved, seen_session
from learningcircles.views.files import private_file
from learningcircles.views.session_page import session_page


def _to(session: Session, part: str) -> HttpResponse:
    return redirect(reverse("session", args=[session.programme.code, session.pk]) + f"#{part}")


def _shares_here(request: HttpRequest, code: str, pk: int) -> Session:
    """A session that this person leads, or is a guest of; else 404."""
    session = seen_session(request, code, pk)
    guest = Attendance.objects.visible_to(request.user).filter(
        session=session, membership__user=request.user, membership__left_on=None
    )
    if not queries.leads(request.user, session.programme) and not guest.exists():
        raise Http404
    return session


@login_required
@require_POST
def material_add(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Share a file."""
    session = _shares_here(request, code, pk)
    form = MaterialForm(request.POST, request.FILES, session=session, user=request.user)
    if (material := saved(form)) is None:
        return session_page(request, session, material_form=form)
    messages.success(request, _("%(title)s is shared.") % {"title": material.title})
    return _to(session, "materials")


def _material(request: HttpRequest, code: str, pk: int, material_pk: int) -> Material:
    session = seen_session(request, code, pk)
    materials = Material.objects.visible_to(request.user).filter(session=session)
    return get_object_or_404(materials.select_related("session__programme"), pk=material_pk)


@login_required
@require_safe
def material(request: HttpRequest, code: str, pk: int, material_pk: int) -> FileResponse:
    """The file itself; always to keep, never shown inside the site."""
    return private_file(_material(request, code, pk, material_pk))


@login_required
@require_POST
def material_remove(request: HttpRequest, code: str, pk: int, material_pk: int) -> HttpResponse:
    """Take a file away: who shared it, or who leads."""
    row = _material(request, code, pk, material_pk)
    leads = queries.leads(request.user, row.session.programme)
    if not leads and row.shared_by_id != request.user.pk:
        raise Http404
    remove_material(row, by=request.user)
    messages.success(request, _("%(title)s is not shared any more.") % {"title": row.title})
    return _to(row.session, "materials")


@login_required
@require_POST
def preparation_add(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Ask somebody to prepare something."""
    session = led_session(request, code, pk)
    form = PreparationForm(request.POST, session=session, user=request.user)
    if saved(form) is None:
        return session_page(request, session, preparation_form=form)
    address = reverse("session_prepare", args=[code, pk])
    return redirect(f"{address}#preparations")


@login_required
@require_POST
def preparation_tick(request: HttpRequest, code: str, pk: int, preparation_pk: int) -> HttpResponse:
    """Prepared: says who prepares it, or who leads."""
    session = seen_session(request, code, pk)
    rows = Preparation.objects.visible_to(request.user).filter(session=session)
    row = get_object_or_404(rows.select_related("membership"), pk=preparation_pk)
    own = row.membership is not None and row.membership.user_id == request.user.pk
    if not own and not queries.leads(request.user, session.programme):
        raise Http404
    tick_preparation(row, by=request.user, done=request.POST.get("done") == "yes")
    return _to(session, "preparations")
