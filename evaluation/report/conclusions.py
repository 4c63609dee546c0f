"""What may, and what may not, be concluded from relations."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.report.reading import Reading, enumerate_words, number, p_words


def certainty_of_all(reading: Reading, tested: Sequence[Mapping[str, Any]]) -> str:
    """How many of the tested relations withstand the correction, and which would without it."""
    withstand = [row for row in tested if row["certainty"] == "withstands"]
    alone = [row for row in tested if row["certainty"] == "uncorrected"]
    words = {"m": len(tested), "n": reading.n, "k": len(withstand)}
    if withstand:
        said = ngettext(
            "Of the %(m)d relations that were tested together, %(k)d withstands the correction "
            "for testing so many at once: %(which)s.",
            "Of the %(m)d relations that were tested together, %(k)d withstand the correction "
            "for testing so many at once: %(which)s.",
            len(withstand),
        ) % {**words, "which": _pairs(reading, withstand, "p_holm")}
    else:
        said = (
            _(
                "With %(n)d organisations certainty is small: of the %(m)d relations that were "
                "tested together, none withstands the correction for testing so many at once. "
                "Chance remains a possible explanation of each."
            )
            % words
        )
    if alone:
        said += " " + _(
            "Taken alone, without that correction, p is below %(level)s for %(which)s."
        ) % {
            "level": number(reading.result["rules"]["level"]),
            "which": _pairs(reading, alone, "p"),
        }
    return said


def _pairs(reading: Reading, rows: Sequence[Mapping[str, Any]], which: str) -> str:
    return enumerate_words(
        _("%(condition)s with %(outcome)s (p = %(p)s)")
        % {
            "condition": reading.variable(row["condition"]),
            "outcome": reading.variable(row["outcome"]),
            "p": p_words(row["p_holm"] if which == "p_holm" else row["association"]["p"]),
        }
        for row in rows
    )


def why_untested(reason: str) -> str:
    """Why there is no association."""
    return {
        "few": _(
            "With five organisations or fewer the data are shown and no relation is tested: "
            "no p-value could mean anything."
        ),
        "constant": _("One of the two has the same value everywhere, so no relation can be seen."),
        "several": _(
            "An organisation stands in several cells, so its rows are no independent "
            "cases and no relation is computed."
        ),
        "many": _("There are too many units for this test."),
    }[reason]


def conclusion(row: Mapping[str, Any]) -> str:
    """What may, and what may not, be concluded from one relation."""
    if row["association"] is None:
        return why_untested(row["association_reason"])
    if row["pattern"] == "none":
        return _("No clear pattern is seen here. That is no proof that there is none.")
    return _pattern_words(row["pattern"]) + " " + _certainty_words(row["certainty"])


def _pattern_words(pattern: str) -> str:
    return {
        "together": _("In these organisations the two go together."),
        "opposite": _("In these organisations more of the one comes with less of the other."),
    }[pattern]


def _certainty_words(certainty: str) -> str:
    return {
        "withstands": _(
            "Chance is an unlikely explanation, also when all tests are taken "
            "together. That doesn't make the one the cause of the other."
        ),
        "uncorrected": _(
            "Taken alone, chance would be an unlikely explanation; among all tests "
            "of this report it isn't ruled out."
        ),
        "chance": _("With so few organisations chance may explain it."),
    }[certainty]
