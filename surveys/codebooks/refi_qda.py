"""A codebook as REFI-QDA (.qdc), which NVivo, ATLAS.ti, MAXQDA and QualCoder exchange.

The standard knows codes within codes and sets of codes, no levels of measurement. So a variable is
a code, its values are the codes in it, in order; a code that holds variables is a dimension. The
set "ordinal" names the variables with an order, and "several" those with several values at once;
a description may say "level: ordinal" as well. A code on its own is a variable with yes and no.
"""

import re
import uuid
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.csvfiles import InvalidFile
from surveys.codebooks.checking import CODE, TEXTS, Checking
from surveys.codebooks.spec import NOMINAL, ORDINAL, VariableSpec

NAMESPACE = "urn:QDA-XML:codebook:1.0"
SPACE = uuid.UUID("8f3f1f0e-3c3e-5d0a-9d3b-5a2f0c7e9b11")
"""Names a code's guid by what it is called, so that one codebook always gives one file."""
LABELS = ("code", "level", "several", "meaning_en", *TEXTS)
LABELLED = re.compile(rf"^[ \t]*({'|'.join(LABELS)}):[ \t]*", re.MULTILINE | re.IGNORECASE)
SEVERAL = "several"
YES_NO = ("no", "yes")
DEEPEST = 3


def read_qdc(raw: bytes) -> list[VariableSpec]:
    """The variables of a .qdc file. Raises InvalidFile."""
    try:
        root = fromstring(raw, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise InvalidFile(
            [_("The file is no REFI-QDA codebook (%s).") % str(error)[:200]]
        ) from error
    if _local(root) != "CodeBook":
        raise InvalidFile([_("The file is no REFI-QDA codebook.")])
    sets = _members(root)
    checking = Checking()
    for code in _children(root, "Codes", "Code"):
        _take(checking, code, sets, dimension="", depth=1)
    return checking.done()


def _take(
    checking: Checking, code: Element, sets: dict[str, set[str]], *, dimension: str, depth: int
) -> None:
    """A variable, or the variables within a code that holds codes with codes in them."""
    within = [child for child in code if _local(child) == "Code"]
    name = code.get("name", "").strip()
    if not any(_local(child) == "Code" for part in within for child in part):
        checking.add(_("code “%s”") % name[:60], _row(code, within, sets, dimension))
    elif depth == DEEPEST:
        checking.wrong(_("code “%s”") % name[:60], "-", _("codes stand too deep within codes."))
    else:
        for part in within:
            _take(checking, part, sets, dimension=_short(name), depth=depth + 1)


def _row(
    code: Element, within: list[Element], sets: dict[str, set[str]], dimension: str
) -> dict[str, Any]:
    name, guid = code.get("name", "").strip(), code.get("guid", "").lower()
    said = _described(code)
    values = [value.get("name", "") for value in within] or list(YES_NO)
    level = ORDINAL if guid in sets.get(ORDINAL, ()) else NOMINAL
    row = {
        "code": name if CODE.fullmatch(name) else _short(name),
        "meaning": name,
        "level": level,
        "values": values,
        "dimension": dimension,
        "several": guid in sets.get(SEVERAL, ()),
    }
    return row | {label: text for label, text in said.items() if text}


def _short(name: str) -> str:
    """A name as a code: lower case, words joined by “_”."""
    return slugify(name).replace("-", "_")[:60]


def _described(code: Element) -> dict[str, str]:
    """What the description says: its first text is the meaning, "level: ordinal" the level, ..."""
    text = "".join(part.text or "" for part in code if _local(part) == "Description").strip()
    parts = LABELLED.split(text)
    said = zip(parts[1::2], parts[2::2], strict=True)
    labelled = {label.lower(): told.strip() for label, told in said}
    return {"meaning": " ".join(parts[0].split())} | labelled


def _members(root: Element) -> dict[str, set[str]]:
    """The guids in each set, by the set's name in lower case."""
    return {
        found.get("name", "").strip().lower(): {
            member.get("guid", "").lower() for member in found if _local(member) == "MemberCode"
        }
        for found in _children(root, "Sets", "Set")
    }


def _children(root: Element, group: str, name: str) -> list[Element]:
    return [
        child for part in root if _local(part) == group for child in part if _local(child) == name
    ]


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def write_qdc(variables: Iterable[VariableSpec]) -> bytes:
    """The codebook as .qdc that `read_qdc` reads back the same."""
    root = Element("CodeBook", xmlns=NAMESPACE, origin="Benchlearn")
    codes, sets = SubElement(root, "Codes"), SubElement(root, "Sets")
    dimensions: dict[str, Element] = {}
    members: dict[str, list[str]] = {ORDINAL: [], SEVERAL: []}
    for spec in variables:
        parent = codes
        if spec.dimension:
            if spec.dimension not in dimensions:
                dimensions[spec.dimension] = _code(codes, spec.dimension, codable=False)
            parent = dimensions[spec.dimension]
        made = _write_variable(parent, spec)
        if spec.level == ORDINAL:
            members[ORDINAL].append(made.get("guid", ""))
        if spec.several:
            members[SEVERAL].append(made.get("guid", ""))
    for name, guids in members.items():
        _write_set(sets, name, guids)
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _write_variable(parent: Element, spec: VariableSpec) -> Element:
    made = _code(parent, spec.code, codable=False)
    SubElement(made, "Description").text = _description(spec)
    for value in spec.values:
        _code(made, value, codable=True, within=spec.code)
    return made


def _code(parent: Element, name: str, *, codable: bool, within: str = "") -> Element:
    guid = uuid.uuid5(SPACE, f"{within}/{name}" if within else f"{codable}:{parent.tag}:{name}")
    said = {"guid": str(guid), "name": name, "isCodable": "true" if codable else "false"}
    return SubElement(parent, "Code", said)


def _description(spec: VariableSpec) -> str:
    told = {"level": spec.level, **{name: getattr(spec, name) for name in LABELS[3:]}}
    lines = [f"{name}: {text}" for name, text in told.items() if text]
    return "\n".join([spec.meaning, *lines])


def _write_set(sets: Element, name: str, guids: list[str]) -> None:
    if not guids:
        return
    made = SubElement(sets, "Set", guid=str(uuid.uuid5(SPACE, f"set:{name}")), name=name)
    for guid in guids:
        SubElement(made, "MemberCode", guid=guid)
