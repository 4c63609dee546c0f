"""Fields that Django has not."""

import json
from functools import partial
from typing import Any

from django.db import models
from psycopg.types.json import Json


class OrderedJSONField(models.JSONField):
    """A document whose keys stay in the order in which they were written.

    On PostgreSQL Django keeps JSON as `jsonb`, which puts keys in an order of its own. What is
    shown in the order in which it was computed would be in one order in the files that were made of
    it then, and in another on the page that reads it back. Here it is `json`, the text itself;
    nothing looks into it by SQL.
    """

    def db_type(self, connection: Any) -> str | None:
        return "json" if connection.vendor == "postgresql" else super().db_type(connection)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if connection.vendor != "postgresql" or value is None:
            return super().get_db_prep_value(value, connection, prepared)
        return Json(value, dumps=partial(json.dumps, cls=self.encoder))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """psycopg reads `json` itself."""
        if isinstance(value, str):
            return super().from_db_value(value, expression, connection)
        return value
