"""A variable as a codebook defines it, free of any database."""

from dataclasses import dataclass

NOMINAL = "nominal"
ORDINAL = "ordinal"
MISSING = "missing"
NOT_DISCUSSED = "not_discussed"
MISSING_VALUES = frozenset({MISSING, "unknown"})
"""Spellings of a value that is not there. A codebook may list "unknown" as a value of its own."""
NO_VALUES = MISSING_VALUES | {NOT_DISCUSSED}
"""What any variable may get besides its own values: it can't be told, or it was never spoken of."""


@dataclass(frozen=True, slots=True)
class VariableSpec:
    """A variable; `values` lowest first where it is ordinal. `definition` says what is meant,
    `rule` how to choose a value, `example` gives a passage that shows it."""

    code: str
    meaning: str
    meaning_en: str
    values: tuple[str, ...]
    level: str = NOMINAL
    several: bool = False
    dimension: str = ""
    definition: str = ""
    definition_en: str = ""
    rule: str = ""
    rule_en: str = ""
    example: str = ""
    example_en: str = ""
