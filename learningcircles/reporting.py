"""What the command `follow-up` tells."""

import datetime as dt
from typing import Any

from learningcircles.chains import chain_counts
from learningcircles.following import actions_to_follow, follow_up_counts, time_to_done


def follow_up_report(
    programme_id: int, organisation_id: int | None, today: dt.date
) -> dict[str, Any]:
    """Counts of a programme's actions, or of one organisation's, as they stood on a day.

    The median is that of the product-limit curve in days, with its interval of 95% by the scale
    log(-log S); what isn't reached is None. Open and dropped actions are censored.
    """
    actions = actions_to_follow(programme_id, organisation_id)
    counts = follow_up_counts(actions, today)
    curve = time_to_done(actions, today)
    return {
        "agreed": counts.agreed,
        "open": counts.open,
        "overdue": counts.overdue,
        "done": counts.done,
        "dropped": counts.dropped,
        "without_owner": counts.without_owner,
        "carried_over": counts.carried_over,
        "median_days_to_done": curve.median,
        "interval": list(curve.interval) if curve.interval else None,
        "chains": chain_counts(programme_id, organisation_id, today),
    }
