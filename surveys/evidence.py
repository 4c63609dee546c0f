"""The doorway of the surveys room: typed rows for evaluation, and nothing else.

Rows name organisations by primary key; who may see their names is decided where they are shown.
Nothing here can be traced to a respondent.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from surveys.models import CodedVariable, Coding


@dataclass(frozen=True, slots=True)
class CodedVariableRow:
    """A variable of the newest codebook of a programme."""

    code: str
    level: str
    several: bool
    values: tuple[str, ...]
    dimension: str
    meaning: str
    meaning_en: str


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One coder's value for one organisation in one cycle, with where it comes from."""

    id: int
    variable: str
    organisation_id: int
    cycle_id: int
    coder: str
    value: str
    source: str
    passage: str
    qualifiers: dict[str, str] = field(default_factory=dict)


def coded_variables(programme_id: int) -> list[CodedVariableRow]:
    """The variables of the newest version of the programme's codebook, in its order."""
    rows = CodedVariable.objects.filter(codebook__programme=programme_id)
    newest = rows.order_by("-codebook__version").values_list("codebook", flat=True).first()
    return [
        CodedVariableRow(
            code=row.code,
            level=row.level,
            several=row.several,
            values=tuple(row.values),
            dimension=row.dimension,
            meaning=row.meaning,
            meaning_en=row.meaning_en,
        )
        for row in rows.filter(codebook=newest)
    ]


def codings(programme_id: int) -> Iterator[CodingRow]:
    """All codings of a programme, in the order in which they were stored."""
    rows = Coding.objects.filter(variable__codebook__programme=programme_id).order_by("id")
    for row in rows.select_related("variable").iterator(chunk_size=2000):
        yield CodingRow(
            id=row.pk,
            variable=row.variable.code,
            organisation_id=row.organisation_id,
            cycle_id=row.cycle_id,
            coder=row.coder,
            value=row.value,
            source=row.source,
            passage=row.passage,
            qualifiers=row.qualifiers,
        )
