"""Every PDF of a report is accessible as PDF/UA-1 asks, as far as a machine can tell.

No validator is shipped with Benchlearn, so the conditions of the Matterhorn Protocol that a report
could break are checked here one by one, on the structure of the file itself.
"""

import io
import itertools
import re

import pytest
from django.utils.translation import override
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from evaluation.report.build import build_document
from evaluation.report.draw import draw_charts
from evaluation.report.pdf import render_pdf
from evaluation.report.readers import READERS
from evaluation.report.reading import Reading
from tests.evaluation.results import result_of

pytestmark = pytest.mark.django_db
SHOWS = {b"Tj", b"TJ", b"'", b'"', b"Do"}


@pytest.fixture(params=["nl", "en"])
def made(request, workfirst):
    """All four PDFs of a study in one language, charts included."""
    result = result_of(workfirst)
    with override(request.param):
        whole = build_document(workfirst, result)
        charts = draw_charts(Reading(result, is_study=True), whole)
        return request.param, {
            reader: PdfReader(
                io.BytesIO(
                    render_pdf(
                        build_document(workfirst, result, reader=reader),
                        workfirst,
                        charts,
                        language=request.param,
                    )
                )
            )
            for reader in READERS
        }


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


def test_each_file_says_that_it_is_accessible_and_in_which_language(made):
    language, files = made
    for reader, file in files.items():
        root = file.trailer["/Root"]
        metadata = root["/Metadata"].get_object().get_data().decode()
        assert re.search(r"pdfuaid:part\W+1", metadata), reader  # 06-002, 06-003
        assert "<dc:title" in metadata  # 06-004
        assert root["/MarkInfo"]["/Marked"]  # 01-007
        assert root["/Lang"].startswith(language)  # 11-006
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # 07-002
        assert file.metadata.title


def test_what_is_shown_is_tagged_or_marked_as_decoration(made):
    """01-003, 01-005: no text and no picture outside a marked part of the page."""
    _language, files = made
    for reader, file in files.items():
        for page in file.pages:
            depth = 0
            for _operands, operator in ContentStream(page["/Contents"], file).operations:
                if operator in (b"BDC", b"BMC"):
                    depth += 1
                if operator == b"EMC":
                    depth -= 1
                assert depth or operator not in SHOWS, reader
            assert page["/Tabs"] == "/S" or "/Annots" not in page  # 28-008


def test_pictures_have_words_headings_have_order_and_header_cells_a_scope(made):
    _language, files = made
    for reader, file in files.items():
        found = elements(file)
        kinds = [str(each["/S"]) for each in found]
        pictures = [each for each in found if each["/S"] == "/Figure"]
        assert all(str(each.get("/Alt", "")).strip() for each in pictures), reader  # 13-004
        levels = [int(kind[2]) for kind in kinds if re.fullmatch(r"/H[1-6]", kind)]
        assert levels[0] == 1, reader  # 14-002
        assert all(b <= a + 1 for a, b in itertools.pairwise(levels)), reader  # 14-003
        for cell in (each for each in found if each["/S"] == "/TH"):
            assert scope_of(cell) in ("/Row", "/Column", "/Both"), reader  # 15-003
        lists = [each for each in found if each["/S"] == "/L"]
        assert lists
    assert any(each["/S"] == "/Figure" for each in elements(files["evaluator"]))
    assert any(each["/S"] == "/TH" for each in elements(files["evaluator"]))


def scope_of(cell):
    attributes = cell.get("/A", {})
    attributes = attributes.get_object() if hasattr(attributes, "get_object") else attributes
    listed = attributes if isinstance(attributes, list) else [attributes]
    return next(
        (each.get_object()["/Scope"] for each in listed if "/Scope" in each.get_object()), ""
    )


def test_every_font_is_in_the_file(made):
    """31-009: what is read looks the same everywhere."""
    _language, files = made
    for reader, file in files.items():
        for page in file.pages:
            for font in page["/Resources"].get("/Font", {}).values():
                inner = font.get_object().get("/DescendantFonts", [font])[0].get_object()
                descriptor = inner["/FontDescriptor"].get_object()
                assert any(name.startswith("/FontFile") for name in descriptor), reader
