"""SPSS and Stata files, made of a Parquet file of ours. Pure: no Django.

Run as a program of its own (`python -m surveys.exporting.statistical sav IN OUT`): pyreadstat
writes a file in one go and holds the process while it does, so that a worker that did it itself
couldn't say that it lives, nor stop when it is told to.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat

from surveys.exporting.variables import (
    SPSS_CODES,
    SPSS_CODES_OF_NUMBERS,
    STATA_CODES,
    TOKENS,
    Kind,
    Missing,
)

KEY = b"benchlearn"
LONGEST_LABEL = 80
"""Stata cuts a variable label at 80 characters; SPSS takes 256 bytes."""
LONGEST_SPSS_LABEL = 250
KIND_OF_TOKEN = {TOKENS[kind]: kind for kind in Missing}


class _Field:
    """A column of the file with the words that came along, read when it is asked for."""

    def __init__(self, table: pa.Table, field: pa.Field) -> None:
        self.code: str = field.name
        self.about: dict[str, Any] = json.loads(field.metadata[KEY])
        self.kind = Kind(self.about["kind"])
        self.name: str = self.about["name"]
        self.table = table

    @property
    def values(self) -> Any:
        return self.table.column(self.code)

    def rows_missing(self) -> dict[Missing, Any]:
        """For each kind of missing that occurs, in which rows."""
        if not self.about["missing"]:
            return {}
        why = self.table.column(f"{self.code}__missing").cast(pa.string())
        found = np.array(why.to_pandas(), dtype=object)
        return {kind: found == TOKENS[kind] for kind in map(self._kind, self.about["missing"])}

    @staticmethod
    def _kind(name: str) -> Missing:
        return Missing[name]

    @property
    def words_of_missing(self) -> dict[Missing, str]:
        return {Missing[name]: words for name, words in self.about["missing"].items()}

    @property
    def is_text(self) -> bool:
        return self.kind in (Kind.TEXT, Kind.CATEGORY)


def fields_of(table: pa.Table) -> list[_Field]:
    """The variables of the file; a column that only tells why something is missing is none."""
    return [_Field(table, field) for field in table.schema if field.metadata]


def _empty(count: int) -> list[dict[str, Any]]:
    """What pyreadstat is told of the variables, by name."""
    return [{} for _each in range(count)]


def write_sav(table: pa.Table, path: Path) -> None:
    """SPSS: user-missing values with labels; what was left open is system-missing."""
    columns: dict[str, Any] = {}
    labels, values, missing, formats, levels = _empty(5)
    for field in fields_of(table):
        name = field.name
        columns[name] = _sav_column(field)
        labels[name] = _cut(field.about["label"], LONGEST_SPSS_LABEL)
        levels[name] = field.about["level"]
        codes = _spss_codes(field)
        if not field.is_text and field.kind != Kind.DATE:
            values[name] = {float(key): word for key, word in field.about["values"].items()}
            told = {float(codes[kind]): word for kind, word in field.words_of_missing.items()}
            values[name], missing[name] = values[name] | told, list(told)
        if field.kind == Kind.CODED:
            formats[name] = "F8.0"
    pyreadstat.write_sav(
        pd.DataFrame(columns, copy=False),
        path,
        file_label=_cut(_title(table), 60),
        row_compress=True,
        column_labels=labels,
        variable_value_labels={name: words for name, words in values.items() if words},
        missing_ranges={name: codes for name, codes in missing.items() if codes},
        variable_format=formats,
        variable_measure=levels,
    )


def _spss_codes(field: _Field) -> dict[Missing, int]:
    return SPSS_CODES_OF_NUMBERS if field.kind == Kind.NUMBER else SPSS_CODES


def _sav_column(field: _Field) -> Any:
    if field.is_text:
        return _texts(field)
    if field.kind == Kind.DATE:
        return field.values.cast(pa.timestamp("ms")).to_pandas()
    numbers = field.values.cast(pa.float64()).to_numpy().copy()
    for kind, rows in field.rows_missing().items():
        numbers[rows] = _spss_codes(field)[kind]
    return numbers


def write_dta(table: pa.Table, path: Path) -> None:
    """Stata: extended missing values .a, .b, .c with labels; what was left open is `.`."""
    columns: dict[str, Any] = {}
    labels, values, missing = _empty(3)
    for field in fields_of(table):
        name = field.name
        columns[name] = _dta_column(field)
        labels[name] = _cut(field.about["label"], LONGEST_LABEL)
        if field.kind == Kind.CODED:
            values[name] = {int(key): word for key, word in field.about["values"].items()}
        if not field.is_text and field.kind != Kind.DATE:
            told = {STATA_CODES[kind]: word for kind, word in field.words_of_missing.items()}
            values[name] = values.get(name, {}) | told
            missing[name] = list(told)
    pyreadstat.write_dta(
        pd.DataFrame(columns, copy=False),
        path,
        file_label=_cut(_title(table), 80),
        column_labels=labels,
        variable_value_labels={name: words for name, words in values.items() if words},
        missing_user_values={name: codes for name, codes in missing.items() if codes},
    )


def _dta_column(field: _Field) -> Any:
    if field.is_text:
        return _texts(field)
    if field.kind == Kind.DATE:
        return field.values.cast(pa.timestamp("ms")).to_pandas()
    rows_missing = field.rows_missing()
    if not rows_missing and not field.values.null_count:
        return field.values.to_numpy()
    if not rows_missing:
        return field.values.cast(pa.float64()).to_numpy()
    values = pd.Series(field.values.to_pylist(), dtype=object)
    values[values.isna()] = np.nan
    for kind, rows in rows_missing.items():
        values[rows] = STATA_CODES[kind]
    return values


def _texts(field: _Field) -> Any:
    return field.values.cast(pa.string()).to_pandas().fillna("").astype(object)


def _title(table: pa.Table) -> str:
    return str(json.loads(table.schema.metadata[KEY])["title"])


def _cut(text: str, longest: int) -> str:
    """At most so many bytes, never half a letter."""
    if len(text.encode()) <= longest:
        return text
    return text.encode()[: longest - 3].decode(errors="ignore").rstrip() + "…"


WRITERS = {"sav": write_sav, "dta": write_dta}


if __name__ == "__main__":
    _program, chosen, source, target = sys.argv
    WRITERS[chosen](pq.read_table(source), Path(target))
