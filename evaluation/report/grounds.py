"""How we know, what else could explain it, and what to do next: the same for every reader.

Each sentence follows from a number of the result by a rule that stands here; none is written for a
programme.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.report.claims import difference_table, rival_words
from evaluation.report.document import Sentence
from evaluation.report.mark_words import REQUIREMENTS, RISKS
from evaluation.report.reading import Reading, enumerate_words, statement

MOST_RIVALS = 4
MOST_REQUIREMENTS = 3
LOW_MEAN = 3.0
"""On the five-point scale: under the middle."""


# --- How we know --------------------------------------------------------------------------------


def how_we_know(reading: Reading) -> list[Sentence]:
    """What was looked at, and by what right."""
    said = [
        Sentence(
            ngettext(
                "%(n)d organisation took part in round %(round)s.",
                "%(n)d organisations took part in round %(round)s.",
                reading.n,
            )
            % {"n": reading.n, "round": reading.period},
            "motive",
        ),
        *_figures(reading),
        *asked(reading),
        *_followed(reading),
        *_named(reading),
        Sentence(planned_words(reading)),
    ]
    return said


def _figures(reading: Reading) -> list[Sentence]:
    rows = reading.result.get("improvement") or []
    if not rows:
        return []
    periods = max(len(row["periods"]) for row in rows)
    return [
        Sentence(
            ngettext(
                "We looked at %(n)d figure over at most %(periods)d periods, and compared those "
                "who did something about it with those who stood the same and did not.",
                "We looked at %(n)d figures over at most %(periods)d periods, and compared those "
                "who did something about them with those who stood the same and did not.",
                len(rows),
            )
            % {"n": len(rows), "periods": periods},
            "improvement",
        )
    ]


def asked(reading: Reading) -> list[Sentence]:
    """Waves with results, and interviews."""
    said = []
    closed = [wave for wave in reading.result["waves"] if wave["submitted"] is not None]
    if closed:
        words = _("In the newest survey %(submitted)d of the %(invited)d invited answered.")
        said.append(Sentence(words % closed[-1], "perception"))
    coded = [
        spec["n"]
        for spec in reading.result["variables"].values()
        if spec["source"] == "codings" or spec["source"].startswith("derived:")
    ]
    if coded:
        words = ngettext(
            "Interviews with %(n)d organisation were read by fixed rules.",
            "Interviews with %(n)d organisations were read by fixed rules.",
            max(coded),
        )
        said.append(Sentence(words % {"n": max(coded)}, "relations"))
    return said


def _followed(reading: Reading) -> list[Sentence]:
    told = reading.result["follow_up"]
    held = told["sessions"].get("held", 0)
    if not held and not told["actions"]["agreed"]:
        return []
    words = _("%(held)d sessions and %(agreed)d agreed actions were recorded.")
    return [Sentence(words % {"held": held, "agreed": told["actions"]["agreed"]}, "thread")]


def _named(reading: Reading) -> list[Sentence]:
    """What those who acted on a figure say themselves; it supports a claim and makes none."""
    named = reading.result.get("naming") or {}
    said = []
    if named.get("in_survey", {}).get("of"):
        words = _(
            "In the survey %(count)d of %(of)d organisations that acted on a figure say that the "
            "benchmark yields something."
        )
        said.append(Sentence(words % named["in_survey"], "backing"))
    if named.get("in_interviews", {}).get("of"):
        words = _(
            "In interviews %(count)d of %(of)d organisations that acted on a figure say that the "
            "benchmark yields something."
        )
        said.append(Sentence(words % named["in_interviews"], "backing"))
    return said


def planned_words(reading: Reading) -> str:
    """Was it said beforehand what would be looked at?"""
    plan = reading.result["plan"]
    if plan["version"] is None:
        return _(
            "Nobody said beforehand what would be looked at, so the choices were made afterwards."
        )
    if plan["afterwards"]:
        return _("What would be looked at was fixed when figures were there already.")
    return _("What would be looked at was fixed before the figures were there.")


# --- What else could explain it -----------------------------------------------------------------


def what_else(reading: Reading) -> list[Sentence]:
    """The rivals of what is claimed, most frequent first; without a claim those of all findings."""
    findings = reading.result["findings"]
    claimed = [each for each in findings if each["grade"] != "unsupported"] or findings
    counted = Counter(rival for each in claimed for rival in each["rivals"])
    tables = {rival: _table_of(each) for each in reversed(claimed) for rival in each["rivals"]}
    return [
        Sentence(
            ngettext("%(rival)s (%(n)d finding).", "%(rival)s (%(n)d findings).", count)
            % {"rival": capfirst(rival_words(rival)), "n": count},
            tables[rival],
        )
        for rival, count in counted.most_common(MOST_RIVALS)
    ]


def _table_of(finding: Mapping[str, Any]) -> str:
    if finding["kind"] == "difference":
        return difference_table(finding)
    return "relations" if finding["kind"] == "relation" else "improvement"


# --- What to do next ----------------------------------------------------------------------------


def what_next(reading: Reading) -> list[Sentence]:
    """What follows for the next round, most pressing first."""
    return [
        *_overdue(reading),
        *_chains(reading),
        *_plan(reading),
        *_support(reading),
        *_lowest(reading),
        *_risks(reading),
        *_requirements(reading),
    ]


def _overdue(reading: Reading) -> list[Sentence]:
    count = reading.result["follow_up"]["actions"]["overdue"]
    if not count:
        return []
    words = ngettext(
        "%(n)d action is overdue: decide in the next session whether it goes on.",
        "%(n)d actions are overdue: decide in the next session which go on.",
        count,
    )
    return [Sentence(words % {"n": count}, "thread")]


def _chains(reading: Reading) -> list[Sentence]:
    rows = reading.result.get("improvement") or []
    acted = sum(row["chains"] for row in rows)
    complete = sum(row["complete_chains"] for row in rows)
    if not rows or (acted and 2 * complete > acted):
        return []
    if not acted:
        words = _(
            "No action on a figure was carried out: agree at least one in each session, with who "
            "and when."
        )
        return [Sentence(words, "backing")]
    words = _(
        "Record with an action from which session and which figure it came: of %(acted)d only "
        "%(complete)d have both."
    )
    return [Sentence(words % {"acted": acted, "complete": complete}, "backing")]


def _plan(reading: Reading) -> list[Sentence]:
    plan = reading.result["plan"]
    if plan["version"] is not None and not plan["afterwards"]:
        return []
    return [Sentence(_("Fix an analysis plan before the next figures come in."))]


def _support(reading: Reading) -> list[Sentence]:
    """When at least half of those of whom it is known lack support, or involvement."""
    said = []
    if _share(reading, "support_level", {"moderate"}) >= 0.5:
        words = _("Talk with organisations about why they take part, and who decides it.")
        said.append(Sentence(words, "support_level"))
    if _share(reading, "involved", {"no"}) >= 0.5:
        words = _("Give more organisations a hand in the benchmark: its indicators, its analysis.")
        said.append(Sentence(words, "involved"))
    return said


def _share(reading: Reading, name: str, values: set[str]) -> float:
    spec = reading.result["variables"].get(name)
    if not spec or not spec["n"]:
        return 0.0
    found = sum(len(v["organisations"]) for v in spec["values"] if v["value"] in values)
    return found / float(spec["n"])


def _lowest(reading: Reading) -> list[Sentence]:
    """The statement with which people agree least, when its mean is under the middle."""
    waves = [wave for wave in reading.result["waves"] if wave["items"]]
    shown = [item for item in waves[-1]["items"] if item["mean"] is not None] if waves else []
    lowest = min(shown, key=lambda item: item["mean"], default=None)
    if lowest is None or lowest["mean"] >= LOW_MEAN:
        return []
    words = _("Ask participants what lies behind “%(statement)s”: they agree with it least.")
    return [Sentence(words % {"statement": statement(lowest).rstrip(".")}, "perception")]


def _risks(reading: Reading) -> list[Sentence]:
    seen = [each["risk"] for each in reading.result.get("risks", []) if each["seen"]]
    if not seen:
        return []
    words = _("Talk about the risks that were seen: %(risks)s.")
    return [Sentence(words % {"risks": enumerate_words(str(RISKS[r]) for r in seen)}, "risks")]


def _requirements(reading: Reading) -> list[Sentence]:
    """Hard requirements of the quality mark that are not met."""
    failed = [
        each["requirement"]
        for each in reading.result.get("quality_mark", [])
        if each["hard"] and each["met"] is False
    ]
    if not failed:
        return []
    named = enumerate_words(str(REQUIREMENTS[each]) for each in failed[:MOST_REQUIREMENTS])
    words = ngettext(
        "%(n)d hard requirement of the quality mark is not met: %(named)s.",
        "%(n)d hard requirements of the quality mark are not met, among which: %(named)s.",
        len(failed),
    )
    return [Sentence(words % {"n": len(failed), "named": named}, "quality_mark")]
