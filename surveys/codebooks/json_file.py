"""A codebook as JSON: `{"variables": [{"code", "meaning", "level", "values", ...}]}`, or the list
alone."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from core.csvfiles import InvalidFile
from surveys.codebooks.checking import Checking
from surveys.codebooks.spec import VariableSpec
from surveys.formats.reading import read_text

KNOWN = frozenset(VariableSpec.__dataclass_fields__)
ALSO_CALLED = {"allowed_values": "values", "allowed values": "values", "name": "code"}


def read_json(raw: bytes) -> list[VariableSpec]:
    """The variables of a JSON file. Raises InvalidFile."""
    try:
        document = json.loads(read_text(raw))
    except (ValueError, RecursionError) as error:
        raise InvalidFile([_("The file is not valid JSON (%s).") % str(error)[:200]]) from error
    rows = document.get("variables") if isinstance(document, dict) else document
    if not isinstance(rows, list):
        raise InvalidFile([_("The file has no list of variables.")])
    checking = Checking()
    for number, row in enumerate(rows, start=1):
        where = _("variable %d") % number
        if not isinstance(row, dict):
            checking.wrong(where, "-", _("this is no variable."))
            continue
        checking.add(where, _named(checking, where, row))
    return checking.done()


def _named(checking: Checking, where: str, row: dict[str, Any]) -> dict[str, Any]:
    named = {ALSO_CALLED.get(name, name): value for name, value in row.items()}
    for name, value in named.items():
        if name not in KNOWN:
            checking.wrong(where, name[:60], _("a codebook has no such column."))
        elif isinstance(value, dict) or (isinstance(value, list) and name != "values"):
            checking.wrong(where, name, _("this can't be a list."))
            named[name] = ""
        elif name == "values" and not isinstance(value, list):
            checking.wrong(where, name, _("this must be a list."))
    return named


def write_json(variables: Iterable[VariableSpec]) -> bytes:
    """The codebook as JSON that `read_json` reads back the same."""
    rows = [asdict(spec) | {"values": list(spec.values)} for spec in variables]
    return json.dumps({"variables": rows}, ensure_ascii=False, indent=2).encode()
