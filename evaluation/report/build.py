"""Building the report in the language of the moment from a run's result."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from benchmarks.enums import ProgrammeKind
from benchmarks.models import Programme
from evaluation.report import (
    sections_closing,
    sections_framework,
    sections_improvement,
    sections_judgement,
    sections_learning,
    sections_levels,
    sections_people,
    sections_quality,
)
from evaluation.report.document import Document, linked
from evaluation.report.readers import EVALUATOR, LEADS, for_reader, four_parts
from evaluation.report.reading import Reading
from evaluation.report.sentences import answer


def build_document(
    programme: Programme,
    result: Mapping[str, Any],
    *,
    names_organisations: bool = True,
    reader: str = EVALUATOR,
) -> Document:
    """The report for one of its four readers, the whole of it for the evaluator.

    Without names of organisations there are only counts of them; only the evaluator's has names.
    """
    names = names_organisations and reader == EVALUATOR
    reading = Reading(result, programme.kind == ProgrammeKind.STUDY, names)
    whole = _whole(programme, result, reading)
    return linked(for_reader(whole, reading, reader), whole.tables)


def _whole(programme: Programme, result: Mapping[str, Any], reading: Reading) -> Document:
    parts = (
        *four_parts(reading),
        sections_people.participation(reading),
        sections_learning.support(reading),
        sections_learning.involvement(reading),
        sections_learning.learning(reading),
        sections_learning.ratings(reading),
        sections_people.perception(reading),
        sections_levels.levels(reading),
        sections_levels.differences(reading),
        sections_people.follow_up(reading),
        sections_improvement.improvement(reading),
        sections_framework.framework(reading),
        sections_closing.relations(reading),
        sections_quality.quality_mark(reading),
        sections_judgement.judgement(reading),
        sections_closing.published(reading),
        sections_closing.method(reading),
    )
    return Document(
        title=_("Learning-effect report %(programme)s") % {"programme": programme_name(programme)},
        lead=str(LEADS[EVALUATOR]),
        answer=answer(reading),
        sections=tuple(part for part in parts if part is not None),
        period=_("Round %(name)s, %(from)s to %(to)s")
        % {
            "name": result["cycle"]["name"],
            "from": date_format(date.fromisoformat(result["cycle"]["starts_on"]), "j F Y"),
            "to": date_format(date.fromisoformat(result["cycle"]["ends_on"]), "j F Y"),
        },
    )


def programme_name(programme: Programme) -> str:
    """The programme's name in the language of the moment."""
    return (programme.name_en if get_language() == "en" else "") or programme.name
