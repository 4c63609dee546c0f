"""What of this room goes with a programme that moves: circles, sessions, what was said and agreed,
and the practices. What only a few may read comes along when it is asked for, and else stays."""

from collections.abc import Callable
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet

from core.models import LeasedState
from core.moving.files import stored_file
from core.moving.kinds import Kind, Leave, Translation, add_kinds
from core.uploads import accepted
from learningcircles.domain.practices import shelf
from learningcircles.models import Paper, PracticePage
from learningcircles.models.action_files import action_file_path
from learningcircles.models.materials import material_path

DRAFTED_FROM = {
    "topic": "learningcircles.Topic",
    "issue": "learningcircles.DefinitionIssue",
    "indicator": "benchmarks.Indicator",
    "previous": "learningcircles.AgendaItem",
}
"""What an item of an agenda may say it was drafted from."""
OF_THE_WORKER = "of the worker that made it"
PAGE = (
    *(
        "title",
        "draft_title",
        "slug",
        "live",
        "has_unpublished_changes",
        "latest_revision_created_at",
    ),
    *("first_published_at", "last_published_at"),
)


def _of_session(way: str = "session") -> str:
    return f"{way}__programme"


def _number_in(source: str, look_up: Callable[[str, int], int | None]) -> str:
    """The same source with another number: "topic:12" -> "topic:3"."""
    word, _colon, key = source.partition(":")
    if word not in DRAFTED_FROM or not key.isdecimal():
        return source
    found = look_up(DRAFTED_FROM[word], int(key))
    return f"{word}:{found}" if found else ""


def _source_out(row: Any, desk: Any) -> str:
    return _number_in(row.source, desk.number)


def _source_into(value: Any, row: Any, desk: Any) -> str:
    return _number_in(str(value)[:40], desk.key)


def _finished(programme: Any) -> QuerySet[Paper]:
    done = Paper._base_manager.filter(state=LeasedState.DONE)
    return done.filter(circle__programme=programme) | done.filter(
        minutes__session__programme=programme
    )


def _private(rows: QuerySet, leave: Leave) -> QuerySet:
    """What each answered or read for themselves. A person takes what their pages show them."""
    if not leave.private:
        return rows.none()
    if leave.user is None:
        return rows
    return rows.filter(pk__in=rows.model.objects.visible_to(leave.user).values("pk"))


def _on_the_shelf(row: PracticePage) -> None:
    shelf().add_child(instance=row)


def _paper_name(row: Any, value: str) -> str:
    return f"papers/{row.kind}/{uuid4().hex}{PurePath(value).suffix}"


KINDS = [
    Kind("learningcircles.Circle", of="programme"),
    Kind("learningcircles.CircleMember", of="circle__programme"),
    Kind("learningcircles.Intermediary", of="circle__programme"),
    Kind("learningcircles.FollowUpRule", of="circle__programme"),
    Kind("learningcircles.Session", of="programme"),
    Kind("learningcircles.Attendance", of=_of_session()),
    Kind("learningcircles.SessionFeedback", of=_of_session("attendance__session"), guard=_private),
    Kind("learningcircles.Reading", of=_of_session()),
    Kind("learningcircles.Signal", of=_of_session()),
    Kind("learningcircles.Topic", of="circle__programme"),
    Kind("learningcircles.TopicVote", of="topic__circle__programme"),
    Kind("learningcircles.Decision", of=_of_session()),
    Kind("learningcircles.DefinitionIssue", of="programme"),
    Kind(
        "learningcircles.AgendaItem",
        of=_of_session(),
        translated={
            "source": Translation(
                _source_out,
                _source_into,
                {"type": "string", "description": "kind:number of what it was drafted from"},
                late=True,
            )
        },
    ),
    Kind("learningcircles.ItemAction", of=_of_session("item__session")),
    Kind("learningcircles.AgendaTemplate", of="programme"),
    Kind("learningcircles.AgendaTemplateItem", of="template__programme"),
    Kind("learningcircles.Minutes", of=_of_session()),
    Kind("learningcircles.MinuteText", of=_of_session("item__session")),
    Kind("learningcircles.MinuteEdit", of=_of_session("item__session")),
    Kind("learningcircles.Approval", of=_of_session("minutes__session")),
    Kind("learningcircles.Addendum", of=_of_session("minutes__session")),
    Kind("learningcircles.OwnReading", of=_of_session(), guard=_private),
    Kind("learningcircles.OwnReadingEdit", of=_of_session("own_reading__session"), guard=_private),
    Kind("learningcircles.Action", of="programme"),
    Kind("learningcircles.ActionChange", of="action__programme"),
    Kind("learningcircles.ManagementDecision", of="action__programme"),
    Kind("learningcircles.ActionNote", of="action__programme"),
    Kind("learningcircles.ActionReminder", of="action__programme"),
    Kind(
        "learningcircles.ActionFile",
        of="action__programme",
        translated={"file": stored_file("file", action_file_path, check=accepted, size="size")},
    ),
    Kind(
        "learningcircles.Material",
        of=_of_session(),
        translated={"file": stored_file("file", material_path, check=accepted, size="size")},
    ),
    Kind("learningcircles.Preparation", of=_of_session()),
    Kind(
        "learningcircles.Paper",
        of=_finished,
        without=dict.fromkeys(
            ("attempt", "not_before", "lease_until", "claimed_by", "last_error"), OF_THE_WORKER
        ),
        translated={"file": stored_file("file", _paper_name)},
    ),
    Kind(
        "learningcircles.PracticePage",
        of="programme",
        fields=[
            *PAGE,
            *("programme", "organisation", "what", "for_whom", "context", "what_worked", "costs"),
            *("evidence_theory", "evidence_process", "evidence_result"),
            *("indicator", "source_action", "is_public", "key"),
        ],
        put=_on_the_shelf,
    ),
    Kind("learningcircles.AdoptionStep", of="practice__programme"),
]

STAYING = {
    "learningcircles.FollowUpRound": "of a day of this installation",
    "learningcircles.GroupStanding": "counted anew each morning",
}


def offer() -> None:
    """Tell the floor."""
    add_kinds(KINDS, staying=STAYING)
