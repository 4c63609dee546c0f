"""Codebooks and codings: what was read from an interview, and the passage it rests on."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from benchmarks.managers import VisibleThroughProgramme
from benchmarks.models import Cycle, Programme
from core.models import TimestampedModel
from people.models import Organisation


class Level(models.TextChoices):
    """Level of measurement of a coded variable."""

    NOMINAL = "nominal", _("nominal")
    ORDINAL = "ordinal", _("ordinal")


class Codebook(TimestampedModel):
    """The variables that are read from interviews, in versions."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="codebooks")
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["programme", "version"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="codebook_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.version}"


class CodedVariable(models.Model):
    """One variable of a codebook, with the values it may take, in order where it is ordinal."""

    codebook = models.ForeignKey(Codebook, on_delete=models.CASCADE, related_name="variables")
    code = models.SlugField(max_length=60)
    meaning = models.CharField(max_length=200)
    meaning_en = models.CharField(max_length=200, blank=True)
    dimension = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=8, choices=Level)
    several = models.BooleanField(default=False, help_text=_("may have several values at once"))
    values = models.JSONField(default=list, help_text=_("allowed values, lowest first if ordinal"))
    definition = models.TextField(blank=True)
    rule = models.TextField(blank=True, help_text=_("how to choose a value"))
    example = models.TextField(blank=True, help_text=_("a passage that shows it"))

    class Meta:
        ordering = ["codebook", "id"]
        constraints = [
            models.UniqueConstraint(fields=["codebook", "code"], name="coded_variable_once")
        ]

    def __str__(self) -> str:
        return self.code


class CodingQuerySet(VisibleThroughProgramme):
    programme_path = "variable__codebook__programme"

    def visible_to(self, user: object) -> "CodingQuerySet":
        """Only to who evaluates, leads or runs the programme: passages may point at persons."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(variable__codebook__programme__appointments__user=user).distinct()


class Coding(TimestampedModel):
    """One coder's value for one organisation. `qualifiers` are the circumstances it was said of,
    e.g. {"occasion": "general_report"}; `passage` is the text, or the row of a study's file."""

    variable = models.ForeignKey(CodedVariable, on_delete=models.CASCADE, related_name="codings")
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="codings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="codings")
    coder = models.CharField(max_length=80, help_text=_("name, or the study itself"))
    coder_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    value = models.CharField(max_length=60)
    qualifiers = models.JSONField(default=dict, blank=True)
    passage = models.TextField(blank=True)
    source = models.CharField(max_length=120, help_text=_("table, file and row, or interview"))

    objects = CodingQuerySet.as_manager()

    class Meta:
        ordering = ["variable", "organisation", "id"]

    def __str__(self) -> str:
        return f"{self.organisation} {self.variable}: {self.value}"
