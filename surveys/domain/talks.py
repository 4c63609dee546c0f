"""Holding an interview: notes as they are typed, what is covered, and when it began and ended."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.exceptions import EditConflict, InvalidInput, NotNow
from core.models import log_activity
from surveys.domain.consent import check_not_withdrawn
from surveys.enums import InterviewState, Standing
from surveys.models import Candidate, Interview, Topic, TopicNote

LONGEST_NOTE = 20_000


def _held_open(interview: Interview) -> Interview:
    rows = Interview.objects.select_for_update(of=("self",)).select_related("round")
    interview = rows.get(pk=interview.pk)
    if interview.state == InterviewState.CANCELLED:
        raise NotNow(_("This interview was called off."))
    check_not_withdrawn(interview)
    if hasattr(interview, "report") and interview.report.released_at:
        raise NotNow(_("The report was released; the notes stay as they are."))
    return interview


@transaction.atomic
def keep_note(
    interview: Interview,
    topic: Topic,
    *,
    text: str,
    is_covered: bool,
    now: dt.datetime,
    version: int | None = None,
) -> TopicNote:
    """Keep what was typed under a topic. The first note says when the talk began.

    `version` is the one that the writer saw; another one meanwhile is an EditConflict, and nothing
    is overwritten. None keeps it whatever was there. Raises InvalidInput for a topic of another
    guide or a text that is too long, NotNow once the report is released or the talk called off.
    """
    interview = _held_open(interview)
    text = text.replace("\r\n", "\n")
    if topic.guide_id != interview.round.guide_id:
        raise InvalidInput(_("This topic isn't in the guide of the round."))
    if len(text) > LONGEST_NOTE:
        raise InvalidInput(_("A note has at most 20,000 characters."))
    note = TopicNote.objects.filter(interview=interview, topic=topic).first()
    note = note or TopicNote(interview=interview, topic=topic)
    if version is not None and version != note.version:
        raise EditConflict(_("This note was changed on another screen; load the page again."))
    note.text, note.is_covered, note.version = text, is_covered, note.version + 1
    note.save()
    if interview.began_at is None:
        Interview.objects.filter(pk=interview.pk).update(began_at=now)
    return note


@transaction.atomic
def begin_talk(interview: Interview, *, now: dt.datetime) -> Interview:
    """The talk begins; said twice, it began the first time."""
    interview = _held_open(interview)
    if interview.began_at is None:
        interview.began_at = now
        interview.save(update_fields=["began_at", "modified_at"])
    return interview


@transaction.atomic
def end_talk(interview: Interview, *, now: dt.datetime, by: Any) -> Interview:
    """The interview was held. Raises NotNow when nothing was noted and it never began."""
    interview = _held_open(interview)
    if interview.state == InterviewState.HELD:
        return interview
    if interview.began_at is None:
        raise NotNow(_("This talk hasn't begun yet."))
    interview.state, interview.ended_at = InterviewState.HELD, now
    interview.save(update_fields=["state", "ended_at", "modified_at"])
    people = interview.seats.filter(is_taken=True).values("candidate")
    Candidate.objects.filter(pk__in=people).update(standing=Standing.HELD, reason="")
    log_activity(interview, "held", actor=by)
    return interview
