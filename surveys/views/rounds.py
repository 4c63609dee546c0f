"""Rounds of interviews: what is asked, whom, and how far it is."""

import csv
from io import StringIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchmarks.models import Programme
from benchmarks.rules import holds
from core.audit import Deed, record
from people.enums import Role
from surveys.domain.asking import approach, close_round, to_ask
from surveys.domain.interview_mails import asking_words
from surveys.domain.rounds import INTERVIEWER_ROLES
from surveys.domain.sampling import choose_by_hand
from surveys.enums import Standing
from surveys.forms.rounds import DrawForm, RoundForm, StandingForm
from surveys.interviewing.flow import draw_flow, flow_rows
from surveys.models import Candidate, InterviewRound
from surveys.round_queries import candidates_of, facts_of, flow_of, newest_guides, rounds_of
from surveys.views.common import programme_run_by, saved
from surveys.views.guides import interview_frame

KINDS = {"svg": "image/svg+xml", "csv": "text/csv; charset=utf-8"}


def round_seen_by(request: HttpRequest, code: str, pk: int) -> InterviewRound:
    """A round of which this person may see names, or 404."""
    return _round(InterviewRound.objects.visible_to(request.user), code, pk)


def round_run_by(request: HttpRequest, code: str, pk: int) -> InterviewRound:
    """A round of a programme that this person coordinates, or 404."""
    return _round(InterviewRound.objects.run_by(request.user), code, pk)


def _round(rows: Any, code: str, pk: int) -> InterviewRound:
    rows = rows.select_related("cycle__programme", "guide")
    return get_object_or_404(rows, cycle__programme__code=code, pk=pk)


def round_url(name: str, round: InterviewRound) -> str:
    """An address under a round."""
    return reverse(name, args=[round.cycle.programme.code, round.pk])


def round_frame(round: InterviewRound, **further: Any) -> dict[str, Any]:
    """The context of every page under a round."""
    crumb = (round.name, round_url("interview_round", round))
    return interview_frame(round.cycle.programme, crumb, round=round, **further)


@login_required
@require_safe
def interview_rounds(request: HttpRequest, code: str) -> HttpResponse:
    """Which interviews are held, and how far are they?"""
    mine = Programme.objects.with_role(request.user, *INTERVIEWER_ROLES)
    programme = get_object_or_404(mine, code=code)
    context = interview_frame(
        programme,
        rounds=rounds_of(programme, request.user),
        guides=newest_guides(programme),
        runs=holds(request.user, programme, Role.COORDINATOR),
    )
    context["crumbs"] = context["crumbs"][:1]
    return render(request, "surveys/interviews/rounds.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interview_round_new(request: HttpRequest, code: str) -> HttpResponse:
    """Prepare a round."""
    programme = programme_run_by(request, code)
    form = RoundForm(request.POST or None, programme=programme)
    if request.method == "POST":
        made = saved(form, lambda: form.save(by=request.user))
        if made is not None:
            return redirect("interview_sample", code=code, pk=made.pk)
    context = interview_frame(programme, form=form, has_guides=programme.guides.exists())
    status = 400 if request.method == "POST" else 200
    return render(request, "surveys/interviews/round_new.html", context, status=status)


@login_required
@require_safe
def interview_round(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """How far is this round, and what were people told?"""
    round = round_seen_by(request, code, pk)
    context = round_frame(
        round,
        steps=flow_of(round),
        interviewers=round.interviewers.all(),
        runs=holds(request.user, round.cycle.programme, Role.COORDINATOR),
    )
    context["crumbs"] = context["crumbs"][:2]
    return render(request, "surveys/interviews/round.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interview_round_change(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change what a round is."""
    round = round_run_by(request, code, pk)
    form = RoundForm(request.POST or None, programme=round.cycle.programme, round=round)
    if request.method == "POST" and saved(form, lambda: form.save(by=request.user)):
        return redirect("interview_round", code=code, pk=pk)
    status = 400 if request.method == "POST" else 200
    context = round_frame(round, form=form)
    return render(request, "surveys/interviews/round_change.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interview_sample(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Whom do we ask? Chosen by hand here, or drawn."""
    round = round_run_by(request, code, pk)
    if request.method == "POST":
        numbers = [int(each) for each in request.POST.getlist("chosen") if each.isdecimal()]
        count = choose_by_hand(round, chosen=numbers, by=request.user)
        messages.success(request, _("Chosen by hand: %d.") % count)
        return redirect("interview_sample", code=code, pk=pk)
    return _sample_page(request, round, DrawForm())


def _sample_page(
    request: HttpRequest, round: InterviewRound, form: DrawForm, status: int = 200
) -> HttpResponse:
    people = list(candidates_of(round, request.user))
    record(Deed.PEOPLE_SEEN, round, by=request.user, scope=round.cycle.programme)
    context = round_frame(
        round,
        form=form,
        to_choose=[one for one in people if one.standing == Standing.NOT_APPROACHED],
        others=[one for one in people if one.standing != Standing.NOT_APPROACHED],
        draws=round.draws.all(),
    )
    return render(request, "surveys/interviews/sample.html", context, status=status)


@login_required
@require_POST
def interview_draw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Draw at random."""
    round = round_run_by(request, code, pk)
    form = DrawForm(request.POST)
    draw = saved(form, lambda: form.save(round, by=request.user))
    if draw is None:
        return _sample_page(request, round, form, status=400)
    told = _("Drawn: %(people)d, with seed %(seed)d.")
    messages.success(request, told % {"people": len(draw.drawn), "seed": draw.seed})
    return redirect("interview_sample", code=code, pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interview_candidate(request: HttpRequest, code: str, pk: int, candidate: int) -> HttpResponse:
    """What do we know of somebody beforehand, and what became of the question?"""
    round = round_seen_by(request, code, pk)
    rows = Candidate.objects.visible_to(request.user).select_related("organisation", "round__cycle")
    one = get_object_or_404(rows, round=round, pk=candidate)
    form = StandingForm(one, request.POST or None)
    if request.method == "POST" and saved(form, lambda: form.save(by=request.user)):
        messages.success(request, _("Noted."))
        return redirect("interview_candidate", code=code, pk=pk, candidate=candidate)
    status = 400 if request.method == "POST" else 200
    record(Deed.PERSON_SEEN, one, by=request.user, scope=round.cycle.programme)
    context = round_frame(
        round, candidate=one, form=form, facts=facts_of(one, round.guide.beforehand)
    )
    return render(request, "surveys/interviews/candidate.html", context, status=status)


@login_required
@require_safe
def interview_flow(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """How did the sample come about? Numbers alone, so evaluators may read it too."""
    round = _round(InterviewRound.objects.counted_by(request.user), code, pk)
    steps = flow_of(round)
    context = round_frame(round, picture=draw_flow(steps), rows=flow_rows(steps))
    if not InterviewRound.objects.visible_to(request.user).filter(pk=pk).exists():
        context["crumbs"] = context["crumbs"][:1]
    return render(request, "surveys/interviews/flow.html", context)


@login_required
@require_safe
def interview_flow_file(request: HttpRequest, code: str, pk: int, format: str) -> HttpResponse:
    """The flow as a drawing or as a table."""
    round = _round(InterviewRound.objects.counted_by(request.user), code, pk)
    if format not in KINDS:
        raise Http404
    steps = flow_of(round)
    if format == "svg":
        context = {"picture": draw_flow(steps), "rows": flow_rows(steps), "alone": True}
        raw = str(render_to_string("surveys/interviews/_flow.html", context))
    else:
        raw = _csv([(_("step"), _("what became of them"), _("people")), *flow_rows(steps)])
    name = f"{code}-interviews-{round.pk}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(raw, content_type=KINDS[format], headers=headers)


def _csv(rows: list[Any]) -> str:
    """With a mark of the encoding, so that Excel reads it as UTF-8."""
    file = StringIO()
    csv.writer(file).writerows(rows)
    return "\ufeff" + file.getvalue()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interview_approach(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Read the mail, then ask who was chosen."""
    round = round_run_by(request, code, pk)
    if request.method == "POST":
        count = approach(round, by=request.user)
        messages.success(request, _("Asked: %d. The mails are on their way.") % count)
        return redirect("interview_round", code=code, pk=pk)
    people = list(to_ask(round))
    mails = []
    for one in people[:1]:
        with translation.override(one.language):
            mails.append(asking_words(one, round, link=_("(their own link)")))
    context = round_frame(round, people=people, mails=mails)
    return render(request, "surveys/interviews/approach.html", context)


@login_required
@require_POST
def interview_close(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Close the round: links stop working."""
    close_round(round_run_by(request, code, pk), by=request.user)
    messages.success(request, _("The round is closed; its links don't work any more."))
    return redirect("interview_round", code=code, pk=pk)
