"""The statements that ship with Benchlearn: the perception survey, in two blocks.

Worded for this product, from the constructs of docs/architecture.md's domain. A statement that is
asked for two occasions may be "not applicable" for whoever attended only one of them.
"""

from surveys.enums import ItemKind, Occasion
from surveys.specs import BlockSpec as ShippedBlock
from surveys.specs import ItemSpec

CODE = "perception"
TITLE_NL, TITLE_EN = "Belevingsonderzoek", "Perception survey"


def ShippedItem(
    code: str,
    construct: str,
    text_nl: str,
    text_en: str,
    occasion: str = Occasion.NONE,
    kind: str = ItemKind.STATEMENT,
) -> ItemSpec:
    """One item as it ships: what is asked about one occasion doesn't apply to who wasn't there."""
    allow_na = occasion != Occasion.NONE
    return ItemSpec(code, construct, text_nl, text_en, occasion, kind, allow_na)


LEARNING = ShippedBlock(
    title_nl="Leren van elkaar",
    title_en="Learning from one another",
    intro_nl=(
        "De leerkring is de kleine groep die een paar keer per jaar een thema uitdiept. Het "
        "duidingsgesprek is het jaarlijkse gesprek over de cijfers."
    ),
    intro_en=(
        "The learning circle is the small group that goes into a theme a few times a year. The "
        "interpretation session is the yearly talk about the figures."
    ),
    items=(
        ShippedItem(
            "inviting-circle",
            "inviting_to_learn",
            "De leerkring maakt mij nieuwsgierig naar hoe anderen het aanpakken.",
            "The learning circle makes me curious about how others go about it.",
            Occasion.CIRCLE,
        ),
        ShippedItem(
            "inviting-session",
            "inviting_to_learn",
            "Het duidingsgesprek maakt mij nieuwsgierig naar het verhaal achter de cijfers.",
            "The interpretation session makes me curious about the story behind the figures.",
            Occasion.SESSION,
        ),
        ShippedItem(
            "room-for-ideas",
            "room_for_ideas",
            "Ik kan vrijuit eigen ideeën inbrengen en ideeën van anderen meenemen.",
            "I can freely put forward ideas of my own and take home those of others.",
        ),
        ShippedItem(
            "right-themes",
            "themes_and_topics",
            "We hebben het over de onderwerpen die er in mijn organisatie toe doen.",
            "We talk about the subjects that matter in my organisation.",
        ),
        ShippedItem(
            "sharing-circle",
            "knowledge_sharing",
            "In de leerkring vertellen deelnemers elkaar genoeg over wat wel en niet werkt.",
            "In the learning circle people tell one another enough of what works and what doesn't.",
            Occasion.CIRCLE,
        ),
        ShippedItem(
            "sharing-session",
            "knowledge_sharing",
            "In het duidingsgesprek komt genoeg kennis op tafel om de cijfers te begrijpen.",
            "The interpretation session brings out enough knowledge to understand the figures.",
            Occasion.SESSION,
        ),
        ShippedItem(
            "enough-feedback",
            "feedback_on_outcomes",
            "Ik hoor genoeg terug over wat er met de uitkomsten is gedaan.",
            "I hear enough about what was done with the outcomes.",
        ),
        ShippedItem(
            "reflection-circle",
            "time_to_reflect",
            "De leerkring laat genoeg tijd om samen ergens bij stil te staan.",
            "The learning circle leaves enough time to pause and think something through.",
            Occasion.CIRCLE,
        ),
        ShippedItem(
            "reflection-session",
            "time_to_reflect",
            "Het duidingsgesprek laat genoeg tijd om na te denken over wat de cijfers betekenen.",
            "The interpretation session leaves enough time to consider what the figures mean.",
            Occasion.SESSION,
        ),
        ShippedItem(
            "remark-learning",
            "",
            "Wilt u nog iets kwijt over het leren van elkaar?",
            "Is there anything you would like to add about learning from one another?",
            kind=ItemKind.OPEN_TEXT,
        ),
    ),
)

EFFECT = ShippedBlock(
    title_nl="Wat het oplevert",
    title_en="What it yields",
    intro_nl="Denk bij deze stellingen aan uw eigen organisatie.",
    intro_en="Think of your own organisation with these statements.",
    items=(
        ShippedItem(
            "saving",
            "saving",
            "Door deze benchmark besparen wij tijd of geld.",
            "Thanks to this benchmark we save time or money.",
        ),
        ShippedItem(
            "steering",
            "steering",
            "Met de uitkomsten kunnen wij bijsturen.",
            "The outcomes help us to adjust our course.",
        ),
        ShippedItem(
            "way-of-working",
            "way_of_working",
            "Door deze benchmark organiseren wij ons werk beter.",
            "Thanks to this benchmark we organise our work better.",
        ),
        ShippedItem(
            "goals",
            "goal_attainment",
            "De benchmark brengt ons wat we ervan wilden bereiken.",
            "The benchmark brings us what we set out to reach with it.",
        ),
        ShippedItem(
            "remark-effect",
            "",
            "Wilt u nog iets kwijt over wat de benchmark oplevert?",
            "Is there anything you would like to add about what the benchmark yields?",
            kind=ItemKind.OPEN_TEXT,
        ),
    ),
)

BLOCKS = (LEARNING, EFFECT)
