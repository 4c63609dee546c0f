"""How far a programme has come with its charter: who agreed, who hasn't, what that opens."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from benchmarks.managers import programmes_opened_by_charter
from benchmarks.models import Charter, CharterConsent, Participation, Programme
from people.models import Organisation


@dataclass(frozen=True, slots=True)
class Sharing:
    """The newest version of a charter, with who agreed to it and who is still to."""

    charter: Charter | None
    consents: tuple[CharterConsent, ...]
    missing: tuple[Organisation, ...]

    @property
    def is_shared(self) -> bool:
        """Have all participants agreed, so that they see each other's figures?"""
        return self.charter is not None and bool(self.consents) and not self.missing


def is_shared(programme: Programme) -> bool:
    """Have all participants agreed to the newest version of the charter?"""
    return Programme.objects.filter(pk=programme.pk).shared().exists()


def participants_of(programme: Programme) -> QuerySet[Organisation]:
    """Who takes part now: in a round that hasn't ended, or in the last one."""
    now = Participation.objects.of_now().filter(cycle__programme=programme)
    return Organisation.objects.filter(pk__in=now.values("organisation"))


def sharing_of(programme: Programme) -> Sharing:
    """Where the charter stands, in three queries."""
    charter = programme.charters.first()
    given = CharterConsent.objects.in_force().filter(charter=charter)
    participants = {each.pk: each for each in participants_of(programme)}
    consents = [
        consent
        for consent in given.select_related("organisation", "given_by")
        if consent.organisation_id in participants
    ]
    agreed = {consent.organisation_id for consent in consents}
    missing = tuple(each for pk, each in participants.items() if pk not in agreed)
    return Sharing(charter, tuple(consents), missing)


def sees_each(user: Any, programme: Programme) -> bool:
    """Does a role of this person open the figures of each organisation, by the charter?"""
    return user.is_authenticated and programme.pk in programmes_opened_by_charter(user)
