"""Blocks and items: what a version asks, page by page."""

from django.db import models
from django.utils.translation import get_language

from surveys.enums import ItemKind, Occasion
from surveys.models.frozen import Freezable, FreezableQuerySet
from surveys.models.instruments import InstrumentVersion, is_published


class BlockQuerySet(FreezableQuerySet):
    published = "version__"


class ItemQuerySet(FreezableQuerySet):
    published = "block__version__"


class Block(Freezable):
    """What is asked together, on one page.

    With `random_order` each respondent gets the questions in an order of their own; remarks and
    explanations keep their place. The order that was shown stands in the response.
    """

    version = models.ForeignKey(InstrumentVersion, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveSmallIntegerField()
    title_nl = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    intro_nl = models.TextField(blank=True)
    intro_en = models.TextField(blank=True)
    random_order = models.BooleanField(default=False)

    objects = BlockQuerySet.as_manager()

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="block_position_once")
        ]

    def __str__(self) -> str:
        return self.title_en

    def is_frozen(self) -> bool:
        return is_published(self.version_id)


class Item(Freezable):
    """One thing that is asked or said; `kind` tells which. `construct` is what it measures.

    A `reversed` statement is worded against its construct: where answers are put together, an
    answer counts as the lowest plus the highest point of the scale, minus the answer.

    - `options`: points of the scale or options to choose, a list of {value, code, label_nl,
      label_en}, see specs.OptionSpec. A statement without any has the five-point scale.
    - `limits`: {lowest, highest, decimals} of a number, a date, or how many options to choose.
    - `conditions`: when it is asked; groups of {item, test, values}, see
      specs.ConditionSpec. The items
      named stand on an earlier page.
    - `mandatory`: the page can't be left without an answer; "not applicable" is one.
    - `stem`: the code of the item that was written once and is asked for several occasions.
    - `since`: the number of the version in which it got its present wording and scale. Items of
      versions of one instrument may be compared when both `code` and `since` are the same.
    """

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    kind = models.CharField(max_length=12, choices=ItemKind, default=ItemKind.STATEMENT)
    text_nl = models.TextField()
    text_en = models.TextField(blank=True)
    hint_nl = models.TextField(blank=True)
    hint_en = models.TextField(blank=True)
    construct = models.SlugField(max_length=40, blank=True)
    occasion = models.CharField(max_length=8, choices=Occasion, default=Occasion.NONE, blank=True)
    allow_na = models.BooleanField(default=False)
    mandatory = models.BooleanField(default=False)
    reversed = models.BooleanField(default=False)
    options = models.JSONField(default=list, blank=True)
    limits = models.JSONField(default=dict, blank=True)
    conditions = models.JSONField(default=list, blank=True)
    stem = models.SlugField(max_length=60, blank=True)
    since = models.PositiveSmallIntegerField(default=1)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["block__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["block", "position"], name="item_position_once"),
            models.UniqueConstraint(fields=["block", "code"], name="item_code_once"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def text(self) -> str:
        """The text in the language of the moment; the Dutch one where there is no English."""
        return (self.text_en if get_language() == "en" else "") or self.text_nl

    @property
    def comparable(self) -> str:
        """Which answers over the waves of an instrument may be laid beside each other."""
        return f"{self.code}@{self.since}"

    def is_frozen(self) -> bool:
        versions = Block.objects.filter(pk=self.block_id).values_list("version", flat=True)
        return any(is_published(version) for version in versions)
