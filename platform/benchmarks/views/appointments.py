"""Who does what: the roles in a programme, and the people of the organisations that take part."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from benchmarks.domain.appointments import dismiss
from benchmarks.forms.appointments import AppointForm, JoinForm, PersonForm
from benchmarks.models import Programme
from benchmarks.queries import organisations_staffed_by
from benchmarks.rules import may_appoint
from benchmarks.views.common import crumbs, programme_for
from core.audit import Deed, record
from core.exceptions import InvalidInput
from people.confirming import confirmed
from people.domain.memberships import leave_organisation
from people.models import Membership, Organisation


def _programme(request: HttpRequest, code: str) -> Programme:
    """A programme in which this person appoints people, or 404."""
    programme = programme_for(request, code)
    if not may_appoint(request.user, programme):
        raise Http404
    return programme


def _organisation(request: HttpRequest, programme: Programme, code: str) -> Organisation:
    return get_object_or_404(organisations_staffed_by(request.user, programme), code=code)


def _page(
    request: HttpRequest,
    programme: Programme,
    organisation: Organisation | None,
    **shown: PersonForm,
) -> HttpResponse:
    staffed = organisations_staffed_by(request.user, programme)
    members = Membership.objects.visible_to(request.user).filter(
        organisation=organisation, left_on=None
    )
    context: dict[str, Any] = {
        "programme": programme,
        "crumbs": crumbs(programme),
        "appointments": programme.appointments.select_related("user").order_by(
            "role", "user__name"
        ),
        "organisations": staffed,
        "organisation": organisation,
        "members": members.select_related("user").prefetch_related("roles").distinct(),
        "appoint_form": AppointForm(),
        "join_form": JoinForm(),
        **shown,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if shown else HTTPStatus.OK
    return render(request, "benchmarks/appointments.html", context, status=status)


@login_required
@require_safe
def appointments(request: HttpRequest, code: str) -> HttpResponse:
    """Who runs, leads and evaluates, and who is of an organisation that takes part."""
    programme = _programme(request, code)
    asked = request.GET.get("organisation", "")
    staffed = organisations_staffed_by(request.user, programme)
    organisation = _organisation(request, programme, asked) if asked else staffed.first()
    about = {"organisation": organisation.pk if organisation else None}
    record(Deed.PEOPLE_SEEN, programme, by=request.user, scope=programme, **about)
    return _page(request, programme, organisation)


def _saved(form: Any, place: Any, user: Any) -> Any | None:
    """What came of a form, or None with the reasons standing in it."""
    if not form.is_valid():
        return None
    try:
        return form.save(place, by=user)
    except InvalidInput as error:
        form.add_error(None, str(error.message))
        return None


@login_required
@require_POST
@confirmed
def appointment_add(request: HttpRequest, code: str) -> HttpResponse:
    """Appoint somebody."""
    programme = _programme(request, code)
    form = AppointForm(request.POST)
    made = _saved(form, programme, request.user)
    if made is None:
        first = organisations_staffed_by(request.user, programme).first()
        return _page(request, programme, first, appoint_form=form)
    told = {"name": made.user, "role": made.get_role_display()}
    messages.success(request, _("%(name)s is %(role)s now.") % told)
    return redirect("appointments", code)


@login_required
@require_POST
@confirmed
def appointment_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a role back."""
    programme = _programme(request, code)
    appointment = get_object_or_404(programme.appointments.select_related("user"), pk=pk)
    told = {"name": appointment.user, "role": appointment.get_role_display()}
    dismiss(appointment, by=request.user)
    messages.success(request, _("%(name)s is not %(role)s any more.") % told)
    if not may_appoint(request.user, programme):
        return redirect("programme_list")
    return redirect("appointments", code)


def _to(code: str, organisation: Organisation) -> HttpResponse:
    asked = urlencode({"organisation": organisation.code})
    return redirect(f"{reverse('appointments', args=[code])}?{asked}#members")


@login_required
@require_POST
@confirmed
def member_add(request: HttpRequest, code: str, organisation: str) -> HttpResponse:
    """Let somebody be of an organisation."""
    programme = _programme(request, code)
    place = _organisation(request, programme, organisation)
    form = JoinForm(request.POST)
    made = _saved(form, place, request.user)
    if made is None:
        return _page(request, programme, place, join_form=form)
    told = {"name": made.user, "organisation": place}
    messages.success(request, _("%(name)s is of %(organisation)s now.") % told)
    return _to(code, place)


@login_required
@require_POST
@confirmed
def member_end(request: HttpRequest, code: str, organisation: str, pk: int) -> HttpResponse:
    """Somebody left an organisation."""
    programme = _programme(request, code)
    place = _organisation(request, programme, organisation)
    members = Membership.objects.visible_to(request.user).filter(organisation=place)
    membership = get_object_or_404(members.select_related("user"), pk=pk)
    leave_organisation(membership, by=request.user, on=timezone.localdate())
    told = {"name": membership.user, "organisation": place}
    messages.success(request, _("%(name)s left %(organisation)s.") % told)
    return _to(code, place)
