"""Support, involvement, learning, and ratings of them."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evaluation.report.document import Block, Paragraph, Section, Table, section
from evaluation.report.pictures import ratings_chart
from evaluation.report.reading import Reading
from evaluation.report.tables import dimensions_table, ratings_table, variable_table
from evaluation.words import value_words


def support(reading: Reading) -> Section | None:
    """Whether the organisation stood behind taking part."""
    blocks = [
        variable_table(reading, "support_level"),
        variable_table(reading, "support_decision"),
    ]
    if not any(blocks):
        return None
    rule = Paragraph(
        _(
            "Much support: the motive is to learn and the decision was taken at least with others. "
            "Sufficient: with others, another motive. Moderate: one person decided alone. A "
            "learning motive with a decision taken alone counts here as: %(rule)s."
        )
        % {"rule": value_words(reading.result["rule"])},
        "muted",
    )
    return section("support", _("Support: did the organisation stand behind it?"), [rule, *blocks])


def involvement(reading: Reading) -> Section | None:
    """Whether its people had a hand in the benchmark."""
    table = variable_table(reading, "involved")
    if table is None:
        return None
    rule = Paragraph(
        _(
            "Involved: a hand in at least one phase of the benchmark. A phase of which nothing is "
            "known counts as neither yes nor no."
        ),
        "muted",
    )
    return section(
        "involvement",
        _("Involvement: did its people have a hand in it?"),
        [rule, table, _phases_table(reading)],
    )


def _phases_table(reading: Reading) -> Table | None:
    phases = [name for name in reading.result["variables"] if name.startswith("involved_in_")]
    if not phases:
        return None
    return Table(
        id="phases",
        title=_("Involvement by phase"),
        header=(_("Phase"), _("Yes"), _("No"), _("Not known")),
        rows=tuple(_phase_row(reading, name) for name in phases),
        source=_("Recorded for each phase of the benchmark."),
        n=reading.n,
    )


def _phase_row(reading: Reading, name: str) -> tuple[str, int, int, int]:
    spec = reading.result["variables"][name]
    count = {each["value"]: len(each["organisations"]) for each in spec["values"]}
    phase = capfirst(value_words(name.removeprefix("involved_in_")))
    return (phase, count["yes"], count["no"], len(spec["missing"]))


def learning(reading: Reading) -> Section | None:
    """What was learned, in three kinds."""
    blocks = [
        variable_table(reading, name)
        for name in (
            "social_learning_level",
            "social_learning_category",
            "agenda_learning_level",
            "informed_category",
            "political_learning",
            "use_of_knowledge",
            "learning_capacity",
            "information_quality",
        )
    ]
    if not any(blocks):
        return None
    rule = Paragraph(
        _(
            "Social learning counts different experiences; agenda learning counts who heard of the "
            "results or discussed them, own and general results apart. 0 or 1 is none, 2 or 3 "
            "sufficient, 4 or 5 ample, 6 or more much. Political learning: results were used as "
            "leverage in the council."
        ),
        "muted",
    )
    return section("learning", _("Learning: what came of it?"), [rule, *blocks])


def ratings(reading: Reading) -> Section | None:
    """Ratings by dimension, where the codebook has dimensions."""
    blocks: list[Block | None] = [
        dimensions_table(reading),
        ratings_chart(reading),
        ratings_table(reading),
    ]
    return section("ratings", _("How learning and improvement were rated"), blocks)
