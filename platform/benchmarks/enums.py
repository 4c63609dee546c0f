"""The closed lists of the benchmarks room, spelled as in domain.md and the data files."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.enums import PROGRAMME_ROLES

PROGRAMME_ROLE_CHOICES = [(role.value, role.label) for role in PROGRAMME_ROLES]


class CyclePhase(models.TextChoices):
    BENCHMARKING = "benchmarking", _("benchmarking")
    BENCHLEARNING = "benchlearning", _("benchlearning")
    BENCHACTION = "benchaction", _("benchaction")


class ProgrammeKind(models.TextChoices):
    """A published study and an invented example say so on every page."""

    REGULAR = "regular", _("benchmark")
    STUDY = "study", _("published study")
    INVENTED = "invented", _("invented example")


class DecidedBy(models.TextChoices):
    MANAGER = "manager", _("the manager")
    CONTACT = "contact", _("the contact person")
    UNKNOWN = "", _("unknown")


class YesNo(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    NOT_APPLICABLE = "n/a", _("not applicable")
    MISSING = "missing", _("unknown")


class Motive(models.TextChoices):
    LEARNING = "learning", _("learning")
    COMPARING = "comparing", _("comparing")
    AUTOMATISM = "automatism", _("automatism")
    OTHER = "other", _("other")
    UNKNOWN = "", _("unknown")


class InvolvementPhase(models.TextChoices):
    PRIOR_AGREEMENTS = "prior_agreements", _("agreements beforehand")
    ORGANISATION = "organisation", _("organisation")
    INDICATORS = "indicators", _("indicators")
    WEB_APPLICATION = "web_application", _("tool")
    ANALYSIS = "analysis_and_interpretation", _("analysis and interpretation")
    EVALUATION = "evaluation", _("evaluation")


class Better(models.TextChoices):
    """Which direction of an indicator is the better one; neutral is never called good or bad."""

    HIGHER = "higher", _("higher is better")
    LOWER = "lower", _("lower is better")
    NEUTRAL = "neutral", _("neither is better")


class FigurePeriod(models.TextChoices):
    YEAR = "year", _("year")
    QUARTER = "quarter", _("quarter")
    MONTH = "month", _("month")


class FigureStatus(models.TextChoices):
    ENTERED = "entered", _("entered")
    CHECKED = "checked", _("checked")
    DISPUTED = "disputed", _("disputed")


class Supplier(models.TextChoices):
    """Who enters the figures of an indicator."""

    ORGANISATION = "organisation", _("the organisation itself")
    COORDINATOR = "coordinator", _("the coordinator, from a source elsewhere")


class GroupKind(models.TextChoices):
    """Whom an organisation compares itself with."""

    ALL = "all", _("all participants")
    SIZE = "size", _("the same size class")
    REGION = "region", _("the same region")
    CHOSEN = "chosen", _("own choice")
    BEST = "best", _("the best quarter")


class Verdict(models.TextChoices):
    """How a figure differs. Only an indicator with a direction is ever better or worse."""

    BETTER = "better", _("better")
    WORSE = "worse", _("worse")
    HIGHER = "higher", _("higher")
    LOWER = "lower", _("lower")
    SAME = "same", _("the same")
