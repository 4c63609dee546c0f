"""The access matrix as a file, and how an answer is written in it."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.shortcuts import resolve_url

FOLDER = Path(__file__).resolve().parent.parent
COLUMNS = (
    "anonymous",
    "participant_here",
    "participant_neighbour",
    "participant_elsewhere",
    "management_here",
    "management_neighbour",
    "management_elsewhere",
    "facilitator_here",
    "facilitator_elsewhere",
    "coordinator_here",
    "coordinator_elsewhere",
    "evaluator_here",
    "evaluator_elsewhere",
    "administrator",
)
ROW = ("name", "method", "case")
CMS_COLUMNS = ("anonymous", "any_role", "administrator")


@dataclass(frozen=True)
class Row:
    """One line of the table: an address, a method, a case, and what each column gets."""

    name: str
    method: str
    case: str
    expected: dict[str, str]

    @property
    def is_of_api(self) -> bool:
        """Is it asked with a token instead of a session?"""
        return self.name.startswith("api:")

    def __str__(self) -> str:
        return "-".join(part for part in (self.name, self.method, self.case) if part)


def read_rows(file: Path = FOLDER / "access_matrix.csv") -> list[Row]:
    """All lines of the access matrix."""
    with file.open(newline="", encoding="utf-8") as text:
        lines = list(csv.DictReader(text))
    return [
        Row(
            line["name"],
            line["method"],
            line["case"],
            {column: line[column] for column in COLUMNS},
        )
        for line in lines
    ]


def read_cms_rows(file: Path = FOLDER / "access_matrix_cms.csv") -> dict[str, dict[str, str]]:
    """Route -> what a visitor, any role, and an administrator get, in Wagtail's admin."""
    with file.open(newline="", encoding="utf-8") as text:
        return {line["route"]: line for line in csv.DictReader(text)}


def word(response: Any) -> str:
    """An answer as the table writes it: `sign-in`, or the status."""
    sign_in = resolve_url(settings.LOGIN_URL)
    if response.status_code == 302 and response.url.partition("?")[0] == sign_in:
        return "sign-in"
    return str(response.status_code)


def api_word(response: Any) -> str:
    """An answer of the API as the table writes it: the status, or `empty` for a list of nothing."""
    told = response.json() if response["Content-Type"] == "application/json" else {}
    return "empty" if told.get("items") == [] else str(response.status_code)
