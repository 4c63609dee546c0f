"""Drawing the charts. Imports altair and vl-convert: only for workers and commands.

vl-convert hangs in a child process whose parent rendered before the fork, so it is imported where
it renders. It is given no base URLs: a chart is drawn from its data alone.
"""

from collections.abc import Mapping
from pathlib import Path
from textwrap import wrap
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evaluation.report.document import Chart, Document
from evaluation.report.draw_framework import framework_svg
from evaluation.report.plots import Piece
from evaluation.report.plotting import improvement_plot
from evaluation.report.reading import Reading, is_rated, statement
from evaluation.words import value_words

FONT = "'Source Sans 3', 'Segoe UI', Arial, sans-serif"
"""The PDF has the house's font; an SVG shown by a browser takes the first that is there."""
INK, MUTED, LINE, ACCENT, AGAINST = "#131c33", "#4c5873", "#d3daea", "#1d3d9c", "#a65a00"
AGREEMENT = ("#a65a00", "#eab676", "#d9dce3", "#8ba6e0", "#1d3d9c")
"""As in the site's tokens: orange to blue, told apart by all eyes and in print."""
FONTS = Path(__file__).resolve().parents[2] / "platform/website/static/website/fonts"
WIDTH = 620


def draw_charts(reading: Reading, document: Document) -> dict[str, str]:
    """An SVG for each chart of the document, by its id."""
    drawers = {
        "relations": _relations,
        "ratings": _ratings,
        "perception": _perception,
        "improvement": _improvement,
    }
    charts = [
        block
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Chart)
    ]
    return {
        block.id: framework_svg(reading, block)
        if block.id == "framework"
        else _svg(drawers[block.id](reading), block)
        for block in charts
    }


def _svg(chart: Mapping[str, Any], block: Chart) -> str:
    """The chart as SVG, in the house's font and colours."""
    import vl_convert  # noqa: PLC0415 - see above

    vl_convert.register_font_directory(str(FONTS))
    specification = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        **chart,
        "config": _CONFIG,
        "description": block.alt,
    }
    return vl_convert.vegalite_to_svg(
        specification,
        allowed_base_urls=[],
        format_locale="nl-NL" if get_language() == "nl" else "en-US",
    )


_CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": "white",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 14,
        "titleFontSize": 14,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": MUTED,
        "gridColor": LINE,
        "domain": False,
        "ticks": False,
        "labelPadding": 8,
        "labelLimit": 0,
    },
    "legend": {"labelFontSize": 14, "titleFontSize": 14, "labelColor": INK, "labelLimit": 300},
}


def _relations(reading: Reading) -> dict[str, Any]:
    """A dot with an interval for each relation, in the order of the table."""
    import altair as alt  # noqa: PLC0415 - takes a second to import

    rows = [
        {
            "label": _("%(condition)s with %(outcome)s")
            % {
                "condition": reading.title(row["condition"]),
                "outcome": reading.variable(row["outcome"]),
            },
            "value": row["association"]["value"],
            "low": (row["association"]["interval"] or [None, None])[0],
            "high": (row["association"]["interval"] or [None, None])[1],
            "pattern": row["pattern"],
        }
        for row in reading.result["relations"]
        if row["association"]
    ]
    colour = alt.Color(
        "pattern:N",
        legend=None,
        scale=alt.Scale(domain=["together", "opposite", "none"], range=[ACCENT, AGAINST, MUTED]),
    )
    y = alt.Y("label:N", sort=None, title=None)
    scale = alt.Scale(domain=[-1, 1])
    axis = alt.Axis(
        title=_("tau‑b, with 95% interval"), values=[-1, -0.5, 0, 0.5, 1], format="+.1f"
    )
    base = alt.Chart(alt.Data(values=rows))
    zero = alt.Chart(alt.Data(values=[{"x": 0}])).mark_rule(color=INK, strokeWidth=1.5)
    layers = alt.layer(
        zero.encode(x=alt.X("x:Q", scale=scale)),
        base.mark_rule(strokeWidth=3).encode(
            y=y, x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q", color=colour
        ),
        base.mark_point(size=140, filled=True, opacity=1).encode(
            y=y, x=alt.X("value:Q", scale=scale, axis=axis), color=colour
        ),
    )
    return layers.properties(width=WIDTH - 220, height=34 * len(rows)).to_dict(validate=False)


def _improvement(reading: Reading) -> dict[str, Any]:
    """A dot with an interval for each figure, in units of the least change that matters."""
    import altair as alt  # noqa: PLC0415 - takes a second to import

    plot = improvement_plot(reading.result["improvement"])
    assert plot is not None  # else there is no such chart
    grades = [row["grade"] for row in reading.result["improvement"]]
    rows = [
        {
            "label": mark.label,
            "grade": grades[mark.row],
            **{f"{each.kind}-{end}": at for each in mark.intervals for end, at in _ends(each)},
            "value": mark.pieces[-1].x,
        }
        for mark in plot.marks
    ]
    claimed = ["strong", "plausible", "unsupported", "contradicted"]
    colours = alt.Scale(domain=claimed, range=[ACCENT, ACCENT, MUTED, AGAINST])
    colour = alt.Color("grade:N", legend=None, scale=colours)
    y = alt.Y("label:N", sort=None, title=None)
    axis = alt.Axis(title=_("better to the right; the line in the middle is no difference"))
    axis.values, axis.labels = [50], False
    scale = alt.Scale(domain=[0, 100])
    base = alt.Chart(alt.Data(values=rows))
    zero = alt.Chart(alt.Data(values=[{"x": 50}])).mark_rule(color=INK, strokeWidth=1.5)
    layers = alt.layer(
        zero.encode(x=alt.X("x:Q", scale=scale)),
        base.mark_rule(strokeWidth=3).encode(
            y=y,
            x=alt.X("interval-low:Q", scale=scale, axis=axis),
            x2="interval-high:Q",
            color=colour,
        ),
        base.mark_point(size=140, filled=True, opacity=1).encode(
            y=y, x=alt.X("value:Q", scale=scale, axis=axis), color=colour
        ),
    )
    return layers.properties(width=WIDTH - 220, height=34 * len(rows)).to_dict(validate=False)


def _ends(piece: Piece) -> list[tuple[str, float]]:
    return [("low", piece.x), ("high", piece.x + piece.width)]


def _ratings(reading: Reading) -> dict[str, Any]:
    """A sign for each rating: shape and colour say the same thing."""
    import altair as alt  # noqa: PLC0415 - takes a second to import

    rows = [
        {
            "variable": reading.title(name),
            "organisation": reading.names[reference],
            "rating": value_words(each["value"]),
        }
        for name, spec in reading.result["variables"].items()
        if is_rated(spec)
        for each in spec["values"]
        for reference in each["organisations"]
    ]
    signs = ["++", "+−", "−−"]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X(
            "organisation:N",
            sort=list(reading.names.values()),
            title=None,
            axis=alt.Axis(orient="top", labelAngle=0),
        ),
        y=alt.Y("variable:N", sort=None, title=None),
    )
    tiles = base.mark_rect(stroke="white", strokeWidth=3).encode(
        color=alt.Color(
            "rating:N",
            scale=alt.Scale(domain=signs, range=[ACCENT, "#8ba6e0", "#e8edfa"]),
            legend=None,
        )
    )
    words = base.mark_text(fontSize=14, fontWeight="bold").encode(
        text="rating:N",
        color=alt.Color(
            "rating:N", scale=alt.Scale(domain=signs, range=["white", INK, INK]), legend=None
        ),
    )
    chart = alt.layer(tiles, words).resolve_scale(color="independent")
    count = len({row["variable"] for row in rows})
    return chart.properties(width=WIDTH - 260, height=28 * count).to_dict(validate=False)


def _perception(reading: Reading) -> dict[str, Any]:
    """Bars that diverge from the middle of the neutral answers, with n at the end."""
    import altair as alt  # noqa: PLC0415 - takes a second to import

    wave = [each for each in reading.result["waves"] if each["items"]][-1]
    answers = [
        _("strongly disagree"),
        _("disagree"),
        _("neutral"),
        _("agree"),
        _("strongly agree"),
    ]
    shown = [item for item in wave["items"] if item["counts"]]
    bars = [bar for item in shown for bar in _bars_of(item, answers)]
    label = alt.Axis(labelLimit=0, labelFontSize=13, labelExpr="split(datum.label, '|')")
    y = alt.Y("label:N", sort=None, title=None, axis=label)
    scale = alt.Scale(domain=[-100, 112])
    axis = alt.Axis(
        title=_("percent of those who answered"),
        values=[-100, -50, 0, 50, 100],
        labelExpr="abs(datum.value)",
    )
    base = alt.Chart(alt.Data(values=bars))
    drawn = base.mark_bar(height=18).encode(
        y=y,
        x=alt.X("from:Q", scale=scale, axis=axis),
        x2="to:Q",
        color=alt.Color(
            "answer:N",
            scale=alt.Scale(domain=answers, range=list(AGREEMENT)),
            legend=alt.Legend(orient="top", title=None, columns=5),
        ),
    )
    ends = [{"label": _lines(item), "n": f"n = {item['n']}", "at": 112} for item in shown]
    counts = (
        alt.Chart(alt.Data(values=ends))
        .mark_text(align="right", fontSize=12, color=MUTED)
        .encode(y=y, x=alt.X("at:Q", scale=scale), text="n:N")
    )
    chart = alt.layer(drawn, counts)
    return chart.properties(width=WIDTH - 260, height=46 * len(shown)).to_dict(validate=False)


def _lines(item: Mapping[str, Any]) -> str:
    """A statement in lines that fit beside the bars."""
    return "|".join(wrap(statement(item).replace("|", "/"), 46))


def _bars_of(item: Mapping[str, Any], answers: list[str]) -> list[dict[str, Any]]:
    """The five bars of a statement: half of the neutral answers on either side of zero."""
    shares = [100 * count / item["n"] for count in item["counts"]] if item["n"] else [0.0] * 5
    start = -(shares[0] + shares[1] + shares[2] / 2)
    bars = []
    for answer, share in zip(answers, shares, strict=True):
        bars.append(
            {
                "label": _lines(item),
                "answer": answer,
                "from": start,
                "to": start + share,
            }
        )
        start += share
    return bars
