"""Good practices that came out of actions, and how far others came with them."""

import datetime as dt
from typing import Any

from config.demo.members import OWN_PLACE
from config.demo.scene import Scene
from learningcircles.domain.practices import publish_practice, record_adoption, write_practice
from learningcircles.enums import ActionStatus, AdoptionLevel, EvidenceStrength
from learningcircles.models import Action
from people.enums import Role

TEXTS: tuple[dict[str, Any], ...] = (
    {
        "what": (
            "Inwoners krijgen vóór het eerste gesprek één lijst met wat zij meenemen, in gewone "
            "taal, en een berichtje de dag ervoor."
        ),
        "for_whom": "Inwoners die zich voor het eerst melden, en de intakers.",
        "context": "Er was al één systeem voor afspraken. Zonder dat kost het berichtje handwerk.",
        "what_worked": (
            "Minder gesprekken vielen uit. Bellen werkte beter dan een brief; de brief is gebleven "
            "voor wie geen telefoon heeft."
        ),
        "costs": "Twee dagen om de lijst te maken, daarna een uur per week.",
        "evidence_process": EvidenceStrength.FULL,
        "evidence_result": EvidenceStrength.SOME,
    },
    {
        "what": "Een vaste contactpersoon per inwoner, van melding tot nazorg.",
        "for_whom": "Inwoners met meer dan één schuldeiser.",
        "context": "Een klein team. In een groot team vraagt het een afspraak over vervanging.",
        "what_worked": (
            "Inwoners melden zich eerder als het misgaat. Het rooster werd wel lastiger."
        ),
        "costs": "Geen geld; een halve dag per maand om het rooster rond te krijgen.",
        "evidence_theory": EvidenceStrength.SOME,
        "evidence_process": EvidenceStrength.SOME,
    },
)


def make_practices(scene: Scene) -> None:
    """Two practices from actions that were done; one is public, one for the benchmark."""
    facilitator = scene.users[Role.FACILITATOR]
    done = Action.objects.filter(programme=scene.programme, status=ActionStatus.DONE)
    sources = done.exclude(indicator=None).exclude(organisation__code=OWN_PLACE).order_by("pk")
    for number, (source, texts) in enumerate(zip(sources, TEXTS, strict=False)):
        practice = write_practice(
            scene.programme,
            by=source.owner.user if source.owner else facilitator,
            organisation=source.organisation,
            title=source.title,
            source_action=source,
            indicator=source.indicator,
            **texts,
        )
        publish_practice(practice, by=facilitator, public=number == 0)
        for level, day, told in _steps(number):
            record_adoption(
                practice,
                by=scene.members[OWN_PLACE][0].user,
                organisation=scene.organisations[OWN_PLACE],
                level=level,
                on=day,
                **told,
            )


def _steps(number: int) -> list[tuple[AdoptionLevel, dt.date, dict[str, Any]]]:
    """How far the organisation came that one can sign in for."""
    changed: dict[str, Any] = {"changed": "Bij ons ook op papier, in drie talen."}
    first = [
        (AdoptionLevel.RECOGNISED, dt.date(2026, 3, 12), {}),
        (AdoptionLevel.ADAPTED, dt.date(2026, 6, 2), changed),
        (AdoptionLevel.CARRIED_OUT, dt.date(2026, 9, 1), {}),
    ]
    second = [
        (AdoptionLevel.CONSIDERED, dt.date(2026, 5, 20), {}),
        (AdoptionLevel.REJECTED, dt.date(2026, 8, 30), {"reason": "Ons rooster kan dit niet aan."}),
    ]
    return second if number else first
