"""Findings in words: a claim says no more than its grade, and rivals are named in full."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from evaluation.report.group_words import by_words
from evaluation.report.reading import NONE, Reading, interval_words, number

GRADES: dict[str, Promise] = {
    "strong": gettext_lazy("strong"),
    "plausible": gettext_lazy("plausible"),
    "unsupported": gettext_lazy("unsupported"),
    "contradicted": gettext_lazy("contradicted"),
}
RIVALS: dict[str, Promise] = {
    "few": gettext_lazy("too few organisations: five or fewer, or fewer than two in a group"),
    "no_chain": gettext_lazy("no action on this figure was carried out"),
    "no_reference": gettext_lazy(
        "there is nothing to compare with: no organisation for it has figures and no action"
    ),
    "no_periods": gettext_lazy("no figures both before and after an action that was carried out"),
    "apart": gettext_lazy(
        "no organisation without an action looked like those with one before they acted"
    ),
    "chance": gettext_lazy("chance"),
    "too_small": gettext_lazy("the difference is smaller than what matters"),
    "already_rising": gettext_lazy("those who acted were improving before they acted"),
    "selection": gettext_lazy(
        "those who acted were chosen on a bad figure: with that held fixed nothing is left"
    ),
    "last_figure": gettext_lazy(
        "those who acted were chosen on a bad figure: with that held fixed less than half is left"
    ),
    "regression_to_mean": gettext_lazy("regression to the mean: bad luck doesn't last"),
    "no_pre_trend": gettext_lazy("too few periods before to see whether a trend was under way"),
    "one_organisation": gettext_lazy("one organisation makes more than half of the difference"),
    "levelled": gettext_lazy("levelling: organisations came closer and the best didn't improve"),
    "no_session": gettext_lazy(
        "most actions didn't come from a recorded session in which the figure was read"
    ),
    "less_with_support": gettext_lazy(
        "organisations with support or involvement changed less than the others"
    ),
    "definition_changed": gettext_lazy("the definition changed along the way"),
    "disputed": gettext_lazy("without the disputed figures less than half is left"),
    "not_drawn": gettext_lazy("nobody drew lots for who acts: something else may set them apart"),
    "shared": gettext_lazy(
        "another condition goes with both: with that held fixed less than half is left"
    ),
    "no_outside": gettext_lazy(
        "no organisation outside to compare with: it may have come without the benchmark"
    ),
    "other_direction": gettext_lazy("it may work the other way around"),
    "third_variable": gettext_lazy("a third thing may lie behind both"),
    "constant": gettext_lazy("all organisations have the same value"),
    "several": gettext_lazy("an organisation may have several values"),
    "many": gettext_lazy("too many units for this test"),
}


def grade_words(grade: str) -> str:
    """The grade in the language of the moment."""
    return str(GRADES[grade])


def rival_words(rival: str) -> str:
    """What else could explain it."""
    return str(RIVALS[rival])


def indicator_words(row: Mapping[str, Any]) -> str:
    """What an indicator means, or its code."""
    english = row["meaning_en"] if get_language() == "en" else ""
    return english or row["meaning"] or row["indicator"]


def unit_words(row: Mapping[str, Any]) -> str:
    """The unit of an indicator."""
    return (row["unit_en"] if get_language() == "en" else "") or row["unit"]


def claim(reading: Reading, finding: Mapping[str, Any]) -> str:
    """The finding as a sentence that says what its grade allows, and why the evaluator gave it
    another grade than the rules, if so."""
    said, change = claim_by_grade(reading, finding), finding.get("grade_change")
    if not change:
        return said
    return _(
        "%(claim)s This is the evaluator's grade (%(after)s; by the rules %(before)s): “%(reason)s”"
    ) % {
        "claim": said,
        "after": grade_words(change["after"]),
        "before": grade_words(change["before"]),
        "reason": change["reason"],
    }


def claim_by_grade(reading: Reading, finding: Mapping[str, Any]) -> str:
    """The sentence alone."""
    if finding["kind"] == "relation":
        return _relation(reading, finding)
    if finding["kind"] == "difference":
        return _difference(reading, finding)
    row = _row_of(reading, finding)
    return (_levelling if finding["kind"] == "levelling" else _improvement)(row, finding["grade"])


def subject_words(reading: Reading, finding: Mapping[str, Any]) -> str:
    """What a finding is about, without saying anything of it."""
    if finding["kind"] == "relation":
        said = {name: reading.variable(code) for name, code in finding["about"].items()}
        return capfirst(_("%(condition)s with %(outcome)s") % said)
    if finding["kind"] == "difference":
        said = {"variable": reading.variable(finding["about"]["variable"])}
        by = by_words(finding["about"]["by"])
        return capfirst(_("%(variable)s, by %(by)s") % {**said, "by": by})
    words = indicator_words(_row_of(reading, finding))
    if finding["kind"] == "levelling":
        return _("Levelling on “%(indicator)s”") % {"indicator": words}
    return _("Improvement of “%(indicator)s”") % {"indicator": words}


def _row_of(reading: Reading, finding: Mapping[str, Any]) -> Mapping[str, Any]:
    code = finding["about"]["indicator"]
    return next(row for row in reading.result["improvement"] if row["indicator"] == code)


def _improvement(row: Mapping[str, Any], grade: str) -> str:
    said = {"indicator": indicator_words(row)}
    return {
        "strong": _("“%(indicator)s” improved more where an action on it was carried out."),
        "plausible": _(
            "It is plausible that “%(indicator)s” improved more where an action on it was "
            "carried out."
        ),
        "unsupported": _(
            "There is no evidence that “%(indicator)s” improved more where an action on it was "
            "carried out; that is no proof that it did not."
        ),
        "contradicted": _(
            "“%(indicator)s” did not improve more where an action on it was carried out: it "
            "changed for the worse, compared with the others."
        ),
    }[grade] % said


def _levelling(row: Mapping[str, Any], grade: str) -> str:
    said = {"indicator": indicator_words(row)}
    if grade == "plausible":
        return (
            _(
                "It is plausible that organisations came closer together on “%(indicator)s” "
                "while the best did not improve."
            )
            % said
        )
    return _("There is no evidence of levelling on “%(indicator)s”.") % said


def _relation(reading: Reading, finding: Mapping[str, Any]) -> str:
    said = {name: reading.variable(code) for name, code in finding["about"].items()}
    return {
        "plausible": _("It is plausible that %(condition)s and %(outcome)s go together."),
        "unsupported": _(
            "There is no evidence that %(condition)s and %(outcome)s go together; that is no "
            "proof that they do not."
        ),
        "contradicted": _(
            "%(condition)s and %(outcome)s do not go together: more of the one stands beside "
            "less of the other."
        ),
    }[finding["grade"]] % said


def _difference(reading: Reading, finding: Mapping[str, Any]) -> str:
    about = finding["about"]
    said = {"variable": reading.variable(about["variable"]), "by": by_words(about["by"])}
    rose = about["measure"] in ("rank_biserial", "ordered_trend")
    return capfirst((_rose if rose else _differs)(finding["grade"]) % said)


def difference_table(finding: Mapping[str, Any]) -> str:
    """The table that has the numbers of a difference."""
    return "over_rounds" if finding["about"]["by"] == "rounds" else "by_group"


def _differs(grade: str) -> str:
    return {
        "plausible": _("It is plausible that %(variable)s differs by %(by)s."),
        "unsupported": _(
            "There is no evidence that %(variable)s differs by %(by)s; that is no proof that it "
            "does not."
        ),
        "contradicted": _("%(variable)s does not differ by %(by)s."),
    }[grade]


def _rose(grade: str) -> str:
    return {
        "plausible": _("It is plausible that %(variable)s rose from round to round."),
        "unsupported": _(
            "There is no evidence that %(variable)s rose from round to round; that is no proof "
            "that it did not."
        ),
        "contradicted": _("%(variable)s did not rise from round to round: it fell."),
    }[grade]


def effect_words(row: Mapping[str, Any]) -> str:
    """The difference with its interval and unit."""
    if row["difference"] is None:
        return NONE
    return _("%(difference)s (%(interval)s) %(unit)s") % {
        "difference": number(row["difference"]),
        "interval": interval_words(row["interval"]),
        "unit": unit_words(row),
    }
