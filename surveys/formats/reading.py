"""What every reader of a questionnaire's file shares: its report, its limits, and clean texts."""

import html
import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.csvfiles import InvalidFile
from surveys.specs import InstrumentSpec

MOST_BYTES = 5_000_000
MOST_UNPACKED = 12_000_000
MOST_PARTS = 500
DANGEROUS = re.compile(
    r"<\s*/?\s*(script|iframe|object|embed|form|input|svg|math|meta|link|base|style)\b"
    r"|javascript\s*:|vbscript\s*:|data\s*:\s*text/html|<[^>]*\bon[a-z]+\s*=",
    re.IGNORECASE,
)
TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
BREAK = re.compile(r"<\s*(br|/p|/div|/li)\b[^>]*>", re.IGNORECASE)
FORMULA = re.compile(r"[=@\t\r]|[+-](?![\s\d.,–-]*$|\s)")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
FORMULA_IN_SHEET = re.compile(rb"<(?:\w+:)?f[\s>/]")


class Level(models.TextChoices):
    """What became of a part of the file."""

    CHANGED = "changed", gettext_lazy("carried over, but different")
    LEFT_OUT = "left_out", gettext_lazy("left out")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that isn't carried over as it was; `item` is its code in the file."""

    item: str
    level: str
    message: str | Promise

    def get_level_display(self) -> str | Promise:
        return Level(self.level).label


@dataclass
class Reading:
    """A file being read: what was found out about it, and what makes it impossible to use."""

    findings: list[Finding] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def changed(self, item: str, message: str | Promise) -> None:
        self._add(Finding(item, Level.CHANGED, message))

    def left_out(self, item: str, message: str | Promise) -> None:
        self._add(Finding(item, Level.LEFT_OUT, message))

    def _add(self, finding: Finding) -> None:
        if finding not in self.findings:
            self.findings.append(finding)

    def text(self, value: object, where: str) -> str:
        """A text as it may be stored: no mark-up, no control characters, no start of a formula."""
        raw = "" if value is None else str(value).replace("\r\n", "\n").strip()
        if DANGEROUS.search(html.unescape(raw)) or DANGEROUS.search(raw):
            self.errors.append(
                _("%(where)s: the text holds a script or mark-up.") % {"where": where}
            )
            return ""
        if CONTROL.search(raw):
            self.errors.append(
                _("%(where)s: the text holds a character that can't be stored.") % {"where": where}
            )
            return ""
        if FORMULA.match(raw):
            self.errors.append(
                _("%(where)s: the text begins like a formula (%(start)s).")
                % {"where": where, "start": raw[:1]}
            )
            return ""
        return self._without_mark_up(raw, where)

    def _without_mark_up(self, raw: str, where: str) -> str:
        if not TAG.search(raw):
            return html.unescape(raw) if "&" in raw else raw
        plain = html.unescape(TAG.sub("", BREAK.sub("\n", raw))).strip()
        self.changed(where, _("mark-up was taken out of the text"))
        return re.sub(r"\n{3,}", "\n\n", plain)

    def refuse(self) -> None:
        """Raise InvalidFile with everything that is wrong, when anything is."""
        if self.errors:
            raise InvalidFile(list(dict.fromkeys(self.errors)))


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file holds, with what could not be carried over."""

    spec: InstrumentSpec
    findings: tuple[Finding, ...]


def read_bytes(path: Path) -> bytes:
    """The file, when it isn't too large to be a questionnaire. Raises InvalidFile."""
    try:
        if not path.is_file():
            raise InvalidFile([_("%(file)s is no file.") % {"file": path}])
        if path.stat().st_size > MOST_BYTES:
            raise InvalidFile([too_large(path.name)])
        return path.read_bytes()
    except OSError as error:
        raise InvalidFile(
            [_("%(file)s can't be read (%(error)s).") % {"file": path, "error": error.strerror}]
        ) from error


def too_large(name: str) -> str:
    """What to say of a file that is too large."""
    return _("%(file)s is larger than 5 MB; that is no questionnaire.") % {"file": name}


def read_text(raw: bytes) -> str:
    """UTF-8 text, with or without a byte order mark. Raises InvalidFile."""
    if b"\0" in raw:
        raise InvalidFile([_("The file has null bytes; is it a text file?")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        raise InvalidFile([_("Row %(row)d isn't UTF-8.") % {"row": row}]) from error


def check_workbook(raw: bytes) -> None:
    """Refuse what is no .xlsx, unpacks to too much, or has formulas. Raises InvalidFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            names = parts.infolist()
            if len(names) > MOST_PARTS or sum(part.file_size for part in names) > MOST_UNPACKED:
                raise InvalidFile([_("The workbook unpacks to far more than a questionnaire is.")])
            if "xl/workbook.xml" not in parts.namelist():
                raise InvalidFile([_("The file is no .xlsx workbook.")])
            for part in names:
                _check_part(part, parts.read(part))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise InvalidFile([_("The file is no .xlsx workbook, or it is damaged.")]) from error


def _check_part(part: zipfile.ZipInfo, content: bytes) -> None:
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        raise InvalidFile([_("The workbook defines entities; that is no questionnaire.")])
    if part.filename.startswith("xl/worksheets/") and FORMULA_IN_SHEET.search(content):
        raise InvalidFile([_("A cell holds a formula; write its text or value instead.")])
    if part.filename.lower().endswith("vbaproject.bin"):
        raise InvalidFile([_("The workbook holds macros; save it without.")])
