"""The report for four readers, from one run: each starts with the answer.

All but the evaluator's name no organisation, so that one reader sees the same in every format.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.report import sections_improvement, sections_people
from evaluation.report.document import Block, Document, Paragraph, Points, Section, Sentence
from evaluation.report.grounds import how_we_know, what_else, what_next
from evaluation.report.plain import plain_answer, plain_claims, plain_grounds
from evaluation.report.reading import Reading
from evaluation.report.sections_learning import involvement, support
from evaluation.report.sections_levels import levels
from evaluation.report.sentences import answer
from evaluation.report.shortened import shortened

MANAGEMENT, PARTICIPANTS, COUNCIL, EVALUATOR = "management", "participants", "council", "evaluator"
READERS: dict[str, Promise] = {
    MANAGEMENT: gettext_lazy("For management"),
    PARTICIPANTS: gettext_lazy("For participants"),
    COUNCIL: gettext_lazy("For the council"),
    EVALUATOR: gettext_lazy("Everything"),
}
LEADS: dict[str, Promise] = {
    MANAGEMENT: gettext_lazy("On one page: did it help, how do we know, and what now?"),
    PARTICIPANTS: gettext_lazy("What came of what you said, learned and agreed?"),
    COUNCIL: gettext_lazy("Did it help? In plain words."),
    EVALUATOR: gettext_lazy("Did taking part lead to learning, and how do we know?"),
}
ON_ONE_PAGE = {"answer": 5, "know": 4, "else": 3, "next": 4}
"""How many sentences of each part the page of management holds."""

ALSO_FOR_MANAGEMENT = ("dimensions", "perception", "thread")
"""Tables: what was coded, what people say, what was done."""


def four_parts(reading: Reading) -> list[Section]:
    """How we know, what else, what next; the answer stands above them."""
    return _parts(how_we_know(reading), what_else(reading), what_next(reading))


def _parts(*said: Sequence[Sentence]) -> list[Section]:
    titles = {
        "know": _("How do we know?"),
        "else": _("What else could explain it?"),
        "next": _("What to do next"),
    }
    return [
        Section(id_, title, (Points(tuple(each)),))
        for (id_, title), each in zip(titles.items(), said, strict=True)
        if each
    ]


def for_reader(document: Document, reading: Reading, reader: str) -> Document:
    """The document of one reader; `document` is the evaluator's, `reading` without names."""
    if reader == EVALUATOR:
        return document
    said, sections = {
        MANAGEMENT: _management,
        PARTICIPANTS: _participants,
        COUNCIL: _council,
    }[reader](reading)
    return replace(
        document, lead=str(LEADS[reader]), answer=tuple(said), sections=sections, reader=reader
    )


type Told = tuple[Sequence[Sentence], tuple[Section, ...]]


def _management(reading: Reading) -> Told:
    """What fits on one page: the firmest first."""
    said = [
        *plain_claims(reading),
        *(each for each in answer(reading) if each.table in ALSO_FOR_MANAGEMENT),
    ]
    parts = _parts(
        shortened(how_we_know(reading), ON_ONE_PAGE["know"]),
        shortened(what_else(reading), ON_ONE_PAGE["else"]),
        shortened(what_next(reading), ON_ONE_PAGE["next"]),
    )
    return shortened(said, ON_ONE_PAGE["answer"]), tuple(parts)


def _participants(reading: Reading) -> Told:
    sections = [
        *four_parts(reading),
        sections_people.participation(reading),
        sections_people.perception(reading),
        support(reading),
        involvement(reading),
        levels(reading),
        sections_people.follow_up(reading),
        sections_improvement.improvement(reading),
        _limits(reading),
    ]
    return answer(reading), tuple(each for each in sections if each is not None)


def _council(reading: Reading) -> Told:
    parts = _parts(plain_grounds(reading), [], what_next(reading))
    return plain_answer(reading), (*parts, _limits(reading))


def _limits(reading: Reading) -> Section:
    """What this can't tell."""
    blocks: tuple[Block, ...] = (
        Paragraph(
            _(
                "This says what may be claimed from what was recorded, and how firmly. Not "
                "finding evidence is no proof that nothing happened, and what goes together need "
                "not be cause and effect. The full report has every number with its table."
            ),
            "muted",
        ),
    )
    return Section("limits", _("What this can't tell"), blocks)


def known_reader(reader: str) -> bool:
    """Is this one of the four?"""
    return reader in READERS


def tabs(chosen: str) -> list[dict[str, Any]]:
    """The four readers, the chosen one marked."""
    return [
        {"code": code, "label": str(label), "chosen": code == chosen}
        for code, label in READERS.items()
    ]
