"""The handover brief: a newcomer to a circle, up to date in one page."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from core.audit import Deed, record
from learningcircles.domain.handover import brief_of
from learningcircles.domain.papers import request_brief
from learningcircles.models import Circle, Paper
from learningcircles.views.common import crumbs, page
from learningcircles.views.files import private_pdf


def _circle(request: HttpRequest, code: str, pk: int) -> Circle:
    circles = Circle.objects.visible_to(request.user).select_related("programme")
    return get_object_or_404(circles, programme__code=code, pk=pk)


def _papers(request: HttpRequest, circle: Circle) -> Paper | None:
    papers = Paper.objects.visible_to(request.user).exclude(state="cancelled")
    return papers.filter(circle=circle, language=get_language() or "nl").first()


@login_required
@require_safe
def circle_handover(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Goal, the sessions so far, what was agreed, what is open, who is who."""
    circle = _circle(request, code, pk)
    up = reverse("circle", args=[code, pk])
    context = {
        "programme": circle.programme,
        "circle": circle,
        "crumbs": crumbs(circle.programme, (circle, up)),
        "content": brief_of(circle),
        "paper": _papers(request, circle),
    }
    return page(request, "handover", context)


@login_required
@require_POST
def handover_make(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Ask for the brief as PDF, as it is now."""
    request_brief(_circle(request, code, pk), by=request.user, language=get_language() or "nl")
    return redirect("circle_handover", code=code, pk=pk)


@login_required
@require_safe
def handover_pdf(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """The brief as PDF."""
    circle = _circle(request, code, pk)
    papers = Paper.objects.visible_to(request.user).filter(circle=circle, state="done")
    paper = get_object_or_404(papers.filter(language=get_language() or "nl")[:1])
    record(Deed.REPORT_FETCHED, circle, by=request.user, scope=circle.programme)
    return private_pdf(paper, f"handover-{circle.pk}.pdf")
