"""The programme, its three rounds, and who takes part how."""

import datetime as dt

from django.utils import timezone

from benchmarks.domain.charter import give_consent, write_charter
from benchmarks.domain.programmes import (
    enter_participation,
    make_cycle,
    record_involvement,
)
from benchmarks.enums import CyclePhase, DecidedBy, InvolvementPhase, Motive, YesNo
from benchmarks.models import Charter
from config.demo.members import OWN_PLACE
from config.demo.scene import Scene

YEARS = (2024, 2025, 2026)
PHASES = {
    2024: CyclePhase.BENCHACTION,
    2025: CyclePhase.BENCHACTION,
    2026: CyclePhase.BENCHLEARNING,
}

# Who decided, others consulted, contact person consulted, motive: from much support to moderate.
DECISIONS = (
    (DecidedBy.CONTACT, YesNo.YES, YesNo.YES, Motive.LEARNING),
    (DecidedBy.MANAGER, YesNo.YES, YesNo.YES, Motive.LEARNING),
    (DecidedBy.MANAGER, YesNo.YES, YesNo.NO, Motive.COMPARING),
    (DecidedBy.MANAGER, YesNo.NO, YesNo.NO, Motive.AUTOMATISM),
    (DecidedBy.MANAGER, YesNo.YES, YesNo.YES, Motive.COMPARING),
    (DecidedBy.UNKNOWN, YesNo.MISSING, YesNo.MISSING, Motive.UNKNOWN),
)
AGREED = (
    "De cijfers zijn van de deelnemers. Vergelijken mag binnen de groep; naar buiten gaat niets "
    "zonder dat alle deelnemers het ermee eens zijn."
)


def make_cycles(scene: Scene) -> None:
    """Three rounds of a year; the last one is in its second phase."""
    for year in YEARS:
        scene.cycles[year] = make_cycle(
            scene.programme,
            name=str(year),
            starts_on=dt.date(year, 1, 1),
            ends_on=dt.date(year, 12, 31),
            phase=PHASES[year],
        )


CHARTER = {
    "purpose": (
        "Van elkaar leren hoe wij inwoners met schulden beter helpen. De cijfers dienen niet om "
        "elkaar of onszelf af te rekenen."
    ),
    "ownership": "De cijfers zijn en blijven van de deelnemer die ze aanlevert.",
    "visibility": (
        "Iedere deelnemer ziet zichzelf naast de groep. Zodra alle deelnemers akkoord zijn, zien "
        "zij elkaars cijfers. Naar buiten gaat niets zonder dat iedereen het daarmee eens is."
    ),
}
AGREED_ON = dt.date(YEARS[-1], 1, 26)


def make_charter(scene: Scene) -> None:
    """A charter to which all agreed but one: the organisation of the management that one can sign
    in as. Agreeing there opens the figures."""
    charter = write_charter(scene.programme, seen=0, **CHARTER)
    written = timezone.make_aware(dt.datetime.combine(AGREED_ON, dt.time(10)))
    Charter.objects.filter(pk=charter.pk).update(created_at=written)
    for number, (place, organisation) in enumerate(scene.organisations.items()):
        if place != OWN_PLACE:
            give_consent(
                charter,
                organisation,
                by=scene.managers[place].user,
                given_on=AGREED_ON + dt.timedelta(days=3 * number),
            )


def _involved(scene: Scene, place: int, year: int) -> str:
    """Involvement grows over the years, and is larger where more people decided."""
    chance = 0.35 + 0.15 * (year - YEARS[0]) + (0.25 if place % len(DECISIONS) < 2 else 0)
    drawn = scene.dice.random()
    return YesNo.MISSING if drawn > 0.97 else YesNo.YES if drawn < chance else YesNo.NO


def make_participations(scene: Scene) -> None:
    """Every organisation in every round: who decided, why, and where it had a hand in."""
    for year, cycle in scene.cycles.items():
        for place, organisation in enumerate(scene.organisations.values()):
            drift = place if year == YEARS[0] else max(0, place % len(DECISIONS) - 1)
            decided, others, contact, motive = DECISIONS[drift % len(DECISIONS)]
            participation = enter_participation(
                cycle,
                organisation=organisation,
                reference=organisation.code,
                decided_by=decided,
                others_consulted=others,
                contact_consulted=contact,
                motive=motive,
                agreed_beforehand=AGREED,
                source="verzonnen",
            )
            participation.contacts.set(scene.members[organisation.code][:1])
            scene.participations.append(participation)
            for phase in InvolvementPhase.values:
                record_involvement(
                    participation, phase=phase, involved=_involved(scene, place, year)
                )
