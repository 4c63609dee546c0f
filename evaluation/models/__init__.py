"""The nouns of this room, a file a noun."""

from evaluation.models.agreements import AgreementCount
from evaluation.models.analysis_settings import AnalysisSettings
from evaluation.models.judgements import EvaluatorNote, FileOrder, Grade, GradeChange
from evaluation.models.plans import AnalysisPlan
from evaluation.models.published import PublishedValue
from evaluation.models.runs import Run, RunInput

__all__ = [
    "AgreementCount",
    "AnalysisPlan",
    "AnalysisSettings",
    "EvaluatorNote",
    "FileOrder",
    "Grade",
    "GradeChange",
    "PublishedValue",
    "Run",
    "RunInput",
]
