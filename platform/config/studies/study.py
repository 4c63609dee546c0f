"""What a study is to the loader: its files, who takes part, and how rows become records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.csvfiles import Check, CsvRow, InvalidFile, read_csv


@dataclass(frozen=True, slots=True)
class StudyFile:
    """One csv file of a study: its exact columns, and what may stand there once."""

    name: str
    columns: Mapping[str, Check]
    unique: tuple[str, ...]
    tables: str
    """The tables of the study that it was transcribed from."""

    def source_of(self, row: CsvRow) -> str:
        """Where a value comes from, e.g. "ratings.csv, row 4 (tables 6.6, 6.7, 6.9)"."""
        return f"{row.place} ({self.tables})"


type StudyRows = Mapping[str, list[CsvRow]]


@dataclass(frozen=True, slots=True)
class Study:
    """A published study: how its files are read, checked and stored."""

    code: str
    files: tuple[StudyFile, ...]
    check: Callable[[StudyRows], list[str]]
    """What is wrong between the files (an unknown municipality), in words."""
    store: Callable[[StudyRows], dict[str, int]]
    """Stores the rows through domain functions; returns counts to tell."""
    file_by_name: Mapping[str, StudyFile] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "file_by_name", {file.name: file for file in self.files})


def read_study(study: Study, folder: Path) -> StudyRows:
    """All rows of all files, or InvalidFile with everything that is wrong with them."""
    rows: dict[str, list[CsvRow]] = {}
    errors: list[str] = []
    for file in study.files:
        try:
            rows[file.name] = read_csv(folder / file.name, file.columns, unique=file.unique)
        except InvalidFile as error:
            errors += error.errors
    errors = errors or study.check(rows)
    if errors:
        raise InvalidFile(errors)
    return rows
