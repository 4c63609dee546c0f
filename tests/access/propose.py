"""Rows for addresses that the table lacks, as the product answers now: to be judged, then added."""

import csv
from pathlib import Path

from django.conf import settings
from django.urls import NoReverseMatch

from tests.access.table import COLUMNS, ROW, Row


def propose(trial, missing: list[tuple[str, str]]) -> str:
    """Write the rows that are missing to a file; returns its name and what could not be tried."""
    file = Path(settings.VAR) / "access_matrix_proposed.csv"
    unreachable = []
    with file.open("w", newline="", encoding="utf-8") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*ROW, *COLUMNS])
        for name, method in missing:
            try:
                answers = trial.answers(Row(name, method, "", {}))
            except NoReverseMatch:
                unreachable.append(name)
            else:
                writer.writerow([name, method, "", *answers.values()])
    return f"{file} (without a maker in tests/access/world: {sorted(set(unreachable))})"
