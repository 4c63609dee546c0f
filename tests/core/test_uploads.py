"""Files that people share: what is in them counts, not what they are called."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from core import uploads
from core.exceptions import InvalidInput
from core.uploads import accepted

HIDDEN = b"<?php somewhere near home ?>"


def picture(kind="JPEG", size=(40, 30)):
    """A picture with a place in its EXIF and something behind its end."""
    target = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "a camera of somebody"
    Image.new("RGB", size, "red").save(target, kind, exif=exif)
    return target.getvalue() + HIDDEN


def archive(**parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def docx(**more):
    return archive(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>", **more})


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.pdf", b"%PDF-1.7 a letter"),
        ("a.csv", "één;twee".encode("cp1252")),
        ("a.docx", docx()),
        ("a.odt", archive(mimetype="application/vnd.oasis.opendocument.text")),
    ],
)
def test_a_file_that_is_what_it_says_stays_as_it_is(name, raw):
    kept = accepted(ContentFile(raw, name=f"../../{name}"))
    assert (kept.name, kept.read()) == (name, raw)


@pytest.mark.parametrize(
    ("name", "kind"), [("a.jpg", "JPEG"), ("a.JPEG", "JPEG"), ("a.png", "PNG")]
)
def test_a_picture_is_drawn_anew_without_what_was_hidden_in_it(name, kind):
    raw = accepted(ContentFile(picture(kind), name=name)).read()
    assert HIDDEN not in raw and b"a camera" not in raw
    with Image.open(io.BytesIO(raw)) as drawn:
        assert (drawn.format, drawn.size, dict(drawn.getexif())) == (kind, (40, 30), {})


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.html", b"<script>"),
        ("a.svg", b"<svg/>"),
        ("a.pdf", b"MZ a program"),
        ("a.txt", b"MZ\0\0 a program"),
        ("a.png", picture("JPEG")),
        ("a.jpg", b"\xff\xd8\xff broken"),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.docx", archive(**{"xl/workbook.xml": "", "[Content_Types].xml": ""})),
        ("a.docx", docx(**{"word/vbaProject.bin": "a macro"})),
        ("a.docx", docx(**{"../../etc/passwd": "out"})),
        ("a.odt", archive(mimetype="application/zip")),
        ("a.odt", docx()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_not_is_refused(name, raw):
    with pytest.raises(InvalidInput):
        accepted(ContentFile(raw, name=name))


def test_what_unpacks_to_far_more_than_it_is_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_UNPACKED", 10_000)
    with pytest.raises(InvalidInput):
        accepted(ContentFile(docx(**{"word/media/zeros": "0" * 20_000}), name="a.docx"))
    monkeypatch.setattr(uploads, "MOST_PARTS", 1)
    with pytest.raises(InvalidInput):
        accepted(ContentFile(docx(), name="a.docx"))


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_drawn(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_PIXELS", 1000)
    with pytest.raises(InvalidInput):
        accepted(ContentFile(picture(), name="a.jpg"))


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 10)
    with pytest.raises(InvalidInput):
        accepted(ContentFile(b"%PDF-1.7 a letter", name="a.pdf"))
