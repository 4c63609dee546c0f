"""The blocks of the editor: pages of items, a block for each kind with just the fields it needs."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from surveys.enums import Comparison, ItemKind, Occasion


class OptionBlock(blocks.StructBlock):
    """A point of a scale, or an option."""

    value = blocks.IntegerBlock(label=_("value"), min_value=0, max_value=9999)
    label_nl = blocks.CharBlock(label=_("Dutch"), required=False, max_length=200)
    label_en = blocks.CharBlock(label=_("English"), required=False, max_length=200)
    code = blocks.CharBlock(
        label=_("code elsewhere"),
        required=False,
        max_length=60,
        help_text=_("What another system calls it; only for import and export."),
    )


class ConditionBlock(blocks.StructBlock):
    """One test of an earlier answer."""

    item = blocks.CharBlock(label=_("code of the earlier item"), max_length=60)
    test = blocks.ChoiceBlock(label=_("its answer"), choices=Comparison.choices)
    values = blocks.CharBlock(
        label=_("values"),
        required=False,
        max_length=200,
        help_text=_("With commas between; any of them will do."),
    )
    either = blocks.BooleanBlock(
        label=_("or the next one"),
        required=False,
        help_text=_("This condition or the next must hold. Without it both must hold."),
    )


class DetailsBlock(blocks.StructBlock):
    """What most items do without."""

    hint_nl = blocks.TextBlock(label=_("hint in Dutch"), required=False, rows=1)
    hint_en = blocks.TextBlock(label=_("hint in English"), required=False, rows=1)
    same_meaning = blocks.BooleanBlock(
        label=_("reworded, but it means the same"),
        required=False,
        help_text=_("Then it may still be compared with earlier waves."),
    )
    conditions = blocks.ListBlock(
        ConditionBlock(), label=_("only asked when"), default=[], collapsed=True
    )

    class Meta:
        label = _("details")
        collapsed = True


class ItemBlock(blocks.StructBlock):
    """What every item has."""

    code = blocks.CharBlock(
        label=_("code"),
        max_length=60,
        help_text=_("The same code in a later version means: may be compared over waves."),
    )
    text_nl = blocks.TextBlock(label=_("text in Dutch"), required=False, rows=2)
    text_en = blocks.TextBlock(label=_("text in English"), required=False, rows=2)


class QuestionBlock(ItemBlock):
    """What every item has that can be answered."""

    construct = blocks.CharBlock(label=_("construct"), required=False, max_length=40)
    occasions = blocks.MultipleChoiceBlock(
        label=_("asked about"),
        required=False,
        choices=[(value, label) for value, label in Occasion.choices if value],
        help_text=_(
            "Asked once for each meeting chosen. Write {occasion} in the text where its name goes."
        ),
    )
    mandatory = blocks.BooleanBlock(label=_("must be answered"), required=False)
    allow_na = blocks.BooleanBlock(label=_("“not applicable” is an answer"), required=False)


class StatementBlock(QuestionBlock):
    reversed = blocks.BooleanBlock(
        label=_("reversed"),
        required=False,
        help_text=_("Agreeing means less of the construct."),
    )
    options = blocks.ListBlock(
        OptionBlock(),
        label=_("points of the scale"),
        default=[],
        max_num=11,
        help_text=_("2 to 11 points. Without any it is the five-point scale of agreement."),
        collapsed=True,
    )
    details = DetailsBlock()


class ChoiceOfOneBlock(QuestionBlock):
    options = blocks.ListBlock(OptionBlock(), label=_("options"), min_num=2, max_num=60)
    details = DetailsBlock()


class ChoiceOfSeveralBlock(QuestionBlock):
    options = blocks.ListBlock(OptionBlock(), label=_("options"), min_num=2, max_num=60)
    lowest = blocks.CharBlock(label=_("fewest"), required=False, max_length=20)
    highest = blocks.CharBlock(label=_("most"), required=False, max_length=20)
    details = DetailsBlock()


class NumberBlock(QuestionBlock):
    lowest = blocks.CharBlock(label=_("lowest"), required=False, max_length=20)
    highest = blocks.CharBlock(label=_("highest"), required=False, max_length=20)
    decimals = blocks.IntegerBlock(
        label=_("digits after the point"), default=0, min_value=0, max_value=6
    )
    details = DetailsBlock()


class DateBlock(QuestionBlock):
    lowest = blocks.CharBlock(
        label=_("first day"), required=False, max_length=10, help_text="YYYY-MM-DD"
    )
    highest = blocks.CharBlock(
        label=_("last day"), required=False, max_length=10, help_text="YYYY-MM-DD"
    )
    details = DetailsBlock()


class TextItemBlock(QuestionBlock):
    details = DetailsBlock()


class ExplanationBlock(ItemBlock):
    details = DetailsBlock()


KINDS: dict[str, tuple[type[ItemBlock], str]] = {
    ItemKind.STATEMENT: (StatementBlock, "list-ul"),
    ItemKind.SINGLE: (ChoiceOfOneBlock, "radio-full"),
    ItemKind.MULTIPLE: (ChoiceOfSeveralBlock, "check"),
    ItemKind.RANKING: (ChoiceOfSeveralBlock, "list-ol"),
    ItemKind.NUMBER: (NumberBlock, "plus-inverse"),
    ItemKind.DATE: (DateBlock, "date"),
    ItemKind.SHORT_TEXT: (TextItemBlock, "pilcrow"),
    ItemKind.OPEN_TEXT: (TextItemBlock, "comment"),
    ItemKind.EXPLANATION: (ExplanationBlock, "info-circle"),
}


class ItemsBlock(blocks.StreamBlock):
    """The items of a page, in order."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        kinds = [
            (str(kind), block(label=ItemKind(kind).label, icon=icon))
            for kind, (block, icon) in KINDS.items()
        ]
        super().__init__(local_blocks or kinds, **kwargs)


class PageBlock(blocks.StructBlock):
    """One page of the questionnaire."""

    title_nl = blocks.CharBlock(label=_("title in Dutch"), required=False, max_length=120)
    title_en = blocks.CharBlock(label=_("title in English"), required=False, max_length=120)
    intro_nl = blocks.TextBlock(label=_("introduction in Dutch"), required=False, rows=2)
    intro_en = blocks.TextBlock(label=_("introduction in English"), required=False, rows=2)
    random_order = blocks.BooleanBlock(
        label=_("in another order for each respondent"),
        required=False,
        help_text=_("Remarks and explanations keep their place."),
    )
    items = ItemsBlock(label=_("items"))

    class Meta:
        icon = "doc-full"
        label = _("page")


class ConstructBlock(blocks.StructBlock):
    """What items measure together, in words."""

    code = blocks.CharBlock(label=_("code"), max_length=40)
    label_nl = blocks.CharBlock(label=_("Dutch"), required=False, max_length=120)
    label_en = blocks.CharBlock(label=_("English"), required=False, max_length=120)

    class Meta:
        icon = "tag"
        label = _("construct")
