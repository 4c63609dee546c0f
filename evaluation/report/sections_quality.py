"""The quality mark and the risks of benchmarking."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evaluation.report.document import Section, Table, section
from evaluation.report.mark_words import (
    REQUIREMENTS,
    RISKS,
    evidence_words,
    met_words,
    seen_words,
    sign_words,
)
from evaluation.report.reading import Reading


def quality_mark(reading: Reading) -> Section | None:
    """Thirteen requirements and five risks, with what was found."""
    mark, risks = reading.result.get("quality_mark"), reading.result.get("risks")
    if not mark or not risks:
        return None
    requirements = Table(
        id="quality_mark",
        title=_("The quality mark of a benchmark"),
        header=(_("Requirement"), _("Kind"), _("Met"), _("What was found")),
        rows=tuple(
            (
                capfirst(str(REQUIREMENTS[row["requirement"]])),
                _("hard") if row["hard"] else _("soft"),
                met_words(row["met"]),
                evidence_words(row),
            )
            for row in mark
        ),
        source=_("From what was recorded in this benchmark; what was not recorded is unknown."),
        n=reading.n,
        has_page=False,
    )
    signs = Table(
        id="risks",
        title=_("Risks of benchmarking"),
        header=(_("Risk"), _("Seen"), _("What was found")),
        rows=tuple(
            (capfirst(str(RISKS[row["risk"]])), seen_words(row["seen"]), sign_words(row))
            for row in risks
        ),
        source=_("From interviews where they were coded, else from answers and behaviour."),
        n=reading.n,
        has_page=False,
    )
    return section("quality", _("Is it a good benchmark?"), [requirements, signs])
