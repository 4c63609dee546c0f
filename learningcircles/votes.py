"""Reads of votes: what each topic of a circle got, and what a member has left."""

from typing import Any

from django.db.models import Prefetch, QuerySet, Sum
from django.db.models.functions import Coalesce

from learningcircles.models import Circle, CircleMember, Signal, Topic, TopicVote


def topics_by_votes(circle: Circle, user: Any) -> QuerySet:
    """The open topics of a circle with `given` (points), most wanted first."""
    votes = TopicVote.objects.select_related("member__membership__user")
    topics = Topic.objects.visible_to(user).filter(circle=circle, closed_on=None)
    return (
        topics.annotate(given=Coalesce(Sum("votes__points"), 0))
        .select_related("organisation", "proposed_by")
        .prefetch_related(
            Prefetch("votes", votes),
            Prefetch("signal", Signal.objects.visible_to(user)),
        )
        .order_by("-given", "proposed_at", "pk")
    )


def most_wanted(circle: Circle, user: Any, most: int) -> QuerySet:
    """The open topics that got most points, with `given`; nothing of who gave them."""
    topics = Topic.objects.visible_to(user).filter(circle=circle, closed_on=None)
    counted = topics.annotate(given=Coalesce(Sum("votes__points"), 0))
    return counted.order_by("-given", "proposed_at", "pk")[:most]


def own_membership(circle: Circle, user: Any) -> CircleMember | None:
    """This person as a member of the circle now."""
    return circle.members.current().filter(membership__user=user).first()


def votes_of(member: CircleMember) -> dict[int, TopicVote]:
    """What a member gave, by topic; topics that had their turn gave their points back."""
    votes = TopicVote.objects.filter(member=member, topic__closed_on=None)
    return {vote.topic_id: vote for vote in votes}
