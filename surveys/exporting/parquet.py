"""Parquet: a column a variable, null where there is no value, and beside it why there is none.

The words (labels, constructs, kinds of missing) travel as JSON in the metadata of each field, under
the key "benchlearn"; `statistical.py` makes SPSS and Stata files of nothing but such a file.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from surveys.exporting.delimited import Step
from surveys.exporting.table import Column, Table
from surveys.exporting.variables import MISSING_WORDS, TOKENS, Kind, Missing

CHUNK = 100_000
KEY = b"benchlearn"
WHY = "{}__missing"
"""The column that tells why a value is missing is called after its variable."""


def write_parquet(table: Table, path: Path, *, language: str, step: Step) -> None:
    """Write all rows, in groups of a hundred thousand."""
    schema = schema_of(table, language)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        if not table.rows:
            writer.write_table(schema.empty_table())
        for start, stop in table.chunks(CHUNK):
            arrays = [array for column in table.columns for array in _arrays(column, start, stop)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            step(stop / table.rows)


def schema_of(table: Table, language: str) -> pa.Schema:
    """The fields with their words."""
    fields = [field for column in table.columns for field in _fields(column, language)]
    about = {"title": table.title[language], "language": language, "notes": table.notes}
    return pa.schema(fields, metadata={KEY: json.dumps(about, ensure_ascii=False)})


def _fields(column: Column, language: str) -> list[pa.Field]:
    words = {KEY: json.dumps(_about(column, language), ensure_ascii=False)}
    fields = [pa.field(column.variable.code, _type(column.variable.kind), metadata=words)]
    if column.kinds_of_missing:
        fields.append(pa.field(WHY.format(column.variable.code), _type(Kind.CATEGORY)))
    return fields


def _about(column: Column, language: str) -> dict[str, Any]:
    variable = column.variable
    return {
        "name": variable.name,
        "kind": variable.kind,
        "label": variable.label_in(language),
        "values": {str(value): word for value, word in variable.value_labels(language).items()},
        "missing": {kind.name: MISSING_WORDS[kind][language] for kind in column.kinds_of_missing},
        "level": variable.level,
        "construct": variable.construct,
        "reversed": variable.reversed,
    }


def _type(kind: Kind) -> pa.DataType:
    return {
        Kind.CODED: pa.int32(),
        Kind.NUMBER: pa.float64(),
        Kind.DATE: pa.date32(),
        Kind.TEXT: pa.string(),
        Kind.CATEGORY: pa.dictionary(pa.int32(), pa.string()),
    }[kind]


def _arrays(column: Column, start: int, stop: int) -> list[pa.Array]:
    missing = column.missing[start:stop]
    arrays = [_values(column, column.values[start:stop], missing != Missing.PRESENT)]
    if column.kinds_of_missing:
        arrays.append(_why(missing))
    return arrays


def _values(column: Column, values: np.ndarray[Any, Any], absent: np.ndarray[Any, Any]) -> pa.Array:
    kind = column.variable.kind
    if kind == Kind.CATEGORY:
        codes = pa.array(values.astype(np.int32), mask=absent)
        return pa.DictionaryArray.from_arrays(codes, pa.array(list(column.categories), pa.string()))
    if kind == Kind.DATE:
        return pa.array(values.astype("datetime64[D]"), type=_type(kind), mask=absent)
    return pa.array(values, type=_type(kind), mask=absent)


def _why(missing: np.ndarray[Any, Any]) -> pa.Array:
    words = pa.array([TOKENS[kind] for kind in Missing], pa.string())
    told = missing > Missing.NOT_ANSWERED
    return pa.DictionaryArray.from_arrays(pa.array(missing.astype(np.int32), mask=~told), words)
