"""Reads of guides, rounds and the people in them."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from benchmarks.models import Participation, Programme
from surveys.codebooks.shipped import SHIPPED
from surveys.coding_queries import newest_codebook
from surveys.enums import Standing
from surveys.interviewing.beforehand import Fact, facts_about, with_facts
from surveys.interviewing.flow import Step, make_flow
from surveys.models import Candidate, InterviewRound, TopicGuide


def newest_guides(programme: Programme) -> QuerySet[TopicGuide]:
    """The newest version of each guide of a programme, with its number of topics."""
    rows = programme.guides.order_by("code", "version").values_list("code", "pk")
    return (
        TopicGuide.objects.filter(pk__in=dict(rows).values())
        .annotate(topics_in_it=Count("topics"))
        .order_by("name")
    )


def rounds_of(programme: Programme, user: Any) -> QuerySet:
    """The rounds of a programme that this person may see, with how far they are."""

    def people(*standings: str) -> Count:
        return Count("candidates", filter=Q(candidates__standing__in=standings))

    return (
        InterviewRound.objects.visible_to(user)
        .filter(cycle__programme=programme)
        .select_related("cycle", "guide")
        .annotate(
            approached=people(
                Standing.APPROACHED, Standing.DECLINED, Standing.AGREED, Standing.HELD
            ),
            agreed=people(Standing.AGREED, Standing.HELD),
            held=people(Standing.HELD),
        )
    )


def flow_of(round: InterviewRound) -> list[Step]:
    """The sample of a round as a flow."""
    return make_flow(round.candidates.order_by().values_list("standing", "reason"))


def candidates_of(round: InterviewRound, user: Any) -> QuerySet[Candidate]:
    """Everybody of a round, for who may see names."""
    return Candidate.objects.visible_to(user).filter(round=round).select_related("organisation")


def facts_of(candidate: Candidate, wanted: list[str]) -> list[Fact]:
    """What to know beforehand about somebody's organisation."""
    rows = Participation.objects.filter(
        cycle=candidate.round.cycle_id, organisation=candidate.organisation_id
    )
    return facts_about(with_facts(rows).first(), wanted)


def construct_names(programme: Programme, *, english: bool) -> dict[str, str]:
    """What the coded variables are called: in the programme's codebook, or as they ship."""
    book = newest_codebook(programme.pk)
    found: list[Any] = [*SHIPPED, *(book.variables.all() if book else ())]
    return {row.code: (row.meaning_en if english else "") or row.meaning for row in found}
