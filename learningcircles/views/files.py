"""Private files: given only to who may read them."""

from typing import Any

from django.core.files.storage import storages
from django.http import FileResponse, Http404

from learningcircles.models import Paper


def private_file(row: Any) -> FileResponse:
    """The file of a row that was fetched through `visible_to`: always to keep, never shown inside
    the site."""
    if not row.file.storage.exists(str(row.file.name)):
        raise Http404
    return FileResponse(
        row.file.open("rb"),
        as_attachment=True,
        filename=row.file_name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )


def private_pdf(paper: Paper, name: str) -> FileResponse:
    """The file of a paper that was fetched through `visible_to`, to keep."""
    storage = storages["private"]
    if not paper.file or not storage.exists(paper.file):
        raise Http404
    return FileResponse(
        storage.open(paper.file),
        content_type="application/pdf",
        as_attachment=True,
        filename=name,
        headers={"Cache-Control": "private, no-store"},
    )
