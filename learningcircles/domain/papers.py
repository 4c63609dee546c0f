"""Papers: asking for a PDF of minutes or of a handover brief, and making it once."""

import logging
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from core.leases import claim, give_back_or_fail, settle
from core.models import LeasedState
from core.wake import look, look_on_commit
from learningcircles.domain.handover import brief_of
from learningcircles.enums import PaperKind
from learningcircles.models import Circle, Minutes, Paper

logger = logging.getLogger(__name__)

PAPER_TASK = "learningcircles.tasks.make_papers"
UNFINISHED = (LeasedState.WAITING, LeasedState.RUNNING)


def _minutes_content(minutes: Minutes) -> dict[str, Any]:
    return {
        **minutes.content,
        "state": minutes.state,
        "final_at": minutes.final_at.isoformat() if minutes.final_at else "",
        "final_reason": minutes.final_reason,
        "addenda": [
            {"text": row.text, "author": str(row.author or ""), "at": row.at.isoformat()}
            for row in minutes.addenda.select_related("author")
        ],
    }


@transaction.atomic
def request_papers(*, minutes: Minutes, by: Any = None) -> list[Paper]:
    """Ask for the minutes as PDF in each language; what waits already is brought up to date."""
    Minutes.objects.select_for_update().get(pk=minutes.pk)
    content = _minutes_content(minutes)
    about = {"kind": PaperKind.MINUTES, "minutes": minutes}
    return [_ask(about, language, content, by) for language, _name in settings.LANGUAGES]


@transaction.atomic
def request_brief(circle: Circle, *, by: Any, language: str) -> Paper:
    """Ask for the handover brief as PDF, as the circle is now."""
    Circle.objects.select_for_update().get(pk=circle.pk)
    about = {"kind": PaperKind.HANDOVER, "circle": circle}
    return _ask(about, language, brief_of(circle), by)


def _ask(about: dict[str, Any], language: str, content: dict[str, Any], by: Any) -> Paper:
    key = {**about, "language": language}
    Paper.objects.filter(**key, state__in=UNFINISHED).update(
        state=LeasedState.CANCELLED, lease_until=None
    )
    paper = Paper.objects.create(**key, content=content, requested_by=by)
    look_on_commit(PAPER_TASK)
    return paper


def make_waiting(worker: str) -> int:
    """Make what waits, one at a time, until nothing does; how many were tried."""
    tried = 0
    while (paper := claim(Paper.objects.all(), worker)) is not None:
        make_paper(paper)
        tried += 1
    return tried


def make_paper(paper: Paper) -> None:
    """Make one claimed paper and keep its file privately; without Pango it fails with words."""
    # WeasyPrint is for workers only: no web process loads it.
    from learningcircles.pdf import PdfUnavailable, render_paper  # noqa: PLC0415

    try:
        with override(paper.language):
            pdf = render_paper(paper)
    except PdfUnavailable as error:
        logger.warning("No PDF of paper %s: %s", paper.pk, error)
        settle(paper, state=LeasedState.FAILED, last_error=str(error))
        return
    path = f"papers/{paper.kind}/{paper.pk}-{paper.attempt}.pdf"
    name = storages["private"].save(path, ContentFile(pdf))
    if not settle(paper, state=LeasedState.DONE, file=name, finished_at=timezone.now()):
        storages["private"].delete(name)


def give_back(**signal: Any) -> None:
    """Beat's round: papers of dead workers wait again, those tried too often fail."""
    give_back_or_fail(Paper.objects.all())
    if Paper.objects.filter(state=LeasedState.WAITING).exists():
        look(PAPER_TASK)
