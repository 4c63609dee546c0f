"""The records of this room, a file a noun."""

from benchmarks.models.charter import Charter, CharterConsent
from benchmarks.models.figures import ChosenGroup, Figure, FigureImport
from benchmarks.models.indicators import Indicator, IndicatorDefinition
from benchmarks.models.participation import Involvement, Participation
from benchmarks.models.programme_files import ProgrammeFile
from benchmarks.models.programmes import Appointment, Cycle, Programme
from benchmarks.models.standing_names import Outcome, StandingName

__all__ = [
    "Appointment",
    "Charter",
    "CharterConsent",
    "ChosenGroup",
    "Cycle",
    "Figure",
    "FigureImport",
    "Indicator",
    "IndicatorDefinition",
    "Involvement",
    "Outcome",
    "Participation",
    "Programme",
    "ProgrammeFile",
    "StandingName",
]
