"""The charter: what is agreed before figures are laid side by side, and who agreed to it when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from benchmarks.managers import CharterQuerySet, ConsentQuerySet
from benchmarks.models.programmes import Programme
from core.models import TimestampedModel
from people.models import Organisation


class Charter(TimestampedModel):
    """One version of what is agreed. It never changes: another text is a new version, to which
    everybody is asked to agree again.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="charters")
    version = models.PositiveSmallIntegerField(default=1)
    purpose = models.TextField(_("purpose"))
    ownership = models.TextField(_("who owns the figures"))
    visibility = models.TextField(_("what becomes visible to whom, and when"))
    coordinator_sees = models.BooleanField(
        _("the coordinator sees the figures of each organisation"), default=True
    )
    facilitator_sees = models.BooleanField(
        _("the facilitators see the figures of each organisation"), default=True
    )
    evaluator_sees = models.BooleanField(
        _("the evaluators see the figures of each organisation"), default=True
    )

    objects = CharterQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="charter_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.version}"


class CharterConsent(models.Model):
    """An organisation agrees to one version of the charter, through its management."""

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="consents")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="consents"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["charter", "organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["charter", "organisation"], name="consent_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.given_on}"
