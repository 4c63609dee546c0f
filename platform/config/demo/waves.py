"""Two waves of the perception survey: one closed, of which results can be seen, one in progress."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F

from config.demo.members import OWN_PLACE
from config.demo.names import invented_names
from config.demo.organisations import PARTICIPANTS
from config.demo.people import DOMAIN
from config.demo.scene import Scene
from core.models import MailState, OutboxMail
from people.enums import Role
from surveys.domain.invitations import Guest, invite
from surveys.domain.links import (
    draft_digest_of,
    key_of,
    make_token,
    token_of,
    used_digest_of,
)
from surveys.domain.responses import save_page, submit_response
from surveys.domain.waves import close_wave, open_wave, prepare_wave
from surveys.given import Given
from surveys.models import Response, UsedLink, Wave
from surveys.structure import AskedItem, Questionnaire, questionnaire


@dataclass(frozen=True, slots=True)
class Administration:
    """When a wave is held, how many answer, and how much better it is experienced."""

    year: int
    name: str
    opens: dt.date
    last_day: dt.date
    closes: dt.date | None
    share: float
    lift: float


ADMINISTRATIONS = (
    Administration(
        2025,
        "Voorjaar 2025",
        dt.date(2025, 3, 10),
        dt.date(2025, 4, 11),
        dt.date(2025, 4, 14),
        0.77,
        0.0,
    ),
    Administration(
        2026, "Najaar 2026", dt.date(2026, 11, 2), dt.date(2027, 3, 31), None, 0.75, 0.25
    ),
)
REMARKS = {
    "remark-learning": (
        "De ervaringen van de buren hielpen ons meer dan het rapport.",
        "Graag meer tijd om de cijfers met ons eigen team te bespreken.",
        "Eén thema per bijeenkomst werkt beter dan drie.",
        "Ik mis iemand van de uitvoering aan tafel.",
    ),
    "remark-effect": (
        "De wachttijd is korter sinds we het intakeformulier hebben aangepast.",
        "Het kost ons veel tijd om de gegevens te verzamelen.",
        "Afspraken komen nu elke keer terug, dat scheelt.",
    ),
}
# How the statements are experienced, compared with the whole: saving least, ideas most.
LEVELS = {
    "room-for-ideas": 0.6,
    "inviting-circle": 0.5,
    "sharing-circle": 0.3,
    "enough-feedback": -0.5,
    "reflection-session": -0.4,
    "saving": -0.8,
    "steering": -0.1,
    "goals": -0.2,
}


def make_waves(scene: Scene) -> None:
    """Hold both waves."""
    for administration in ADMINISTRATIONS:
        _hold(scene, administration)


def _hold(scene: Scene, administration: Administration) -> None:
    coordinator = scene.users[Role.COORDINATOR]
    wave = prepare_wave(
        scene.cycles[administration.year],
        name=administration.name,
        last_day=administration.last_day,
        by=coordinator,
        target=70,
    )
    invite(
        wave,
        by=coordinator,
        memberships=[person for people in scene.members.values() for person in people],
        guests=_guests(scene, administration),
    )
    wave = open_wave(wave, by=coordinator, on=administration.opens)
    _let_people_answer(scene, wave, administration)
    _keep_from_who_answered(wave)
    if administration.closes:
        close_wave(wave, by=coordinator, on=administration.closes)


def _guests(scene: Scene, administration: Administration) -> list[Guest]:
    """The people asked besides those with an account, for each organisation."""
    places = [place for place in PARTICIPANTS for _person in range(place.respondents - 2)]
    names = invented_names(scene.dice, len(places))
    return [
        Guest(
            name=name,
            email=f"r{number}.{administration.year}@{DOMAIN}",
            organisation=scene.organisations[place.code],
            language="en" if scene.dice.random() < 0.05 else "nl",
        )
        for number, (place, name) in enumerate(zip(places, names, strict=True), start=1)
    ]


def _let_people_answer(scene: Scene, wave: Wave, administration: Administration) -> None:
    """Of each organisation a part answers, in its own mood; some begin and don't finish."""
    moods = {code: scene.dice.gauss(3.35, 0.35) for code in scene.organisations}
    asked = questionnaire(wave.version_id)
    own = scene.members[OWN_PLACE][0].user.email
    invitations = wave.invitations.select_related("organisation").order_by("pk")
    for invitation in invitations:
        drawn = scene.dice.random()
        day = administration.opens + dt.timedelta(days=scene.dice.randrange(14))
        mood = scene.dice.gauss(moods[invitation.organisation.code], 0.5) + administration.lift
        if invitation.email == own and administration.closes is None:
            continue  # the participant that one can sign in as still has to answer
        if drawn < administration.share + 0.05:
            token = token_of(invitation, wave)
            finishes = drawn < administration.share
            _answer(scene, token, asked, mood, day, finishes=finishes)


def _answer(
    scene: Scene, token: str, asked: Questionnaire, mood: float, day: dt.date, *, finishes: bool
) -> None:
    for block in asked.blocks if finishes else asked.blocks[:1]:
        given = {item: _given(scene, item, mood) for item in block.items}
        save_page(token, page=block.page, given=given, done=True, today=day)
    if finishes:
        _take_time(token, mood)
        submit_response(token, today=day)


def _take_time(token: str, mood: float) -> None:
    """Nobody answers in no time: three minutes or more, and longest who is least content."""
    seconds = round(120 + 90 * max(0.0, 5 - mood))
    draft = Response.objects.filter(draft_digest=draft_digest_of(token))
    draft.update(begun=F("begun") - seconds)


def _given(scene: Scene, item: AskedItem, mood: float) -> Given | None:
    """One answer: mostly near the mood, sometimes not applicable or left open."""
    drawn = scene.dice.random()
    if not item.is_statement:
        remarks = REMARKS.get(item.code, ())
        return Given(text=scene.dice.choice(remarks)) if remarks and drawn < 0.06 else None
    if item.allow_na and drawn < 0.08:
        return Given(not_applicable=True)
    if drawn > 0.985:
        return None
    value = scene.dice.gauss(mood + LEVELS.get(item.code, 0.0), 0.8)
    return Given(value=min(5, max(1, round(value))))


def _keep_from_who_answered(wave: Wave) -> None:
    """Whoever answered already, isn't asked any more."""
    waiting = OutboxMail.objects.filter(
        reference__startswith=f"wave:{wave.pk}:", state=MailState.WAITING
    )
    waiting.filter(to__in=_who_answered(wave)).update(state=MailState.CANCELLED, body="")


def _who_answered(wave: Wave) -> list[str]:
    """The addresses behind the links that were used."""
    key, used = key_of(wave), set(UsedLink.objects.values_list("digest", flat=True))
    return [
        invitation.email
        for invitation in wave.invitations.all()
        if used_digest_of(make_token(key, invitation.nonce)) in used
    ]
