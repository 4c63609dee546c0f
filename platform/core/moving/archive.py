"""The zip: records as lines of JSON, files as they are, and a manifest with the hash of each part.

Nothing of it is believed before its table was looked at and every part has the hash and the size
that the manifest tells.
"""

import hashlib
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from core.exceptions import InvalidInput, NotNow
from core.uploads import is_harmless

NAME = "benchlearn-programme"
FORMAT = 1
"""Raised when a file of the new format can't be read by an installation that knows the old one."""
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 64 * 1024 * 1024
MOST_PARTS = 200_000
LEAST_UNPACKED, MOST_TIMES = 200 * 1024 * 1024, 200
"""How much a file may unpack to: this, or so many times its own size."""
CHUNK = 1 << 20
PART = re.compile(r"(records/[a-z]+\.[A-Za-z]+\.jsonl|files/[a-z]+\.[A-Za-z]+/[A-Za-z0-9._-]+)")
SPOOL = 8 * 1024 * 1024


class Writing:
    """A file that is being written."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._zip = archive
        self.parts: dict[str, dict[str, Any]] = {}

    def add_file(self, name: str, content: IO[bytes]) -> str:
        """Add a part; its name."""
        sums, size = hashlib.sha256(), 0
        with self._zip.open(_part(name), "w", force_zip64=True) as part:
            while chunk := content.read(CHUNK):
                part.write(chunk)
                sums.update(chunk)
                size += len(chunk)
        self.parts[name] = {"bytes": size, "sha256": sums.hexdigest()}
        return name

    def add_lines(self, name: str, lines: Iterable[bytes]) -> int:
        """Add a part of lines; how many. While they are made other parts may be added."""
        count = 0
        with tempfile.SpooledTemporaryFile(max_size=SPOOL) as kept:
            for each in lines:
                kept.write(each)
                count += 1
            kept.seek(0)
            self.add_file(name, kept)
        return count

    def add_manifest(self, told: dict[str, Any]) -> None:
        """The last part: what all others are."""
        manifest = {"format": NAME, "version": FORMAT, **told, "parts": self.parts}
        self._zip.writestr(_part(MANIFEST), json.dumps(manifest, ensure_ascii=False, indent=1))


def _part(name: str) -> zipfile.ZipInfo:
    """A part without a moment: the same records give the same bytes."""
    part = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    part.compress_type = zipfile.ZIP_DEFLATED
    part.external_attr = 0o600 << 16
    return part


@contextmanager
def writing(file: Path) -> Iterator[Writing]:
    """A new file, for its owner alone. It is there when all went well, and else not at all."""
    if file.exists():
        raise InvalidInput(_("%s is there already; it is not replaced.") % file)
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise InvalidInput(str(error)) from error
    try:
        with os.fdopen(handle, "wb") as out:
            with zipfile.ZipFile(out, "w") as archive:
                yield Writing(archive)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


class Reading:
    """A file whose every part is what its manifest says."""

    def __init__(self, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
        self._zip, self.manifest = archive, manifest

    def lines(self, name: str) -> Iterator[dict[str, Any]]:
        """The records of a part; none when there is no such part."""
        if name not in self.manifest["parts"]:
            return
        with self._zip.open(name) as part:
            for number, line in enumerate(part, start=1):
                found = _json(line, f"{name}:{number}")
                if not isinstance(found, dict):
                    raise InvalidInput(_damaged(f"{name}:{number}"))
                yield found

    def content(self, name: str) -> bytes:
        """What is in a file. Raises InvalidInput when it isn't there."""
        if name not in self.manifest["parts"] or not name.startswith("files/"):
            raise InvalidInput(_damaged(str(name)[:120]))
        return self._zip.read(name)


@contextmanager
def reading(file: Path | IO[bytes]) -> Iterator[Reading]:
    """A file to read, after everything in it was checked.

    Raises InvalidInput for what is no such file, what was changed or is damaged, or unpacks to far
    more than it is; NotNow for one that a newer Benchlearn made.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            yield Reading(archive, _checked(archive))
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError) as error:
        raise InvalidInput(_("This is not a file of a programme, or it is damaged.")) from error


def _checked(archive: zipfile.ZipFile) -> dict[str, Any]:
    parts = archive.infolist()
    packed = sum(part.compress_size for part in parts)
    most = max(LEAST_UNPACKED, MOST_TIMES * packed)
    names = [part.filename for part in parts]
    if (
        not is_harmless(parts, most_parts=MOST_PARTS, most_unpacked=most)
        or len(set(names)) != len(names)
        or not all(name == MANIFEST or PART.fullmatch(name) for name in names)
    ):
        raise InvalidInput(_("This file holds parts that don't belong in it."))
    manifest = _manifest(archive)
    told = manifest["parts"]
    if set(names) != {MANIFEST, *told}:
        raise InvalidInput(_damaged(MANIFEST))
    for part in parts:
        if part.filename != MANIFEST and told[part.filename] != _measured(archive, part):
            raise InvalidInput(_damaged(part.filename))
    return manifest


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise InvalidInput(_damaged(MANIFEST))
    except KeyError as error:
        raise InvalidInput(_("This is not a file of a programme, or it is damaged.")) from error
    manifest = _json(archive.read(MANIFEST), MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("format") != NAME:
        raise InvalidInput(_("This is not a file of a programme, or it is damaged."))
    version = manifest.get("version")
    if not isinstance(version, int) or version > FORMAT:
        raise NotNow(_("A newer Benchlearn made this file: bring this installation up to date."))
    if not isinstance(manifest.get("parts"), dict) or not isinstance(manifest.get("records"), dict):
        raise InvalidInput(_damaged(MANIFEST))
    return manifest


def _measured(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> dict[str, Any]:
    sums, size = hashlib.sha256(), 0
    with archive.open(part) as content:
        while chunk := content.read(CHUNK):
            sums.update(chunk)
            size += len(chunk)
            if size > part.file_size:
                raise InvalidInput(_damaged(part.filename))
    return {"bytes": size, "sha256": sums.hexdigest()}


def _json(raw: bytes, where: str) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(_damaged(where)) from error


def _damaged(where: str) -> str:
    return _("This file was changed or is damaged: %s") % where
