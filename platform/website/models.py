"""The pages that editors keep: the home page, once in each language."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from website.blocks import PhaseBlock, PointBlock
from website.examples import public_examples, public_practices


class HomePage(Page):
    """What is this, and is it for us? The story in three phases, and the studies as examples."""

    heading = models.CharField(_("heading"), max_length=120)
    lead = models.TextField(_("lead"))
    story_title = models.CharField(_("title of the story"), max_length=120)
    story = StreamField([("phase", PhaseBlock())], verbose_name=_("story"), min_num=3, max_num=3)
    for_whom_title = models.CharField(_("title of: is it for us"), max_length=120)
    for_whom = StreamField([("point", PointBlock())], verbose_name=_("is it for us"), blank=True)
    examples_title = models.CharField(_("title of the examples"), max_length=120)
    examples_text = models.TextField(_("about the examples"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("lead"),
        FieldPanel("story_title"),
        FieldPanel("story"),
        FieldPanel("for_whom_title"),
        FieldPanel("for_whom"),
        FieldPanel("examples_title"),
        FieldPanel("examples_text"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types: list[str] = []
    template = "website/home.html"

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The studies and good practices of this installation that may be read by anyone."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "examples": public_examples(), "practices": public_practices()}
