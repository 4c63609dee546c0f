"""The framework of the studies with its arrows, and the rounds side by side."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evaluation.report.claims import grade_words
from evaluation.report.document import Block, Chart, Paragraph, Section, Table, section
from evaluation.report.plotting import arrows_plot
from evaluation.report.reading import NONE, Reading, interval_words, number, p_words


def framework(reading: Reading) -> Section | None:
    """The picture, the same as a table, and the rounds beside one another."""
    arrows = reading.result.get("framework", [])
    rounds = reading.result.get("rounds", [])
    if not any(each["value"] is not None for each in arrows):
        return section("framework", _("From support to change"), [rounds_table(reading, rounds)])
    blocks: list[Block | None] = [
        Paragraph(_explained(arrows), "muted"),
        Chart(
            id="framework",
            title=_title(arrows),
            alt=_(
                "Boxes for support, involvement, learning capacity and quality of the information "
                "on the left, with arrows to learning, follow-up and change on the right. Each "
                "arrow has its strength and interval; the table below has the same."
            ),
            plot=arrows_plot(reading),
        ),
        _table(reading, arrows),
        _held_table(reading),
        rounds_table(reading, rounds),
    ]
    return section("framework", _("From support to change"), blocks)


def _title(arrows: list[Mapping[str, Any]]) -> str:
    """What the picture shows: how many arrows may be claimed."""
    tested = [each for each in arrows if each["value"] is not None]
    firm = sum(each["grade"] == "plausible" for each in tested)
    if not firm:
        return _("Of %(n)d arrows that could be computed, none may be claimed") % {"n": len(tested)}
    said = {"n": len(tested), "firm": firm}
    return _("Of %(n)d arrows that could be computed, %(firm)d may be called plausible") % said


def _explained(arrows: list[Mapping[str, Any]]) -> str:
    several = max((each["rounds"] for each in arrows), default=0) > 1
    said = _(
        "The studies say: support, involvement, learning capacity and good information come "
        "before learning, learning before follow-up, follow-up before change. Each arrow is how "
        "far the two go together between organisations; it is no proof of cause."
    )
    said += " " + _(
        "In the picture a full line is plausible, a dashed one unsupported, a dotted one "
        "contradicted."
    )
    if several:
        said += " " + _(
            "Organisations are compared within a round only, so that what all have in common from "
            "round to round makes no arrow."
        )
    return said


def _table(reading: Reading, arrows: list[Mapping[str, Any]]) -> Table:
    return Table(
        id="framework",
        title=_("Every arrow"),
        header=(
            _("From"),
            pgettext("arrow", "To"),
            _("Strength (tau‑b)"),
            _("95% interval"),
            _("p, corrected"),
            _("Grade"),
            _("Rounds"),
            "n",
        ),
        rows=tuple(
            (
                reading.title(each["from"]),
                capfirst(reading.variable(each["to"])),
                number(each["value"]),
                interval_words(each["interval"]) if each["value"] is not None else why(each),
                p_words(each["p_adjusted"]),
                capfirst(grade_words(each["grade"])) if each["value"] is not None else NONE,
                each["rounds"],
                each["n"],
            )
            for each in arrows
        ),
        source=_(
            "Kendall's tau‑b, with several rounds over the pairs of the same round; p by "
            "re-pairing organisations, an organisation with all its rounds, corrected together "
            "with all tests of the report; interval by resampling organisations. Follow-up: "
            "actions of the round that were carried out. Change: how far the figures of the round "
            "lie better than before, in standard deviations; who stood badly rises by chance, "
            "too, so this is no verdict on improvement."
        ),
        n=max(each["n"] for each in arrows),
        has_page=False,
    )


def _held_table(reading: Reading) -> Table | None:
    """What is left of each arrow with one other thing held fixed."""
    rows = [each for each in reading.result.get("partial", []) if each["value"] is not None]
    if not rows:
        return None
    return Table(
        id="held",
        title=_("Every arrow with another thing held fixed"),
        header=(
            _("From"),
            pgettext("arrow", "To"),
            _("Held fixed"),
            _("Strength (tau‑b)"),
            _("What is left (95% interval)"),
            _("p, corrected"),
            "n",
        ),
        rows=tuple(
            (
                reading.title(each["from"]),
                capfirst(reading.variable(each["to"])),
                capfirst(reading.variable(each["held"])),
                number(each["whole"]),
                f"{number(each['value'])} ({interval_words(each['interval'])})",
                p_words(each["p_adjusted"]),
                each["n"],
            )
            for each in rows
        ),
        source=_(
            "Kendall's partial tau‑b, over organisations of which all three are known: what is "
            "left of a relation when what both have in common with the third is taken out. Where "
            "less than half is left, the relation names it as another explanation. Interval by "
            "resampling organisations; p only where the plan tests it, by moving among "
            "organisations that are alike in what is held."
        ),
        n=max(each["n"] for each in rows),
        has_page=False,
    )


def why(arrow: Mapping[str, Any]) -> str:
    """Why an arrow has no strength."""
    return {
        "few": _("five organisations or fewer"),
        "constant": _("no difference between organisations"),
        "several": _("several values"),
        "many": _("too many units"),
        "one_group": _("one group only"),
        "unknown": _("not known"),
    }[arrow["reason"] or "unknown"]


# --- Rounds -------------------------------------------------------------------------------------


def rounds_table(reading: Reading, rounds: list[Mapping[str, Any]]) -> Table | None:
    """What is known of each round; None with one round."""
    if len(rounds) < 2:
        return None
    levels = list(rounds[0]["levels"])
    known = [name for name in levels if any(each["levels"][name]["n"] for each in rounds)]
    body: list[tuple[str | int, ...]] = [
        (_("Organisations"), *(each["n"] for each in rounds)),
        *(
            (
                _("%(variable)s, mean level") % {"variable": reading.title(name)},
                *(_mean(each["levels"][name]) for each in rounds),
            )
            for name in known
        ),
        (_("Responded to the survey"), *(_response(each) for each in rounds)),
        (_("Sessions held"), *(each["sessions"] for each in rounds)),
        (_("Actions agreed"), *(each["agreed"] for each in rounds)),
        (_("Of these carried out"), *(each["done"] for each in rounds)),
        (_("Change of the figures (sd)"), *(_mean(each["change"]) for each in rounds)),
    ]
    return Table(
        id="rounds",
        title=_("The rounds side by side"),
        header=(_("What"), *(each["name"] for each in rounds)),
        rows=tuple(body),
        source=_(
            "A mean level counts the values of a variable from 0 for the lowest, over the "
            "organisations of which it is known (their number in brackets). Other organisations "
            "may have taken part in another round."
        ),
        n=max(each["n"] for each in rounds),
        has_page=False,
    )


def _mean(level: Mapping[str, Any]) -> str:
    return f"{number(level['mean'])} ({level['n']})" if level["n"] else NONE


def _response(each: Mapping[str, Any]) -> str:
    if not each["invited"]:
        return NONE
    if each["submitted"] is None:
        return _("too few")
    return _("%(submitted)s of %(invited)d") % each
