"""What the evaluator added: grades that were changed, each with its reason, and notes."""

from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evaluation.report.claims import grade_words, subject_words
from evaluation.report.document import Block, Paragraph, Section, Table, section
from evaluation.report.reading import Reading


def judgement(reading: Reading) -> Section | None:
    """Every change of a grade, also one that was changed again; notes for who sees the records."""
    notes = reading.result.get("notes", []) if reading.names_organisations else []
    blocks: list[Block | None] = [
        _changes(reading),
        *(Paragraph(_("%(day)s: %(text)s") % _note(each), "notice") for each in notes),
    ]
    return section("judgement", _("What the evaluator added"), blocks)


def _note(note: dict[str, str]) -> dict[str, str]:
    return {"day": _day(note["on"]), "text": note["text"]}


def _changes(reading: Reading) -> Table | None:
    changes = reading.result.get("judgements", [])
    if not changes:
        return None
    about = {each["id"]: each for each in reading.result["findings"]}
    return Table(
        id="judgements",
        title=_("Grades that the evaluator changed"),
        header=(_("Finding"), _("Grade before"), _("Grade after"), _("Why"), _("On")),
        rows=tuple(
            (
                subject_words(reading, about[each["finding"]]),
                capfirst(grade_words(each["before"])),
                capfirst(grade_words(each["after"])),
                each["reason"],
                _day(each["on"]),
            )
            for each in changes
            if each["finding"] in about
        ),
        source=_("The rules gave the first grade; the evaluator the others, each with a reason."),
        n=None,
        has_page=False,
    )


def _day(written: str) -> str:
    return date_format(date.fromisoformat(written), "j F Y")
