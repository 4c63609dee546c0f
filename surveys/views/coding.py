"""Coding: the texts, what a coder sees in one, and coders side by side."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchmarks.models import Programme
from benchmarks.rules import holds
from core.exceptions import InvalidInput
from people.enums import Role
from surveys import coding_queries as queries
from surveys.domain.coding_work import CODER_ROLES, finish_coding
from surveys.forms.coding import AdjudicationForm, CodeForm, TextForm
from surveys.models import CodedText, CodedVariable, Coding, CodingTask
from surveys.views.codebooks import coding_frame, programme_coded_by
from surveys.views.common import programme_run_by, saved


@login_required
@require_safe
def coding(request: HttpRequest, code: str) -> HttpResponse:
    """Where does the coding of the interviews stand, and what am I asked to do?"""
    programme = programme_coded_by(request, code)
    context = coding_frame(programme) | {
        "codebook": queries.newest_codebook(programme.pk),
        "variables": queries.coded_by_variable(programme, request.user),
        "texts": queries.texts_of(programme, request.user),
        "tasks": queries.open_tasks_of(request.user, programme),
        "runs": holds(request.user, programme, Role.COORDINATOR),
    }
    context["crumbs"] = context["crumbs"][:1]
    return render(request, "surveys/coding/index.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def coding_text_new(request: HttpRequest, code: str) -> HttpResponse:
    """Add a text, and ask who codes it."""
    programme = programme_run_by(request, code)
    form = TextForm(programme, request.POST or None)
    if request.method == "POST" and saved(form, lambda: form.save(by=request.user)):
        messages.success(request, _("The text is there, and its coders see it on their page Now."))
        return redirect("coding", code=code)
    status = 400 if request.method == "POST" else 200
    context = coding_frame(programme) | {"form": form}
    return render(request, "surveys/coding/text_new.html", context, status=status)


def _text(request: HttpRequest, code: str, pk: int) -> CodedText:
    mine = CodedText.objects.visible_to(request.user)
    rows = mine.select_related("cycle__programme", "organisation")
    return get_object_or_404(rows, cycle__programme__code=code, pk=pk)


def _task(request: HttpRequest, text: CodedText) -> CodingTask:
    return get_object_or_404(text.tasks.select_related("text__cycle"), coder=request.user)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def coding_text(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What do I see in this text?"""
    text = _text(request, code, pk)
    if request.method == "POST":
        return _code(request, text)
    return _text_page(request, text)


def _code(request: HttpRequest, text: CodedText) -> HttpResponse:
    task = _task(request, text)
    number = request.POST.get("variable", "")
    book = queries.newest_codebook(text.cycle.programme_id)
    if book is None or not number.isdecimal():
        raise Http404
    variable = get_object_or_404(book.variables, pk=number)
    form = CodeForm(variable, request.POST)
    if saved(form, lambda: form.save(task)) is None:
        return _text_page(request, text, wrong=form)
    place = reverse("coding_text", args=[text.cycle.programme.code, text.pk])
    return redirect(f"{place}#v{variable.pk}")


def _text_page(
    request: HttpRequest, text: CodedText, wrong: CodeForm | None = None
) -> HttpResponse:
    user: Any = request.user
    task = text.tasks.filter(coder=user).first()
    codes = task is not None and task.finished_at is None
    forms = _forms(user, text, wrong) if codes else []
    context = coding_frame(text.cycle.programme) | {
        "text": text,
        "task": task,
        "codes": codes,
        "forms": forms,
        "done": sum(1 for form in forms if form.initial),
        "tasks": text.tasks.select_related("coder"),
    }
    return render(request, "surveys/coding/text.html", context, status=400 if wrong else 200)


def _forms(user: Any, text: CodedText, wrong: CodeForm | None) -> list[CodeForm]:
    """A form for each variable, filled with what this coder saw before."""
    book = queries.newest_codebook(text.cycle.programme_id)
    own: dict[int, list[Coding]] = {}
    for row in text.codings.filter(coder_user=user, adjudicates=False):
        own.setdefault(row.variable_id, []).append(row)
    forms = []
    for variable in book.variables.all() if book else ():
        rows = own.get(variable.pk, [])
        values = [row.value for row in rows]
        initial = {"passage": rows[0].passage, "remark": rows[0].remark} if rows else {}
        if rows:
            initial["values"] = values if variable.several else values[0]  # type: ignore[assignment]
        mine = CodeForm(variable, initial=initial)
        forms.append(wrong if wrong and wrong.variable.pk == variable.pk else mine)
    return forms


@login_required
@require_POST
def coding_finish(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """I am done with this text."""
    text = _text(request, code, pk)
    task = _task(request, text)
    try:
        finish_coding(task)
    except InvalidInput as error:
        messages.error(request, str(error.message))
        return redirect("coding_text", code=code, pk=pk)
    messages.success(request, _("You are done with this text."))
    return redirect("coding", code=code)


def _variable(programme: Programme, name: str) -> CodedVariable:
    book = queries.newest_codebook(programme.pk)
    if book is None:
        raise Http404
    return get_object_or_404(book.variables, code=name)


def _places(request: HttpRequest, programme: Programme, variable: CodedVariable) -> list[Any]:
    rows = Coding.objects.visible_to(request.user).released()
    rows = rows.filter(
        variable__codebook__programme=programme, variable__code=variable.code
    ).select_related("organisation", "cycle")
    return queries.places_of(rows.order_by("pk"))


@login_required
@require_safe
def coding_variable(request: HttpRequest, code: str, variable: str) -> HttpResponse:
    """What did coders see of this variable, side by side?"""
    programme = programme_coded_by(request, code)
    return _variable_page(request, programme, _variable(programme, variable))


def _variable_page(
    request: HttpRequest,
    programme: Programme,
    variable: CodedVariable,
    wrong: tuple[str, AdjudicationForm] | None = None,
) -> HttpResponse:
    places = _places(request, programme, variable)
    decides = holds(request.user, programme, *CODER_ROLES)
    rows = [(place, _decision(variable, place, wrong) if decides else None) for place in places]
    context = coding_frame(programme) | {
        "variable": variable,
        "rows": rows,
        "differing": sum(place.differs for place in places),
    }
    status = 400 if wrong else 200
    return render(request, "surveys/coding/variable.html", context, status=status)


def _decision(
    variable: CodedVariable, place: Any, wrong: tuple[str, AdjudicationForm] | None
) -> AdjudicationForm | None:
    """The form to decide with, where coders differ and nobody decided yet."""
    if not place.differs or place.decided:
        return None
    if wrong and wrong[0] == place.key:
        return wrong[1]
    return AdjudicationForm(variable, auto_id=f"p{place.key}-%s")


@login_required
@require_POST
def coding_adjudicate(request: HttpRequest, code: str, variable: str) -> HttpResponse:
    """Decide which value holds, and say why."""
    programme = get_object_or_404(
        Programme.objects.with_role(request.user, *CODER_ROLES), code=code
    )
    found = _variable(programme, variable)
    key = request.POST.get("place", "")
    place = next((p for p in _places(request, programme, found) if p.key == key), None)
    if place is None:
        raise Http404
    form = AdjudicationForm(found, request.POST, auto_id=f"p{key}-%s")
    if saved(form, lambda: form.save(place, by=request.user)) is None:
        return _variable_page(request, programme, found, wrong=(key, form))
    messages.success(request, _("The value that holds is kept, with the reason."))
    return redirect("coding_variable", code=code, variable=variable)
