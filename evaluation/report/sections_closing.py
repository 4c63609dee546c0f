"""What goes together, what a study said itself, and how all was computed."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evaluation.report.conclusions import certainty_of_all, conclusion
from evaluation.report.document import Block, Paragraph, Points, Section, Table, section
from evaluation.report.pictures import relations_chart
from evaluation.report.reading import NONE, Reading, number
from evaluation.report.tables import family_table, relation_table
from evaluation.words import value_words


def relations(reading: Reading) -> Section | None:
    """What goes together, and what may be concluded."""
    rows = reading.result["relations"]
    if not rows:
        return None
    tested = [row for row in rows if row["association"]]
    blocks: list[Block | None] = [
        Paragraph(certainty_of_all(reading, tested)) if tested else None,
        relations_chart(reading),
        family_table(reading),
    ]
    for row in rows:
        blocks += [relation_table(reading, row), Paragraph(conclusion(row), "notice")]
    return section("relations", _("Relations: what goes together?"), blocks)


def published(reading: Reading) -> Section | None:
    """Where a study's own tables differ."""
    check = reading.result["check"]
    if not check["tables"]:
        return None
    kinds = {
        "other_value": _("another value"),
        "not_published": _("not placed by the study"),
        "not_computed": _("nothing to compute it from"),
    }
    table = Table(
        id="published",
        title=_("Where the study and Benchlearn differ"),
        header=(
            _("Table of the study"),
            _("Municipality"),
            _("Variable"),
            _("Published"),
            _("Computed"),
            _("Kind"),
        ),
        rows=tuple(
            (
                row["table"],
                row["organisation"],
                capfirst(reading.variable(row["variable"])),
                value_words(row["published"]) if row["published"] else NONE,
                value_words(row["computed"]) if row["computed"] else NONE,
                kinds[row["kind"]],
            )
            for row in check["differences"]
        ),
        source=_(
            "The derived tables of the study beside what follows from its own codings by the "
            "rules above."
        ),
        n=sum(row["same"] for row in check["tables"]) + len(check["differences"]),
        has_page=False,
    )
    note = Paragraph(
        _(
            "The study derived its tables by hand. What it published is kept beside what "
            "Benchlearn computes and is used in no number of this report."
        ),
        "muted",
    )
    return section("published", _("What the study itself published"), [note, table])


def method(reading: Reading) -> Section | None:
    """How it was computed: only what was."""
    said = [
        _("The unit is the organisation: people are counted within it first."),
        _(
            "Variables and their bands follow the studies; a value that is missing or unknown is "
            "left out, never guessed."
        ),
        *(_about_patterns(reading) if reading.result["relations"] else ()),
        _(
            "Resampling starts from a fixed seed (%(seed)d), so that the same data give the same "
            "numbers."
        )
        % {"seed": reading.result["seed"]},
    ]
    return section("method", _("How this was computed"), [Points(tuple(said))])


def _about_patterns(reading: Reading) -> tuple[str, ...]:
    return (
        _("Every relation that the plan names is reported, whatever was found."),
        _(
            "A pattern is named from tau‑b %(value)s on, up or down. That is a rule for words; "
            "what chance may do is said beside it."
        )
        % {"value": number(reading.result["rules"]["seen_from"], 1)},
    )
