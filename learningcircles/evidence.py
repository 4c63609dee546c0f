"""The doorway of the learning circles room: typed rows for evaluation, and nothing else.

Rows name organisations by primary key and people not at all; who may see the organisations' names
is decided where they are shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from learningcircles.models import Action, ActionChange, Attendance, Session, Signal


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
    """One invitation to a session, by organisation. `presence` is "" when not recorded."""

    session_id: int
    organisation_id: int
    reply: str
    presence: str


@dataclass(frozen=True, slots=True)
class SignalRow:
    """That a signal was raised, and what it hangs on; not what it says."""

    id: int
    session_id: int
    cycle_id: int | None
    organisation_id: int | None
    figure_id: int | None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action as it stands. `session_id`, `signal_id`, `figure_id` are where it came from;
    `figure_id` is the figure of its signal."""

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
    names = ("session_id", "membership__organisation_id", "reply", "presence")
    for row in rows.values_list(*names).iterator(chunk_size=2000):
        yield AttendanceRow(*row)


def signals(programme_id: int) -> list[SignalRow]:
    """All signals of a programme, in the order in which they were raised."""
    rows = Signal.objects.filter(session__programme=programme_id).order_by("raised_at", "id")
    names = ("id", "session_id", "session__cycle_id", "organisation_id", "figure_id")
    return [SignalRow(*row) for row in rows.values_list(*names)]


def actions(programme_id: int) -> Iterator[ActionRow]:
    """All actions of a programme, the proposed and dropped ones too, in order of making."""
    rows = Action.objects.filter(programme=programme_id).select_related("signal").order_by("id")
    for row in rows.iterator(chunk_size=2000):
        yield ActionRow(
            id=row.pk,
            organisation_id=row.organisation_id,
            cycle_id=row.cycle_id,
            status=row.status,
            horizon=row.horizon,
            agreed_on=row.agreed_on,
            due=row.due,
            original_due=row.original_due,
            done_on=row.done_on,
            dropped_on=row.dropped_on,
            has_owner=row.has_owner,
            session_id=row.session_id,
            signal_id=row.signal_id,
            figure_id=row.signal.figure_id if row.signal else None,
            indicator_id=row.indicator_id,
        )


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
