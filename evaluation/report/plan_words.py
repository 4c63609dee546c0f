"""An analysis plan in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.domain.plans import Plan
from evaluation.findings.family import DIFFERENCES, HELD, IMPROVEMENT, OUTSIDE, RELATIONS
from evaluation.report.reading import NONE, number
from evaluation.words import variable_words

GROUPS = [
    ("all", gettext_lazy("all organisations without an action on it")),
    ("size_class", gettext_lazy("those of the same size class")),
    ("region", gettext_lazy("those of the same region")),
    (OUTSIDE, gettext_lazy("organisations outside the benchmark only")),
]
FAMILY = [
    (IMPROVEMENT, gettext_lazy("did the figures improve where something was done")),
    (RELATIONS, gettext_lazy("what goes together with learning")),
    (DIFFERENCES, gettext_lazy("differences between groups and between rounds")),
    (HELD, gettext_lazy("what goes together, with a third thing held fixed")),
]
BETTER = [("higher", gettext_lazy("higher is better")), ("lower", gettext_lazy("lower is better"))]


def plan_in_words(plan: Plan, meanings: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """What a page shows of a plan; `meanings` are those of its indicators."""
    document = plan.document
    return {
        "title": document["title"],
        "when": when_words(plan),
        "questions": document["questions"],
        "facts": [
            (_("Compared with"), str(dict(GROUPS)[document["reference_group"]])),
            (
                _("Tested, under one correction (Holm)"),
                _listed(str(words) for name, words in FAMILY if name in document["family"]),
            ),
            (_("What may go together with learning"), _variables(document["conditions"])),
            (_("Learning"), _variables(document["outcomes"])),
            (
                _("Mean from which participants judge the benchmark well"),
                number(document["judged_well_from"], 1),
            ),
        ],
        "indicators": [_indicator(each, meanings) for each in document["indicator"]],
    }


def when_words(plan: Plan) -> str:
    """When it was fixed, and whether figures were there already."""
    if plan.version is None or plan.fixed_on is None:
        return _(
            "Nobody fixed a plan for this round. This is the default plan, and a report that uses "
            "it says that it was made afterwards."
        )
    said = {
        "version": plan.version,
        "day": date_format(date.fromisoformat(plan.fixed_on), "j F Y"),
    }
    if plan.afterwards:
        return _("Version %(version)s, fixed on %(day)s, when figures were there already.") % said
    return _("Version %(version)s, fixed on %(day)s, before the figures were there.") % said


def _indicator(
    each: Mapping[str, Any], meanings: Mapping[str, tuple[str, str]]
) -> tuple[str, str, str, str]:
    meaning, _better = meanings.get(each["code"], ("", ""))
    least = each["least_change"]
    return (
        each["code"],
        meaning or each["code"],
        str(dict(BETTER).get(each["better"], NONE)),
        _("0.2 of the standard deviation between organisations")
        if least is None
        else number(least),
    )


def _variables(names: list[str]) -> str:
    return _listed(variable_words(name, {"variables": {}}) for name in names)


def _listed(words: Any) -> str:
    return capfirst("; ".join(words)) or NONE
