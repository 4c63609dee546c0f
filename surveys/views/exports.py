"""Files of a wave's answers: asking for one, seeing how far it is, fetching it."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.confirming import confirmed, confirmed_fetch
from surveys.domain.exports import cancel_export, check_exportable, open_file
from surveys.enums import ExportFormat
from surveys.forms.exports import ExportForm
from surveys.models import Export, Wave
from surveys.views.common import frame, wave_read_by, wave_url

SHOWN = 20
SUFFIXES = {ExportFormat.DDI: "xml"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def wave_exports(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """How do I get the answers into my own program?"""
    wave = wave_read_by(request, code, pk)
    check_exportable(wave)
    form = ExportForm(request.POST or None, wave=wave, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("wave_exports", code=code, pk=pk)
    wrong = form.is_bound and not form.is_valid()
    context = frame(wave.cycle.programme, wave, form=form, **_files(request, wave))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "surveys/wave_exports.html", context, status=status)


def _files(request: HttpRequest, wave: Wave) -> dict[str, object]:
    """This person's files of this wave, newest first, and whether any is still being made."""
    mine = Export.objects.visible_to(request.user).filter(wave=wave)
    return {"exports": mine[:SHOWN], "is_busy": mine.unfinished().exists()}


@login_required
@require_safe
def export_progress(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The list of files as it is now; it asks again by itself while one is being made."""
    wave = wave_read_by(request, code, pk)
    context = frame(wave.cycle.programme, wave, **_files(request, wave))
    return render(request, "surveys/wave_exports_list.html", context)


@login_required
@require_safe
@confirmed_fetch
def export_file(request: HttpRequest, code: str, pk: int, export: int) -> FileResponse:
    """The file, to whoever asked for it and may still read the wave."""
    found = _own(request, code, pk, export)
    content = open_file(found, by=request.user)
    if content is None:
        raise Http404
    suffix = SUFFIXES.get(ExportFormat(found.format), found.format)
    name = f"{code}-{pk}-{found.shape}.{suffix}"
    response = FileResponse(content, as_attachment=True, filename=name)
    response["Cache-Control"] = "no-store, private"
    return response


@login_required
@require_POST
def export_cancel(request: HttpRequest, code: str, pk: int, export: int) -> HttpResponse:
    """Stop making a file, or take away one that is there."""
    found = _own(request, code, pk, export)
    cancel_export(found)
    return redirect(wave_url("wave_exports", found.wave))


def _own(request: HttpRequest, code: str, pk: int, export: int) -> Export:
    wave = wave_read_by(request, code, pk)
    mine = Export.objects.visible_to(request.user).select_related("wave__cycle__programme")
    return get_object_or_404(mine, wave=wave, pk=export)
