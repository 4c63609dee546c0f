"""A whole programme as a file, for who runs it: asking for it, fetching it, taking it away."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchmarks.domain.programme_files import open_file, request_file, take_away
from benchmarks.ending import people_go_on
from benchmarks.models import ProgrammeFile
from benchmarks.views.common import crumbs, programme_run_by
from people.confirming import confirmed, confirmed_fetch

SHOWN = 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def programme_files(request: HttpRequest, code: str) -> HttpResponse:
    """How do I take all of this along?"""
    programme = programme_run_by(request, code)
    if request.method == "POST":
        request_file(programme, by=request.user, private=request.POST.get("private") == "yes")
        return redirect("programme_files", code)
    mine = ProgrammeFile.objects.visible_to(request.user).filter(programme=programme)
    context = {
        "programme": programme,
        "crumbs": crumbs(programme),
        "people_go_on": people_go_on(programme, timezone.localdate()),
        "files": mine[:SHOWN],
        "is_busy": ProgrammeFile.objects.filter(programme=programme).unfinished().exists(),
    }
    return render(request, "benchmarks/programme_files.html", context)


def _own(request: HttpRequest, code: str, pk: int) -> ProgrammeFile:
    programme = programme_run_by(request, code)
    mine = ProgrammeFile.objects.visible_to(request.user).select_related("programme")
    return get_object_or_404(mine, programme=programme, pk=pk)


@login_required
@require_safe
@confirmed_fetch
def programme_file(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """The file, to whoever asked for it and still runs the programme."""
    content = open_file(_own(request, code, pk), by=request.user)
    if content is None:
        raise Http404
    response = FileResponse(content, as_attachment=True, filename=f"{code}.zip")
    response["Cache-Control"] = "no-store, private"
    return response


@login_required
@require_POST
def programme_file_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Stop making it, or remove it."""
    take_away(_own(request, code, pk))
    return redirect("programme_files", code)
