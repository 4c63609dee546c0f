"""Reads about good practices: the library, and who has come how far."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from benchmarks.models import Programme
from learningcircles.managers import organisations_of
from learningcircles.models import AdoptionStep, PracticePage
from people.models import Organisation


@dataclass(frozen=True, slots=True)
class Adoption:
    """How far one organisation has come with one practice, and how it came there."""

    organisation: Organisation
    practice: PracticePage
    steps: list[AdoptionStep]

    @property
    def now(self) -> AdoptionStep:
        return self.steps[-1]


SEARCHED = ("title", "what", "for_whom", "context", "what_worked", "costs")


def library_of(user: Any, asked: str = "") -> QuerySet:
    """The practices that this person, or anyone, may read; the newest first. With words asked,
    those in which each of the words stands somewhere."""
    practices = PracticePage.objects.visible_to(user)
    for word in asked.split():
        anywhere = Q()
        for name in SEARCHED:
            anywhere |= Q(**{f"{name}__icontains": word})
        practices = practices.filter(anywhere)
    practices = practices.select_related("organisation", "programme", "indicator")
    practices = practices.prefetch_related("indicator__definitions")
    return practices.order_by("-latest_revision_created_at", "-pk")


def adoptions(steps: QuerySet) -> list[Adoption]:
    """Steps gathered by organisation and practice, in the order of the last one."""
    gathered: dict[tuple[int, int], list[AdoptionStep]] = defaultdict(list)
    for step in steps.select_related("organisation", "practice", "by").order_by("on", "pk"):
        gathered[step.organisation_id, step.practice_id].append(step)
    found = [Adoption(rows[0].organisation, rows[0].practice, rows) for rows in gathered.values()]
    return sorted(found, key=lambda row: (row.now.on, row.now.pk), reverse=True)


def adoptions_of(practice: PracticePage, user: Any) -> list[Adoption]:
    """Who has come how far with it, as far as this person may see that."""
    return adoptions(AdoptionStep.objects.visible_to(user).filter(practice=practice))


def adopted_by(organisation: Organisation, programme: Programme, user: Any) -> list[Adoption]:
    """The practices that an organisation has taken a step with, in one programme."""
    steps = AdoptionStep.objects.visible_to(user).filter(
        organisation=organisation, practice__programme=programme
    )
    return adoptions(steps)


def organisations_in(user: Any, programme: Programme) -> QuerySet:
    """This person's organisations that take part in the programme."""
    return Organisation.objects.filter(
        pk__in=organisations_of(user), participations__cycle__programme=programme
    ).distinct()
