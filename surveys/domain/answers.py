"""How the answers of a draft are written and read: a row an answer, in a column for its kind."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql import Query

from surveys.enums import Channel, ItemKind, ResponseState
from surveys.given import Given, join_chosen, split_chosen
from surveys.models import Answer, Response
from surveys.models.responses import new_row_id
from surveys.prepared import Prepared, PreparedInsert, Step, delete_of
from surveys.structure import AskedItem

STAYS = frozenset({ItemKind.STATEMENT, ItemKind.SINGLE})
"""What a browser can't take back once it was chosen."""


DRAFT_FIELDS = (
    "id",
    "wave",
    "organisation",
    "draft_digest",
    "channel",
    "state",
    "pages_done",
    "shown_order",
    "begun",
    "role",
    "department",
    "function",
    "pseudonym",
)
DRAFT = (Channel.LINK.value, ResponseState.DRAFT.value)
OF_NOBODY_YET = ("", "", "", "")
ORDER: Any = Response._meta.get_field("shown_order")
KINDS = ("value", "not_applicable", "text", "number", "day", "chosen")

INSERT_DRAFT = PreparedInsert(Response, DRAFT_FIELDS)
UPSERT_ANSWERS = PreparedInsert(
    Answer, ("id", "response", "item", *KINDS), unique=("response", "item"), update=KINDS
)


def starting_draft(
    *,
    wave_id: int,
    organisation_id: int,
    draft_digest: str,
    pages_done: int,
    shown_order: Mapping[str, Sequence[int]],
    begun: int,
) -> tuple[int, Step]:
    """A draft under a primary key of chance, and the change that makes it; see models.Response."""
    key, order = new_row_id(), ORDER.get_db_prep_save(shown_order, connection=connection)
    place = (key, wave_id, organisation_id, draft_digest)
    row = (*place, *DRAFT, pages_done, order, begun, *OF_NOBODY_YET)
    return key, INSERT_DRAFT.step([row])


def storing_answers(
    draft_id: int, given: Mapping[AskedItem, Given | None], *, is_new: bool
) -> list[Step]:
    """The changes that write what was given, over what was there, and take away what was emptied;
    none when there is nothing to do."""
    rows = [_row(draft_id, item, answer) for item, answer in given.items() if answer is not None]
    steps = [UPSERT_ANSWERS.step(rows)] if rows else []
    if is_new or len(rows) == len(given):
        return steps
    emptied = [
        item.id for item, answer in given.items() if answer is None and item.kind not in STAYS
    ]
    if emptied:
        steps.append(_emptying(len(emptied)).step(*emptied, draft_id))
    return steps


@cache
def _emptying(count: int) -> Prepared:
    """Takes away so many answers of a draft; nothing points at those."""

    def build(*markers: int) -> Query:
        *items, draft = markers
        return delete_of(Answer.objects.filter(response=draft, item__in=items))

    return Prepared(build, *range(30_000, 30_001 + count))


def _row(draft_id: int, item: AskedItem, answer: Given) -> tuple[Any, ...]:
    """The columns of an answer. Its key is chance as that of its response is, and next to those of
    its other answers, so that a database writes one page of them and not one for each."""
    return (
        draft_id + item.id,
        draft_id,
        item.id,
        answer.value,
        answer.not_applicable,
        answer.text,
        answer.number,
        answer.day,
        join_chosen(answer.chosen) if answer.chosen else "",
    )


def _answers(draft_id: int) -> QuerySet[Any, tuple[Any, ...]]:
    rows = Answer.objects.filter(response=draft_id).order_by()
    return rows.values_list("item", *KINDS)


READ_ANSWERS = Prepared(_answers, 30_000)


def read_answers(draft_id: int) -> dict[int, Given]:
    """What was given so far, by item; one query."""
    return {row[0]: _given_of(*row[1:]) for row in READ_ANSWERS.rows(draft_id)}


def _given_of(value: Any, na: Any, text: str, number: Any, day: Any, chosen: str) -> Given:
    """An answer as the database gives it: SQLite keeps a date as text, a number as a float."""
    if day is not None and isinstance(day, str):
        day = dt.date.fromisoformat(day)
    if number is not None and not isinstance(number, Decimal):
        number = Decimal(str(number))
    return Given(value, bool(na), text, number, day, split_chosen(chosen) if chosen else ())
