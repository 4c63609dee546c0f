"""Records and differences as JSON has them."""

from typing import Any

from evaluation.domain.ground import Record
from evaluation.domain.study_check import CheckedTable, Difference


def record_as_json(record: Record) -> dict[str, Any]:
    """A record: where it stands, what was recorded, its value and circumstances."""
    return {
        "source": record.source,
        "name": record.name,
        "value": record.value,
        "qualifiers": dict(record.qualifiers),
    }


def difference_as_json(difference: Difference) -> dict[str, Any]:
    """A difference with the records that the computed value rests on."""
    return {
        "table": difference.table,
        "organisation": difference.organisation,
        "variable": difference.variable,
        "published": difference.published,
        "computed": difference.computed,
        "kind": difference.kind,
        "published_source": difference.published_source,
        "records": [record_as_json(record) for record in difference.records],
    }


def checked_table_as_json(checked: CheckedTable) -> dict[str, Any]:
    """A table of the study: how many values agree, and which differ."""
    return {
        "table": checked.table,
        "rows": checked.rows,
        "columns": checked.columns or None,
        "published": checked.published,
        "same": checked.same,
        "differences": len(checked.differences),
    }
