"""Vensters voor Bedrijfsvoering in the four largest cities, 2012-2015 (thesis, 2016)."""

import datetime as dt

from django.utils.translation import gettext as _

from benchmarks.domain.programmes import (
    enter_participation,
    keep_only_participations,
    make_cycle,
    make_programme,
)
from benchmarks.enums import CyclePhase, ProgrammeKind
from benchmarks.models import Participation
from config.studies.study import Study, StudyFile, StudyRows
from config.studies.vensters_codebook import DIMENSIONS, VARIABLES
from people.domain.organisations import register_organisation
from people.enums import SizeClass
from surveys.domain.codings import NewCoding, make_codebook, replace_codings

CODE = "vensters-g4-2015"
CITIES = {
    "Amsterdam": ("amsterdam", "0363"),
    "Den Haag": ("den-haag", "0518"),
    "Utrecht": ("utrecht", "0344"),
    "Rotterdam": ("rotterdam", "0599"),
}
CODINGS = StudyFile(
    name="codings.csv",
    columns={
        "municipality": tuple(CITIES),
        "dimension": DIMENSIONS,
        "variable": tuple(spec.code for spec in VARIABLES),
        "rating": ("++", "+-", "--"),
    },
    unique=("municipality", "variable"),
    tables="ratings of the study",
)


def _check(rows: StudyRows) -> list[str]:
    """A variable belongs to one dimension."""
    dimension_of = {spec.code: spec.dimension for spec in VARIABLES}
    return [
        _("%(place)s: %(variable)s belongs to %(right)s, not to %(dimension)s.")
        % {
            "place": row.place,
            "variable": row["variable"],
            "right": dimension_of[row["variable"]],
            "dimension": row["dimension"],
        }
        for row in rows[CODINGS.name]
        if dimension_of[row["variable"]] != row["dimension"]
    ]


def _participations(rows: StudyRows) -> dict[str, Participation]:
    programme = make_programme(
        CODE,
        name="Vensters voor Bedrijfsvoering, G4 2012-2015",
        name_en="Vensters (windows on operations), four largest cities 2012-2015",
        purpose="Wat leren de vier grootste gemeenten van een benchmark van hun bedrijfsvoering?",
        purpose_en="What do the four largest cities learn from a benchmark of their operations?",
        kind=ProgrammeKind.STUDY,
        source="scriptie Erasmus Universiteit, 2016; twaalf interviews in vier steden",
        source_en="Erasmus University thesis, 2016; twelve interviews in four cities",
        has_public_report=True,
    )
    cycle = make_cycle(
        programme,
        name="2012-2015",
        starts_on=dt.date(2012, 1, 1),
        ends_on=dt.date(2015, 12, 31),
        phase=CyclePhase.BENCHACTION,
    )
    entered = {}
    for row in rows[CODINGS.name]:
        name = row["municipality"]
        if name not in entered:
            code, cbs_code = CITIES[name]
            organisation = register_organisation(
                code, name=name, cbs_code=cbs_code, size_class=SizeClass.OVER_250
            )
            entered[name] = enter_participation(
                cycle, organisation=organisation, reference=name, source=row.place
            )
    keep_only_participations(cycle, references=entered)
    return entered


def _store(rows: StudyRows) -> dict[str, int]:
    entered = _participations(rows)
    cycle = next(iter(entered.values())).cycle
    codings = [
        NewCoding(
            variable=row["variable"],
            organisation=entered[row["municipality"]].organisation,
            value=row["rating"],
            source=CODINGS.source_of(row),
            passage=row.text,
            qualifiers={"dimension": row["dimension"]},
        )
        for row in rows[CODINGS.name]
    ]
    codebook = make_codebook(cycle.programme, variables=VARIABLES)
    replace_codings(codebook, cycle=cycle, coder=CODE, codings=codings)
    return {
        "organisations": len(entered),
        "variables": len(VARIABLES),
        "codings": len(codings),
    }


VENSTERS = Study(code=CODE, files=(CODINGS,), check=_check, store=_store)
