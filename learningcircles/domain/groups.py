"""Counting how the participants of a programme stand together, in the daily round."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from benchmarks.models import Programme
from learningcircles.following import (
    actions_to_follow,
    follow_up_counts,
    promised_on,
    time_to_done,
)
from learningcircles.measures.survival import Step
from learningcircles.models import Action, GroupStanding

COUNTED = ("agreed", "open", "overdue", "without_owner", "carried_over", "done", "dropped")


def count_groups(today: date) -> int:
    """Count the group of every programme that has actions; how many."""
    with_actions = Exists(Action.objects.filter(programme=OuterRef("pk")))
    programmes = list(Programme.objects.filter(with_actions).order_by("pk"))
    for programme in programmes:
        count_group(programme, today)
    return len(programmes)


def count_group(programme: Programme, today: date) -> GroupStanding:
    """Count the group as it stands on a day, and keep that in place of the day before."""
    actions = actions_to_follow(programme.pk)
    counts = follow_up_counts(actions, today)
    curve = time_to_done(actions, today)
    promised = actions.filter(promised_on(today)).order_by()
    standing, _new = GroupStanding.objects.update_or_create(
        programme=programme,
        defaults={
            "day": today,
            "organisations": promised.values("organisation").distinct().count(),
            "figures": {
                "counts": {name: getattr(counts, name) for name in COUNTED},
                "n": curve.n,
                "censored": curve.censored,
                "last_day": curve.last_day,
                "steps": [_kept(step) for step in curve.steps],
            },
        },
    )
    return standing


def _kept(step: Step) -> list[Any]:
    return [step.day, step.at_risk, step.done, step.still_open, step.low, step.high]
