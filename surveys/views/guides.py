"""Topic guides: what the interviews must cover, in versions."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchmarks.models import Programme
from benchmarks.rules import holds
from people.enums import Role
from surveys.domain.guides import ship_guides
from surveys.forms.rounds import GuideForm, topics_form
from surveys.interviewing.beforehand import FACTS
from surveys.models import TopicGuide
from surveys.round_queries import construct_names, newest_guides
from surveys.views.codebooks import programme_coded_by
from surveys.views.common import programme_run_by, saved
from website.templatetags.benchlearn import in_language


def interview_frame(
    programme: Programme, *deeper: tuple[str, str], **further: Any
) -> dict[str, Any]:
    """The context of every page on interviews: the programme, and the way back up."""
    crumbs = [
        (in_language(programme, "name"), reverse("programme", args=[programme.code])),
        (_("Interviews"), reverse("interview_rounds", args=[programme.code])),
        *deeper,
    ]
    return {"programme": programme, "crumbs": crumbs, **further}


@login_required
@require_safe
def interview_guides(request: HttpRequest, code: str) -> HttpResponse:
    """Which guides are there?"""
    programme = programme_coded_by(request, code)
    context = interview_frame(
        programme,
        guides=newest_guides(programme),
        runs=holds(request.user, programme, Role.COORDINATOR),
    )
    return render(request, "surveys/interviews/guides.html", context)


@login_required
@require_POST
def interview_guides_ship(request: HttpRequest, code: str) -> HttpResponse:
    """Take the guides that ship."""
    programme = programme_run_by(request, code)
    ship_guides(programme)
    messages.success(request, _("The guides are there, and can be changed."))
    return redirect("interview_guides", code=code)


def _guide(programme: Programme, guide: str, version: int) -> TopicGuide:
    return get_object_or_404(programme.guides, code=guide, version=version)


@login_required
@require_safe
def interview_guide(request: HttpRequest, code: str, guide: str, version: int) -> HttpResponse:
    """What must be talked about?"""
    programme = programme_coded_by(request, code)
    shown = _guide(programme, guide, version)
    names = construct_names(programme, english=get_language() == "en")
    topics = [(each, names.get(each.construct, "")) for each in shown.topics.all()]
    context = interview_frame(
        programme,
        (_("Topic guides"), reverse("interview_guides", args=[code])),
        guide=shown,
        topics=topics,
        facts=[FACTS[name][0] for name in shown.beforehand if name in FACTS],
        versions=programme.guides.filter(code=guide).order_by("-version"),
        runs=holds(request.user, programme, Role.COORDINATOR),
    )
    return render(request, "surveys/interviews/guide.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interview_guide_change(
    request: HttpRequest, code: str, guide: str, version: int
) -> HttpResponse:
    """Make the next version of a guide."""
    programme = programme_run_by(request, code)
    shown = _guide(programme, guide, version)
    posted = request.POST if request.method == "POST" else None
    names = list(GuideForm.base_fields)
    form = GuideForm(posted, initial={name: getattr(shown, name) for name in names})
    topics = topics_form(shown, posted)
    if posted is not None and topics.is_valid():
        made = saved(form, lambda: form.save(shown, topics, by=request.user))
        if made is not None:
            messages.success(request, _("Version %d of the guide is the newest.") % made.version)
            return redirect("interview_guide", code=code, guide=guide, version=made.version)
    context = interview_frame(
        programme,
        (_("Topic guides"), reverse("interview_guides", args=[code])),
        guide=shown,
        form=form,
        topics=topics,
    )
    status = 200 if posted is None else 400
    return render(request, "surveys/interviews/guide_change.html", context, status=status)
