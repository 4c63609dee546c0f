"""Files that people share with each other: is it what its name says, and does it do no harm?

The kind is told by what is in the file. Pictures are drawn anew, which takes away places, cameras
and whatever is hidden behind the pixels; archives (the formats of Office and LibreOffice) are
counted before anything is unpacked.
"""

import io
import zipfile
from pathlib import PurePath

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exceptions import InvalidInput
from core.scanning import check_for_viruses

LARGEST = 20 * 1024 * 1024
"""Bytes. Larger files are for a place of their own."""
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5000
MOST_PIXELS = 50_000_000

PICTURES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
TEXTS = (".txt", ".csv")
OFFICE = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
OPEN_DOCUMENT = {".odt": "text", ".ods": "spreadsheet", ".odp": "presentation"}
DAMAGED = gettext_lazy("This file is not what its name says, or it is damaged.")
ENDINGS = (".pdf", *TEXTS, *PICTURES, *OFFICE, *OPEN_DOCUMENT)
"""Kinds of file that can't run anything where they are opened from a browser."""


def name_of(file: File) -> str:
    """The name of a file without folders, at most 120 characters."""
    return PurePath(str(file.name)).name[-120:]


def accepted(file: File) -> File:
    """The file as it may be kept: a picture drawn anew, any other as it is.

    Raises InvalidInput for a kind that can't be shared, a size over LARGEST, and for a file that
    isn't what its name says, that unpacks to far more than it is, or in which a virus was found;
    ScannerAway when that can't be told now.
    """
    name = name_of(file)
    ending = PurePath(name).suffix.lower()
    if ending not in ENDINGS:
        raise InvalidInput(_("Files of this kind can't be shared here."))
    if file.size > LARGEST:
        raise InvalidInput(_("This file is larger than 20 MB."))
    file.seek(0)
    raw = file.read()
    check_for_viruses(raw)
    if ending in PICTURES:
        return ContentFile(_drawn_anew(raw, PICTURES[ending]), name=name)
    accepted_raw(raw, ending)
    return ContentFile(raw, name=name)


def accepted_raw(raw: bytes, ending: str) -> None:
    """Raise InvalidInput unless these bytes are what this ending (with its dot) says."""
    if not _is_what_it_says(raw, ending):
        raise InvalidInput(DAMAGED)


def _is_what_it_says(raw: bytes, ending: str) -> bool:
    if ending == ".pdf":
        return raw[:1024].lstrip().startswith(b"%PDF")
    if ending in TEXTS:
        return b"\0" not in raw
    return _is_document(raw, ending)


def _is_document(raw: bytes, ending: str) -> bool:
    """An archive with the parts that this kind has, none locked, none that leads out of it, no
    macros, and not more in it than its table says that we want."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            return is_harmless(parts) and _has_its_parts(archive, ending)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError):
        return False


def is_harmless(
    parts: list[zipfile.ZipInfo],
    *,
    most_parts: int | None = None,
    most_unpacked: int | None = None,
) -> bool:
    """Told by an archive's table alone: not too many parts, not too large once unpacked, none
    locked, none that leads out of it, no macros."""
    names = [part.filename for part in parts]
    return (
        len(parts) <= (most_parts or MOST_PARTS)
        and sum(part.file_size for part in parts) <= (most_unpacked or MOST_UNPACKED)
        and not any(part.flag_bits & 1 for part in parts)
        and not any(name.startswith("/") or ".." in name.split("/") for name in names)
        and not any(name.lower().endswith("vbaproject.bin") for name in names)
    )


def _has_its_parts(archive: zipfile.ZipFile, ending: str) -> bool:
    names = archive.namelist()
    if ending in OFFICE:
        folder = OFFICE[ending]
        return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)
    with archive.open("mimetype") as part:
        said = part.read(100).decode("ascii", errors="replace").strip()
    return said == f"application/vnd.oasis.opendocument.{OPEN_DOCUMENT[ending]}"


def _drawn_anew(raw: bytes, kind: str) -> bytes:
    """A picture of this kind with its pixels alone, turned as its camera noted."""
    # A library of pictures is only for who shares one.
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415

    wrong = InvalidInput(_("This picture can't be read, or it is larger than 50 megapixels."))
    try:
        with Image.open(io.BytesIO(raw), formats=[kind]) as found:
            if found.width * found.height > MOST_PIXELS:
                raise wrong
            turned = ImageOps.exif_transpose(found)
            drawn = turned.convert("RGB" if kind == "JPEG" else _mode(turned.mode))
    except Image.DecompressionBombError as bomb:
        raise wrong from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise wrong from error
    pixels = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
    target = io.BytesIO()
    pixels.save(target, kind, **({"quality": 90} if kind == "JPEG" else {}))
    return target.getvalue()


def _mode(mode: str) -> str:
    return "RGBA" if mode in ("RGBA", "LA", "P", "PA") else "RGB"
