"""What stands out, said in a sentence that anybody understands."""

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benchmarks.enums import Better, GroupKind, Verdict
from benchmarks.measures.robust import Place, Rule
from benchmarks.standing import Standing, verdict_of

TONES = {Verdict.BETTER: "good", Verdict.WORSE: "attention"}


def said(value: float | None) -> str:
    """A number without zeros at its end, in the language of the page, at most two decimals.

    >>> said(12.0)
    '12'
    """
    if value is None:
        return "–"
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return formats.number_format(text, use_l10n=True)


def beside_group(place: Place | None, better: str, kind: GroupKind) -> str:
    """Where a figure lies in its group."""
    if place is None:
        return _("Too few others to show, as long as not all participants share their figures.")
    if place.quartiles is None:
        return _("Too few others have a figure for this period.")
    words = {"middle": said(place.middle), "n": place.n, "count": _further(place, better)}
    if kind == GroupKind.BEST:
        return _("The middle of the best quarter is %(middle)s (n = %(n)d).") % words
    verdict = verdict_of(place.side, better)
    if verdict == Verdict.SAME:
        return _("Exactly in the middle of %(n)d others.") % words
    return SENTENCES[verdict]() % words


SENTENCES = {
    Verdict.BETTER: lambda: _("Better than %(count)d of %(n)d others; their middle is %(middle)s."),
    Verdict.WORSE: lambda: _("Worse than %(count)d of %(n)d others; their middle is %(middle)s."),
    Verdict.HIGHER: lambda: _("Higher than %(count)d of %(n)d others; their middle is %(middle)s."),
    Verdict.LOWER: lambda: _("Lower than %(count)d of %(n)d others; their middle is %(middle)s."),
}


def _further(place: Place, better: str) -> int:
    """How many of the others lie on the other side."""
    return place.below if place.side > 0 else place.above


def beside_past(place: Place, better: str) -> str:
    """Where a figure lies among the own earlier ones."""
    if place.quartiles is None:
        return ngettext(
            "Only %(n)d earlier figure of one's own: too few to say whether this is unusual.",
            "Only %(n)d earlier figures of one's own: too few to say whether this is unusual.",
            place.n,
        ) % {"n": place.n}
    words = {"middle": said(place.middle), "n": place.n}
    if not place.stands_out:
        return _("Not unusual beside the %(n)d earlier ones; their middle is %(middle)s.") % words
    if better == Better.NEUTRAL:
        text = PAST[Verdict.HIGHER if place.side > 0 else Verdict.LOWER]()
    else:
        text = PAST[verdict_of(place.side, better)]()
    return text % words


PAST = {
    Verdict.BETTER: lambda: _("Clearly better than before: the middle of %(n)d was %(middle)s."),
    Verdict.WORSE: lambda: _("Clearly worse than before: the middle of %(n)d was %(middle)s."),
    Verdict.HIGHER: lambda: _("Clearly higher than before: the middle of %(n)d was %(middle)s."),
    Verdict.LOWER: lambda: _("Clearly lower than before: the middle of %(n)d was %(middle)s."),
    Verdict.SAME: lambda: _("The same as before: the middle of %(n)d was %(middle)s."),
}


def how_judged(place: Place | None) -> str:
    """By which rule, for whoever asks how we know."""
    return RULES[place.rule]() if place else ""


RULES = {
    Rule.TOO_FEW: lambda: _("Fewer than three figures to compare with: nothing is said."),
    Rule.RANK: lambda: _(
        "Three to seven figures to compare with: one stands out when it lies beyond all of them, "
        "by more than half of what they differ among themselves."
    ),
    Rule.MAD: lambda: _(
        "A figure stands out when it lies 2.5 robust deviations or more from the median: the "
        "distance divided by 1.4826 times the median absolute deviation (Iglewicz and Hoaglin, "
        "1993)."
    ),
    Rule.MEAN_DEVIATION: lambda: _(
        "More than half of the figures are the same, so the mean absolute deviation from the "
        "median is the measure, times 1.2533; a figure stands out from 2.5 of these on."
    ),
    Rule.SAME: lambda: _("All others are the same: any other figure stands out."),
}


def tone_of(standing: Standing) -> str:
    """The tone of a mark; neutral for an indicator that is neither good nor bad."""
    verdict = standing.verdict_group if standing.stands_out_group else standing.verdict_past
    return TONES.get(verdict, "neutral")


def mark_of(standing: Standing) -> str:
    """In a word or two what stands out."""
    if standing.stands_out_group:
        verdict = standing.verdict_group
        return MARKS[verdict]()
    return PAST_MARKS[standing.verdict_past]()


MARKS = {
    Verdict.BETTER: lambda: _("better than the group"),
    Verdict.WORSE: lambda: _("worse than the group"),
    Verdict.HIGHER: lambda: _("higher than the group"),
    Verdict.LOWER: lambda: _("lower than the group"),
    Verdict.SAME: lambda: _("unlike the group"),
}
PAST_MARKS = {
    Verdict.BETTER: lambda: _("better than before"),
    Verdict.WORSE: lambda: _("worse than before"),
    Verdict.HIGHER: lambda: _("higher than before"),
    Verdict.LOWER: lambda: _("lower than before"),
    Verdict.SAME: lambda: _("unlike before"),
}
