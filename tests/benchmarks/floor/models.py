"""Thirteen rows a respondent."""

from django.db import models


class Respondent(models.Model):
    token = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.token


class Row(models.Model):
    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE)
    statement = models.CharField(max_length=40)
    value = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.statement}: {self.value}"
