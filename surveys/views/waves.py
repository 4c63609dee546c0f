"""The coordinator's pages: the waves of a programme, and the life of one."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchmarks.rules import is_coordinator
from core.audit import Deed, record
from core.exceptions import NotNow
from people.enums import ORGANISATION_ROLES
from surveys import queries
from surveys.domain.invitations import resend_mail
from surveys.domain.mails import preview_mail
from surveys.domain.waves import close_wave, open_wave
from surveys.enums import WaveState
from surveys.forms.waves import InviteForm, LastDayForm, WaveForm
from surveys.models import Wave
from surveys.monitoring import forecast, groupings, time_taken, where_people_stop
from surveys.results import response_table
from surveys.views.common import frame, programme_read_by, programme_run_by, saved, wave_run_by

A_PAGE = {"people": 200, "mails": 10}
READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def _status(*forms_shown: object) -> HTTPStatus:
    wrong = any(getattr(form, "is_bound", False) for form in forms_shown)
    return HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK


@login_required
@require_safe
def waves(request: HttpRequest, code: str) -> HttpResponse:
    """Which waves are there, and what does each need?"""
    programme = programme_read_by(request, code)
    context = frame(programme) | {
        "waves": queries.waves_of(programme, request.user),
        "runs": is_coordinator(request.user, programme),
        "crumbs": frame(programme)["crumbs"][:1],
    }
    return render(request, "surveys/waves.html", context)


@login_required
@READ_OR_POST
def wave_new(request: HttpRequest, code: str) -> HttpResponse:
    """Prepare a wave."""
    programme = programme_run_by(request, code)
    form = WaveForm(request.POST or None, programme=programme, user=request.user)
    if request.method == "POST" and (new := saved(form, lambda: form.save(by=request.user))):
        return redirect("wave_invite", code=code, pk=new.pk)
    context = frame(programme, form=form)
    return render(request, "surveys/wave_new.html", context, status=_status(form))


@login_required
@require_safe
def wave(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Will we reach enough people?"""
    found = wave_run_by(request, code, pk)
    record(Deed.PEOPLE_SEEN, found, by=request.user, scope=found.cycle.programme)
    context = (
        frame(found.cycle.programme, found)
        | {
            "crumbs": frame(found.cycle.programme)["crumbs"],
            "response": response_table(found),
            "invitations": _page(
                request, "people", found.invitations.select_related("organisation")
            ),
            "trouble": _page(request, "mails", queries.mails_in_trouble(found)),
            "mails_waiting": queries.mails_waiting(found).count(),
            "last_day_form": LastDayForm(initial={"last_day": found.last_day}),
            "is_late": found.last_day < timezone.localdate(),
            "reminders": found.reminders.select_related("wave"),
        }
        | _progress(found)
    )
    return render(request, "surveys/wave.html", context)


def _page(request: HttpRequest, name: str, rows: QuerySet[Any]) -> Page:
    """The page of a long list that the address names."""
    return Paginator(rows, A_PAGE[name]).get_page(request.GET.get(name))


def _progress(wave: Wave) -> dict[str, object]:
    """How an open wave stands; nothing of one that isn't open."""
    if wave.state != WaveState.OPEN:
        return {}
    return {
        "groupings": groupings(wave),
        "forecast": forecast(wave, today=timezone.localdate()),
        "time_taken": time_taken(wave),
        "stops": where_people_stop(wave),
        "stopped": queries.stopped_in(wave),
    }


@login_required
@READ_OR_POST
def wave_invite(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Whom do we ask?"""
    found = wave_run_by(request, code, pk)
    if found.state == WaveState.CLOSED:
        raise NotNow(_("This wave is closed; nobody can be invited any more."))
    contacts = queries.contacts_of(found.cycle)
    wanted = {name: request.GET.get(name, "") for name in ("role", "department", "organisation")}
    form = InviteForm(request.POST or None, wave=found, chosen=contacts, wanted=wanted)
    if request.method == "POST":
        new = saved(form, lambda: form.save(by=request.user))
        if new is not None:
            return _invited(request, code, pk, len(new), found.state == WaveState.DRAFT)
    everyone = queries.people_to_invite(found)
    record(Deed.PEOPLE_SEEN, found, by=request.user, scope=found.cycle.programme)
    context = frame(
        found.cycle.programme,
        found,
        form=form,
        contacts=contacts,
        wanted=wanted,
        roles=[(role.value, role.label) for role in ORGANISATION_ROLES],
        departments=sorted({member.department for member in everyone if member.department}),
        organisations=sorted({member.organisation for member in everyone}, key=str),
    )
    return render(request, "surveys/wave_invite.html", context, status=_status(form))


def _invited(request: HttpRequest, code: str, pk: int, count: int, draft: bool) -> HttpResponse:
    if draft:
        return redirect("wave_open", code=code, pk=pk)
    text = ngettext("%(count)d person invited.", "%(count)d people invited.", count)
    messages.success(request, text % {"count": count})
    return redirect("wave", code=code, pk=pk)


@login_required
@READ_OR_POST
def wave_open_page(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What will they read? Then open the wave and send the mails."""
    found = wave_run_by(request, code, pk)
    if request.method == "POST":
        open_wave(found, by=request.user, on=timezone.localdate())
        messages.success(request, _("The wave is open; the mails are on their way."))
        return redirect("wave", code=code, pk=pk)
    if found.state != WaveState.DRAFT:
        return redirect("wave", code=code, pk=pk)
    invitations = list(found.invitations.select_related("organisation"))
    if not invitations:
        return redirect("wave_invite", code=code, pk=pk)
    context = frame(found.cycle.programme, found) | {
        "invitations": invitations,
        "mail": preview_mail(invitations[0], found),
        "first": invitations[0],
    }
    return render(request, "surveys/wave_open.html", context)


@login_required
@READ_OR_POST
def wave_close(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Close for good: say what that means, and do it on the coordinator's word."""
    found = wave_run_by(request, code, pk)
    if request.method == "POST":
        close_wave(found, by=request.user, on=timezone.localdate())
        messages.success(request, _("The wave is closed. These are its results."))
        return redirect("wave_results", code=code, pk=pk)
    if found.state != WaveState.OPEN:
        return redirect("wave", code=code, pk=pk)
    context = frame(found.cycle.programme, found, response=response_table(found))
    return render(request, "surveys/wave_close.html", context)


@login_required
@require_POST
def wave_last_day(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give people longer, or less long, to answer."""
    found = wave_run_by(request, code, pk)
    form = LastDayForm(request.POST)
    if saved(form, lambda: form.save(found, by=request.user)) is None:
        messages.error(request, " ".join(map(str, form.errors.get("last_day", []))))
    else:
        messages.success(request, _("The last day was moved."))
    return redirect("wave", code=code, pk=pk)


@login_required
@require_POST
def wave_resend(request: HttpRequest, code: str, pk: int, mail: int) -> HttpResponse:
    """Send a mail again of which nobody knows whether it arrived."""
    found = wave_run_by(request, code, pk)
    resend_mail(found, mail_id=mail, by=request.user)
    messages.success(request, _("The mail is sent again."))
    return redirect("wave", code=code, pk=pk)
