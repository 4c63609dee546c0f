"""The answer in plain words, for a council: no term that has to be looked up.

A sentence says what its grade allows, as `claims.py` does in the words of the field.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.report.claims import claim_by_grade, difference_table, indicator_words
from evaluation.report.document import Sentence
from evaluation.report.grounds import asked
from evaluation.report.reading import Reading, enumerate_words
from evaluation.report.sentences import no_figures_words

MOST_NAMED = 5
FEW = 50
"""Up to so many organisations a reader is told that small differences stay unseen."""


def plain_answer(reading: Reading) -> list[Sentence]:
    """Did it help? A sentence for each grade that occurs, then learning and what was done."""
    return [*plain_claims(reading), *_learning(reading), *_done(reading)]


def plain_claims(reading: Reading) -> list[Sentence]:
    """What may be said of improvement, of what goes together and of differences."""
    return [*_improvement(reading), *plain_relations(reading), *_differences(reading)]


def _improvement(reading: Reading) -> list[Sentence]:
    found = [each for each in reading.result["findings"] if each["kind"] == "improvement"]
    said = [
        sentence
        for grade in ("strong", "plausible", "contradicted", "unsupported")
        if (sentence := _of_grade(reading, found, grade)) is not None
    ]
    return said or [Sentence(no_figures_words())]


def _of_grade(reading: Reading, findings: list[Mapping[str, Any]], grade: str) -> Sentence | None:
    named = [_indicator(reading, each) for each in findings if each["grade"] == grade]
    if not named:
        return None
    words = {
        "strong": _(
            "Where something was done about it, this improved more than elsewhere: %(named)s."
        ),
        "plausible": _(
            "It is plausible, but not certain, that this improved more where something was done "
            "about it: %(named)s."
        ),
        "contradicted": _(
            "This did not improve where something was done about it, it became worse than "
            "elsewhere: %(named)s."
        ),
        "unsupported": _(
            "There is no evidence that doing something made a difference here; that is no proof "
            "that it did not: %(named)s."
        ),
    }[grade]
    return Sentence(words % {"named": _some(named)}, "improvement", grade)


def _indicator(reading: Reading, finding: Mapping[str, Any]) -> str:
    code = finding["about"]["indicator"]
    rows = reading.result["improvement"]
    return f"“{indicator_words(next(row for row in rows if row['indicator'] == code))}”"


def _some(named: list[str]) -> str:
    """The first few, and how many more."""
    more = len(named) - MOST_NAMED
    if more <= 0:
        return enumerate_words(named)
    others = ngettext("%(n)d other", "%(n)d others", more) % {"n": more}
    return enumerate_words([*named[:MOST_NAMED], others])


def plain_relations(reading: Reading) -> list[Sentence]:
    """What goes together with learning, as far as that may be claimed."""
    found = [each for each in reading.result["findings"] if each["kind"] == "relation"]
    if not found or reading.n <= reading.result["rules"]["few"]:
        return []
    firm = [each for each in found if each["grade"] in ("plausible", "contradicted")]
    if firm:
        return [
            Sentence(claim_by_grade(reading, each), "relations", each["grade"])
            for each in firm[:MOST_NAMED]
        ]
    conditions = dict.fromkeys(each["about"]["condition"] for each in found)
    words = _(
        "There is no evidence that learning goes together with %(conditions)s; that is no proof "
        "that it does not."
    )
    named = enumerate_words(reading.variable(each) for each in conditions)
    return [Sentence(words % {"conditions": named}, "relations", "unsupported")]


def _differences(reading: Reading) -> list[Sentence]:
    """Between groups and from round to round, as far as that may be claimed."""
    found = [each for each in reading.result["findings"] if each["kind"] == "difference"]
    return [
        Sentence(claim_by_grade(reading, each), difference_table(each), each["grade"])
        for each in found
        if each["grade"] != "unsupported"
    ][:MOST_NAMED]


def _learning(reading: Reading) -> list[Sentence]:
    """How many organisations learned something from others, as far as that is known."""
    spec = reading.result["variables"].get("social_learning_level")
    if not spec or not spec["n"]:
        return []
    some = sum(len(v["organisations"]) for v in spec["values"] if v["value"] != "none")
    words = _("Of %(n)d organisations that were asked, %(some)d say they learned from others.")
    return [Sentence(words % {"n": spec["n"], "some": some}, "social_learning_level")]


def _done(reading: Reading) -> list[Sentence]:
    actions = reading.result["follow_up"]["actions"]
    if not actions["agreed"]:
        return [Sentence(_("What was done with the results was not recorded."))]
    words = ngettext(
        "%(agreed)d thing was agreed to be done; of these %(done)d were done.",
        "%(agreed)d things were agreed to be done; of these %(done)d were done.",
        actions["agreed"],
    )
    return [Sentence(words % actions, "thread")]


def plain_grounds(reading: Reading) -> list[Sentence]:
    """How sure this is, in words that need no explanation; of what was done, and no more."""
    kinds = {each["kind"] for each in reading.result["findings"]}
    return [
        *(_compared() if "improvement" in kinds else ()),
        *asked(reading),
        *(_no_lots() if kinds else ()),
        *_few(reading),
    ]


def _compared() -> list[Sentence]:
    return [
        Sentence(
            _(
                "We compared organisations that did something about a figure with organisations "
                "that stood the same and did nothing. A bad figure often gets better by itself; "
                "that was taken into account."
            ),
            "improvement",
        )
    ]


def _no_lots() -> list[Sentence]:
    return [
        Sentence(
            _(
                "Nobody drew lots for who would do something. So something else may explain a "
                "difference, also where we say that it is there."
            )
        )
    ]


def _few(reading: Reading) -> list[Sentence]:
    if reading.n > FEW:
        return []
    words = ngettext(
        "%(n)d organisation took part. With so few, small differences can't be seen.",
        "%(n)d organisations took part. With so few, small differences can't be seen.",
        reading.n,
    )
    return [Sentence(words % {"n": reading.n})]
