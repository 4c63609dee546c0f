"""What a circle agrees on following up its actions."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.exceptions import InvalidInput
from core.models import log_activity
from core.records import keep
from learningcircles.models import Circle, FollowUpRule
from learningcircles.models.following import A_YEAR


@transaction.atomic
def agree_follow_up_rule(
    circle: Circle, *, by: Any, remind_before: int, flag_after: int, escalate_after: int
) -> FollowUpRule:
    """Say how long before its date an action is reminded of, after how long one without owner or
    date is flagged, and how long past its date it goes to management. All in days."""
    days = {
        "remind_before": remind_before,
        "flag_after": flag_after,
        "escalate_after": escalate_after,
    }
    if not all(0 < number <= A_YEAR for number in days.values()):
        raise InvalidInput(_("A number of days from 1 to 365."))
    rule = keep(FollowUpRule, {"circle": circle}, **days)
    log_activity(circle, "agree_follow_up_rule", actor=by, **days)
    return rule
