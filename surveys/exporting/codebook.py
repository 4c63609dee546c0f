"""A codebook after DDI Codebook 2.5 (ddialliance.org): what the variables of an export mean.

Labels stand in it in both languages. Element order follows the schema, which asks for it.
"""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np

from surveys.exporting.delimited import Step
from surveys.exporting.study import Study
from surveys.exporting.table import Column, Table
from surveys.exporting.variables import MISSING_WORDS, SPSS_CODES, TOKENS, Kind, Missing, Words

NAMESPACE = "ddi:codebook:2_5"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA = "https://ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_ddi(table: Table, path: Path, *, study: Study, language: str, step: Step) -> None:
    """Write the codebook of a table."""
    root = ET.Element(
        "codeBook",
        {
            "xmlns": NAMESPACE,
            "xmlns:xsi": XSI,
            "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
            "version": "2.5",
            XML_LANG: language,
        },
    )
    _study(root, study, table, language)
    _file(root, study, table)
    data = ET.SubElement(root, "dataDscr")
    _groups(data, table, study)
    for number, column in enumerate(table.columns, start=1):
        _variable(data, column, number, table.rows)
        step(number / len(table.columns))
    ET.indent(root)
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    if text:
        element.text = NOT_XML.sub("", text)
    return element


def _add_words(parent: ET.Element, tag: str, words: Words, **attributes: str) -> None:
    """An element for each language in which there are words."""
    for language, text in words.items():
        if text:
            _add(parent, tag, text, **attributes).set(XML_LANG, language)


def _study(root: ET.Element, study: Study, table: Table, language: str) -> None:
    other = "en" if language == "nl" else "nl"
    about = _add(root, "stdyDscr")
    citation = _add(about, "citation")
    titles = _add(citation, "titlStmt")
    _add(titles, "titl", study.title[language]).set(XML_LANG, language)
    _add(titles, "parTitl", study.title[other]).set(XML_LANG, other)
    _add(titles, "IDNo", study.identifier, agency="Benchlearn")
    _add(_add(citation, "rspStmt"), "AuthEnty", study.programme)
    made = _add(citation, "prodStmt")
    _add(made, "prodDate", study.made_on, date=study.made_on)
    _add(made, "software", "Benchlearn")
    _summary(_add(about, "stdyInfo"), study)
    collected = _add(_add(about, "method"), "dataColl")
    _add(collected, "timeMeth", "Repeated cross-section: one wave of a recurring survey")
    _add(collected, "collMode", study.collected)
    _add(collected, "resInstru", study.instrument)
    conditions = _add(_add(about, "dataAccs"), "useStmt")
    for note in table.notes:
        _add(conditions, "confDec", note)


def _summary(info: ET.Element, study: Study) -> None:
    described = _add(info, "sumDscr")
    for event, day in (("start", study.opened_on), ("end", study.closed_on)):
        if day:
            _add(described, "collDate", day, date=day, event=event)
    _add(described, "anlyUnit", "Respondent")
    _add(described, "universe", study.universe)
    _add(described, "dataKind", "Survey data")


def _file(root: ET.Element, study: Study, table: Table) -> None:
    text = _add(_add(root, "fileDscr", ID="F1"), "fileTxt")
    _add(text, "fileName", study.identifier)
    size = _add(text, "dimensns")
    _add(size, "caseQnty", str(table.rows))
    _add(size, "varQnty", str(len(table.columns)))


def _groups(data: ET.Element, table: Table, study: Study) -> None:
    """Variables that measure the same thing, put together."""
    groups: dict[str, list[str]] = {}
    for number, column in enumerate(table.columns, start=1):
        if column.variable.construct:
            groups.setdefault(column.variable.construct, []).append(f"V{number}")
    for at, (construct, members) in enumerate(groups.items(), start=1):
        group = _add(data, "varGrp", ID=f"VG{at}", type="subject", var=" ".join(members))
        _add_words(group, "labl", study.constructs.get(construct, {"en": construct}))
        _add(group, "concept", construct)


def _variable(data: ET.Element, column: Column, number: int, rows: int) -> None:
    variable = column.variable
    nature = {"scale": "ratio"}.get(variable.level, variable.level)
    interval = "contin" if variable.kind in (Kind.NUMBER, Kind.DATE) else "discrete"
    attributes = {"nature": nature} if variable.kind != Kind.TEXT else {}
    element = _add(
        data, "var", ID=f"V{number}", name=variable.code, files="F1", intrvl=interval, **attributes
    )
    _add_words(element, "labl", variable.label, level="variable")
    if variable.item:
        question = _add(element, "qstn")
        _add_words(question, "qstnLit", variable.label)
    _ranges(element, column)
    _statistics(element, column, rows)
    if variable.kind == Kind.CODED:
        _categories(element, column)
    if variable.construct:
        _add(element, "concept", variable.construct)
    _add(element, "varFormat", **_format(variable.kind))
    if variable.name != variable.code:
        _add(element, "notes", f"Called {variable.name} in SPSS and Stata.", type="name")
    if variable.reversed:
        _add(element, "notes", "Worded against its construct; not turned around.", type="reversed")


def _format(kind: Kind) -> dict[str, str]:
    if kind == Kind.DATE:
        return {"type": "character", "schema": "ISO", "category": "date"}
    numeric = kind in (Kind.CODED, Kind.NUMBER)
    return {"type": "numeric" if numeric else "character", "schema": "other"}


def _ranges(element: ET.Element, column: Column) -> None:
    values = column.variable.values
    if values:
        valid = _add(element, "valrng")
        _add(valid, "range", min=str(min(values)), max=str(max(values)))
    if column.kinds_of_missing:
        invalid = _add(element, "invalrng")
        for kind in column.kinds_of_missing:
            _add(invalid, "item", VALUE=_written(kind, column))


def _statistics(element: ET.Element, column: Column, rows: int) -> None:
    """How many have a value, and how many left it open or have none for another reason."""
    present = int(np.count_nonzero(column.missing == Missing.PRESENT))
    if Missing.WITHHELD in column.kinds_of_missing:
        return
    _add(element, "sumStat", str(present), type="vald")
    _add(element, "sumStat", str(rows - present), type="invd")


def _categories(element: ET.Element, column: Column) -> None:
    hidden = Missing.WITHHELD in column.kinds_of_missing
    present = column.values[column.missing == Missing.PRESENT]
    for value, words in column.variable.values.items():
        category = _add(element, "catgry")
        _add(category, "catValu", str(value))
        _add_words(category, "labl", words, level="category")
        if not hidden:
            _add(category, "catStat", str(int(np.count_nonzero(present == value))), type="freq")
    for kind in column.kinds_of_missing:
        category = _add(element, "catgry", missing="Y", missType=TOKENS[kind])
        _add(category, "catValu", _written(kind, column))
        _add_words(category, "labl", MISSING_WORDS[kind], level="category")
        if not hidden:
            count = int(np.count_nonzero(column.missing == kind))
            _add(category, "catStat", str(count), type="freq")


def _written(kind: Missing, column: Column) -> str:
    """As it is written in csv and Excel; of what is coded, as in SPSS."""
    codes: Any = SPSS_CODES
    return str(codes[kind]) if column.variable.kind == Kind.CODED else TOKENS[kind]
