"""Writing a variable down in few lines: texts in pairs, Dutch first."""

from surveys.codebooks.spec import NOMINAL, ORDINAL, VariableSpec

type Pair = tuple[str, str]
RATINGS = ("--", "+-", "++")
RATING_RULE = (
    "++ als het overal of bijna altijd zo is, +- als het soms zo is of de een het anders ziet "
    "dan de ander, -- als het niet of zelden zo is.",
    "++ if it is so everywhere or nearly always, +- if it is so at times or people see it "
    "differently, -- if it is not so or seldom.",
)
YES_NO = ("no", "yes")
YES_RULE = (
    "yes als iemand van de eigen organisatie erbij was of iets inbracht, no als gezegd wordt van "
    "niet; wordt er niet over gesproken, dan ‘niet besproken’.",
    "yes if somebody of the own organisation was there or brought something in, no if they say "
    "not; if nobody speaks of it, ‘not discussed’.",
)
MENTION_RULE = (
    "Elke waarde die genoemd wordt, ook als er meer zijn; telt één keer, hoe vaak ook gezegd.",
    "Each value that is mentioned, several if need be; counts once, however often it is said.",
)


def rated(
    dimension: str, code: str, meaning: Pair, definition: Pair, example: Pair
) -> VariableSpec:
    """A variable rated insufficient, moderate or sufficient."""
    return variable(
        code, meaning, RATINGS, definition, RATING_RULE, example, ordinal=True, dimension=dimension
    )


def variable(
    code: str,
    meaning: Pair,
    values: tuple[str, ...],
    definition: Pair,
    rule: Pair,
    example: Pair,
    *,
    ordinal: bool = False,
    several: bool = False,
    dimension: str = "",
) -> VariableSpec:
    """A variable with its texts in Dutch and English."""
    return VariableSpec(
        code=code,
        meaning=meaning[0],
        meaning_en=meaning[1],
        values=values,
        level=ORDINAL if ordinal else NOMINAL,
        several=several,
        dimension=dimension,
        definition=definition[0],
        definition_en=definition[1],
        rule=rule[0],
        rule_en=rule[1],
        example=example[0],
        example_en=example[1],
    )
