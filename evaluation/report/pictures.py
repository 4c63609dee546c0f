"""The charts of the report: what each says, in words. Drawing is for workers (draw.py)."""

from typing import Any

from django.utils.translation import gettext as _

from evaluation.report.document import Chart
from evaluation.report.plotting import (
    improvement_plot,
    perception_plot,
    ratings_plot,
    relations_plot,
)
from evaluation.report.reading import Reading, enumerate_words, is_rated


def relations_chart(reading: Reading) -> Chart | None:
    """Tau-b of every relation with its interval."""
    tested = [row for row in reading.result["relations"] if row["association"]]
    if not tested:
        return None
    return Chart(
        id="relations",
        title=_relations_title(reading),
        alt=_(
            "A dot for each relation at its tau‑b, with a line for its 95% interval. The same "
            "numbers are in the table below."
        ),
        plot=relations_plot(reading),
    )


def improvement_chart(rows: list[dict[str, Any]]) -> Chart | None:
    """The difference of every indicator with its interval, on one axis."""
    plot = improvement_plot(rows)
    if plot is None:
        return None
    firm = sum(row["grade"] in ("strong", "plausible") for row in rows)
    words = (
        _("Of %(n)d figures, %(firm)d may be said to have improved more where something was done")
        if firm
        else _("Of %(n)d figures, none may be said to have improved more where something was done")
    )
    return Chart(
        id="improvement",
        title=words % {"n": len(rows), "firm": firm},
        alt=_(
            "A dot for each figure at the difference that acting made, with a line for its 95% "
            "interval, in units of the least change that matters; better is to the right. The same "
            "differences are in the table below."
        ),
        plot=plot,
    )


def _relations_title(reading: Reading) -> str:
    """What the chart shows: which conditions go with learning."""
    shown = [name for name, verdict in reading.result["verdicts"].items() if verdict == "shown"]
    if not shown:
        return _("No condition goes together with all kinds of learning")
    names = enumerate_words(reading.variable(name) for name in shown)
    return _("Learning goes with %(names)s") % {"names": names}


def ratings_chart(reading: Reading) -> Chart | None:
    """All ratings as a grid of signs."""
    if not reading.names_organisations:
        return None
    rated = [spec for spec in reading.result["variables"].values() if is_rated(spec)]
    if not rated:
        return None
    return Chart(
        id="ratings",
        title=_("Learning was rated higher than improvement")
        if _learning_above(reading)
        else _("How each variable was rated"),
        alt=_(
            "A grid of signs, a row for each variable and a column for each organisation. The "
            "same ratings are in the table below."
        ),
        plot=ratings_plot(reading),
    )


def _learning_above(reading: Reading) -> bool:
    """Is the share of highest ratings larger for learning than for improvement?"""
    shares = {}
    for group, dimensions in (
        ("learning", {"learning_climate", "learning_practices", "learning_blockades"}),
        ("improvement", {"improvement"}),
    ):
        specs = [
            spec for spec in reading.result["variables"].values() if spec["dimension"] in dimensions
        ]
        all_ = sum(spec["n"] for spec in specs)
        if not all_:
            return False
        shares[group] = sum(len(spec["values"][-1]["organisations"]) for spec in specs) / all_
    return shares["learning"] > shares["improvement"]


def perception_chart(wave: dict[str, Any]) -> Chart | None:
    """Diverging bars of agreement."""
    shown = [item for item in wave["items"] if item["counts"]]
    if not shown:
        return None
    return Chart(
        id="perception",
        title=_("How far people agree, %(wave)s (n = %(n)s)")
        % {"wave": wave["name"], "n": wave["submitted"]},
        alt=_(
            "Bars to the left for disagreement, to the right for agreement, neutral in the "
            "middle. The same numbers are in the table below."
        ),
        plot=perception_plot(wave),
    )
