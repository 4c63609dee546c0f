"""Sentences that follow from numbers by rules; never stronger than the numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.report.reading import (
    Reading,
    enumerate_words,
    number,
    p_words,
    statement,
)
from evaluation.words import value_words


def answer(reading: Reading) -> tuple[str, ...]:
    """The answer first: what goes together, how sure, what was done, what can't be said."""
    said = [
        *_about_relations(reading),
        *_about_ratings(reading),
        *_about_perception(reading),
        *_about_follow_up(reading),
        *_about_the_study(reading),
        _(
            "Whether the figures themselves improved is not part of this report: that takes "
            "figures of more than one cycle, laid side by side."
        ),
    ]
    return tuple(said)


# --- Relations ----------------------------------------------------------------------------------


def _about_relations(reading: Reading) -> list[str]:
    relations = reading.result["relations"]
    tested = [row for row in relations if row["association"]]
    if not relations and not rating_counts(reading):
        return [
            _(
                "No learning was coded from interviews here, so nothing can be said about what "
                "goes together with it."
            )
        ]
    if not relations:
        return []
    if not tested:
        return [why_untested(relations[0]["association_reason"])]
    return [
        *_what_goes_together(reading, tested),
        certainty_of_all(reading, tested),
        _(
            "This is what goes together at one moment. It doesn't show that the one led to the "
            "other: a contribution may be plausible, a cause is not proven. And where no pattern "
            "is seen, that is no proof that there is none."
        ),
    ]


def _what_goes_together(reading: Reading, tested: Sequence[Mapping[str, Any]]) -> list[str]:
    verdicts = reading.result["verdicts"]
    by_verdict = {
        verdict: [condition for condition, each in verdicts.items() if each == verdict]
        for verdict in ("shown", "partly", "opposite", "not_shown")
    }
    outcomes = enumerate_words(dict.fromkeys(reading.variable(row["outcome"]) for row in tested))
    said = []
    if by_verdict["shown"]:
        said.append(
            ngettext(
                "In these %(n)d organisations %(conditions)s goes together with %(outcomes)s: "
                "where it is greater, there is usually more learning.",
                "In these %(n)d organisations %(conditions)s go together with %(outcomes)s: "
                "where they are greater, there is usually more learning.",
                len(by_verdict["shown"]),
            )
            % {
                "n": reading.n,
                "conditions": _names(reading, by_verdict["shown"]),
                "outcomes": outcomes,
            }
        )
    said += [_partly(reading, tested, condition) for condition in by_verdict["partly"]]
    silent = by_verdict["not_shown"] + by_verdict["opposite"]
    if silent:
        in_order = [condition for condition in verdicts if condition in silent]
        said.append(
            ngettext(
                "%(conditions)s does not show this.",
                "%(conditions)s do not show this.",
                len(in_order),
            )
            % {"conditions": capfirst(_names(reading, in_order))}
        )
    said += [_reversed(reading, row) for row in tested if row["pattern"] == "opposite"]
    return said


def _names(reading: Reading, conditions: Sequence[str]) -> str:
    return enumerate_words(reading.variable(condition) for condition in conditions)


def _partly(reading: Reading, tested: Sequence[Mapping[str, Any]], condition: str) -> str:
    own = [row for row in tested if row["condition"] == condition]
    with_ = [row["outcome"] for row in own if row["pattern"] == "together"]
    without = [row["outcome"] for row in own if row["pattern"] != "together"]
    return _("%(condition)s goes together with %(with)s, but not with %(without)s.") % {
        "condition": reading.title(condition),
        "with": _names(reading, with_),
        "without": _names(reading, without),
    }


def _reversed(reading: Reading, row: Mapping[str, Any]) -> str:
    words = {
        "condition": reading.variable(row["condition"]),
        "outcome": reading.variable(row["outcome"]),
        "value": number(row["association"]["value"]),
    }
    if row["certainty"] == "withstands":
        return (
            _(
                "For %(condition)s and %(outcome)s it is the other way round (tau‑b %(value)s): "
                "more of the one with less of the other."
            )
            % words
        )
    return (
        _(
            "For %(condition)s and %(outcome)s the pattern is even the other way round "
            "(tau‑b %(value)s), which chance may explain."
        )
        % words
    )


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


# --- The rest of the answer ---------------------------------------------------------------------


def _about_ratings(reading: Reading) -> list[str]:
    from_ratings = [row for row in rating_counts(reading) if row["n"]]
    if not from_ratings:
        return []
    parts = enumerate_words(
        _("%(dimension)s in %(high)d of %(n)d ratings")
        % {"dimension": row["title"], "high": row["counts"][-1], "n": row["n"]}
        for row in from_ratings
    )
    return [
        _("Rated highest (++): %(parts)s. For risks the highest rating is the worst.")
        % {"parts": parts},
        *([why_untested("few")] if reading.n <= reading.result["rules"]["few"] else []),
    ]


def _about_perception(reading: Reading) -> list[str]:
    """With what people agree most and least, in the newest wave that has results."""
    closed = [wave for wave in reading.result["waves"] if wave["items"]]
    shown = [item for item in closed[-1]["items"] if item["mean"] is not None] if closed else []
    if len(shown) < 2:
        return []
    ranked = sorted(shown, key=lambda item: item["mean"])
    return [
        _(
            "In the perception survey (%(wave)s, n = %(n)s) the best mean, on a scale of 1 to 5, "
            "is for “%(most)s” (%(high)s), the lowest for “%(least)s” (%(low)s)."
        )
        % {
            "wave": closed[-1]["name"],
            "n": closed[-1]["submitted"],
            "most": statement(ranked[-1]).rstrip("."),
            "high": number(ranked[-1]["mean"]),
            "least": statement(ranked[0]).rstrip("."),
            "low": number(ranked[0]["mean"]),
        }
    ]


def rating_counts(reading: Reading) -> list[dict[str, Any]]:
    """For each dimension of the codebook, how often each rating was given, lowest first."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for spec in reading.result["variables"].values():
        if not spec["dimension"] or spec["kind"] != "ordinal":
            continue
        values = [value["value"] for value in spec["values"]]
        row = found.setdefault(
            (spec["dimension"], *values),
            {
                "title": value_words(spec["dimension"]),
                "values": values,
                "counts": [0] * len(values),
                "n": 0,
            },
        )
        counts = [len(value["organisations"]) for value in spec["values"]]
        row["counts"] = [old + new for old, new in zip(row["counts"], counts, strict=True)]
        row["n"] += sum(counts)
    return list(found.values())


def _about_follow_up(reading: Reading) -> list[str]:
    actions = reading.result["follow_up"]["actions"]
    if not actions["agreed"]:
        return [
            _(
                "No actions are recorded in Benchlearn, so nothing can be said here about what "
                "was done with the results."
            )
        ]
    return [
        _(
            "Of %(agreed)d actions that were agreed, %(done)d are done, %(open)d are open (of "
            "which %(overdue)d overdue) and %(dropped)d were dropped."
        )
        % actions
    ]


def _about_the_study(reading: Reading) -> list[str]:
    differences = reading.result["check"]["differences"]
    if not differences:
        return []
    other = [row for row in differences if row["kind"] == "other_value"]
    said = ngettext(
        "In %(k)d place what the study published differs from what follows from its own codings "
        "(municipality %(who)s); this report uses the codings.",
        "In %(k)d places what the study published differs from what follows from its own codings "
        "(municipality %(who)s); this report uses the codings.",
        len(other),
    ) % {"k": len(other), "who": reading.who(sorted({row["organisation"] for row in other}))}
    return [said] if other else []
