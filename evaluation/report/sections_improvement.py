"""Did the figures improve, and does the benchmark meet the quality mark?"""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evaluation.report.claims import (
    claim,
    effect_words,
    grade_words,
    indicator_words,
    rival_words,
)
from evaluation.report.document import (
    Block,
    Paragraph,
    Points,
    Section,
    Sentence,
    Table,
    section,
)
from evaluation.report.pictures import improvement_chart
from evaluation.report.reading import (
    NONE,
    Reading,
    enumerate_words,
    interval_words,
    number,
    p_words,
    share_words,
)
from evaluation.report.sections_backing import backing_table, names_table


def improvement(reading: Reading) -> Section | None:
    """The verdict on each indicator, what else could explain it, and what was looked at."""
    rows = reading.result.get("improvement")
    if not rows:
        return None
    blocks: list[Block | None] = [
        Paragraph(_plan_words(reading), "muted"),
        Points(tuple(_said(reading, each) for each in _of_kind(reading, "improvement"))),
        improvement_chart(rows),
        _verdicts(rows),
        _four(rows),
        names_table(reading, rows),
        backing_table(rows),
        _against(rows),
        _checks(rows),
        _levelled(rows),
    ]
    return section("improvement", _("Did the figures improve?"), blocks)


def _of_kind(reading: Reading, kind: str) -> list[Mapping[str, Any]]:
    return [each for each in reading.result["findings"] if each["kind"] == kind]


def _plan_words(reading: Reading) -> str:
    plan = reading.result["plan"]
    if plan["version"] is None:
        return _(
            "No analysis plan was fixed. This is the default plan, made afterwards: every "
            "indicator with a direction, compared with all organisations without an action on "
            "it, and one correction over all tests of the report."
        )
    said = {"version": plan["version"], "day": plan["fixed_on"]}
    if plan["afterwards"]:
        return _("Plan %(version)s, fixed on %(day)s, when figures were there already.") % said
    return _("Plan %(version)s, fixed on %(day)s, before the figures were there.") % said


def _said(reading: Reading, finding: Mapping[str, Any]) -> Sentence:
    rivals = enumerate_words(rival_words(each) for each in finding["rivals"])
    said = _("%(claim)s What else could explain it: %(rivals)s.") % {
        "claim": claim(reading, finding),
        "rivals": rivals or NONE,
    }
    return Sentence(said, "improvement", finding["grade"])


def _verdicts(rows: list[Mapping[str, Any]]) -> Table:
    return Table(
        id="improvement",
        title=_("The difference that acting made"),
        header=(
            _("Indicator"),
            _("Verdict"),
            _("Difference in change (95% interval)"),
            _("p"),
            _("p, corrected"),
            _("Organisations"),
            _("Smallest change that would be found"),
        ),
        rows=tuple(
            (
                indicator_words(row),
                capfirst(grade_words(row["grade"])),
                effect_words(row),
                p_words(row["p"]),
                p_words(row["p_adjusted"]),
                row["n"],
                number(row["least_found"]),
            )
            for row in rows
        ),
        source=_(
            "Change after the first action that was carried out, against organisations without "
            "one that stood the same before; organisations permuted. The smallest change is "
            "found with a chance of 80%."
        ),
        n=max(row["n"] for row in rows),
        has_page=False,
    )


def _four(rows: list[Mapping[str, Any]]) -> Table:
    return Table(
        id="four",
        title=_("Changed or not, with an action or without"),
        header=(
            _("Indicator"),
            _("Changed, with an action"),
            _("Changed, without"),
            _("Not changed, with an action"),
            _("Neither"),
            _("Changed of those with an action (95% interval)"),
            _("Changed of those without (95% interval)"),
        ),
        rows=tuple(
            (
                indicator_words(row),
                row["with_chain"],
                row["without_chain"],
                row["chain_only"],
                row["neither"],
                share_words(row["changed_with"]),
                share_words(row["changed_without"]),
            )
            for row in rows
        ),
        source=_(
            "Changed: the mean after lies better than the mean before by what matters, at least. "
            "Some change by chance, so these counts are no proof by themselves."
        ),
        n=max(row["n"] for row in rows),
        has_page=False,
    )


def _checks(rows: list[Mapping[str, Any]]) -> Table:
    names = {
        "plain": _("Figures before not held fixed"),
        "last_figure": _("Last figure held apart"),
        "without_one": _("Least favourable without one organisation"),
        "no_gaps": _("Only organisations without a gap"),
        "undisputed": _("Without disputed figures"),
        "same_definition": _("Under the newest definition only"),
        "interrupted": _("Against the line of its own series"),
    }
    return Table(
        id="sensitivity",
        title=_("The same difference under other assumptions"),
        header=(_("Indicator"), _("As reported"), *names.values(), _("Stood apart earlier (p)")),
        rows=tuple(
            (
                indicator_words(row),
                number(row["difference"]),
                *(number(row["sensitivity"].get(name)) for name in names),
                f"{number(row['pre_trend']['difference'])} ({p_words(row['pre_trend']['p'])})"
                if row["pre_trend"]
                else NONE,
            )
            for row in rows
        ),
        source=_(
            "Each column changes one thing. The last column compares the earlier figures of who "
            "had the same last figure: those who acted were not on their way already if it is "
            "near nought."
        ),
        n=max(row["n"] for row in rows),
        has_page=False,
    )


def _against(rows: list[Mapping[str, Any]]) -> Table | None:
    """Where there are figures of organisations outside: against them, and against the others."""
    known = [row for row in rows if row.get("against")]
    if not known:
        return None
    return Table(
        id="against",
        title=_("Against whom"),
        header=(
            _("Indicator"),
            _("As reported"),
            _("Against who takes part, without an action (95% interval)"),
            _("Against who is outside the benchmark (95% interval)"),
        ),
        rows=tuple(
            (
                indicator_words(row),
                number(row["difference"]),
                *(_apart(row["against"][name]) for name in ("without_chain", "outside")),
            )
            for row in known
        ),
        source=_(
            "Organisations outside the benchmark have figures and never took part. Who takes part "
            "may do better without an action too; against those outside that is in the difference."
        ),
        n=max(row["n"] for row in known),
        has_page=False,
    )


def _apart(found: Mapping[str, Any]) -> str:
    if found["difference"] is None:
        return rival_words(found["reason"])
    return _("%(difference)s (%(interval)s), n = %(acted)d and %(reference)d") % {
        "difference": number(found["difference"]),
        "interval": interval_words(found["interval"]),
        "acted": found["acted"],
        "reference": found["reference"],
    }


def _levelled(rows: list[Mapping[str, Any]]) -> Table | None:
    known = [row for row in rows if row["levelling"]]
    if not known:
        return None
    return Table(
        id="levelling",
        title=_("Mean, spread and the best"),
        header=(
            _("Indicator"),
            _("Change of the mean (95% interval)"),
            _("Change of the spread (95% interval)"),
            _("Change of the best quarter (95% interval)"),
            _("Reliability of one figure"),
            _("Expected change of those who acted, with nothing done"),
        ),
        rows=tuple(
            (
                indicator_words(row),
                *(_moved(row["levelling"][name]) for name in ("mean", "spread", "best")),
                number(row["regression"]["reliability"] if row["regression"] else None),
                number(row["regression"]["expected"] if row["regression"] else None),
            )
            for row in known
        ),
        source=_("Spread and the best are taken in each period and then averaged."),
        n=max(row["levelling"]["n"] for row in known),
        has_page=False,
    )


def _moved(movement: Mapping[str, Any]) -> str:
    return f"{number(movement['change'])} ({interval_words(movement['interval'])})"
