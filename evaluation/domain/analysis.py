"""Choices in the analysis that the sources leave to the evaluators."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Programme
from core.audit import Deed, record
from core.exceptions import InvalidInput
from core.models import log_activity
from evaluation.models import AnalysisSettings
from evaluation.models.analysis_settings import SupportRule


@transaction.atomic
def set_support_rule(programme: Programme, *, rule: str, actor: Any = None) -> AnalysisSettings:
    """Decide what a learning motive with a moderate decision counts as. Raises InvalidInput."""
    if rule not in SupportRule.values:
        raise InvalidInput(_("That is none of the rules to choose from."))
    settings, _new = AnalysisSettings.objects.update_or_create(
        programme=programme, defaults={"learning_with_moderate_decision": rule}
    )
    log_activity(settings, "changed", actor=actor, rule=rule)
    record(Deed.THRESHOLDS_SET, programme, by=actor, scope=programme, support_rule=rule)
    return settings
