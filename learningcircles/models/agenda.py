"""The agenda of a session: its items, in sections, with times that add up."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Figure, Indicator
from core.models import TimestampedModel
from learningcircles.enums import AgendaOrigin, AgendaSection
from learningcircles.managers import ThroughSession
from learningcircles.managers_talk import ThroughItem
from learningcircles.models.actions import Action
from learningcircles.models.definition_issues import DefinitionIssue
from learningcircles.models.sessions import Session
from learningcircles.models.topics import Topic
from people.models import Membership, Organisation


class AgendaItem(TimestampedModel):
    """One item: what, how long, who presents it, and where it came from.

    `indicator` is the figure at hand: each reader sees the values of it that they may see.
    `source` says in short what it was drafted from, e.g. "topic:12": a draft made twice, or by two
    people at once, has each source once. `version` rises with each change.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="agenda")
    section = models.CharField(_("part of the agenda"), max_length=12, choices=AgendaSection)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("item"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("time in minutes"), default=15)
    presenter = models.ForeignKey(
        Membership,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("who presents it"),
    )
    presenter_name = models.CharField(_("presenter without an account"), max_length=120, blank=True)
    origin = models.CharField(_("where it comes from"), max_length=12, choices=AgendaOrigin)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agenda_items",
        verbose_name=_("on whose agenda it is"),
    )
    indicator = models.ForeignKey(
        Indicator,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agenda_items",
        verbose_name=_("figure at hand"),
    )
    figure = models.ForeignKey(
        Figure, null=True, blank=True, on_delete=models.SET_NULL, related_name="agenda_items"
    )
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="agenda_items"
    )
    issue = models.ForeignKey(
        DefinitionIssue,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agenda_items",
    )
    source = models.CharField(max_length=40, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = ThroughSession.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "source"],
                condition=~models.Q(source=""),
                name="agenda_source_once",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="agenda_has_title"),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="agenda_takes_time"),
            models.CheckConstraint(
                condition=models.Q(presenter=None) | models.Q(presenter_name=""),
                name="agenda_one_presenter",
            ),
            models.CheckConstraint(
                condition=~models.Q(origin=AgendaOrigin.ORGANISATION)
                | models.Q(organisation__isnull=False),
                name="agenda_of_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ItemAction(models.Model):
    """Under which item of the agenda an action was agreed."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="agreed")
    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="agenda_link")

    objects = ThroughItem.as_manager()

    def __str__(self) -> str:
        return f"{self.item}: {self.action}"
