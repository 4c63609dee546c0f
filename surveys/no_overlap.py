"""What keeps an interviewer from being booked twice: the database itself.

Whatever code decides, at whatever moment, two interviews of one interviewer that aren't cancelled
never share a moment between `busy_from` and `busy_until` (buffers and travel are in it).

PostgreSQL has an exclusion constraint. A number is written as a range of one number, which GiST
compares without an extension. SQLite has one writer at a time and triggers that look before each
row is written, in the writer's own transaction: there is no moment between looking and writing.
Both are put there by a migration, and again after every `migrate`: SQLite loses the triggers of a
table that a later migration makes anew.
"""

from typing import Any

from django.db import connections

TABLE, NAME = "surveys_interview", "interview_never_overlaps"
OVERLAP = "an interviewer is never in two interviews at once"

EXCLUSION = f"""
ALTER TABLE {TABLE} ADD CONSTRAINT {NAME} EXCLUDE USING gist (
    int8range(interviewer_id, interviewer_id, '[]') WITH &&,
    tstzrange(busy_from, busy_until, '[)') WITH &&
) WHERE (state <> 'cancelled')
"""
TRIGGER = f"""
CREATE TRIGGER IF NOT EXISTS {NAME}_{{event}} BEFORE {{event}} ON {TABLE}
WHEN NEW.state <> 'cancelled' AND EXISTS (
    SELECT 1 FROM {TABLE} WHERE interviewer_id = NEW.interviewer_id AND id IS NOT NEW.id
    AND state <> 'cancelled' AND busy_from < NEW.busy_until AND busy_until > NEW.busy_from
)
BEGIN SELECT RAISE(ABORT, '{OVERLAP}'); END
"""  # noqa: S608 - made of the constants above


def guard(connection: Any) -> None:
    """Put the constraint there, if it isn't."""
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        if connection.vendor == "sqlite":
            for event in ("INSERT", "UPDATE"):
                cursor.execute(TRIGGER.format(event=event))
            return
        cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s", [NAME])
        if cursor.fetchone() is None:
            cursor.execute(EXCLUSION)


def guard_after_migrating(using: str = "default", **kwargs: Any) -> None:
    """After `migrate`: the constraint is there, whatever became of the table."""
    guard(connections[using])
