"""The charter and its consents; the next version of a definition."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchmarks.domain.charter import give_consent, withdraw_consent
from benchmarks.forms.agreements import CharterForm, DefinitionForm
from benchmarks.models import Charter, Participation, Programme
from benchmarks.rules import is_coordinator
from benchmarks.sharing import Sharing, sharing_of
from benchmarks.views.common import (
    crumbs,
    own_organisation,
    own_organisations,
    programme_for,
    programme_run_by,
)
from core.exceptions import InvalidInput
from people.confirming import confirmed
from people.enums import Role


@login_required
@require_safe
def charter(request: HttpRequest, code: str) -> HttpResponse:
    """What is agreed, and who agreed to it. Who else takes part is told to who may know it."""
    programme = programme_for(request, code)
    sharing = sharing_of(programme)
    context = {
        "programme": programme,
        "crumbs": crumbs(programme),
        "sharing": sharing,
        "total": len(sharing.consents) + len(sharing.missing),
        "rows": _rows(request.user, programme, sharing),
        "mine": _mine(request.user, programme, sharing),
        "runs": is_coordinator(request.user, programme),
        "earlier": programme.charters.all()[1:],
    }
    return render(request, "benchmarks/charter.html", context)


def _rows(user: Any, programme: Programme, sharing: Sharing) -> list[tuple[Any, Any]]:
    """Organisation and consent, by name: all of them once figures are shared."""
    seen = set(
        Participation.objects.visible_to(user)
        .filter(cycle__programme=programme)
        .values_list("organisation", flat=True)
    )
    rows: list[tuple[Any, Any]] = [(consent.organisation, consent) for consent in sharing.consents]
    rows += [(organisation, None) for organisation in sharing.missing]
    shown = [row for row in rows if sharing.is_shared or row[0].pk in seen]
    return sorted(shown, key=lambda row: row[0].name)


def _mine(user: Any, programme: Programme, sharing: Sharing) -> list[tuple[Any, Any]]:
    """The organisations that this person may agree for, with the consent that was given."""
    given = {consent.organisation_id: consent for consent in sharing.consents}
    missing = {organisation.pk for organisation in sharing.missing}
    return [
        (each, given.get(each.pk))
        for each in own_organisations(user, programme, Role.MANAGEMENT)
        if each.pk in given or each.pk in missing
    ]


@login_required
@require_POST
@confirmed
def charter_consent(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Agree to this version for one's organisation, or take that back."""
    programme = programme_for(request, code)
    organisation = own_organisation(
        request, programme, request.POST.get("organisation", ""), Role.MANAGEMENT
    )
    charter = get_object_or_404(programme.charters, version=version)
    decide = withdraw_consent if request.POST.get("withdraw") else give_consent
    decide(charter, organisation, by=request.user)
    return redirect("charter", code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def charter_write(request: HttpRequest, code: str) -> HttpResponse:
    """Write the charter, or its next version."""
    programme = programme_run_by(request, code)
    newest = programme.charters.first() or Charter(programme=programme)
    form = CharterForm(request.POST or None, instance=newest)
    if form.is_valid():
        form.write(programme, by=request.user)
        return redirect("charter", code)
    context = {
        "programme": programme,
        "crumbs": [*crumbs(programme), (_("Charter"), reverse("charter", args=[code]))],
        "form": form,
        "newest": newest if newest.pk else None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "benchmarks/charter_write.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def definition_new(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """Settle what an indicator means from now on: a next version of its definition."""
    programme = programme_run_by(request, code)
    measured = get_object_or_404(programme.indicators, code=indicator)
    newest = measured.definitions.first()
    form = DefinitionForm(request.POST or None, instance=newest)
    if form.is_valid():
        try:
            form.settle(measured, by=request.user)
            return redirect("figures", code)
        except InvalidInput as error:
            form.add_error(None, str(error.message))
    context = {
        "programme": programme,
        "crumbs": [*crumbs(programme), (_("Figures"), reverse("figures", args=[code]))],
        "form": form,
        "newest": newest,
    }
    status = 422 if form.is_bound else 200
    return render(request, "benchmarks/definition_new.html", context, status=status)
