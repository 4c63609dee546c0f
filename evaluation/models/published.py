"""What a study itself derived, beside what Benchlearn computes and never mixed with it."""

from django.db import models

from benchmarks.managers import VisibleThroughProgramme
from benchmarks.models import Programme
from people.models import Organisation


class PublishedValueQuerySet(VisibleThroughProgramme):
    programme_path = "programme"


class PublishedValue(models.Model):
    """The place of one organisation in one derived table of a published study.

    A table of levels has a row alone; a cross table a row and a column.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="published_values"
    )
    table = models.CharField(max_length=20)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="published_values"
    )
    row_variable = models.CharField(max_length=60)
    row = models.CharField(max_length=60)
    column_variable = models.CharField(max_length=60, blank=True)
    column = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=120)

    objects = PublishedValueQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "table", "organisation"], name="published_value_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.organisation}: {self.row} {self.column}".strip()
