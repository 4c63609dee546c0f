"""That an answer belongs to a response and an item that are there, looked at once a statement.

PostgreSQL's own foreign keys look at each row: for the three million answers of a large import
that is most of the work. What stands here refuses the same, under the same locks and with the same
error, with one look for all rows of a statement; it is put there by a migration. SQLite keeps its
foreign keys, which cost little there. See docs/decisions/0108-references-of-answers.md.
"""

from typing import Any

ANSWERS = "surveys_answer"
PARENTS = {"response_id": "surveys_response", "item_id": "surveys_item"}
"""The columns that refer, and the tables that they refer to."""

NAME = "answer_refers_by_{column}"
ERROR = "RAISE foreign_key_violation USING MESSAGE = 'answers refer to {table} that are not there'"

# Rows of an insert, all at once. FOR KEY SHARE keeps who would delete a parent waiting, as a
# foreign key does, and waits for who is deleting it already.
INSERTED = """
CREATE OR REPLACE FUNCTION {name}_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    referred bigint;
    there bigint;
BEGIN
    SELECT count(DISTINCT {column}) INTO referred FROM new_rows;
    WITH locked AS (
        SELECT 1 FROM {table} WHERE id IN (SELECT {column} FROM new_rows) FOR KEY SHARE
    ) SELECT count(*) INTO there FROM locked;
    IF there < referred THEN {error}; END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER {name}_inserted AFTER INSERT ON {answers} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {name}_inserted();
"""

# An answer that is laid under another parent: nothing in the product does that.
MOVED = """
CREATE OR REPLACE FUNCTION {name}_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM {table} WHERE id = NEW.{column} FOR KEY SHARE;
    IF NOT FOUND THEN {error}; END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER {name}_moved AFTER UPDATE OF {column} ON {answers}
    FOR EACH ROW EXECUTE FUNCTION {name}_moved();
"""

# A parent that goes, or takes another key, while answers refer to it: refused at commit, so that a
# transaction may delete first and lay anew then.
GONE = """
CREATE OR REPLACE FUNCTION {name}_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM {answers} WHERE {column} = OLD.id)
        AND NOT EXISTS (SELECT 1 FROM {table} WHERE id = OLD.id)
    THEN {error}; END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER {name}_gone AFTER DELETE OR UPDATE OF id ON {table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {name}_gone();
"""

FOREIGN_KEYS = """
SELECT constraints.conname, attributes.attname FROM pg_constraint constraints
JOIN pg_attribute attributes
    ON attributes.attrelid = constraints.conrelid AND attributes.attnum = constraints.conkey[1]
WHERE constraints.contype = 'f' AND constraints.conrelid = %s::regclass
"""


def look_once_a_statement(connection: Any) -> None:
    """Put these in the place of PostgreSQL's foreign keys; elsewhere nothing changes."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(FOREIGN_KEYS, [ANSWERS])
        for constraint, column in cursor.fetchall():
            if column in PARENTS:
                cursor.execute(f'ALTER TABLE {ANSWERS} DROP CONSTRAINT "{constraint}"')
        for words in _words():
            cursor.execute("".join((INSERTED, MOVED, GONE)).format(**words))


def look_at_each_row(connection: Any) -> None:
    """The way back: PostgreSQL's foreign keys again."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for words in _words():
            for event in ("inserted", "moved", "gone"):
                function = f"{words['name']}_{event}"
                cursor.execute(f"DROP FUNCTION IF EXISTS {function} CASCADE")
            cursor.execute(
                "ALTER TABLE {answers} ADD CONSTRAINT {name} FOREIGN KEY ({column}) "
                "REFERENCES {table} DEFERRABLE INITIALLY DEFERRED".format(**words)
            )


def _words() -> list[dict[str, str]]:
    return [
        {
            "answers": ANSWERS,
            "column": column,
            "table": table,
            "name": NAME.format(column=column),
            "error": ERROR.format(table=table),
        }
        for column, table in PARENTS.items()
    ]
