"""Sentences that follow from numbers by rules; never stronger than the numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.report.claimed import claimed
from evaluation.report.conclusions import certainty_of_all, why_untested
from evaluation.report.document import Sentence
from evaluation.report.reading import (
    Reading,
    enumerate_words,
    is_rated,
    number,
    statement,
)
from evaluation.words import value_words


def answer(reading: Reading) -> tuple[Sentence, ...]:
    """The answer first: what goes together, how sure, what was done, what can't be said."""
    return (
        *_about_improvement(reading),
        *leading_to("relations", _about_relations(reading)),
        *_about_differences(reading),
        *_judged_otherwise(reading),
        *leading_to("dimensions", _about_ratings(reading)),
        *leading_to("perception", _about_perception(reading)),
        *leading_to("thread", _about_follow_up(reading)),
        *leading_to("published", _about_the_study(reading)),
    )


def leading_to(table: str, said: Sequence[str]) -> list[Sentence]:
    """Sentences whose numbers are in one table."""
    return [Sentence(each, table) for each in said]


# --- Improvement --------------------------------------------------------------------------------


def _about_improvement(reading: Reading) -> list[Sentence]:
    """What may be claimed, named; the rest counted."""
    rows = reading.result.get("improvement") or []
    if not rows:
        return [Sentence(no_figures_words())]
    found = [each for each in reading.result["findings"] if each["kind"] == "improvement"]
    said = [claimed(reading, each) for each in found if each["grade"] != "unsupported"]
    silent = sum(each["grade"] == "unsupported" and "grade_change" not in each for each in found)
    if silent:
        words = ngettext(
            "Of %(n)d figure there is no evidence that it improved more where something was "
            "done about it. That is no proof that it did not.",
            "Of %(n)d figures there is no evidence that they improved more where something "
            "was done about them. That is no proof that they did not.",
            silent,
        ) % {"n": silent}
        said.append(Sentence(words, "improvement", "unsupported"))
    return said


def no_figures_words() -> str:
    """Nothing can be said of improvement."""
    return _(
        "Whether the figures themselves improved can't be said: that takes figures of more than "
        "one period of an indicator of which it is known which way is better."
    )


def _judged_otherwise(reading: Reading) -> list[Sentence]:
    """Where the evaluator gave another grade than the rules, and it wasn't said yet."""
    return [
        claimed(reading, each)
        for each in reading.result["findings"]
        if "grade_change" in each
        and (each["kind"] not in SAID_IF_FIRM or each["grade"] == "unsupported")
    ]


SAID_IF_FIRM = ("improvement", "difference")
"""Kinds of which the answer tells what may be claimed."""


def _about_differences(reading: Reading) -> list[Sentence]:
    """What may be claimed of groups and of rounds."""
    found = [each for each in reading.result["findings"] if each["kind"] == "difference"]
    return [claimed(reading, each) for each in found if each["grade"] != "unsupported"]


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
        if not is_rated(spec):
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
