"""Minutes: to read, to send, to approve, to make final, to correct."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.audit import Deed, record
from learningcircles import live, queries
from learningcircles.domain.approval import (
    reopen_minutes,
    send_minutes,
)
from learningcircles.domain.papers import request_papers
from learningcircles.domain.record import record_of
from learningcircles.forms.minutes import AddendumForm, ApprovalForm, FinaliseForm
from learningcircles.models import Addendum, Minutes, Paper, Session
from learningcircles.views.common import led_session, page, saved, seen_session
from learningcircles.views.files import private_pdf
from learningcircles.views.session_page import session_crumbs


def _minutes_of(request: HttpRequest, session: Session) -> Minutes:
    rows = Minutes.objects.visible_to(request.user).filter(session=session)
    return rows.select_related("session").first() or Minutes(session=session)


def _previous(request: HttpRequest, minutes: Minutes) -> Minutes | None:
    """The minutes before these, if this person sees them."""
    if minutes.previous_id is None:
        return None
    seen = Minutes.objects.visible_to(request.user).select_related("session__programme")
    return seen.filter(pk=minutes.previous_id).first()


def _paper(request: HttpRequest, minutes: Minutes) -> Paper | None:
    if minutes.pk is None:
        return None
    papers = Paper.objects.visible_to(request.user).exclude(state="cancelled")
    return papers.filter(minutes=minutes, language=get_language() or "nl").first()


def _minutes_page(request: HttpRequest, session: Session, **shown: Any) -> HttpResponse:
    user, minutes = request.user, _minutes_of(request, session)
    minutes.session = session
    leads = queries.leads(user, session.programme)
    context = {
        "programme": session.programme,
        "session": session,
        "crumbs": session_crumbs(session, with_itself=True),
        "minutes": minutes,
        "content": record_of(session) if minutes.is_draft else minutes.content,
        "leads": leads,
        "unmerged": live.unmerged_edits(session, user) if leads else [],
        "words": live.words_on(minutes, user) if minutes.pk else [],
        "approver": live.approver(session, user) if minutes.is_sent else None,
        "addenda": Addendum.objects.visible_to(user).filter(minutes=minutes.pk),
        "previous": _previous(request, minutes),
        "paper": _paper(request, minutes),
        "approval_form": ApprovalForm(initial={"round": minutes.round}),
        "finalise_form": FinaliseForm(),
        "addendum_form": AddendumForm(),
        **shown,
    }
    return page(request, "minutes", context, *shown.values())


@login_required
@require_safe
def session_minutes(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What was said and agreed, as it stands or as it was sent."""
    return _minutes_page(request, seen_session(request, code, pk))


def _back(session: Session) -> HttpResponse:
    return redirect("session_minutes", code=session.programme.code, pk=session.pk)


@login_required
@require_POST
def minutes_send(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Send them to who was there."""
    session = led_session(request, code, pk)
    send_minutes(session, by=request.user)
    messages.success(request, _("The minutes are sent to who was there."))
    return _back(session)


@login_required
@require_POST
def minutes_reopen(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Back to draft."""
    session = led_session(request, code, pk)
    reopen_minutes(session, by=request.user)
    return _back(session)


@login_required
@require_POST
def minutes_approve(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Right, or what is not: one of each organisation that was there."""
    session = seen_session(request, code, pk)
    membership = live.approver(session, request.user)
    if membership is None:
        raise Http404
    form = ApprovalForm(request.POST)
    if saved(form, lambda: form.save(session, membership)) is None:
        return _minutes_page(request, session, approval_form=form)
    messages.success(request, _("Thank you; your answer is noted."))
    return _back(session)


@login_required
@require_POST
def minutes_finalise(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Final, although an organisation said nothing or no."""
    session = led_session(request, code, pk)
    form = FinaliseForm(request.POST)
    if saved(form, lambda: form.save(session, request.user)) is None:
        return _minutes_page(request, session, finalise_form=form)
    return _back(session)


@login_required
@require_POST
def minutes_addendum(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A correction beside the final minutes."""
    session = led_session(request, code, pk)
    form = AddendumForm(request.POST)
    if saved(form, lambda: form.save(session, request.user)) is None:
        return _minutes_page(request, session, addendum_form=form)
    return _back(session)


@login_required
@require_safe
def minutes_pdf(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """The minutes as PDF, in the reader's language."""
    session = seen_session(request, code, pk)
    papers = Paper.objects.visible_to(request.user).filter(minutes__session=session, state="done")
    paper = get_object_or_404(papers.filter(language=get_language() or "nl")[:1])
    record(Deed.REPORT_FETCHED, session, by=request.user, scope=session.programme)
    return private_pdf(paper, f"minutes-{session.pk}.pdf")


@login_required
@require_POST
def minutes_pdf_again(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Ask for the PDF once more, after it failed."""
    session = led_session(request, code, pk)
    minutes = get_object_or_404(
        Minutes.objects.visible_to(request.user).filter(session=session, state="final")
    )
    request_papers(minutes=minutes, by=request.user)
    return _back(session)
