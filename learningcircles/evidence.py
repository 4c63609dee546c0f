"""The doorway of the learning circles room: typed rows for evaluation, and nothing else.

Rows name organisations by primary key and people not at all; who may see the organisations' names
is decided where they are shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BooleanField, Case, Q, When
from django.db.models.functions import Coalesce

from learningcircles.evidence_chains import AdoptionRow, ChainRow, adoptions, chains
from learningcircles.models import (
    Action,
    ActionChange,
    Attendance,
    Decision,
    DefinitionIssue,
    Reading,
    Session,
    Signal,
    Topic,
)

__all__ = [
    "ActionChangeRow",
    "ActionRow",
    "AdoptionRow",
    "AttendanceRow",
    "ChainRow",
    "DecisionRow",
    "DefinitionIssueRow",
    "ReadingRow",
    "SessionRow",
    "SignalRow",
    "TopicRow",
    "action_changes",
    "actions",
    "adoptions",
    "attendances",
    "chains",
    "decisions",
    "definition_issues",
    "readings",
    "sessions",
    "signals",
    "topics",
]

OF_SESSION = ("id", "session_id", "session__cycle_id")


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session; `organisation_id` only when it is of one organisation."""

    id: int
    kind: str
    state: str
    starts_at: datetime
    cycle_id: int | None
    circle_id: int | None
    organisation_id: int | None


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One invitation to a session, by organisation. `presence` is "" when not recorded;
    `has_expertise`: what this guest brings to the theme was noted."""

    session_id: int
    organisation_id: int
    reply: str
    presence: str
    has_expertise: bool = False


@dataclass(frozen=True, slots=True)
class SignalRow:
    """That a signal was raised, and what it hangs on; not what it says."""

    id: int
    session_id: int
    cycle_id: int | None
    organisation_id: int | None
    figure_id: int | None
    reading_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """That a session read a figure; not how."""

    id: int
    session_id: int
    cycle_id: int | None
    figure_id: int | None
    organisation_id: int | None
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """That a session decided something; not what."""

    id: int
    session_id: int
    cycle_id: int | None
    organisation_id: int | None
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class DefinitionIssueRow:
    """A definition issue, and the version of the definition that settled it, if one did."""

    id: int
    session_id: int | None
    indicator_id: int
    state: str
    raised_at: datetime
    settled_at: datetime | None
    definition_id: int | None


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic of a circle and where it came from; not what it says."""

    id: int
    circle_id: int
    origin: str
    organisation_id: int | None
    signal_id: int | None
    proposed_at: datetime
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action as it stands. `session_id`, `signal_id`, `figure_id` are where it came from;
    `figure_id` is the figure of its signal, or else the one that it came from itself."""

    id: int
    organisation_id: int
    cycle_id: int | None
    status: str
    horizon: str
    agreed_on: date | None
    due: date | None
    original_due: date | None
    done_on: date | None
    dropped_on: date | None
    has_owner: bool
    session_id: int | None
    signal_id: int | None
    figure_id: int | None
    indicator_id: int | None


@dataclass(frozen=True, slots=True)
class ActionChangeRow:
    """A change of an action's status or date (ISO), in order of time."""

    action_id: int
    at: datetime
    field: str
    before: str
    after: str
    has_reason: bool = False


def sessions(programme_id: int) -> list[SessionRow]:
    """All sessions of a programme, in order of time, the cancelled ones too."""
    rows = Session.objects.filter(programme=programme_id).order_by("starts_at", "id")
    names = ("id", "kind", "state", "starts_at", "cycle_id", "circle_id", "organisation_id")
    return [SessionRow(*row) for row in rows.values_list(*names)]


def attendances(programme_id: int) -> Iterator[AttendanceRow]:
    """All invitations to sessions of a programme, cancelled sessions left out."""
    rows = Attendance.objects.filter(session__programme=programme_id)
    rows = rows.exclude(session__state="cancelled").order_by("session_id", "id")
    names = ("session_id", "membership__organisation_id", "reply", "presence", "expertise")
    for session, place, reply, presence, expertise in rows.values_list(*names).iterator(2000):
        yield AttendanceRow(session, place, reply, presence, bool(expertise))


def signals(programme_id: int) -> list[SignalRow]:
    """All signals of a programme, in the order in which they were raised."""
    rows = Signal.objects.filter(session__programme=programme_id).order_by("raised_at", "id")
    names = ("id", "session_id", "session__cycle_id", "organisation_id", "figure_id", "reading_id")
    return [SignalRow(*row) for row in rows.values_list(*names)]


def readings(programme_id: int) -> list[ReadingRow]:
    """All readings of figures in sessions of a programme, in order of time."""
    rows = Reading.objects.filter(session__programme=programme_id).order_by("noted_at", "id")
    figure = ("figure_id", "figure__organisation_id", "noted_at")
    return [ReadingRow(*row) for row in rows.values_list(*OF_SESSION, *figure)]


def decisions(programme_id: int) -> list[DecisionRow]:
    """All decisions of sessions of a programme, in order of time; of an organisation only where
    the session was."""
    rows = Decision.objects.filter(session__programme=programme_id).order_by("decided_at", "id")
    return [
        DecisionRow(*row)
        for row in rows.values_list(*OF_SESSION, "session__organisation_id", "decided_at")
    ]


def definition_issues(programme_id: int) -> list[DefinitionIssueRow]:
    """All definition issues of a programme, in the order in which they were parked."""
    rows = DefinitionIssue.objects.filter(programme=programme_id).order_by("raised_at", "id")
    names = (
        "id",
        "session_id",
        "indicator_id",
        "state",
        "raised_at",
        "settled_at",
        "definition_id",
    )
    return [DefinitionIssueRow(*row) for row in rows.values_list(*names)]


def topics(programme_id: int) -> list[TopicRow]:
    """All topics proposed in circles of a programme, in the order of proposing."""
    rows = Topic.objects.filter(circle__programme=programme_id).order_by("proposed_at", "id")
    names = (
        "id",
        "circle_id",
        "origin",
        "organisation_id",
        "signal_id",
        "proposed_at",
        "closed_on",
    )
    return [TopicRow(*row) for row in rows.values_list(*names)]


def actions(programme_id: int) -> Iterator[ActionRow]:
    """All actions of a programme, the proposed and dropped ones too, in order of making."""
    rows = Action.objects.filter(programme=programme_id).order_by("id")
    rows = rows.annotate(
        named=Case(
            When(~Q(owner_name="") | Q(owner__isnull=False, owner__left_on=None), then=True),
            default=False,
            output_field=BooleanField(),
        ),
        told=Coalesce("signal__figure_id", "figure_id"),
    )
    days = ("agreed_on", "due", "original_due", "done_on", "dropped_on")
    of_action = ("id", "organisation_id", "cycle_id", "status", "horizon", *days)
    origin = ("named", "session_id", "signal_id", "told", "indicator_id")
    # A hundred thousand of them: no model for each.
    for row in rows.values_list(*of_action, *origin).iterator(chunk_size=2000):
        yield ActionRow(*row)


def action_changes(programme_id: int) -> Iterator[ActionChangeRow]:
    """Every change of status or date of the programme's actions, in order of time."""
    rows = ActionChange.objects.filter(
        action__programme=programme_id, field__in=["status", "due"]
    ).order_by("action_id", "at", "id")
    for row in rows.iterator(chunk_size=2000):
        yield ActionChangeRow(
            action_id=row.action_id,
            at=row.at,
            field=row.field,
            before=row.before,
            after=row.after,
            has_reason=bool(row.reason),
        )
