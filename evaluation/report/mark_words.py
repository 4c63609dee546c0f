"""The quality mark and the risks in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.report.reading import number

REQUIREMENTS: dict[str, Promise] = {
    "judged_well": gettext_lazy("participants judge it well"),
    "own_data": gettext_lazy("participants own the data"),
    "purpose_together": gettext_lazy("the purpose was set with participants"),
    "indicators_together": gettext_lazy("indicators were drawn up together"),
    "meetings": gettext_lazy("there are meetings where participants meet"),
    "improvement_central": gettext_lazy("improvement is central"),
    "more_than_a_year": gettext_lazy("it lasts more than one year"),
    "evaluated": gettext_lazy("it is evaluated"),
    "room_to_interpret": gettext_lazy("there is room to interpret the figures"),
    "input_checked": gettext_lazy("what is entered is checked for validity"),
    "several_angles": gettext_lazy("it looks at the work from several angles"),
    "administration_asked": gettext_lazy("administrative commitment was asked"),
    "aligned": gettext_lazy("it is aligned with other benchmarks"),
}
EVIDENCE: dict[str, Promise] = {
    "no_results": gettext_lazy("No results of a survey are there to show."),
    "mean": gettext_lazy(
        "Mean over the statements of closed waves: %(mean)s (met from %(wanted)s)."
    ),
    "no_charter": gettext_lazy("No charter that says who owns the figures was recorded."),
    "consents": gettext_lazy("%(yes)s of %(of)s participants agreed to the charter."),
    "involvement_unknown": gettext_lazy(
        "Of no organisation is it known whether it had a hand in it."
    ),
    "involved": gettext_lazy(
        "%(yes)s of %(of)s organisations of which it is known had a hand in it."
    ),
    "no_sessions": gettext_lazy("No session was recorded."),
    "met_together": gettext_lazy(
        "In %(count)s of %(of)s sessions held, several organisations came."
    ),
    "no_actions": gettext_lazy("No session and no action was recorded."),
    "acting": gettext_lazy("%(count)s of %(of)s organisations agreed an action."),
    "span": gettext_lazy(
        "Rounds: %(cycles)s; days from the first day to the last: %(days)s; years with figures: "
        "%(years)s."
    ),
    "years": gettext_lazy("Rounds: %(cycles)s; years with figures: %(years)s."),
    "asked": gettext_lazy("%(waves)s closed waves; interviews of %(coded)s organisations coded."),
    "not_asked": gettext_lazy("No closed wave and no coded interview."),
    "interpreted": gettext_lazy(
        "%(sessions)s interpretation sessions held; %(readings)s readings of figures."
    ),
    "no_figures": gettext_lazy("No figures were entered."),
    "checked": gettext_lazy("%(checked)s of %(of)s figures were checked."),
    "no_categories": gettext_lazy("No indicator has a category."),
    "categories": gettext_lazy("Indicators of %(count)s categories."),
    "decision_unknown": gettext_lazy("Of no organisation is it known who decided to take part."),
    "managers": gettext_lazy(
        "In %(yes)s of %(of)s organisations the manager decided to take part."
    ),
    "none_shared": gettext_lazy(
        "No other benchmark of these organisations here has an indicator of the same name."
    ),
    "shared_alike": gettext_lazy(
        "%(alike)s of %(of)s indicators that another benchmark of these organisations has too "
        "are counted alike there."
    ),
}
RISKS: dict[str, Promise] = {
    "superficial_comparison": gettext_lazy("superficial comparison"),
    "complacency": gettext_lazy("complacency"),
    "learning_versus_improving": gettext_lazy("learning confused with improving"),
    "accountability_pressure": gettext_lazy("pressure to account"),
    "reckoning_culture": gettext_lazy("reckoning culture"),
}
SIGNS: dict[str, Promise] = {
    "coded": gettext_lazy("Coded high in %(high)s and low in %(low)s of %(of)s interviews."),
    "no_sessions": gettext_lazy("No session was held."),
    "readings": gettext_lazy("%(held)s sessions held, %(count)s readings of figures."),
    "no_results": gettext_lazy("No results of a survey are there to show."),
    "satisfied": gettext_lazy("Mean of the statements %(mean)s; %(count)s topics and signals."),
    "actions": gettext_lazy("%(held)s sessions held, %(count)s actions agreed."),
    "no_motives": gettext_lazy("Of no organisation is the motive known."),
    "motives": gettext_lazy("%(count)s of %(of)s joined from automatism or pressure."),
    "no_figures": gettext_lazy("No figures were entered."),
    "disputed": gettext_lazy("%(count)s of %(of)s figures are disputed."),
}


def evidence_words(row: Mapping[str, Any]) -> str:
    """What was found, for a requirement."""
    return str(EVIDENCE[row["evidence"]]) % _numbers(row["numbers"])


def sign_words(row: Mapping[str, Any]) -> str:
    """What was found, for a risk."""
    return str(SIGNS[row["sign"]]) % _numbers(row["numbers"])


def _numbers(numbers: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: number(value, 1) if isinstance(value, float) else str(value)
        for name, value in numbers.items()
    }


def met_words(met: bool | None) -> str:
    """Met, not met, unknown."""
    return _("unknown") if met is None else _("met") if met else _("not met")


def seen_words(seen: bool | None) -> str:
    """Seen, not seen, unknown."""
    return _("unknown") if seen is None else _("seen") if seen else _("not seen")
