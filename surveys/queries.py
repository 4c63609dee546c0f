"""Reads of this room: querysets, nothing decided here."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from benchmarks.models import Cycle, Participation
from core.models import MailState, OutboxMail
from people.models import Membership, Organisation
from surveys.enums import ItemKind, ResponseState, WaveState
from surveys.models import Answer, Invitation, Response, UsedLink, Wave


def waves_of(programme: Any, user: Any) -> QuerySet[Wave]:
    """The waves of a programme that this person may know of, newest cycle first."""
    return Wave.objects.visible_to(user).filter(cycle__programme=programme).select_related("cycle")


def participating_organisations(cycle: Cycle) -> QuerySet[Organisation]:
    """Who takes part in a cycle."""
    return Organisation.objects.filter(
        pk__in=Participation.objects.filter(cycle=cycle).values("organisation")
    )


def people_to_invite(wave: Wave) -> QuerySet[Membership]:
    """Members of the participating organisations, without who left and who was invited."""
    invited = Invitation.objects.filter(wave=wave)
    return (
        Membership.objects.filter(
            organisation__in=participating_organisations(wave.cycle),
            left_on=None,
            user__is_active=True,
        )
        .exclude(user__email__in=invited.values("email"))
        .select_related("user", "organisation")
        .order_by("organisation__name", "user__name")
    )


def contacts_of(cycle: Cycle) -> set[int]:
    """Primary keys of memberships that are a contact person in the cycle."""
    pairs = Participation.objects.filter(cycle=cycle, contacts__isnull=False)
    return set(pairs.values_list("contacts", flat=True))


def invited_by_organisation(wave: Wave) -> dict[int, int]:
    """How many were invited of each organisation."""
    rows = Invitation.objects.filter(wave=wave).order_by()
    return dict(rows.values_list("organisation").annotate(n=Count("pk")))


def submitted_by_organisation(wave: Wave) -> dict[int | None, int]:
    """How many responses came from each organisation; None where it was taken away.

    Not for show: see results.py."""
    rows = Response.objects.filter(wave=wave, state=ResponseState.SUBMITTED).order_by()
    return dict(rows.values_list("organisation").annotate(n=Count("pk")))


def answer_counts(waves: QuerySet[Wave]) -> QuerySet:
    """Counts by wave, statement and organisation: c1..c5 and na. Not for show: see results.py."""
    scale = {f"c{value}": Count("pk", filter=Q(value=value)) for value in range(1, 6)}
    return (
        Answer.objects.filter(
            response__wave__in=waves,
            response__state=ResponseState.SUBMITTED,
            item__kind=ItemKind.STATEMENT,
        )
        .order_by()
        .values("response__wave", "item", "response__organisation")
        .annotate(**scale, na=Count("pk", filter=Q(not_applicable=True)))
    )


def remarks_of(wave: Wave) -> QuerySet[Answer]:
    """Remarks, in the order of their text: the order in which they came could point at people."""
    return (
        Answer.objects.filter(
            response__wave=wave,
            response__state=ResponseState.SUBMITTED,
            item__kind=ItemKind.OPEN_TEXT,
        )
        .select_related("item")
        .order_by("item__block__position", "item__position", "text")
    )


def open_invitations_of(user: Any) -> QuerySet[Invitation]:
    """What somebody with an account was asked to answer, whether they did or not: see is_used."""
    return (
        Invitation.objects.filter(
            membership__user=user,
            membership__left_on=None,
            state="open",
            wave__state=WaveState.OPEN,
        )
        .select_related("wave__cycle__programme")
        .order_by("wave__last_day")
    )


def is_used(digest: str) -> bool:
    """Was the link with this digest (links.used_digest_of) used to submit?"""
    return UsedLink.objects.filter(digest=digest).exists()


def mails_of(wave: Wave) -> QuerySet[OutboxMail]:
    """The mails that were written for a wave's invitations."""
    return OutboxMail.objects.filter(reference__startswith=f"wave:{wave.pk}:")


def mails_waiting(wave: Wave) -> QuerySet[OutboxMail]:
    """Mails that are still on their way."""
    underway = (MailState.WAITING, MailState.CLAIMED, MailState.DELIVERING)
    return mails_of(wave).filter(state__in=underway)


def mails_in_trouble(wave: Wave) -> QuerySet[OutboxMail]:
    """Mails that didn't arrive, or of which nobody knows."""
    return mails_of(wave).filter(state__in=(MailState.UNSURE, MailState.REFUSED, MailState.FAILED))
