"""A file of organisations: code, name, size_class, region."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.csvfiles import InvalidFile
from core.sheets import Problem, Sheet

REQUIRED = ("code", "name")
LONGEST = {"name": 120, "size_class": 40, "region": 60}
CODE = re.compile(r"[-a-zA-Z0-9_]{1,40}")


@dataclass(frozen=True, slots=True)
class Named:
    """One organisation of the file. `size_class` and `region` are compared as they are written."""

    code: str
    name: str
    size_class: str
    region: str


def read_organisations(sheet: Sheet) -> list[Named]:
    """All organisations of a file. Raises InvalidFile with everything that is wrong with it."""
    lacking = [name for name in REQUIRED if name not in sheet.header]
    if lacking:
        said = {"file": sheet.name, "columns": ", ".join(lacking)}
        raise InvalidFile([_("%(file)s, row 1: these columns are missing: %(columns)s.") % said])
    errors: list[Problem] = []
    named: dict[str, Named] = {}
    for number, row in sheet.dictionaries():
        errors += _wrong(number, row)
        if row["code"] in named:
            errors.append(Problem(number, "code", _("stands in the file twice")))
        named[row["code"]] = Named(
            row["code"], row["name"], row.get("size_class", ""), row.get("region", "")
        )
    if errors:
        raise InvalidFile([f"{sheet.name}, {error}" for error in errors])
    if not named:
        raise InvalidFile([_("%(file)s: there is no organisation in it.") % {"file": sheet.name}])
    return list(named.values())


def _wrong(number: int, row: dict[str, str]) -> list[Problem]:
    said = []
    if not CODE.fullmatch(row["code"]):
        said.append(Problem(number, "code", _("letters, digits, - and _ only")))
    if not row["name"]:
        said.append(Problem(number, "name", _("is empty")))
    for name, longest in LONGEST.items():
        if len(row.get(name, "")) > longest:
            said.append(Problem(number, name, _("at most %d characters") % longest))
    return said
