"""Tables of the report: a variable, a relation, the family of relations."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evaluation.report.document import Scalar, Table
from evaluation.report.reading import (
    NONE,
    Reading,
    interval_words,
    is_rated,
    number,
    p_words,
)
from evaluation.report.sentences import rating_counts
from evaluation.words import value_words


def source_words(reading: Reading, name: str) -> str:
    """Where the values of a variable come from."""
    source = reading.result["variables"][name]["source"]
    if source.startswith("derived:"):
        return _("Derived from: %(variable)s, coded from interviews.") % {
            "variable": reading.variable(source.removeprefix("derived:"))
        }
    return {
        "participation": _("Recorded when the organisation joined."),
        "involvement": _("Recorded for each phase of the benchmark."),
        "codings": _("Coded from interviews."),
    }[source]


def variable_table(reading: Reading, name: str) -> Table | None:
    """Who has which value of a variable; None when the programme doesn't have it."""
    if not reading.has(name):
        return None
    spec = reading.result["variables"][name]
    rows: list[tuple[Scalar, ...]] = [
        (
            capfirst(value_words(each["value"], name)),
            len(each["organisations"]),
            reading.who(each["organisations"]),
        )
        for each in spec["values"]
    ]
    if spec["missing"]:
        missing = _("None mentioned") if spec["several"] else _("Not known")
        rows.append((missing, len(spec["missing"]), reading.who(spec["missing"])))
    return Table(
        id=name,
        title=reading.title(name),
        header=(_("Value"), _("Organisations"), _("Which")),
        rows=tuple(rows),
        source=source_words(reading, name),
        n=spec["n"],
        has_records=True,
    )


def relation_table(reading: Reading, row: Mapping[str, Any]) -> Table:
    """A cross table: the outcome in the rows, the condition in the columns."""
    variables = reading.result["variables"]
    columns = [each["value"] for each in variables[row["condition"]]["values"]]
    lines = [each["value"] for each in variables[row["outcome"]]["values"]]
    placed = {(cell["row"], cell["column"]): cell["organisations"] for cell in row["cells"]}
    body: list[tuple[Scalar, ...]] = [
        (
            capfirst(value_words(line, row["outcome"])),
            *[_cell(reading, placed.get((line, column), [])) for column in columns],
        )
        for line in reversed(lines)
    ]
    source = _("Two variables of the same organisations laid side by side.")
    if row["missing"]:
        source += " " + _("Left out, because one of the two is not known: %(who)s.") % {
            "who": reading.who(row["missing"])
        }
    return Table(
        id=row["id"],
        title=_("%(outcome)s, by %(condition)s")
        % {
            "outcome": reading.title(row["outcome"]),
            "condition": reading.variable(row["condition"]),
        },
        header=(
            reading.title(row["outcome"]),
            *[capfirst(value_words(each, row["condition"])) for each in columns],
        ),
        rows=tuple(body),
        source=source,
        n=row["n"],
        has_records=True,
    )


def _cell(reading: Reading, references: Sequence[str]) -> str:
    """How many, and who."""
    if not references:
        return "0"
    if not reading.names_organisations:
        return str(len(references))
    return f"{len(references)} ({reading.who(references)})"


def family_table(reading: Reading) -> Table | None:
    """All relations that were looked at, with effect, interval and corrected p."""
    rows = tuple(
        (
            reading.title(row["condition"]),
            capfirst(reading.variable(row["outcome"])),
            row["n"],
            number(row["association"]["value"]) if row["association"] else NONE,
            interval_words(row["association"]["interval"]) if row["association"] else NONE,
            p_words(row["association"]["p"]) if row["association"] else NONE,
            p_words(row["p_holm"]),
        )
        for row in reading.result["relations"]
    )
    if not rows:
        return None
    return Table(
        id="relations",
        title=_("All relations that were looked at"),
        header=(
            _("Condition"),
            _("Learning"),
            "n",
            "tau‑b",
            _("95% interval"),
            "p",
            _("p, corrected"),
        ),
        rows=rows,
        source=_(
            "Kendall's tau‑b: −1 is opposite, 0 no relation, 1 the same order. p by a permutation "
            "test of %(resamples)d resamples, two-sided; interval by resampling organisations; "
            "corrected by Holm's method over all relations together, which were fixed beforehand."
        )
        % {"resamples": reading.result["resamples"]},
        n=reading.n,
    )


def ratings_table(reading: Reading) -> Table | None:
    """The ratings of a codebook that has dimensions: a row a variable, a column an organisation."""
    rated = {name: spec for name, spec in reading.result["variables"].items() if is_rated(spec)}
    if not rated or not reading.names_organisations:
        return None
    rows = tuple(
        (
            capfirst(value_words(spec["dimension"])),
            reading.title(name),
            *[_rating_of(spec, reference) for reference in reading.names],
        )
        for name, spec in rated.items()
    )
    return Table(
        id="ratings",
        title=_("All ratings"),
        header=(_("Dimension"), _("Variable"), *reading.names.values()),
        rows=rows,
        source=_(
            "Coded from interviews. ++ is sufficient (for risks: high), +− moderate, "
            "−− insufficient (for risks: low)."
        ),
        n=reading.n,
    )


def _rating_of(spec: Mapping[str, Any], reference: str) -> str:
    for each in spec["values"]:
        if reference in each["organisations"]:
            return value_words(each["value"])
    return NONE


def dimensions_table(reading: Reading) -> Table | None:
    """How often each rating was given, for each dimension."""
    counted = rating_counts(reading)
    if not counted or len({tuple(row["values"]) for row in counted}) > 1:
        return None
    return Table(
        id="dimensions",
        title=_("Ratings by dimension"),
        header=(_("Dimension"), *[value_words(each) for each in counted[0]["values"]], _("All")),
        rows=tuple((capfirst(row["title"]), *row["counts"], row["n"]) for row in counted),
        source=_("The ratings of all variables and organisations, counted."),
        n=reading.n,
    )
