"""Codings that come in as csv: all of them, or none when anything is wrong."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from benchmarks.models import Cycle
from core.csvfiles import Check, CsvRow, InvalidFile, read_csv
from surveys.codebooks.spec import NO_VALUES
from surveys.coding_queries import newest_codebook
from surveys.models import CodedVariable, Coding

COLUMNS = ("organisation", "variable", "value", "coder")
PASSAGE = "passage"
CODER = re.compile(r"\S(.{0,78}\S)?")
ANYTHING = re.compile(r"(?s).{0,10000}")

type Key = tuple[str, int, str, str]
"""Variable, organisation, coder, and where there may be several the value; else an empty text."""


@dataclass(frozen=True, slots=True)
class Imported:
    """How many codings were stored, and how many were there already."""

    stored: int
    unchanged: int


@transaction.atomic
def import_codings(cycle: Cycle, path: Path) -> Imported:
    """Store the codings of a csv file (organisation, variable, value, coder, and perhaps passage).

    An organisation is named by its code, or by its reference in the cycle. A coding that is there
    already is left as it is; another value of the same coder is an error, since codings stay.
    Raises InvalidFile with everything that is wrong, by row and column.
    """
    variables = _variables(cycle)
    organisations = _organisations(cycle)
    rows = read_csv(path, _columns(path, variables, organisations))
    known = {
        _key(row.variable, row.organisation_id, row.coder, row.value): row.value
        for row in _stored(cycle)
    }
    errors, new = [], []
    seen: dict[Key, int] = {}
    for row in rows:
        coding = _coding(row, cycle, variables, organisations)
        key = _key(coding.variable, coding.organisation_id, coding.coder, coding.value)
        wrong = _wrong(row, coding, seen.get(key), known.get(key))
        errors += [wrong] if wrong else []
        if key not in known:
            new.append(coding)
        seen.setdefault(key, row.number)
    if errors:
        raise InvalidFile(errors)
    Coding.objects.bulk_create(new, batch_size=500)
    return Imported(len(new), len(rows) - len(new))


def _variables(cycle: Cycle) -> dict[str, CodedVariable]:
    codebook = newest_codebook(cycle.programme_id)
    if codebook is None:
        raise InvalidFile([_("The programme has no codebook yet; import one first.")])
    return {row.code: row for row in codebook.variables.all()}


def _organisations(cycle: Cycle) -> dict[str, int]:
    """Who takes part, by reference and by code; a code goes before another's reference."""
    rows = list(cycle.participations.values_list("reference", "organisation__code", "organisation"))
    by_reference = {reference: pk for reference, _code, pk in rows}
    return by_reference | {code: pk for _reference, code, pk in rows}


def _columns(
    path: Path, variables: Mapping[str, CodedVariable], organisations: Mapping[str, int]
) -> dict[str, Check]:
    checks: dict[str, Check] = {
        "organisation": _among(organisations, _("no participant of the round has this code.")),
        "variable": _among(variables, _("the codebook has no such variable.")),
        "value": ANYTHING,
        "coder": _coder,
    }
    return checks | {PASSAGE: _passage} if _has_passage(path) else checks


def _among(known: Mapping[str, object], otherwise: str) -> Check:
    return lambda value: None if value in known else otherwise


def _coder(value: str) -> str | None:
    return None if CODER.fullmatch(value) else _("a coder's name has 1 to 80 characters.")


def _passage(value: str) -> str | None:
    return None if ANYTHING.fullmatch(value) else _("longer than 10,000 characters.")


def _has_passage(path: Path) -> bool:
    """Does the header name a fifth column? What is wrong with the file is told by `read_csv`."""
    if not path.is_file():
        return False
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        header = next(csv.reader([file.readline()]), [])
    return len(header) > len(COLUMNS)


def _stored(cycle: Cycle) -> Iterator[Coding]:
    rows = Coding.objects.filter(variable__codebook__programme=cycle.programme_id, cycle=cycle)
    return rows.select_related("variable").iterator()


def _key(variable: CodedVariable, organisation: int, coder: str, value: str) -> Key:
    return (variable.code, organisation, coder, value if variable.several else "")


def _coding(
    row: CsvRow,
    cycle: Cycle,
    variables: Mapping[str, CodedVariable],
    organisations: Mapping[str, int],
) -> Coding:
    return Coding(
        variable=variables[row["variable"]],
        cycle=cycle,
        organisation_id=organisations[row["organisation"]],
        coder=row["coder"],
        value=row["value"],
        passage=row.values.get(PASSAGE, ""),
        source=row.place[-120:],
    )


def _wrong(row: CsvRow, coding: Coding, first: int | None, before: str | None) -> str | None:
    """What is wrong with a row that depends on more than one of its cells."""
    column, what = "value", None
    values = coding.variable.values
    if coding.value not in values and coding.value not in NO_VALUES:
        what = _("“%(value)s” is no value of %(variable)s; the codebook has: %(values)s.") % {
            "value": coding.value[:60],
            "variable": coding.variable.code,
            "values": ", ".join(values),
        }
    elif first is not None:
        column = "coder"
        what = _("%(coder)s codes this organisation and variable in row %(first)d already.") % {
            "coder": coding.coder,
            "first": first,
        }
    elif before is not None and before != coding.value:
        what = _("%(coder)s gave “%(value)s” before, and codings stay.") % {
            "coder": coding.coder,
            "value": before,
        }
    return (
        _("%(place)s, %(column)s: %(what)s") % {"place": row.place, "column": column, "what": what}
        if what
        else None
    )
