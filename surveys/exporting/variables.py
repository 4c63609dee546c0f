"""What a column of an export is: its name, labels, values, and the kinds of missing it knows."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

type Words = Mapping[str, str]
"""A text by language: {"nl": ..., "en": ...}."""


def in_words(words: Words, language: str) -> str:
    """The text in a language, or in the other where it isn't translated."""
    return words.get(language) or next(filter(None, words.values()), "")


class Kind(StrEnum):
    """How the values of a variable are kept."""

    CODED = "coded"
    """whole numbers that stand for a label: a scale, a choice"""
    NUMBER = "number"
    DATE = "date"
    """days, as YYYY-MM-DD"""
    TEXT = "text"
    CATEGORY = "category"
    """a few texts that come back often, such as the code of an organisation"""


class Missing(IntEnum):
    """Why there is no value. `PRESENT` is no reason: there is one."""

    PRESENT = 0
    NOT_ANSWERED = 1
    NOT_APPLICABLE = 2
    NOT_ASKED = 3
    WITHHELD = 4


KINDS_OF_MISSING = (Missing.NOT_APPLICABLE, Missing.NOT_ASKED, Missing.WITHHELD)
"""Those that are told apart by a value of their own; what was left open is simply empty."""

TOKENS = {
    Missing.PRESENT: "",
    Missing.NOT_ANSWERED: "",
    Missing.NOT_APPLICABLE: "n/a",
    Missing.NOT_ASKED: "not asked",
    Missing.WITHHELD: "withheld",
}
"""In csv and Excel. pandas and R read "n/a" as missing unless told otherwise."""

SPSS_CODES = {Missing.NOT_ASKED: -7, Missing.NOT_APPLICABLE: -8, Missing.WITHHELD: -9}
SPSS_CODES_OF_NUMBERS = {kind: code - 999_990 for kind, code in SPSS_CODES.items()}
"""A number may well be -8: its user-missing values lie where no answer does."""
STATA_CODES = {Missing.NOT_APPLICABLE: "a", Missing.NOT_ASKED: "b", Missing.WITHHELD: "c"}

MISSING_WORDS: Mapping[Missing, Words] = {
    Missing.NOT_APPLICABLE: {"nl": "niet van toepassing", "en": "not applicable"},
    Missing.NOT_ASKED: {"nl": "niet gevraagd", "en": "not asked"},
    Missing.WITHHELD: {"nl": "weggelaten: te kleine groep", "en": "withheld: group too small"},
}


@dataclass(frozen=True, slots=True)
class Variable:
    """A column: `code` is its name in csv, Excel and Parquet, `name` in SPSS and Stata."""

    code: str
    name: str
    kind: Kind
    label: Words
    level: str = "nominal"
    """nominal, ordinal or scale"""
    values: Mapping[int, Words] = field(default_factory=dict)
    construct: str = ""
    reversed: bool = False
    item: str = ""
    """the code of the item it comes from; empty for what describes the response"""

    def label_in(self, language: str) -> str:
        return in_words(self.label, language)

    def value_labels(self, language: str) -> dict[int, str]:
        return {value: in_words(words, language) for value, words in self.values.items()}


RESERVED_BY_SPSS = frozenset(
    {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}
)
RESERVED_BY_STATA = frozenset(
    {"byte", "double", "float", "if", "in", "int", "long", "str", "strl", "using"}
)
RESERVED = RESERVED_BY_SPSS | RESERVED_BY_STATA
LONGEST_NAME = 32
"""Stata takes 32 characters; SPSS takes 64."""


def valid_names(codes: Iterable[str]) -> dict[str, str]:
    """A name for each code that SPSS and Stata both take, each once, compared without case.

    >>> valid_names(["saving", "room-for-ideas", "2024", "with"])
    {'saving': 'saving', 'room-for-ideas': 'room_for_ideas', '2024': 'v_2024', 'with': 'with_1'}
    """
    names: dict[str, str] = {}
    taken = set(RESERVED)
    for code in codes:
        base = re.sub(r"[^A-Za-z0-9_]", "_", code).rstrip("_") or "v"
        if not base[0].isalpha():
            base = f"v_{base.lstrip('_')}"
        name, number = base[:LONGEST_NAME], 0
        while name.casefold() in taken or re.fullmatch(r"str\d+", name.casefold()):
            number += 1
            name = f"{base[: LONGEST_NAME - len(str(number)) - 1]}_{number}"
        taken.add(name.casefold())
        names[code] = name
    return names
