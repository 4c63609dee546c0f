"""Who codes an interview: the work is spread, and nobody hears only themselves."""

from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from core.exceptions import InvalidInput
from people.models import User
from surveys.domain.coding_work import CODER_ROLES
from surveys.models import InterviewRound


def coders_for(round: InterviewRound, *, interviewer: Any, number: int = 2) -> list[User]:
    """Who codes an interview of this round: those with the least to code, who held it last of all.

    Where coders must be independent and one is asked, it isn't who held it; of two, who held it is
    at most one. Raises InvalidInput when there aren't enough people.
    """
    programme = round.cycle.programme_id
    able = User.objects.filter(
        is_active=True, appointments__programme=programme, appointments__role__in=CODER_ROLES
    ).annotate(
        load=Count(
            "coding_tasks",
            filter=Q(coding_tasks__text__cycle__programme=programme),
            distinct=True,
        )
    )
    found: list[Any] = list(able.distinct())
    found.sort(key=lambda one: (one.pk == interviewer.pk, one.load, one.pk))
    chosen = list(found[:number])
    alone = round.independent_coding and [one.pk for one in chosen] == [interviewer.pk]
    if len(chosen) < number or alone:
        raise InvalidInput(_("There aren't enough people to code this interview apart."))
    return chosen
