"""A file of definitions: code, meaning, unit, better, period, and what may stand beside them."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from benchmarks.enums import Better, FigurePeriod, Supplier
from benchmarks.importing.checking import NUMBER
from core.csvfiles import InvalidFile
from core.sheets import Problem, Sheet

REQUIRED = ("code", "meaning", "unit", "better", "period")
TEXTS = {
    "meaning": 200,
    "meaning_en": 200,
    "unit": 40,
    "unit_en": 40,
    "numerator": 300,
    "numerator_en": 300,
    "denominator": 300,
    "denominator_en": 300,
}
CHOICES: dict[str, dict[str, str]] = {
    "better": {value: value for value in Better.values} | {"neither": Better.NEUTRAL},
    "period": {value: value for value in FigurePeriod.values},
    "supplied_by": {value: value for value in Supplier.values},
}
BOUNDS = ("lowest", "highest")
CODE = re.compile(r"[-a-zA-Z0-9_]{1,60}")


@dataclass(slots=True)
class Defined:
    """One indicator of the file: its code and the fields of its definition that are given."""

    code: str
    category: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


def read_definitions(sheet: Sheet) -> list[Defined]:
    """All indicators of a file. Raises InvalidFile with everything that is wrong with it."""
    lacking = [name for name in REQUIRED if name not in sheet.header]
    if lacking:
        said = {"file": sheet.name, "columns": ", ".join(lacking)}
        raise InvalidFile([_("%(file)s, row 1: these columns are missing: %(columns)s.") % said])
    errors: list[Problem] = []
    defined: dict[str, Defined] = {}
    for number, row in sheet.dictionaries():
        errors += _wrong(number, row)
        if row["code"] in defined:
            errors.append(Problem(number, "code", _("stands in the file twice")))
        defined[row["code"]] = Defined(row["code"], row.get("category", "")[:40], _fields(row))
    if errors:
        raise InvalidFile([f"{sheet.name}, {error}" for error in errors])
    return list(defined.values())


def _wrong(number: int, row: dict[str, str]) -> list[Problem]:
    said = [
        Problem(number, name, _("allowed: %s") % ", ".join(sorted(allowed)))
        for name, allowed in CHOICES.items()
        if name in row and row[name].casefold() not in allowed and (row[name] or name in REQUIRED)
    ]
    if not CODE.fullmatch(row["code"]):
        said.append(Problem(number, "code", _("letters, digits, - and _ only")))
    if not row["meaning"]:
        said.append(Problem(number, "meaning", _("is empty")))
    for name, longest in TEXTS.items():
        if len(row.get(name, "")) > longest:
            said.append(Problem(number, name, _("at most %d characters") % longest))
    for name in BOUNDS:
        if row.get(name) and not NUMBER.fullmatch(row[name]):
            said.append(Problem(number, name, _("is no number")))
    return said


def _fields(row: dict[str, str]) -> dict[str, Any]:
    """What the row gives; what isn't in it stays as it is, or as the unit suggests."""
    fields: dict[str, Any] = {name: row[name] for name in TEXTS if name in row}
    for name, allowed in CHOICES.items():
        if row.get(name):
            fields[name] = allowed.get(row[name].casefold(), "")
    for name in BOUNDS:
        if row.get(name) and NUMBER.fullmatch(row[name]):
            fields[name] = Decimal(row[name].replace(",", "."))
    return fields
