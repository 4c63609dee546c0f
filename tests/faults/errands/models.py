from django.db import models

from core.models import LeasedRow


class Errand(LeasedRow):
    """Something that a worker must carry out."""

    def __str__(self):
        return f"errand {self.pk}"


class Effect(models.Model):
    """What carrying out an errand leaves behind: one row each time it was done."""

    errand = models.ForeignKey(Errand, on_delete=models.CASCADE)

    def __str__(self):
        return f"effect of {self.errand_id}"
