"""The codebook of a programme: its variables, its versions, as a file and from one."""

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
from surveys.codebooks.shipped import SHIPPED
from surveys.domain.codebooks import WRITERS, export_codebook, import_codebook
from surveys.domain.codings import make_codebook
from surveys.formats.reading import MOST_BYTES, too_large
from surveys.forms.coding import CodebookForm
from surveys.models import Codebook
from surveys.views.common import programme_run_by
from website.templatetags.benchlearn import in_language

CODING_ROLES = (Role.COORDINATOR, Role.FACILITATOR, Role.EVALUATOR)
KINDS = {
    "json": "application/json",
    "qdc": "application/xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def programme_coded_by(request: HttpRequest, code: str) -> Programme:
    """A programme that this person runs, leads or evaluates, or 404."""
    mine = Programme.objects.with_role(request.user, *CODING_ROLES)
    return get_object_or_404(mine, code=code)


def coding_frame(programme: Programme, *deeper: tuple[str, str], **further: Any) -> dict[str, Any]:
    """The context of every page on coding: the programme, and the way back up."""
    crumbs = [
        (in_language(programme, "name"), reverse("programme", args=[programme.code])),
        (_("Interviews and coding"), reverse("coding", args=[programme.code])),
        *deeper,
    ]
    return {"programme": programme, "crumbs": crumbs, **further}


def _version(programme: Programme, version: int) -> Codebook:
    return get_object_or_404(programme.codebooks, version=version)


@login_required
@require_safe
def codebook(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """What is read from interviews, and how?"""
    programme = programme_coded_by(request, code)
    shown = _version(programme, version)
    context = coding_frame(programme) | {
        "codebook": shown,
        "variables": shown.variables.all(),
        "versions": programme.codebooks.order_by("-version"),
        "formats": sorted(WRITERS),
        "runs": holds(request.user, programme, Role.COORDINATOR),
    }
    return render(request, "surveys/coding/codebook.html", context)


@login_required
@require_safe
def codebook_file(request: HttpRequest, code: str, version: int, format: str) -> HttpResponse:
    """A version as a file."""
    programme = programme_coded_by(request, code)
    if format not in WRITERS:
        raise Http404
    raw = export_codebook(_version(programme, version), format=format)
    name = f"{programme.code}-codebook-{version}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(raw, content_type=KINDS[format], headers=headers)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def codebook_import(request: HttpRequest, code: str) -> HttpResponse:
    """Bring in a codebook: it becomes the next version."""
    programme = programme_run_by(request, code)
    form = CodebookForm(request.POST or None, request.FILES or None)
    errors: list[str] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > MOST_BYTES:
                raise InvalidInput(too_large(file.name))
            made = import_codebook(programme, file.read(), name=file.name)
        except InvalidInput as error:
            errors = str(error.message).splitlines()
        else:
            told = _("Version %d of the codebook is the one in use.") % made.version
            messages.success(request, told)
            return redirect("codebook", code=code, version=made.version)
    context = coding_frame(programme) | {"form": form, "errors": errors}
    wrong = errors or (request.method == "POST")
    return render(
        request, "surveys/coding/codebook_import.html", context, status=400 if wrong else 200
    )


@login_required
@require_POST
def codebook_ship(request: HttpRequest, code: str) -> HttpResponse:
    """Take the codebook that ships with Benchlearn."""
    programme = programme_run_by(request, code)
    made = make_codebook(programme, variables=SHIPPED)
    messages.success(request, _("Version %d of the codebook is the one in use.") % made.version)
    return redirect("codebook", code=code, version=made.version)
