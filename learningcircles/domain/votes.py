"""Decisions on votes: a member distributes a budget over the topics of a circle."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from learningcircles.models import CircleMember, TopicVote


@transaction.atomic
def distribute_votes(
    member: CircleMember, *, by: Any, given: Mapping[int, tuple[int, str]]
) -> list[TopicVote]:
    """Give topics points, {topic id: (points, why)}, within the budget; this replaces what the
    member gave before to topics that are still open.

    Two windows at once can't spend the budget twice: the member's row is held meanwhile.
    """
    rows = CircleMember.objects.select_for_update(of=("self",)).select_related("circle")
    current = rows.get(pk=member.pk)
    if current.left_on is not None:
        raise NotNow(_("Only members of the circle can vote."))
    given = {topic: told for topic, told in given.items() if told[0]}
    budget = current.circle.vote_budget
    if any(points < 0 for points, _why in given.values()):
        raise InvalidInput(_("Points can't be negative."))
    if (total := sum(points for points, _why in given.values())) > budget:
        raise InvalidInput(
            _("You gave %(total)d points; you have %(budget)d.")
            % {"total": total, "budget": budget}
        )
    open_topics = set(current.circle.topics.open().values_list("pk", flat=True))
    if not set(given) <= open_topics:
        raise NotNow(_("One of these topics is not on the list any more."))
    TopicVote.objects.filter(member=current, topic__in=open_topics).delete()
    votes = TopicVote.objects.bulk_create(
        TopicVote(topic_id=topic, member=current, points=points, why=" ".join(why.split())[:300])
        for topic, (points, why) in given.items()
    )
    log_activity(current.circle, "distribute_votes", actor=by)
    return votes
