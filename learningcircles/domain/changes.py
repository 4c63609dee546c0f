"""How an action changes: its laws, and a line in its history for each thing that changed."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exceptions import InvalidInput, NotNow
from learningcircles.enums import ActionStatus, ChangedField
from learningcircles.models import Action, ActionChange

NEEDS_REASON = {
    ActionStatus.DROPPED: gettext_lazy("Say why the action is dropped."),
    ActionStatus.HANDED_OVER: gettext_lazy("Say what you ask of management."),
}


def _owner_of(action: Action) -> str:
    return str(action.owner.user) if action.owner else action.owner_name


WORDS = (
    "title",
    "why",
    "owner",
    "owner_name",
    "horizon",
    "indicator",
    "direction",
    "move_by",
)
"""What an action says, changed without a law besides those of `_set_words`."""

SHOWN: dict[str, Callable[[Action], str]] = {
    ChangedField.STATUS: lambda action: action.status,
    ChangedField.DUE: lambda action: action.due.isoformat() if action.due else "",
    ChangedField.OWNER: _owner_of,
    ChangedField.TITLE: lambda action: action.title,
    ChangedField.WHY: lambda action: action.why,
    ChangedField.HORIZON: lambda action: action.horizon,
    ChangedField.INDICATOR: lambda action: action.indicator.code if action.indicator else "",
    ChangedField.DIRECTION: lambda action: action.direction,
    ChangedField.MOVE_BY: lambda action: action.move_by.isoformat() if action.move_by else "",
}


def _picture(action: Action) -> dict[str, str]:
    """The action's changing parts, as they are written in the history."""
    return {field: show(action) for field, show in SHOWN.items()}


def first_line(action: Action, *, by: Any, at: datetime) -> None:
    """The history begins with how it was agreed or proposed."""
    ActionChange.objects.create(
        action=action,
        at=at,
        actor=by,
        version=action.version,
        field=ChangedField.STATUS,
        after=action.status,
    )


def _set_status(action: Action, status: str, reason: str, today: date) -> None:
    """The dates and the reason that belong to a status go with it."""
    if status not in ActionStatus.values:
        raise InvalidInput(_("This is not a status of an action."))
    if status == ActionStatus.PROPOSED:
        raise NotNow(_("An action that was agreed can't become a proposal again."))
    if status in NEEDS_REASON and not reason:
        raise InvalidInput(NEEDS_REASON[ActionStatus(status)])
    action.status = status
    if status != ActionStatus.DROPPED:
        action.agreed_on = action.agreed_on or today
    action.done_on = max(today, action.agreed_on or today) if status == ActionStatus.DONE else None
    action.dropped_on = today if status == ActionStatus.DROPPED else None
    action.drop_reason = reason if status == ActionStatus.DROPPED else ""
    if status == ActionStatus.HANDED_OVER:
        action.handed_on = today


def _set_due(action: Action, due: date | None, reason: str, today: date) -> None:
    """A date may be set, brought forward, or put off with a reason; never taken away."""
    if due is None:
        raise InvalidInput(_("Give a date."))
    if not action.is_open:
        raise NotNow(_("This action is closed; open it again to give it another date."))
    if due < today:
        raise InvalidInput(_("This date has passed already."))
    if action.due is not None and due > action.due and not reason:
        raise InvalidInput(_("Say why the action is postponed."))
    action.due = due
    action.original_due = action.original_due or due


def _set_words(action: Action, wanted: dict[str, Any]) -> None:
    for name in WORDS:
        if name in wanted:
            setattr(action, name, wanted[name])
    if not action.title.strip():
        raise InvalidInput(_("Write what will be done."))
    if action.owner and action.owner_name:
        raise InvalidInput(_("Name one owner: a person with an account, or a name."))
    check_aim(action)


def check_aim(action: Action) -> None:
    """A direction and a day to move by say something of a figure: which one?"""
    if action.indicator is None and (action.direction or action.move_by):
        raise InvalidInput(_("Say which figure should move."))


def apply_changes(
    action: Action, wanted: dict[str, Any], *, by: Any, reason: str, at: datetime
) -> None:
    """Store the wanted values, raise the version, and write the history, in one transaction."""
    today = timezone.localtime(at).date()
    before = _picture(action)
    if "due" in wanted and wanted["due"] != action.due:
        _set_due(action, wanted["due"], reason, today)
    if "status" in wanted and wanted["status"] != action.status:
        _set_status(action, wanted["status"], reason, today)
    _set_words(action, wanted)
    action.version += 1
    action.save()
    after = _picture(action)
    ActionChange.objects.bulk_create(
        ActionChange(
            action=action,
            at=at,
            actor=by,
            version=action.version,
            field=field,
            before=before[field],
            after=after[field],
            reason=reason,
        )
        for field in SHOWN
        if before[field] != after[field]
    )
