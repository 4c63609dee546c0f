"""Backup and restore: every record and every file, locked, and without anything that could tell
afterwards who said what (docs/privacy.md).

    archive    one locked stream (age) of a tar
    records    tables as lines, on any database, and back
    carry      a whole backup, and a whole restore
"""
