"""One export from a wave to a file, in any of the formats."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from surveys.enums import ExportFormat, ExportShape
from surveys.exporting.codebook import write_ddi
from surveys.exporting.delimited import write_csv
from surveys.exporting.load import load_table
from surveys.exporting.long import long_table
from surveys.exporting.parquet import write_parquet
from surveys.exporting.remarks import loose_remarks
from surveys.exporting.study import Study
from surveys.exporting.table import Table
from surveys.exporting.workbook import write_xlsx
from surveys.models import Wave

type Step = Callable[[float], None]

LOADING, WRITING = 0.5, 0.5
"""About how the time is shared."""
CELLS_A_SECOND = 500_000
"""About what pyreadstat writes."""
LOOK = 0.5
"""Seconds between two looks at the program that writes."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: the format, the shape, the language of labels, and whether with names."""

    format: str = ExportFormat.CSV
    shape: str = ExportShape.WIDE
    language: str = "nl"
    identified: bool = False
    moderated: bool = True
    """no text that the coordinator hasn't released"""


def export_wave(wave: Wave, wanted: Wanted, path: Path, *, step: Step) -> int:
    """Write the file; returns the number of rows. `step` hears from 0 to 1, and may raise to stop.

    Raises NotNow when too few answered, InvalidInput when the format can't hold so many rows.
    """
    with override(wanted.language):
        table = load_table(
            wave,
            identified=wanted.identified,
            moderated=wanted.moderated,
            step=lambda done: step(LOADING * done),
        )
        if wanted.shape == ExportShape.LONG and wanted.format != ExportFormat.DDI:
            table = long_table(table, loose_remarks(wave, moderated=wanted.moderated))
        _write(wave, wanted, table, path, lambda done: step(LOADING + WRITING * done))
    return table.rows


def _write(wave: Wave, wanted: Wanted, table: Table, path: Path, step: Step) -> None:
    if wanted.format == ExportFormat.DDI:
        write_ddi(table, path, study=_study(wave, table), language=wanted.language, step=step)
    elif wanted.format in (ExportFormat.SAV, ExportFormat.DTA):
        _write_apart(wanted, table, path, step)
    else:
        writers = {
            ExportFormat.CSV: write_csv,
            ExportFormat.XLSX: write_xlsx,
            ExportFormat.PARQUET: write_parquet,
        }
        writers[ExportFormat(wanted.format)](table, path, language=wanted.language, step=step)


def _write_apart(wanted: Wanted, table: Table, path: Path, step: Step) -> None:
    """SPSS and Stata, by a program of its own: see statistical.py."""
    with tempfile.TemporaryDirectory(prefix="export-", dir=path.parent) as folder:
        source = Path(folder) / "table.parquet"
        write_parquet(table, source, language=wanted.language, step=lambda done: step(0.1 * done))
        cells = table.rows * len(table.columns)
        command = [sys.executable, "-m", "surveys.exporting.statistical"]
        command += [str(wanted.format), str(source), str(path.absolute())]
        _watch(command, expected=2 + cells / CELLS_A_SECOND, step=step)


def _watch(command: list[str], *, expected: float, step: Step) -> None:
    """Wait for a program, tell how far it should be, and end it when told to stop."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(  # noqa: S603 - our own program, with paths of our own
        command, cwd=settings.ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    began = time.monotonic()
    try:
        while process.poll() is None:
            step(min(0.1 + 0.9 * (time.monotonic() - began) / expected, 0.99))
            time.sleep(LOOK)
    finally:
        process.kill()
        _out, error = process.communicate()
    if process.returncode:
        raise RuntimeError(error[-2000:])


def _study(wave: Wave, table: Table) -> Study:
    instrument = wave.version.instrument
    constructs = {
        each["code"]: {"nl": each["label_nl"], "en": each["label_en"] or each["label_nl"]}
        for each in wave.version.constructs
    }
    return Study(
        identifier=f"{wave.cycle.programme.code}-{wave.pk}",
        title=table.title,
        programme=wave.cycle.programme.name,
        instrument=f"{instrument.code}, version {wave.version.number}",
        universe="Everyone who was asked in this wave",
        collected="Online questionnaire by personal link",
        made_on=timezone.localdate().isoformat(),
        opened_on=wave.opened_on.isoformat() if wave.opened_on else "",
        closed_on=wave.closed_on.isoformat() if wave.closed_on else "",
        constructs=constructs,
    )
