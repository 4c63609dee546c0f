"""A questionnaire as plain objects, before it is stored or after it was read. Pure.

Everything that makes, compares or carries a questionnaire speaks these: what ships (content.py),
the draft in the editor, a published version, and the files that are imported and exported.
"""

from dataclasses import dataclass, field

from surveys.enums import ItemKind, Occasion

type Conditions = tuple[tuple["ConditionSpec", ...], ...]
"""Groups of tests: of each group at least one must hold."""


@dataclass(frozen=True, slots=True)
class OptionSpec:
    """A point of a scale or an option to choose. `value` is what is stored in an answer."""

    value: int
    label_nl: str = ""
    label_en: str = ""
    code: str = ""
    """What another system calls it; the value where it has no name of its own."""


@dataclass(frozen=True, slots=True)
class ConditionSpec:
    """One test of a condition: what an earlier item must have been answered with."""

    item: str
    test: str
    values: tuple[str, ...] = ()
    """Option values, a number, or a date as YYYY-MM-DD; `is` holds for any of them."""


@dataclass(frozen=True, slots=True)
class LimitsSpec:
    """Bounds, as text: of a number, of a date (YYYY-MM-DD), or of how many options are chosen.

    `decimals` is how many digits after the point a number may have.
    """

    lowest: str = ""
    highest: str = ""
    decimals: int = 0


UNLIMITED = LimitsSpec()


@dataclass(frozen=True, slots=True)
class ItemSpec:
    """One item; see models.Item."""

    code: str
    construct: str
    text_nl: str
    text_en: str
    occasion: str = Occasion.NONE
    kind: str = ItemKind.STATEMENT
    allow_na: bool = False
    mandatory: bool = False
    reversed: bool = False
    hint_nl: str = ""
    hint_en: str = ""
    options: tuple[OptionSpec, ...] = ()
    limits: LimitsSpec = UNLIMITED
    conditions: Conditions = ()
    stem: str = ""
    since: int = 1
    same_meaning: bool = False
    """Reworded, but it may still be compared with what was asked before."""


@dataclass(frozen=True, slots=True)
class BlockSpec:
    """One page of the questionnaire."""

    title_nl: str
    title_en: str
    intro_nl: str
    intro_en: str
    items: tuple[ItemSpec, ...]
    random_order: bool = False


@dataclass(frozen=True, slots=True)
class ConstructSpec:
    """What items measure together, in words."""

    code: str
    label_nl: str
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class InstrumentSpec:
    """A whole questionnaire."""

    code: str
    title_nl: str
    title_en: str
    blocks: tuple[BlockSpec, ...]
    constructs: tuple[ConstructSpec, ...] = field(default=())

    @property
    def items(self) -> tuple[ItemSpec, ...]:
        return tuple(item for block in self.blocks for item in block.items)
