"""What municipalities learned from the Work First benchmark of 2007 (thesis, 2009)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from benchmarks.domain.indicators import define_indicator, possible_values, split_fraction
from benchmarks.domain.programmes import (
    enter_participation,
    keep_only_involvements,
    keep_only_participations,
    make_cycle,
    make_programme,
    record_involvement,
)
from benchmarks.enums import CyclePhase, ProgrammeKind
from benchmarks.models import Cycle, Participation
from config.studies import workfirst_files as files
from config.studies.study import Study, StudyFile, StudyRows
from config.studies.workfirst_codebook import VARIABLES
from config.studies.workfirst_indicators import COUNTED_AS, MEANINGS, RATIOS, UNITS
from core.csvfiles import CsvRow
from evaluation.domain.published import NewPublishedValue, record_published_values
from people.domain.organisations import register_organisation
from surveys.domain.codings import NewCoding, make_codebook, replace_codings

CODE = "workfirst-2007"
CODED_COLUMNS: tuple[tuple[StudyFile, str, str, tuple[str, ...]], ...] = (
    (files.RATINGS, "learning_capacity", "learning_capacity", ()),
    (files.RATINGS, "own_results", "own_results", ()),
    (files.RATINGS, "feeling_about_results", "feeling_about_results", ()),
    (files.RATINGS, "information_quality", "information_quality", ()),
    (files.QUALITY_MENTIONS, "mention", "information_quality_mention", ()),
    (files.EXPERIENCE_ROWS, "experience", "learning_experience", ("occasion",)),
    (files.SOCIAL_CATEGORY, "category", "social_learning_category", ()),
    (files.INFORMED, "category", "informed_category", ("audience", "results")),
    (files.POLITICAL, "results", "results_used_politically", ()),
)
"""Which column of which file is which variable of the codebook, and what qualifies it."""

type Entered = dict[str, Participation]


def _make_cycle() -> Cycle:
    programme = make_programme(
        CODE,
        name="Work First 2007",
        name_en="Work First 2007",
        purpose="Wat leren gemeenten van een benchmark van hun Work First-projecten?",
        purpose_en="What do municipalities learn from a benchmark of their Work First projects?",
        kind=ProgrammeKind.STUDY,
        source="scriptie Erasmus Universiteit, 2009; 17 mensen van 16 gemeenten geïnterviewd",
        source_en="Erasmus University thesis, 2009; 17 people of 16 municipalities interviewed",
        has_public_report=True,
    )
    return make_cycle(
        programme,
        name="2007",
        starts_on=dt.date(2007, 1, 1),
        ends_on=dt.date(2007, 12, 31),
        phase=CyclePhase.BENCHACTION,
    )


def _known(value: str) -> str:
    """An unknown decider or motive is an empty field; yes/no fields keep the word."""
    return "" if value == "missing" else value


def _enter(cycle: Cycle, row: CsvRow) -> Participation:
    number = row["municipality"]
    organisation = register_organisation(f"{CODE}-{number}", name=f"Gemeente {number}")
    return enter_participation(
        cycle,
        organisation=organisation,
        reference=number,
        decided_by=_known(row["decided_by"]),
        others_consulted=row["others_consulted"],
        contact_consulted=row["contact_consulted"],
        motive=_known(row["motive"]),
        in_feasibility_study=row["in_feasibility_study"],
        source=files.PARTICIPATION.source_of(row),
    )


def _record_involvements(entered: Entered, rows: StudyRows) -> None:
    phases = defaultdict(set)
    for row in rows[files.INVOLVEMENT.name]:
        phases[row["municipality"]].add(row["phase"])
        record_involvement(
            entered[row["municipality"]],
            phase=row["phase"],
            involved=row["involved"],
            source=files.INVOLVEMENT.source_of(row),
        )
    for reference, participation in entered.items():
        keep_only_involvements(participation, phases=phases[reference])


def _codings(entered: Entered, rows: StudyRows) -> Iterator[NewCoding]:
    for file, column, variable, qualifiers in CODED_COLUMNS:
        for row in rows[file.name]:
            yield NewCoding(
                variable=variable,
                organisation=entered[row["municipality"]].organisation,
                value=row[column],
                source=file.source_of(row),
                passage=row.text,
                qualifiers={name: row[name] for name in qualifiers},
            )


def _published(entered: Entered, rows: StudyRows) -> Iterator[NewPublishedValue]:
    for row in rows[files.PUBLISHED.name]:
        row_variable, column_variable = files.PUBLISHED_TABLES[row["table"]]
        yield NewPublishedValue(
            table=row["table"],
            organisation=entered[row["municipality"]].organisation,
            row_variable=row_variable,
            row=row["row"],
            column_variable=column_variable,
            column=row["column"],
            source=row.place,
        )


def _define_indicators(cycle: Cycle, rows: StudyRows) -> None:
    for row in rows[files.INDICATORS.name]:
        code = row["code"]
        numerator, denominator = split_fraction(COUNTED_AS.get(code, ""))
        numerator_en, denominator_en = split_fraction(row["numerator_and_denominator"])
        lowest, highest = possible_values(row["unit"])
        define_indicator(
            cycle.programme,
            code=code,
            position=int(row["number"]),
            category=row["category"],
            meaning=MEANINGS.get(code, row["meaning"]),
            meaning_en=row["meaning"],
            unit=UNITS.get(row["unit"], row["unit"]),
            unit_en=row["unit"],
            numerator=numerator or numerator_en,
            numerator_en=numerator_en,
            denominator=denominator or denominator_en,
            denominator_en=denominator_en,
            better=row["better"],
            lowest=lowest,
            highest=None if code in RATIOS else highest,
        )


def _store(rows: StudyRows) -> dict[str, int]:
    cycle = _make_cycle()
    entered = {row["municipality"]: _enter(cycle, row) for row in rows[files.PARTICIPATION.name]}
    keep_only_participations(cycle, references=entered)
    _record_involvements(entered, rows)
    _define_indicators(cycle, rows)
    codings = list(_codings(entered, rows))
    codebook = make_codebook(cycle.programme, variables=VARIABLES)
    replace_codings(codebook, cycle=cycle, coder=CODE, codings=codings)
    published = list(_published(entered, rows))
    record_published_values(cycle.programme, values=published)
    return {
        "organisations": len(entered),
        "involvements": len(rows[files.INVOLVEMENT.name]),
        "indicators": len(rows[files.INDICATORS.name]),
        "variables": len(VARIABLES),
        "codings": len(codings),
        "published values": len(published),
    }


WORK_FIRST = Study(code=CODE, files=files.FILES, check=files.check_between_files, store=_store)
