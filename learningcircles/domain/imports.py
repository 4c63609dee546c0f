"""Taking over actions that were kept elsewhere: all of a file, or nothing."""

import datetime as dt
import re
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from benchmarks.models import Cycle, Programme
from core.csvfiles import CsvRow, InvalidFile, read_csv
from core.models import log_activity
from learningcircles.domain.finding import participants_by_code
from learningcircles.enums import ActionStatus, ChangedField
from learningcircles.models import Action, ActionChange

AT_ONCE = 2000
TITLE_LENGTH = 200
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
DAYS = ("agreed", "due", "done", "dropped")
NAMESPACE = uuid.UUID("5f2b7c1e-8a34-4c0e-9d55-6c1d0a4e7b21")
"""What keys of imported actions are made from: the same row is the same action."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How many actions a file brought, and how many of its rows were there already."""

    new: int
    known: int


def import_actions(programme: Programme, path: Path, *, by: Any = None) -> Taken:
    """Take the actions of a csv file into a programme.

    Columns are organisation, title, agreed, due, done, dropped, indicator; days as 2026-01-31, or
    empty. A row without `agreed` is a proposal. Rows that were taken over before (the same
    organisation, title and day of agreeing, as many times) change nothing. Raises InvalidFile with
    what is wrong by row and column.
    """
    organisations = participants_by_code(programme)
    indicators = dict(programme.indicators.values_list("code", "pk"))
    columns: dict[str, Any] = {
        "organisation": _one_of(organisations, _("it doesn't take part in this benchmark.")),
        "title": _title,
        **dict.fromkeys(DAYS, _day),
        "indicator": _one_of({"": None, **indicators}, _("this benchmark has no such indicator.")),
    }
    rows = read_csv(path, columns)
    wrong = [said for row in rows for said in _impossible(row)]
    if wrong:
        raise InvalidFile(wrong)
    cycles = list(programme.cycles.order_by("starts_on"))
    made = [
        _action(programme, row, organisations[row["organisation"]], indicators, cycles)
        for row in rows
    ]
    return _store(programme, _with_keys(programme, made), rows, by)


def _one_of(known: Any, wrong: str) -> Any:
    return lambda value: None if value in known else wrong


def _title(value: str) -> str | None:
    if not value.strip():
        return _("write what will be done.")
    if len(value) > TITLE_LENGTH:
        return _("it is longer than %d characters.") % TITLE_LENGTH
    return None


def _day(value: str) -> str | None:
    try:
        _date(value)
    except ValueError:
        return _("write a day as 2026-01-31, or nothing.")
    return None


def _date(value: str) -> dt.date | None:
    """A day of the calendar, written in full with hyphens; raises ValueError for anything else."""
    if not value:
        return None
    if not DAY.fullmatch(value):
        raise ValueError(value)
    return dt.date.fromisoformat(value)


def _impossible(row: CsvRow) -> Iterator[str]:
    """What is wrong between the cells of a row, each under the column to look at."""
    agreed, due, done, dropped = (_date(row[name]) for name in DAYS)
    if done and dropped:
        yield _said(row, "dropped", _("an action is done or dropped, not both."))
    if done and not agreed:
        yield _said(row, "agreed", _("what is done was agreed on some day."))
    for column, day in (("due", due), ("done", done), ("dropped", dropped)):
        if day and agreed and day < agreed:
            yield _said(row, column, _("this lies before the day on which it was agreed."))


def _said(row: CsvRow, column: str, wrong: str) -> str:
    return _("%(file)s, row %(row)d, column %(column)s: %(wrong)s") % {
        "file": row.file,
        "row": row.number,
        "column": column,
        "wrong": wrong,
    }


def _action(
    programme: Programme,
    row: CsvRow,
    organisation: int,
    indicators: dict[str, int],
    cycles: list[Cycle],
) -> Action:
    agreed, due, done, dropped = (_date(row[name]) for name in DAYS)
    status = ActionStatus.AGREED if agreed else ActionStatus.PROPOSED
    status = ActionStatus.DONE if done else ActionStatus.DROPPED if dropped else status
    begun = [cycle for cycle in cycles if agreed and cycle.starts_on <= agreed]
    return Action(
        programme=programme,
        cycle=begun[-1] if begun else None,
        organisation_id=organisation,
        title=" ".join(row["title"].split()),
        due=due,
        original_due=due,
        status=status,
        version=2 if done or dropped else 1,
        agreed_on=agreed,
        done_on=done,
        dropped_on=dropped,
        drop_reason=_("Taken over from another system, without the reason.") if dropped else "",
        indicator_id=indicators.get(row["indicator"]),
    )


def _with_keys(programme: Programme, actions: list[Action]) -> list[Action]:
    """Each action under a key of its own that is the same in the next import."""
    seen: Counter[tuple[Any, ...]] = Counter()
    for action in actions:
        named = (action.organisation_id, action.title, action.agreed_on)
        seen[named] += 1
        action.key = uuid.uuid5(NAMESPACE, f"{programme.pk}|{named}|{seen[named]}")
    return actions


@transaction.atomic
def _store(programme: Programme, actions: list[Action], rows: list[CsvRow], by: Any) -> Taken:
    """Write what isn't there yet, each with its history. What was taken over before stays as it
    is; if the file says something else of it, that is an error and not a change."""
    known = _known(programme)
    wrong = [
        _said(row, "title", _("this was taken over before, with other days or indicator."))
        for row, action in zip(rows, actions, strict=True)
        if action.key in known and known[action.key] != _told(action)
    ]
    if wrong:
        raise InvalidFile(wrong)
    new = [action for action in actions if action.key not in known]
    Action.objects.bulk_create(new, batch_size=AT_ONCE)
    lines = (line for action in new for line in _history(action, by))
    ActionChange.objects.bulk_create(lines, batch_size=AT_ONCE)
    if new:
        log_activity(programme, "import_actions", actor=by, actions=len(new))
    return Taken(len(new), len(actions) - len(new))


def _told(action: Action) -> tuple[Any, ...]:
    """What a file says of an action, besides what its key is made of."""
    return action.original_due, action.done_on, action.dropped_on, action.indicator_id


def _known(programme: Programme) -> dict[uuid.UUID | None, tuple[Any, ...]]:
    """What was said of the actions that bear a key, by key."""
    rows = Action.objects.filter(programme=programme).exclude(key=None)
    names = ("key", "original_due", "done_on", "dropped_on", "indicator_id")
    return {key: tuple(told) for key, *told in rows.values_list(*names)}


def _history(action: Action, by: Any) -> Iterator[ActionChange]:
    """Agreed (or proposed), and then done or dropped, on the days that the file names."""
    first = ActionStatus.AGREED if action.agreed_on else ActionStatus.PROPOSED
    yield _line(action, by, 1, "", first, action.agreed_on or timezone.localdate())
    ended = action.done_on or action.dropped_on
    if ended:
        yield _line(action, by, 2, first, action.status, ended)


def _line(
    action: Action, by: Any, version: int, before: str, after: str, day: dt.date
) -> ActionChange:
    return ActionChange(
        action=action,
        at=timezone.make_aware(dt.datetime.combine(day, dt.time(12))),
        actor=by,
        version=version,
        field=ChangedField.STATUS,
        before=before,
        after=after,
        reason=action.drop_reason if after == ActionStatus.DROPPED else "",
    )
