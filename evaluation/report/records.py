"""The records behind a number, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evaluation.domain.shapes import record_as_json
from evaluation.domain.study_check import CheckedTable, Difference
from evaluation.report.reading import NONE, Reading
from evaluation.words import value_words, variable_words


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record: what it is of, what it says, where it stands."""

    name: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class OfOrganisation:
    """What an organisation has on a variable, and the records it rests on."""

    organisation: str
    value: str
    records: tuple[RecordLine, ...]


@dataclass(frozen=True, slots=True)
class OfVariable:
    """The records of one variable."""

    title: str
    organisations: tuple[OfOrganisation, ...]


def records_by_organisation(reading: Reading, name: str) -> OfVariable:
    """For each organisation its value and the records behind it."""
    spec = reading.result["variables"][name]
    return OfVariable(
        title=reading.title(name),
        organisations=tuple(
            OfOrganisation(
                organisation=shown,
                value=_values_of(spec, name, reference),
                records=tuple(line_of(row) for row in spec["records"].get(reference, [])),
            )
            for reference, shown in reading.names.items()
        ),
    )


def _values_of(spec: Mapping[str, Any], name: str, reference: str) -> str:
    had = [each["value"] for each in spec["values"] if reference in each["organisations"]]
    return capfirst(", ".join(value_words(value, name) for value in had)) or NONE


def line_of(record: Mapping[str, Any]) -> RecordLine:
    """A record in words, with the circumstances it was said of."""
    said = [value_words(record["value"], record["name"]) if record["value"] else _("unknown")]
    said += [value_words(value) for value in record["qualifiers"].values()]
    name = variable_words(record["name"], {"variables": {}})
    return RecordLine(capfirst(name), ", ".join(said), record["source"])


# --- A study's own tables -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One difference in words."""

    municipality: str
    variable: str
    published: str
    computed: str
    published_source: str
    records: tuple[RecordLine, ...]


@dataclass(frozen=True, slots=True)
class ComparedTable:
    """One table of a study in words."""

    table: str
    title: str
    same: int
    total: int
    differences: tuple[DifferenceLine, ...]


def compared_tables(checked: Iterable[CheckedTable]) -> list[ComparedTable]:
    """The derived tables of a study, with what differs."""
    return [
        ComparedTable(
            table=each.table,
            title=_title([each.rows, each.columns]),
            same=each.same,
            total=each.same + len(each.differences),
            differences=tuple(_line(difference) for difference in each.differences),
        )
        for each in checked
    ]


def _title(names: Sequence[str]) -> str:
    rows, columns = (variable_words(name, {"variables": {}}) if name else "" for name in names)
    if not columns:
        return capfirst(rows)
    return capfirst(_("%(rows)s by %(columns)s") % {"rows": rows, "columns": columns})


def _line(difference: Difference) -> DifferenceLine:
    return DifferenceLine(
        municipality=difference.organisation,
        variable=capfirst(variable_words(difference.variable, {"variables": {}})),
        published=value_words(difference.published)
        if difference.published
        else _("not placed in this table"),
        computed=value_words(difference.computed)
        if difference.computed
        else _("nothing to compute it from"),
        published_source=difference.published_source,
        records=tuple(line_of(record_as_json(record)) for record in difference.records),
    )
