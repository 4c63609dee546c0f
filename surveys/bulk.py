"""Very many answers at once: COPY on PostgreSQL, one prepared statement elsewhere.

Django's `bulk_create` makes an object and some text of every row, which for three million answers
takes minutes. What is written here must be right already: database constraints still hold, but
no `save` is called and no default filled in.
"""

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

from surveys.models import Answer, Response, UsedLink

type Row = tuple[Any, ...]

ROWS_AT_ONCE = 50_000
COPIED_AT_ONCE = 1_000
RESPONSE_COLUMNS = (
    "id",
    "wave",
    "organisation",
    "pseudonym",
    "channel",
    "state",
    "submitted_on",
    "pages_done",
)
ANSWER_COLUMNS = ("response", "item", "value", "not_applicable", "number", "day", "chosen", "text")
NOTHING: Row = (None, False, None, None, "", "")
"""The columns of an answer after response and item, when none of them holds anything."""


def insert_responses(rows: Iterable[Row]) -> None:
    """Insert responses; each row gives the columns of RESPONSE_COLUMNS."""
    _insert(Response, RESPONSE_COLUMNS, rows)


def insert_values(rows: Iterable[tuple[int, int, int]]) -> None:
    """Insert answers that are a value of a scale or an option: (response, item, value)."""
    _insert(Answer, ANSWER_COLUMNS[:3], rows)


def insert_answers(rows: Iterable[Row]) -> None:
    """Insert answers; each row gives the columns of ANSWER_COLUMNS."""
    _insert(Answer, ANSWER_COLUMNS, rows)


def insert_used(wave_id: int, digests: Iterable[str]) -> None:
    """Note digests as those of links that were used."""
    _insert(UsedLink, ("wave", "digest"), ((wave_id, digest) for digest in digests))


def _insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """All rows into the columns named; every other column gets the model's default."""
    others = [field for field in model._meta.concrete_fields if field.name not in names]
    others = [field for field in others if not field.primary_key]
    given = [model._meta.get_field(name) for name in names]
    fixed = [_stored(field, field.get_default()) for field in others]
    if connection.vendor == "postgresql":
        _copy(model, [*given, *others], fixed, rows)
    else:
        _execute_many(model, [*given, *others], fixed, _prepared(given, rows))


def _stored(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection=connection)


def _prepared(fields: Sequence[Any], rows: Iterable[Row]) -> Iterable[Row]:
    """Rows as SQLite takes them: dates and decimals as text."""
    special = [
        (at, field)
        for at, field in enumerate(fields)
        if isinstance(field, models.DateField | models.DecimalField)
    ]
    return (_changed(row, special) for row in rows) if special else rows


def _changed(row: Row, special: Sequence[tuple[int, Any]]) -> Row:
    if all(row[at] is None for at, _field in special):
        return row
    changed = list(row)
    for at, field in special:
        changed[at] = _stored(field, row[at])
    return tuple(changed)


def _execute_many(
    model: type[models.Model], fields: Sequence[Any], fixed: Sequence[Any], rows: Iterable[Row]
) -> None:
    """One statement for all rows. What is the same in each stands in it as a literal, for binding
    it three million times takes a quarter of the time."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    places = ["%s"] * (len(fields) - len(fixed)) + [_literal(value) for value in fixed]
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({', '.join(places)})"  # noqa: S608
    with connection.cursor() as cursor:
        for some in itertools.batched(rows, ROWS_AT_ONCE):
            cursor.executemany(statement, some)


def _literal(value: Any) -> str:
    """A default of a model in SQL: nothing, a number, or a text without anything special."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(int(value))
    if not isinstance(value, str) or set("'%\\") & set(value):
        raise TypeError(f"no literal for {value!r}")
    return f"'{value}'"


def _copy(
    model: type[models.Model], fields: Sequence[Any], fixed: Sequence[Any], rows: Iterable[Row]
) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    statement = f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN"
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        if len(fields) - len(fixed) == len(ANSWER_COLUMNS[:3]):
            rest = "".join(f"\t{_copied(value)}" for value in fixed)
            for some in itertools.batched(rows, COPIED_AT_ONCE):
                copy.write("".join([f"{one}\t{two}\t{three}{rest}\n" for one, two, three in some]))
            return
        for row in rows:
            copy.write_row((*row, *fixed))


def _copied(value: Any) -> str:
    """A default in the text form of COPY."""
    if value is None:
        return r"\N"
    return {True: "t", False: "f"}[value] if isinstance(value, bool) else str(value)
