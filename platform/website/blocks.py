"""The few blocks that a page of the site is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class PhaseBlock(blocks.StructBlock):
    """One phase of the story: what it is called, and what happens in it."""

    name = blocks.CharBlock(label=_("Name"), max_length=40)
    question = blocks.CharBlock(label=_("Question"), max_length=120)
    text = blocks.TextBlock(label=_("Text"))

    class Meta:
        icon = "arrow-right"
        label = _("Phase")


class PointBlock(blocks.StructBlock):
    """A title with a few sentences."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"))

    class Meta:
        icon = "pilcrow"
        label = _("Point")
