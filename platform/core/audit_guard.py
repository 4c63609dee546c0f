"""What makes the audit log append-only: the database itself refuses to change or remove a line.

A role that owns the tables can take a trigger away; docs/security.md says how an installation on
PostgreSQL runs under a role that can't. A chain that was tampered with all the same is found by
`benchlearn verify-audit`.
"""

from typing import Any

ENTRY, HEAD = "core_auditentry", "core_audithead"
NAMES = ("audit_no_change", "audit_no_removal", "audit_at_the_end", "audit_head_moves_on")
NAMES_TOO = ("audit_head_stays", "audit_no_emptying", "audit_head_no_emptying")

SQLITE = [
    f"CREATE TRIGGER audit_no_change BEFORE UPDATE ON {ENTRY} "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    f"CREATE TRIGGER audit_no_removal BEFORE DELETE ON {ENTRY} "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    # INSERT OR REPLACE would remove a line without a trigger for removal.
    "CREATE TRIGGER audit_at_the_end BEFORE INSERT ON core_auditentry "
    "WHEN EXISTS (SELECT 1 FROM core_auditentry WHERE number >= NEW.number) "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    f"CREATE TRIGGER audit_head_moves_on BEFORE UPDATE ON {HEAD} "
    "WHEN NEW.number <> OLD.number + 1 "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    f"CREATE TRIGGER audit_head_stays BEFORE DELETE ON {HEAD} "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
]
POSTGRESQL = [
    "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
    f"CREATE TRIGGER audit_no_change BEFORE UPDATE ON {ENTRY} "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    f"CREATE TRIGGER audit_no_removal BEFORE DELETE ON {ENTRY} "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    f"CREATE TRIGGER audit_no_emptying BEFORE TRUNCATE ON {ENTRY} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    f"CREATE TRIGGER audit_head_moves_on BEFORE UPDATE ON {HEAD} "
    "FOR EACH ROW WHEN (NEW.number <> OLD.number + 1) EXECUTE FUNCTION audit_refuse()",
    f"CREATE TRIGGER audit_head_stays BEFORE DELETE ON {HEAD} "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    f"CREATE TRIGGER audit_head_no_emptying BEFORE TRUNCATE ON {HEAD} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
]


def guard(connection: Any) -> None:
    """Let the database refuse every change of the audit log from now on."""
    with connection.cursor() as cursor:
        for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)


def unguard(connection: Any) -> None:
    """Take the guard away: for a migration that is undone, and for tests that empty all tables."""
    with connection.cursor() as cursor:
        for name in guards_of(connection):
            on = HEAD if "head" in name else ENTRY
            suffix = "" if connection.vendor == "sqlite" else f" ON {on}"
            cursor.execute(f"DROP TRIGGER {name}{suffix}")
        if connection.vendor != "sqlite":
            cursor.execute("DROP FUNCTION IF EXISTS audit_refuse()")


def guards_of(connection: Any) -> set[str]:
    """The names of the triggers that are there now."""
    asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor != "sqlite":
        asked = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {row[0] for row in cursor.fetchall()} & {*NAMES, *NAMES_TOO}
