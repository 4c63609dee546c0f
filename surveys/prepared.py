"""Queries that the ORM writes once and that are only executed after that.

A respondent's request is small, and asks the same of the database each time. Writing the SQL of a
query over five tables costs the ORM more than everything else in such a request together
(docs/decisions/0102-survey-speed.md); executing it costs a fraction of that. The query is still
written by the ORM, for whatever database is used, from the models as they are.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class Prepared:
    """A queryset of `values_list`, kept as SQL for each kind of database.

    `build` makes it for one marker a parameter; the markers must come out as the only parameters,
    in their order. Values arrive as the database gives them: dates may be text, booleans numbers.
    """

    def __init__(self, build: Callable[..., QuerySet], *markers: Any) -> None:
        self.build = build
        self.markers = markers
        self._sql: dict[str, str] = {}

    def rows(self, *parameters: Any) -> Sequence[tuple[Any, ...]]:
        """The rows for these parameters."""
        sql = self._sql.get(connection.vendor) or self._write()
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    def _write(self) -> str:
        compiler = self.build(*self.markers).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        if tuple(parameters) != self.markers:
            raise ValueError(f"{parameters} are not {self.markers}")
        self._sql[connection.vendor] = sql
        return sql
