"""Every PDF of a report is accessible as PDF/UA-1 asks, as far as a machine can tell.

veraPDF says so, by all rules of its profile, where there is a JDK. The conditions of the Matterhorn
Protocol that a report could break are checked here one by one as well, on the structure of the file
itself: they say what is wrong, and hold without Java.
"""

import io
import itertools
import re

import pytest
from django.utils.translation import override
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ContentStream, DictionaryObject

from evaluation.report.build import build_document
from evaluation.report.draw import draw_charts
from evaluation.report.pdf import render_pdf
from evaluation.report.readers import READERS
from evaluation.report.reading import Reading
from tests.evaluation.results import result_of
from tests.verapdf import broken_rules, needs_verapdf

pytestmark = pytest.mark.django_db
SHOWS = {b"Tj", b"TJ", b"'", b'"', b"Do"}


def files_of(programme, language, readers):
    """The PDFs of these readers in one language, charts included."""
    result = result_of(programme)
    with override(language):
        whole = build_document(programme, result)
        charts = draw_charts(Reading(result, is_study=True), whole)
        for reader in readers:
            document = build_document(programme, result, reader=reader)
            yield reader, render_pdf(document, programme, charts, language=language)


@pytest.fixture(scope="module")
def drawn():
    """What was drawn, kept for the second reading: drawing takes longest."""
    return {}


def drawn_files(drawn, programme, language, readers):
    if language not in drawn:
        drawn[language] = dict(files_of(programme, language, readers))
    return drawn[language]


def test_all_four_in_dutch_are_accessible(workfirst, drawn):
    files = drawn_files(drawn, workfirst, "nl", READERS)
    found = {reader: PdfReader(io.BytesIO(pdf)) for reader, pdf in files.items()}
    for reader, file in found.items():
        says_so(reader, file, "nl")
        is_tagged(reader, file)
        has_words_order_and_headers(reader, file)
        holds_its_fonts(reader, file)
    kinds = {each["/S"] for each in elements(found["evaluator"])}
    assert {"/Figure", "/TH", "/TD", "/L", "/LI", "/H1", "/H2", "/H3"} <= kinds


def test_in_english_it_says_that_it_is_english(workfirst, drawn):
    [(reader, pdf)] = drawn_files(drawn, workfirst, "en", ["council"]).items()
    says_so(reader, PdfReader(io.BytesIO(pdf)), "en")


@needs_verapdf()
def test_verapdf_finds_no_rule_of_pdf_ua_broken(workfirst, drawn, tmp_path):
    dutch = drawn_files(drawn, workfirst, "nl", READERS)
    english = drawn_files(drawn, workfirst, "en", ["council"])
    files = dutch | {"english": english["council"]}
    assert broken_rules(tmp_path, files) == dict.fromkeys(files, "-")


@needs_verapdf()
def test_verapdf_sees_what_is_missing(workfirst, drawn, tmp_path):
    """It can tell: the same file without its tags, its language and its title breaks rules."""
    [pdf] = drawn_files(drawn, workfirst, "en", ["council"]).values()
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    for name in ("/StructTreeRoot", "/Lang", "/MarkInfo"):
        del writer.root_object[name]
    bare = io.BytesIO()
    writer.write(bare)
    found = broken_rules(tmp_path, {"bare": bare.getvalue()})["bare"]
    assert "7.1-" in found
    assert "7.2-" in found


def elements(reader):
    """The structure elements of a file with their kinds, in order."""
    found = []

    def walk(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])
        elif isinstance(node, list):
            for each in node:
                walk(each)

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def says_so(reader, file, language):
    """That it is accessible, and in which language."""
    root = file.trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfuaid:part\W+1", metadata), reader  # 06-002, 06-003
    assert "<dc:title" in metadata  # 06-004
    assert root["/MarkInfo"]["/Marked"]  # 01-007
    assert root["/Lang"].startswith(language)  # 11-006
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # 07-002
    assert file.metadata.title


def is_tagged(reader, file):
    """01-003, 01-005: no text and no picture outside a marked part of the page."""
    for page in file.pages:
        depth = 0
        for _operands, operator in ContentStream(page["/Contents"], file).operations:
            if operator in (b"BDC", b"BMC"):
                depth += 1
            if operator == b"EMC":
                depth -= 1
            assert depth or operator not in SHOWS, reader
        assert page["/Tabs"] == "/S" or "/Annots" not in page  # 28-008


def has_words_order_and_headers(reader, file):
    """Pictures have words, headings an order, cells know their headers."""
    found = elements(file)
    pictures = [each for each in found if each["/S"] == "/Figure"]
    assert all(str(each.get("/Alt", "")).strip() for each in pictures), reader  # 13-004
    headings = [str(each["/S"]) for each in found if re.fullmatch(r"/H[1-6]", each["/S"])]
    levels = [int(each[2]) for each in headings]
    assert levels[0] == 1, reader  # 14-002
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels)), reader  # 14-003
    ids = {str(each["/ID"]) for each in found if each["/S"] == "/TH" and "/ID" in each}
    for cell in (each for each in found if each["/S"] == "/TD"):  # 15-003: by headers and ids
        headers = [str(each) for each in attribute_of(cell, "/Headers") or []]
        assert headers, reader
        assert set(headers) <= ids, reader


def attribute_of(cell, name):
    """An attribute of a structure element, which may have several dictionaries of them."""
    attributes = cell.get("/A", {})
    attributes = attributes.get_object() if hasattr(attributes, "get_object") else attributes
    listed = attributes if isinstance(attributes, list) else [attributes]
    known = [each.get_object() for each in listed]
    return next((each[name] for each in known if name in each), None)


def holds_its_fonts(reader, file):
    """31-009: what is read looks the same everywhere."""
    for page in file.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object().get("/DescendantFonts", [font])[0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            assert any(name.startswith("/FontFile") for name in descriptor), reader
