"""What this room offers to the API: actions, and how their state and date changed.

An action names its owner, as its page does to everyone who sees the action; what was said in a
session (its signal, its topic) isn't here.
"""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import AwareDatetime, Field
from pydantic.json_schema import SkipJsonSchema

from core.api.paging import Changing, Code, Moment, Paging, Row, Text, only, page_of
from learningcircles.enums import ActionStatus, ChangedField
from learningcircles.models import Action, ActionChange
from learningcircles.queries import action_rows
from people.api import asker, reads

SCOPE = "actions:read"
OF_STATE = (ChangedField.STATUS, ChangedField.DUE)
router = Router(tags=["actions"])


class ActionRow(Row):
    """What somebody of an organisation does."""

    action: int
    programme: str
    cycle: str
    organisation: str
    title: str
    why: str
    owner: str = Field(
        description=gettext_noop("Who does it; empty when nobody is named, or who was named left.")
    )
    status: str
    horizon: str
    due: dt.date | None
    original_due: dt.date | None
    overdue: bool
    agreed_on: dt.date | None
    done_on: dt.date | None
    dropped_on: dt.date | None
    drop_reason: str
    handed_on: dt.date | None
    indicator: str = Field(description=gettext_noop("The figure that it should move."))
    direction: str
    move_by: dt.date | None
    session_kind: str = Field(
        description=gettext_noop("In what kind of session it was agreed; empty outside of one.")
    )
    modified_at: AwareDatetime


class ActionChangeRow(Row):
    """One change of the state or the date of an action."""

    action: int
    at: AwareDatetime
    field: str
    before: str
    after: str
    reason: str


class ActionFilter(Changing):
    """Which actions."""

    programme: Code = ""
    cycle: Text = ""
    organisation: Code = ""
    indicator: Code = ""
    status: ActionStatus | SkipJsonSchema[None] = None
    due_until: dt.date | SkipJsonSchema[None] = Field(
        None, description=gettext_noop("Only those with a date up to this day.")
    )


class ActionChangeFilter(Paging):
    """Changes of which actions."""

    programme: Code = ""
    organisation: Code = ""
    changed_since: Moment | SkipJsonSchema[None] = Field(
        None, description=gettext_noop("Only what was made or changed at or after this moment.")
    )


@reads(
    router,
    "/actions/",
    name="actions",
    scope=SCOPE,
    gives=ActionRow,
    summary=_("The actions that you may see, and how they stand"),
)
def actions(request: HttpRequest, asked: Query[ActionFilter]) -> HttpResponse:
    """An action a row; those that were dropped are there too."""
    wanted = only(
        programme__code=asked.programme,
        cycle__name=asked.cycle,
        organisation__code=asked.organisation,
        indicator__code=asked.indicator,
        status=asked.status,
    )
    seen = action_rows(Action.objects.visible_to(asker(request)))
    rows = asked.of(seen.filter(**wanted))
    if asked.due_until is not None:
        rows = rows.filter(due__lte=asked.due_until)
    today = timezone.localdate()
    related = rows.select_related("cycle", "indicator")
    return page_of(request, related, asked, kind=ActionRow, make=lambda row: _action(row, today))


def _action(row: Action, today: dt.date) -> ActionRow:
    named = str(row.owner.user) if row.owner and not row.owner_left else row.owner_name
    return ActionRow(
        action=row.pk,
        programme=row.programme.code,
        cycle=row.cycle.name if row.cycle else "",
        organisation=row.organisation.code,
        title=row.title,
        why=row.why,
        owner=named,
        status=row.status,
        horizon=row.horizon,
        due=row.due,
        original_due=row.original_due,
        overdue=row.is_overdue(today),
        agreed_on=row.agreed_on,
        done_on=row.done_on,
        dropped_on=row.dropped_on,
        drop_reason=row.drop_reason,
        handed_on=row.handed_on,
        indicator=row.indicator.code if row.indicator else "",
        direction=row.direction,
        move_by=row.move_by,
        session_kind=row.session.kind if row.session else "",
        modified_at=row.modified_at,
    )


@reads(
    router,
    "/action-changes/",
    name="action_changes",
    scope=SCOPE,
    gives=ActionChangeRow,
    summary=_("How the state and the date of actions changed, in order of time"),
)
def action_changes(request: HttpRequest, asked: Query[ActionChangeFilter]) -> HttpResponse:
    """A change a row, of the actions that you may see; who made it is not told."""
    wanted = only(
        action__programme__code=asked.programme, action__organisation__code=asked.organisation
    )
    rows = ActionChange.objects.visible_to(asker(request)).filter(field__in=OF_STATE, **wanted)
    if asked.changed_since is not None:
        rows = rows.filter(at__gte=asked.changed_since)
    return page_of(request, rows, asked, kind=ActionChangeRow, make=_change)


def _change(row: ActionChange) -> ActionChangeRow:
    return ActionChangeRow(
        action=row.action_id,
        at=row.at,
        field=row.field,
        before=row.before,
        after=row.after,
        reason=row.reason,
    )
