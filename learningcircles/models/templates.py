"""Templates of agendas: what a benchmark's sessions usually have, in its own words."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Programme
from core.models import TimestampedModel
from learningcircles.enums import AgendaSection
from learningcircles.managers_talk import AgendaTemplateQuerySet


class AgendaTemplate(TimestampedModel):
    """An agenda that was kept under a name, for whoever prepares sessions in the benchmark."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="agenda_templates"
    )
    name = models.CharField(_("name of the template"), max_length=80)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = AgendaTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="agenda_template_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="agenda_template_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class AgendaTemplateItem(models.Model):
    """One item of a template: what, in which part, and its share of the time."""

    template = models.ForeignKey(AgendaTemplate, on_delete=models.CASCADE, related_name="items")
    section = models.CharField(_("part of the agenda"), max_length=12, choices=AgendaSection)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("item"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("time in minutes"))

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="template_item_has_title"),
            models.CheckConstraint(
                condition=models.Q(minutes__gt=0), name="template_item_takes_time"
            ),
        ]

    def __str__(self) -> str:
        return self.title
