"""The roles of domain.md, and the kinds of organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is. Participant and management belong to a membership of an organisation,
    coordinator, facilitator and evaluator to a programme, administrator to the installation."""

    PARTICIPANT = "participant", _("participant")
    MANAGEMENT = "management", _("management")
    FACILITATOR = "facilitator", _("facilitator")
    COORDINATOR = "coordinator", _("coordinator")
    EVALUATOR = "evaluator", _("evaluator")
    ADMINISTRATOR = "administrator", _("administrator")


ORGANISATION_ROLES = (Role.PARTICIPANT, Role.MANAGEMENT)
PROGRAMME_ROLES = (Role.FACILITATOR, Role.COORDINATOR, Role.EVALUATOR)


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("municipality")
    PARTNERSHIP = "partnership", _("partnership")
    AGENCY = "agency", _("agency that runs benchmarks")


class SizeClass(models.TextChoices):
    """Number of inhabitants, in the classes that Statistics Netherlands uses for municipalities."""

    UNKNOWN = "", _("unknown")
    UNDER_20 = "under_20000", _("under 20,000")
    TO_50 = "20000_50000", _("20,000 to 50,000")
    TO_100 = "50000_100000", _("50,000 to 100,000")
    TO_250 = "100000_250000", _("100,000 to 250,000")
    OVER_250 = "over_250000", _("250,000 and more")
