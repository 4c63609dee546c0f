"""The file of an export in private storage."""

import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages

from surveys.exporting.write import Wanted, export_wave
from surveys.models import Export

SUFFIXES = {"ddi": "xml"}


def make_file(
    export: Export, *, moderated: bool, step: Callable[[float], None]
) -> tuple[str, int, int]:
    """Write the file; its name in private storage, its size in bytes, and its number of rows."""
    wanted = Wanted(
        format=export.format,
        shape=export.shape,
        language=export.language,
        identified=export.identified,
        moderated=moderated,
    )
    scratch = Path(settings.VAR) / "scratch"
    scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix="export-", dir=scratch) as folder:
        path = Path(folder) / f"answers.{suffix_of(export.format)}"
        rows = export_wave(export.wave, wanted, path, step=step)
        name = f"exports/{export.wave_id}/{uuid.uuid4().hex}.{suffix_of(export.format)}"
        with path.open("rb") as content:
            stored = storages["private"].save(name, File(content))
        return stored, path.stat().st_size, rows


def suffix_of(format: str) -> str:
    """What the name of a file of this format ends in."""
    return SUFFIXES.get(format, format)
