"""How the answers of a draft are written and read: a row an answer, in a column for its kind."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from surveys.enums import ItemKind
from surveys.given import Given, join_chosen, split_chosen
from surveys.models import Answer, Response
from surveys.models.responses import new_row_id
from surveys.prepared import Prepared
from surveys.structure import AskedItem

STAYS = frozenset({ItemKind.STATEMENT, ItemKind.SINGLE})
"""What a browser can't take back once it was chosen."""


def start_draft(**fields: Any) -> int:
    """A draft under a primary key of chance; see models.Response for its fields."""
    return Response.objects.create(**{"pk": new_row_id(), **fields}).pk


def store_answers(draft_id: int, given: Mapping[AskedItem, Given | None], *, is_new: bool) -> None:
    """Write what was given, over what was there; take away what was emptied."""
    rows = [
        Answer(
            pk=new_row_id(),
            response_id=draft_id,
            item_id=item.id,
            value=answer.value,
            not_applicable=answer.not_applicable,
            text=answer.text,
            number=answer.number,
            day=answer.day,
            chosen=join_chosen(answer.chosen),
        )
        for item, answer in given.items()
        if answer is not None
    ]
    emptied = [
        item.id for item, answer in given.items() if answer is None and item.kind not in STAYS
    ]
    if rows:
        Answer.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["response", "item"],
            update_fields=["value", "not_applicable", "text", "number", "day", "chosen"],
        )
    if emptied and not is_new:
        Answer.objects.filter(response=draft_id, item__in=emptied).delete()


def _answers(draft_id: int) -> QuerySet[Any, tuple[Any, ...]]:
    rows = Answer.objects.filter(response=draft_id).order_by()
    return rows.values_list("item", "value", "not_applicable", "text", "number", "day", "chosen")


READ_ANSWERS = Prepared(_answers, 0)


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
