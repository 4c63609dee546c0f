"""Queries that the ORM writes once and that are only executed after that.

A respondent's request is small, and asks the same of the database each time. Writing the SQL of a
query over five tables costs the ORM more than everything else in such a request together
(docs/decisions/0102-survey-speed.md); executing it costs a fraction of that. The query is still
written by the ORM, for whatever database is used, from the models as they are.

PostgreSQL on its side reads and plans a query anew each time, unless it comes as a prepared
statement. Django puts the values into the text of a query, so that there is never the same one
twice; what stands here is sent with its values beside it, and so prepared once a connection.
"""

import itertools
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import QuerySet
from django.db.models.constants import OnConflict
from django.db.models.sql import Query
from django.db.models.sql.subqueries import DeleteQuery, InsertQuery, UpdateQuery

type Row = tuple[Any, ...]
type Step = tuple[str, Sequence[Any]]
"""A change that is still to be carried out: its SQL, and the values beside it."""

ANY_NUMBER = 0
TEXTS_KEPT = 256


class Prepared:
    """A queryset of `values_list`, an update or a removal, kept as SQL for each kind of database.

    `build` makes it for one marker a parameter. A marker is a value that the parameter could have
    and that stands nowhere else in the query; it may come more than once. Values arrive as the
    database gives them: dates may be text, booleans numbers.
    """

    def __init__(self, build: Callable[..., QuerySet | Query], *markers: Any) -> None:
        self.build = build
        self.markers = markers
        self._kept: dict[str, tuple[str, Callable[[Row], Row]]] = {}

    def rows(self, *parameters: Any) -> Sequence[Row]:
        """The rows for these parameters."""
        with self._executed(parameters) as cursor:
            return cursor.fetchall()

    def change(self, *parameters: Any) -> int:
        """Carry out the update or removal; the number of rows that it changed."""
        with self._executed(parameters) as cursor:
            return cursor.rowcount

    def step(self, *parameters: Any) -> Step:
        """The update or removal, for `change_together`."""
        sql, places = self._kept.get(connections[DEFAULT_DB_ALIAS].vendor) or self._write()
        return sql, places(parameters)

    def _executed(self, parameters: Row) -> Any:
        cursor = open_cursor(connections[DEFAULT_DB_ALIAS])
        cursor.execute(*self.step(*parameters))
        return cursor

    def _write(self) -> tuple[str, Callable[[Row], Row]]:
        built = self.build(*self.markers)
        query = built.query if isinstance(built, QuerySet) else built
        sql, values = query.get_compiler(connection=connection).as_sql()
        kept = self._kept[connection.vendor] = sql, _places(self.markers, values)
        return kept


def _places(markers: Row, values: Row) -> Callable[[Row], Row]:
    """How parameters become the values of a query: in place of their markers, beside the rest."""
    texts = [str(marker) for marker in markers]
    found = [texts.index(str(value)) if str(value) in texts else None for value in values]
    if missing := set(range(len(markers))).difference(found):
        raise ValueError(f"{values} hold nothing for the markers {missing}")
    if found == list(range(len(markers))):
        return tuple

    def placed(parameters: Row) -> Row:
        return tuple(
            value if at is None else parameters[at] for at, value in zip(found, values, strict=True)
        )

    return placed


def update_of(rows: QuerySet, **values: Any) -> Query:
    """An update as `Prepared` takes it. Its values come before what `rows` are filtered by."""
    query = rows.query.chain(UpdateQuery)
    query.add_update_values(values)  # type: ignore[attr-defined]
    return query


def delete_of(rows: QuerySet) -> Query:
    """A removal as `Prepared` takes it. Nothing goes along: no row may point at these."""
    return rows.query.chain(DeleteQuery)


class PreparedInsert:
    """Rows of a model with these fields, in that order; the values are those of the columns.

    With `unique`, a row that is there already gets the values of `update` instead.
    """

    def __init__(
        self,
        model: type[models.Model],
        fields: Sequence[str],
        *,
        unique: Sequence[str] = (),
        update: Sequence[str] = (),
    ) -> None:
        self.model, self.names = model, fields
        self.unique, self.update = unique, update
        self._sql: dict[tuple[str, int], str] = {}

    def write(self, rows: Sequence[Row]) -> None:
        """Insert the rows; at least one."""
        change_together(self.step(rows))

    def step(self, rows: Sequence[Row]) -> Step:
        """Inserting the rows, at least one, for `change_together`."""
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        by_column = len(rows) > 1 and vendor == "postgresql"
        key = vendor, ANY_NUMBER if by_column else len(rows)
        sql = self._sql.get(key) or self._write(key)
        values = map(list, zip(*rows, strict=True)) if by_column else itertools.chain(*rows)
        return sql, list(values)

    def _write(self, key: tuple[str, int]) -> str:
        """PostgreSQL takes any number of rows in one text, with an array a column."""
        fields = [self._field(name) for name in self.names]
        query = InsertQuery(
            self.model,
            on_conflict=OnConflict.UPDATE if self.unique else None,
            unique_fields=[self._field(name) for name in self.unique],
            update_fields=[self._field(name) for name in self.update],
        )
        empty = [self.model() for _row in range(key[1] or 2)]
        query.insert_values(fields, empty, raw=True)
        [(sql, _parameters)] = query.get_compiler(connection=connection).as_sql()
        if sql.count("%s") != len(fields) * (key[1] or 1):
            raise ValueError(f"{sql} doesn't take {self.names}")
        self._sql[key] = sql
        return sql

    def _field(self, name: str) -> Any:
        return self.model._meta.get_field(name)


def change_together(*steps: Step) -> int:
    """Carry out changes of different rows; how many rows the last one changed.

    PostgreSQL gets them as one statement, of which no part sees what another one did, so that there
    is one way to the database instead of several. Elsewhere they come one after another.
    """
    database = connections[DEFAULT_DB_ALIAS]
    changed = 0
    with open_cursor(database) as cursor:
        for sql, values in [_as_one(steps)] if database.vendor == "postgresql" else steps:
            cursor.execute(sql, values)
            changed = cursor.rowcount
    return changed


def _as_one(steps: Sequence[Step]) -> Step:
    texts, values = zip(*steps, strict=True)
    return _joined(texts), list(itertools.chain(*values))


@lru_cache(maxsize=TEXTS_KEPT)
def _joined(texts: tuple[str, ...]) -> str:
    *before, last = texts
    named = ", ".join(f"step_{number} AS ({text})" for number, text in enumerate(before))
    return f"WITH {named} {last}" if named else last


def open_cursor(database: Any) -> Any:
    """A cursor that sends values beside the query; counted and logged like any other.

    PostgreSQL prepares what it executes where the connection allows it (`prepare_threshold` in the
    settings); elsewhere there is no difference.
    """
    if database.vendor != "postgresql":
        return database.cursor()
    database.close_if_health_check_failed()
    database.ensure_connection()
    with database.wrap_database_errors:
        return database._prepare_cursor(database.Database.Cursor(database.connection))
