"""Rounds of interviews, and everybody who could be talked to in one."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from benchmarks.models import Cycle
from core.models import TimestampedModel
from people.enums import Role
from people.models import Membership, Organisation
from surveys.enums import RoundState, Standing, WhyDeclined, WhyNotApproached, WhyOutOfReach
from surveys.models.guides import TopicGuide
from surveys.models.waves import new_link_key, new_nonce


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "RoundQuerySet":
        """To who runs the programme, and to who interviews in it: names come along."""
        return self._with_role(user, Role.COORDINATOR, Role.FACILITATOR)

    def run_by(self, user: Any) -> "RoundQuerySet":
        """Of programmes that this person coordinates."""
        return self._with_role(user, Role.COORDINATOR)

    def counted_by(self, user: Any) -> "RoundQuerySet":
        """Whose numbers, without a name, this person may read: evaluators too."""
        return self._with_role(user, Role.COORDINATOR, Role.FACILITATOR, Role.EVALUATOR)

    def _with_role(self, user: Any, *roles: str) -> "RoundQuerySet":
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            cycle__programme__appointments__user=user,
            cycle__programme__appointments__role__in=roles,
        ).distinct()


class InterviewRound(TimestampedModel):
    """Interviews of a cycle under one guide. Personal links are made as those of a wave are."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="interview_rounds")
    guide = models.ForeignKey(TopicGuide, on_delete=models.PROTECT, related_name="rounds")
    name = models.CharField(max_length=80)
    purpose = models.TextField(max_length=2000)
    told = models.TextField(max_length=2000, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    minutes = models.PositiveSmallIntegerField(default=60)
    is_recorded = models.BooleanField(default=False)
    shows_report = models.BooleanField(default=False)
    independent_coding = models.BooleanField(default=True)
    state = models.CharField(max_length=8, choices=RoundState, default=RoundState.DRAFT)
    interviewers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="interview_rounds"
    )
    link_key = models.CharField(max_length=64, blank=True, default=new_link_key, editable=False)
    key_share = models.CharField(max_length=64, blank=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "name"], name="interview_round_name_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="interview_round_period"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=10, minutes__lte=240), name="interview_round_minutes"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Draw(TimestampedModel):
    """One random selection, so that it can be done again: the same seed and pool give the same."""

    round = models.ForeignKey(InterviewRound, on_delete=models.CASCADE, related_name="draws")
    by_size = models.BooleanField()
    by_region = models.BooleanField()
    each = models.PositiveSmallIntegerField(help_text="how many from a stratum")
    seed = models.PositiveBigIntegerField()
    pool = models.JSONField(help_text="candidates it was drawn from, by number, in order")
    drawn = models.JSONField(help_text="those that were drawn")

    class Meta:
        ordering = ["round", "pk"]

    def __str__(self) -> str:
        return f"{self.round} {self.seed}"


class CandidateQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "CandidateQuerySet":
        """Names: to who runs the programme or interviews in it."""
        return self.filter(round__in=InterviewRound.objects.visible_to(user).values("pk"))


class Candidate(TimestampedModel):
    """Somebody who could be talked to in a round, and how far that came. The link is stored
    nowhere; `token_digest` recognises it."""

    round = models.ForeignKey(InterviewRound, on_delete=models.CASCADE, related_name="candidates")
    membership = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.SET_NULL, related_name="candidacies"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="candidacies"
    )
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    function = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=5, default="nl")
    time_zone = models.CharField(max_length=60, default="Europe/Amsterdam")
    is_chosen = models.BooleanField(default=False)
    draw = models.ForeignKey(Draw, null=True, blank=True, on_delete=models.SET_NULL)
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.NOT_APPROACHED)
    reason = models.CharField(
        max_length=20,
        blank=True,
        choices=[*WhyOutOfReach.choices, *WhyNotApproached.choices, *WhyDeclined.choices],
    )
    instead_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by"
    )
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "email"], condition=~Q(email=""), name="candidate_once"
            ),
            models.UniqueConstraint(fields=["round", "membership"], name="candidate_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}"
