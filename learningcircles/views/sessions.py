"""Planning a session: new, moved, called off, who is invited."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcircles.domain.sessions import (
    cancel_session,
    conclude_session,
    reply_to_invitation,
    withdraw_invitation,
)
from learningcircles.enums import SessionKind
from learningcircles.forms.sessions import InviteForm, MoveSessionForm, PlanSessionForm
from learningcircles.ical import PUBLISH, session_calendar
from learningcircles.models import Attendance, Circle
from learningcircles.views.common import (
    crumbs,
    led_programme,
    led_session,
    number,
    page,
    saved,
    seen_session,
)
from learningcircles.views.session_page import session_crumbs, session_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: HttpRequest, code: str) -> HttpResponse:
    """Plan a session; `?circle=` chooses the circle beforehand."""
    programme = led_programme(request, code)
    circle = Circle.objects.filter(programme=programme, pk=number(request.GET.get("circle")))
    chosen = circle.first()
    initial = {
        "kind": SessionKind.LEARNING_CIRCLE if chosen else SessionKind.JOINT_INTERPRETATION,
        "circle": chosen,
        "title": chosen.theme if chosen else "",
    }
    form = PlanSessionForm(
        request.POST or None, programme=programme, user=request.user, initial=initial
    )
    if request.method == "POST" and (session := saved(form)):
        messages.success(request, _("The session is planned and the invitations are on their way."))
        return redirect("session", code=code, pk=session.pk)
    context = {"programme": programme, "form": form, "crumbs": crumbs(programme)}
    return page(request, "session_form", context, form)


@login_required
@require_safe
def session(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A session: beforehand, while it goes on, and its record afterwards."""
    return session_page(request, seen_session(request, code, pk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Move a session, or change its title, goal or place."""
    session = led_session(request, code, pk)
    form = MoveSessionForm(request.POST or None, initial=MoveSessionForm.initial_of(session))
    if request.method == "POST" and saved(form, lambda: form.save(session, request.user)):
        messages.success(request, _("The session was changed; the guests have been told."))
        return redirect("session", code=code, pk=pk)
    context = {
        "programme": session.programme,
        "session": session,
        "form": form,
        "crumbs": session_crumbs(session, with_itself=True),
    }
    return page(request, "session_form", context, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_cancel(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Call a session off, after asking once."""
    session = led_session(request, code, pk)
    if request.method == "POST":
        cancel_session(session, by=request.user)
        messages.success(request, _("The session was called off; the guests have been told."))
        return redirect("session", code=code, pk=pk)
    context = {
        "programme": session.programme,
        "session": session,
        "crumbs": session_crumbs(session, with_itself=True),
    }
    return page(request, "session_cancel", context)


@login_required
@require_safe
def session_ics(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The session as a file for one's own calendar."""
    session = seen_session(request, code, pk)
    return HttpResponse(
        session_calendar(session, method=PUBLISH),
        headers={
            "Content-Type": "text/calendar; charset=utf-8",
            "Content-Disposition": f'attachment; filename="session-{session.pk}.ics"',
        },
    )


@login_required
@require_POST
def session_reply(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Say whether one comes."""
    session = seen_session(request, code, pk)
    own = Attendance.objects.visible_to(request.user).filter(
        session=session, membership__user=request.user, membership__left_on=None
    )
    for attendance in get_list_or_404(own):
        reply_to_invitation(attendance, reply=request.POST.get("reply", ""))
    messages.success(request, _("Thank you; the facilitator sees your answer."))
    return redirect("session", code=code, pk=pk)


@login_required
@require_POST
def session_invite(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Invite one more person."""
    session = led_session(request, code, pk)
    form = InviteForm(request.POST, session=session, user=request.user)
    if (attendance := saved(form)) is None:
        return session_page(request, session, invite_form=form)
    messages.success(request, _("%(name)s is invited.") % {"name": attendance.membership.user})
    return redirect(f"{request.path.removesuffix('invite/')}#people")


@login_required
@require_POST
def session_withdraw(request: HttpRequest, code: str, pk: int, guest_pk: int) -> HttpResponse:
    """Take somebody off the list."""
    session = led_session(request, code, pk)
    guests = Attendance.objects.visible_to(request.user).filter(session=session)
    guest = get_object_or_404(guests.select_related("membership__user", "session"), pk=guest_pk)
    withdraw_invitation(guest, by=request.user)
    messages.success(request, _("%(name)s is off the list.") % {"name": guest.membership.user})
    return redirect("session", code=code, pk=pk)


@login_required
@require_POST
def session_conclude(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Close the record."""
    session = led_session(request, code, pk)
    conclude_session(session, by=request.user)
    messages.success(request, _("The record is closed. What was agreed is with its owners."))
    return redirect("session", code=code, pk=pk)
