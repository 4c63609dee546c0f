"""Codebooks and codings: what was read from an interview, and the passage it rests on."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benchmarks.managers import VisibleThroughProgramme
from benchmarks.models import Cycle, Programme
from core.models import TimestampedModel
from people.models import Organisation
from surveys.models.coded_texts import CodedText, being_coded


class Level(models.TextChoices):
    """Level of measurement of a coded variable."""

    NOMINAL = "nominal", _("nominal")
    ORDINAL = "ordinal", _("ordinal")


class How(models.TextChoices):
    """Who decides where coders differ: somebody who coded neither, or the coders in talk."""

    THIRD = "third", _("by a third person")
    TALK = "talk", _("in talk between the coders")


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
    definition_en = models.TextField(blank=True)
    rule = models.TextField(blank=True, help_text=_("how to choose a value"))
    rule_en = models.TextField(blank=True)
    example = models.TextField(blank=True, help_text=_("a passage that shows it"))
    example_en = models.TextField(blank=True)

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
        """Only to who evaluates, leads or runs the programme: passages may point at persons. What
        is still being coded is seen by its coder alone."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        rows = self.filter(variable__codebook__programme__appointments__user=user).distinct()
        return rows.filter(Q(text=None) | Q(coder_user=user) | ~Q(text__in=being_coded()))

    def released(self) -> "CodingQuerySet":
        """Codings that every coder of their text is done with: no coder sees another before."""
        return self.filter(Q(text=None) | ~Q(text__in=being_coded()))


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
    text = models.ForeignKey(
        CodedText, null=True, blank=True, on_delete=models.PROTECT, related_name="codings"
    )
    starts_at = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("where in the text the passage begins")
    )
    remark = models.TextField(blank=True)
    adjudicates = models.BooleanField(default=False)
    how = models.CharField(max_length=5, choices=How, blank=True)
    reason = models.TextField(blank=True, help_text=_("why this value holds, where coders differ"))
    source = models.CharField(max_length=120, help_text=_("table, file and row, or interview"))

    objects = CodingQuerySet.as_manager()

    class Meta:
        ordering = ["variable", "organisation", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["text", "variable", "coder_user", "adjudicates", "value"],
                name="coding_of_a_text_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.variable}: {self.value}"
