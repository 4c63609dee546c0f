"""Good practices that came out of actions, and how far others came with them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from config.demo.meetings import at
from config.demo.members import OWN_PLACE
from config.demo.scene import Scene
from learningcircles.domain.practices import publish_practice, record_adoption, write_practice
from learningcircles.domain.readings import note_reading
from learningcircles.domain.topics import propose_topic
from learningcircles.enums import ActionStatus, AdoptionLevel, EvidenceStrength
from learningcircles.models import Action, PracticePage
from people.enums import Role

PUBLISHED = at(dt.date(2026, 2, 20), 11)

type Step = tuple[AdoptionLevel, dt.date, dict[str, Any]]


@dataclass(frozen=True)
class Told:
    """A practice: the action that it came from, its words, and what our organisation did with it.

    With a `topic` and a `reading` the whole chain is there: what the figure was read as, and how a
    circle took it up.
    """

    action: str
    words: dict[str, Any]
    public: bool = False
    steps: tuple[Step, ...] = ()
    topic: str = ""
    reading: str = ""


PRACTICES = (
    Told(
        action="Vaste contactpersoon per inwoner invoeren",
        public=True,
        words={
            "title": "Eén vaste contactpersoon, van melding tot nazorg",
            "what": (
                "Elke inwoner houdt één contactpersoon, van de melding tot een halfjaar na het "
                "plan, met een vaste vervanger die zich aan het begin voorstelt."
            ),
            "for_whom": "Inwoners met meer dan één schuldeiser, en de intakers.",
            "context": (
                "Een team van acht mensen met één rooster. In een groot team vraagt het een "
                "afspraak over vervanging."
            ),
            "what_worked": (
                "Inwoners melden zich eerder als het misgaat, en minder van hen haken af. Het "
                "rooster werd lastiger; op maandag schuift nu iemand door."
            ),
            "costs": "Geen geld; een halve dag per maand om het rooster rond te krijgen.",
            "evidence_theory": EvidenceStrength.SOME,
            "evidence_process": EvidenceStrength.FULL,
            "evidence_result": EvidenceStrength.SOME,
        },
        steps=(
            (AdoptionLevel.RECOGNISED, dt.date(2026, 3, 12), {}),
            (
                AdoptionLevel.ADAPTED,
                dt.date(2026, 6, 2),
                {
                    "changed": "Bij ons tot het plan loopt; de nazorg doet het wijkteam.",
                    "reason": "Onze contactpersonen werken niet in de nazorg.",
                },
            ),
            (AdoptionLevel.CARRIED_OUT, dt.date(2026, 9, 1), {}),
        ),
        topic="Wie houdt contact met de inwoner?",
        reading="Wie afhaakt, had gemiddeld drie verschillende mensen gesproken.",
    ),
    Told(
        action="Bij elke stop opschrijven waarom",
        words={
            "title": "Bij elke stop opschrijven waarom",
            "what": "Wie stopt, wordt gebeld; de reden komt in één zin in het dossier.",
            "for_whom": "Teams die willen weten waarom inwoners afhaken.",
            "context": "Het dossier had al een vrij veld. Zonder dat veld is er een lijst nodig.",
            "what_worked": "Na drie maanden waren er vier redenen die steeds terugkwamen.",
            "costs": "Tien minuten per stop.",
            "evidence_process": EvidenceStrength.SOME,
        },
        steps=(
            (AdoptionLevel.CONSIDERED, dt.date(2026, 5, 20), {}),
            (
                AdoptionLevel.REJECTED,
                dt.date(2026, 8, 30),
                {"reason": "Wij hebben te weinig mensen om iedereen te bellen."},
            ),
        ),
    ),
)


def make_practices(scene: Scene) -> None:
    """Two practices from actions that were done; one is public, one for the benchmark."""
    facilitator = scene.users[Role.FACILITATOR]
    done = Action.objects.filter(programme=scene.programme, status=ActionStatus.DONE)
    for told in PRACTICES:
        source = done.filter(title=told.action).exclude(indicator=None).order_by("pk")[0]
        _lead_up_to(source, told, facilitator)
        practice = write_practice(
            scene.programme,
            by=source.owner.user if source.owner else facilitator,
            organisation=source.organisation,
            source_action=source,
            indicator=source.indicator,
            **told.words,
        )
        publish_practice(practice, by=facilitator, public=told.public)
        PracticePage.objects.filter(pk=practice.pk).update(first_published_at=PUBLISHED)
        for level, day, further in told.steps:
            record_adoption(
                practice,
                by=scene.members[OWN_PLACE][0].user,
                organisation=scene.organisations[OWN_PLACE],
                level=level,
                on=day,
                **further,
            )


def _lead_up_to(source: Action, told: Told, facilitator: Any) -> None:
    """The reading that the signal was because of, and the topic by which the circle took it up."""
    signal = source.signal
    if not told.topic or signal is None or signal.session.circle is None:
        return
    signal.reading = note_reading(
        signal.session,
        by=facilitator,
        text=told.reading,
        figure=signal.figure,
        at=signal.raised_at,
    )
    signal.save(update_fields=["reading", "modified_at"])
    source.topic = propose_topic(
        signal.session.circle,
        by=facilitator,
        title=told.topic,
        signal=signal,
        at=signal.raised_at,
    )
    source.save(update_fields=["topic", "modified_at"])
