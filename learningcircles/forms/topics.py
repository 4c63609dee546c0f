"""Forms about the topics of a circle, and the votes for them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcircles.domain.topics import propose_topic
from learningcircles.domain.votes import distribute_votes
from learningcircles.enums import TopicOrigin
from learningcircles.forms.fields import OnceForm, long_text
from learningcircles.models import Circle, CircleMember, Signal, Topic, TopicVote
from people.models import Organisation


class TopicForm(OnceForm):
    """Propose a topic."""

    title = forms.CharField(label=_("Topic"), max_length=160)
    why = forms.CharField(label=_("Why"), required=False, max_length=1000, widget=long_text(2))
    origin = forms.ChoiceField(label=_("Where it comes from"), choices=TopicOrigin)
    organisation = forms.ModelChoiceField(
        label=_("On whose agenda it is"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("nobody's"),
    )
    signal = forms.ModelChoiceField(
        label=_("From which signal"),
        queryset=Signal.objects.none(),
        required=False,
        empty_label=_("none"),
    )

    def __init__(self, *args: Any, circle: Circle, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle, self.user = circle, user
        fields: Any = self.fields
        inside = circle.members.current().values("membership__organisation")
        fields["organisation"].queryset = Organisation.objects.filter(pk__in=inside)
        fields["signal"].queryset = (
            Signal.objects.visible_to(user)
            .filter(session__programme=circle.programme_id)
            .order_by("-raised_at")
        )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("origin") == TopicOrigin.SIGNAL and not told.get("signal"):
            self.add_error("signal", _("Choose the signal that it comes from."))
        if told.get("origin") == TopicOrigin.ORGANISATION and not told.get("organisation"):
            self.add_error("organisation", _("Say on whose agenda it is."))
        return told

    def save(self) -> Topic:
        return propose_topic(self.circle, by=self.user, **self.cleaned_data)


class VotesForm(forms.Form):
    """A member's budget over the open topics: points and a reason for each."""

    def __init__(
        self,
        *args: Any,
        member: CircleMember,
        topics: list[Topic],
        given: dict[int, TopicVote],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.member, self.topics = member, topics
        budget = member.circle.vote_budget
        for topic in topics:
            vote = given.get(topic.pk)
            self.fields[f"points-{topic.pk}"] = forms.IntegerField(
                label=_("Points"),
                min_value=0,
                max_value=budget,
                required=False,
                initial=vote.points if vote else 0,
            )
            self.fields[f"why-{topic.pk}"] = forms.CharField(
                label=_("Why"),
                max_length=300,
                required=False,
                initial=vote.why if vote else "",
            )

    def lines(self) -> list[tuple[Topic, Any, Any]]:
        """Each topic with its two fields."""
        return [
            (topic, self[f"points-{topic.pk}"], self[f"why-{topic.pk}"]) for topic in self.topics
        ]

    def save(self) -> list[TopicVote]:
        told = self.cleaned_data
        given = {
            topic.pk: (told[f"points-{topic.pk}"] or 0, told[f"why-{topic.pk}"])
            for topic in self.topics
        }
        distribute_votes(self.member, by=self.member.membership.user, given=given)
        return list(self.member.votes.all()) or [TopicVote()]
