"""How high and how far apart, between which groups, and from round to round."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evaluation.report.claimed import claimed
from evaluation.report.claims import grade_words
from evaluation.report.document import Block, Paragraph, Points, Section, Table, section
from evaluation.report.group_words import by_words, group_words, measure_words
from evaluation.report.reading import (
    NONE,
    Reading,
    interval_words,
    number,
    p_words,
    share_words,
)
from evaluation.report.sections_framework import why
from evaluation.words import value_words

STATISTICS = ("mean", "median", "sd", "iqr")
ROUNDS = "rounds"


def levels(reading: Reading) -> Section | None:
    """The distribution of each thing that was measured; None where of nothing more than five
    organisations are known."""
    tables = [_levels_table(reading), _shares_table(reading), _uses_table(reading)]
    if not any(tables):
        return None
    return section("levels", _("How high, and how far apart?"), [_explained(), *tables])


def _explained() -> Paragraph:
    return Paragraph(
        _(
            "A level counts the values of a variable from 0 for the lowest. Of what the survey "
            "measures each organisation has one mean, on the scale of 1 to 5, however many "
            "answered there. Where five organisations or fewer are known there are only their "
            "counts, in the tables above."
        ),
        "muted",
    )


def _levels_table(reading: Reading) -> Table | None:
    rows = [each for each in reading.result.get("levels", []) if each["mean"]]
    if not rows:
        return None
    return Table(
        id="levels",
        title=_("Location and spread"),
        header=(
            _("What"),
            "n",
            _("Mean (95% interval)"),
            _("Median (95% interval)"),
            _("Standard deviation (95% interval)"),
            _("Width of the middle half (95% interval)"),
            *([_("Lowest"), _("Highest")] if reading.names_organisations else []),
        ),
        rows=tuple(
            (
                reading.title(row["variable"]),
                row["n"],
                *(_estimate(row[name]) for name in STATISTICS),
                *(
                    [number(row["lowest"]), number(row["highest"])]
                    if reading.names_organisations
                    else []
                ),
            )
            for row in rows
        ),
        source=_(
            "One value an organisation. Interval of the mean by Student, of the median from the "
            "order of the values (exact), of spread by resampling organisations."
        ),
        n=max(row["n"] for row in rows),
        has_page=False,
    )


def _estimate(found: Mapping[str, Any]) -> str:
    return f"{number(found['value'])} ({interval_words(found['interval'])})"


def _shares_table(reading: Reading) -> Table | None:
    rows = [
        (row["variable"], each)
        for row in reading.result.get("levels", [])
        if row["reason"] is None
        for each in row["shares"]
    ]
    if not rows:
        return None
    return Table(
        id="shares",
        title=_("How many organisations stand at each level"),
        header=(_("What"), _("Value"), _("Organisations"), "n", _("Share (95% interval)")),
        rows=tuple(
            (
                reading.title(name),
                capfirst(value_words(each["value"], name)),
                each["count"],
                each["n"],
                share_words(each),
            )
            for name, each in rows
        ),
        source=_("Lowest value first. Interval by Wilson."),
        n=max(each["n"] for _name, each in rows),
        has_page=False,
    )


def _uses_table(reading: Reading) -> Table | None:
    rows = [each for each in reading.result.get("uses", []) if each["interval"]]
    if not rows:
        return None
    return Table(
        id="uses",
        title=_("How knowledge is used"),
        header=(_("Use"), _("Organisations"), "n", _("Share (95% interval)")),
        rows=tuple(
            (capfirst(value_words(each["value"])), each["count"], each["n"], share_words(each))
            for each in rows
        ),
        source=_(
            "Coded from interviews; an organisation may use it in several ways. Of all "
            "organisations that were spoken with."
        ),
        n=rows[0]["n"],
        has_page=False,
    )


# --- Differences --------------------------------------------------------------------------------


def differences(reading: Reading) -> Section | None:
    """Between groups of organisations, from round to round, and among respondents."""
    rows = reading.result.get("differences", [])
    found = [each for each in reading.result["findings"] if each["kind"] == "difference"]
    respondents = _respondents_table(reading)
    if not rows and respondents is None:
        return None
    blocks: list[Block | None] = [
        Paragraph(_how(reading), "muted"),
        Points(tuple(claimed(reading, each) for each in found)) if found else None,
        _groups_table(reading, [row for row in rows if row["by"] != ROUNDS]),
        _rounds_table(reading, [row for row in rows if row["by"] == ROUNDS]),
        respondents,
    ]
    return section("differences", _("Where does it differ?"), blocks)


def _how(reading: Reading) -> str:
    if "differences" in reading.result["plan"]["document"]["family"]:
        return _(
            "The plan tests these differences, so each p is corrected together with all other "
            "tests of the report."
        )
    return _(
        "The plan doesn't test these differences: there is a size with its interval and no p, and "
        "nothing is claimed of them."
    )


def _groups_table(reading: Reading, rows: list[Mapping[str, Any]]) -> Table | None:
    if not rows:
        return None
    return Table(
        id="by_group",
        title=_("Between groups of organisations"),
        header=(_("What"), _("Groups by"), _("Mean of each group (95% interval)"), *_numbers()),
        rows=tuple(
            (
                reading.title(row["variable"]),
                capfirst(by_words(row["by"])),
                "; ".join(_group(row, each) for each in row["groups"]),
                *_tested(row),
            )
            for row in rows
        ),
        source=_(
            "Two groups: Cliff's delta, how often an organisation of the first stands above one of "
            "the second less how often below. More groups: epsilon², the share of the ranks' "
            "variance that lies between groups; it is never negative, so it has no interval. p by "
            "permuting organisations. A group of too few organisations is left out, and another "
            "with it where a total would give it away."
        ),
        n=max(row["n"] for row in rows),
        has_page=False,
    )


def _group(row: Mapping[str, Any], each: Mapping[str, Any]) -> str:
    mean = _estimate(each["mean"]) if each["mean"] else NONE
    return _("%(group)s: %(mean)s, n = %(n)d") % {
        "group": group_words(row["by"], each["group"]),
        "mean": mean,
        "n": each["n"],
    }


def _rounds_table(reading: Reading, rows: list[Mapping[str, Any]]) -> Table | None:
    if not rows:
        return None
    return Table(
        id="over_rounds",
        title=_("From round to round, the same organisations"),
        header=(_("What"), _("Mean in each round (95% interval)"), *_numbers()),
        rows=tuple(
            (
                reading.title(row["variable"]),
                "; ".join(_group(row, each) for each in row["groups"]),
                *_tested(row),
            )
            for row in rows
        ),
        source=_(
            "Only organisations of which it is known in every round named. Two rounds: the "
            "rank-biserial correlation of the changes, 1 where all rose; more: the trend over the "
            "rounds (Page), and Kendall's W, 0 where no round stands out. p by turning signs or "
            "permuting rounds within each organisation."
        ),
        n=max(row["n"] for row in rows),
        has_page=False,
    )


def _numbers() -> tuple[str, ...]:
    return (
        _("Measure"),
        _("Size (95% interval)"),
        "p",
        _("p, corrected"),
        _("Grade"),
        "n",
    )


def _tested(row: Mapping[str, Any]) -> tuple[str | int, ...]:
    if row["value"] is None:
        return (NONE, why(row), NONE, NONE, NONE, row["n"])
    interval = f" ({interval_words(row['interval'])})" if row["interval"] else ""
    return (
        measure_words(row["measure"]),
        number(row["value"]) + interval,
        p_words(row["p"]),
        p_words(row["p_adjusted"]),
        capfirst(grade_words(row["grade"])) if row["p_adjusted"] is not None else NONE,
        row["n"],
    )


def _respondents_table(reading: Reading) -> Table | None:
    rows = reading.result.get("respondents", [])
    if not rows:
        return None
    return Table(
        id="by_respondent",
        title=_("Among respondents, by role and department"),
        header=(_("What"), _("Groups by"), _("Group"), _("Respondents"), _("Mean (1-5)")),
        rows=tuple(
            (
                reading.title(row["variable"]),
                capfirst(by_words(row["breakdown"])),
                group_words(row["breakdown"], row["group"]),
                row["n"],
                number(row["mean"]),
            )
            for row in rows
        ),
        source=_(
            "The newest wave, all organisations together. Those of one organisation are no "
            "independent cases, and within an organisation these groups are too small, so that "
            "the means are shown and nothing is computed between them. Nothing is shown of too "
            "small a group."
        ),
        n=max(row["n"] for row in rows),
        has_page=False,
    )
