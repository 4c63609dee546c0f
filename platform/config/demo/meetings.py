"""The circles with their members, and the sessions: held, called off, to record, to come."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from config.demo.members import OWN_PLACE
from config.demo.scene import Scene
from config.demo.talks import CALLED_OFF, TALKS, THEMES, TO_COME, Talk, Theme
from learningcircles.domain.circles import add_member, remove_member, start_circle
from learningcircles.domain.sessions import (
    cancel_session,
    conclude_session,
    plan_session,
    record_attendance,
    reply_to_invitation,
)
from learningcircles.domain.signals import raise_signal
from learningcircles.enums import Presence, Reply, SessionKind
from learningcircles.models import Circle, Session
from people.enums import Role
from people.models import Membership, User

FURTHER = "Terugkijken op de afspraken, en één stap verder."
FIRST_DAY = dt.date(2024, 3, 1)
PRESENCES = (
    *[Presence.PRESENT] * 15,
    *[Presence.EXCUSED] * 3,
    Presence.SUBSTITUTE,
    Presence.ABSENT,
)


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """That hour on that day, as clocks here show it."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def make_meetings(scene: Scene) -> None:
    """All circles and sessions; what was held is recorded, in order of time."""
    planned = [(day, circle, theme) for circle, theme in _circles(scene) for day in theme.met]
    held: list[tuple[dt.date, Session, Theme | Talk]]
    held = [(day, _of_circle(scene, circle, theme, day), theme) for day, circle, theme in planned]
    held += [(talk.day, _talk(scene, talk), talk) for talk in TALKS]
    for _day, session, about in sorted(held, key=lambda row: row[0]):
        _record(scene, session, about)
    for circle, theme in zip(scene.circles, THEMES, strict=True):
        _say_who_comes(scene, _of_circle(scene, circle, theme, theme.to_come))
    cancel_session(_talk(scene, CALLED_OFF), by=scene.users[Role.FACILITATOR])
    _talk(scene, TO_COME, led_by=scene.users[Role.COORDINATOR])


def _circles(scene: Scene) -> list[tuple[Circle, Theme]]:
    """Start the circles. In the first, somebody left and a colleague took over."""
    facilitator = scene.users[Role.FACILITATOR]
    for number, theme in enumerate(THEMES):
        circle = start_circle(scene.programme, by=facilitator, theme=theme.theme, goal=theme.goal)
        scene.circles.append(circle)
        for place in theme.places:
            who = 0 if place == OWN_PLACE else number % len(scene.members[place])
            add_member(circle, scene.members[place][who], by=facilitator, joined_on=FIRST_DAY)
    _hand_over(scene)
    return list(zip(scene.circles, THEMES, strict=True))


def _hand_over(scene: Scene) -> None:
    circle, facilitator = scene.circles[0], scene.users[Role.FACILITATOR]
    leaves = circle.members.get(membership=scene.members["demo-waterhove"][0])
    remove_member(leaves, by=facilitator, left_on=dt.date(2025, 8, 31))
    takes_over = scene.members["demo-waterhove"][1]
    add_member(circle, takes_over, by=facilitator, joined_on=dt.date(2025, 9, 1))


def _of_circle(scene: Scene, circle: Circle, theme: Theme, day: dt.date) -> Session:
    host = scene.organisations[scene.dice.choice(theme.places)]
    return plan_session(
        scene.programme,
        by=scene.users[Role.FACILITATOR],
        mail=False,
        kind=SessionKind.LEARNING_CIRCLE,
        circle=circle,
        title=f"{theme.theme}: bijeenkomst {_number(circle)}",
        goal=theme.goal if _number(circle) == 1 else FURTHER,
        starts_at=at(day, 13, 30),
        ends_at=at(day, 16),
        place=f"Gemeentehuis {host.name}",
    )


def _number(circle: Circle) -> int:
    return circle.sessions.count() + 1


def _talk(scene: Scene, talk: Talk, *, led_by: User | None = None) -> Session:
    """A session outside circles; all take part, or the people of the one organisation."""
    place = scene.organisations.get(talk.place)
    return plan_session(
        scene.programme,
        by=led_by or scene.users[Role.FACILITATOR],
        mail=False,
        kind=talk.kind,
        organisation=place,
        title=talk.title,
        goal=talk.goal,
        starts_at=at(talk.day, 10),
        ends_at=at(talk.day, 12),
        place=talk.where,
        invitees=[] if place else _one_each(scene),
    )


def _one_each(scene: Scene) -> Iterable[Membership]:
    return [people[0] for people in scene.members.values()]


def _record(scene: Scene, session: Session, about: Theme | Talk) -> None:
    """Who was there, what was said; then the record is closed."""
    facilitator = scene.users[Role.FACILITATOR]
    presences: dict[int, str] = {
        guest.pk: scene.dice.choice(PRESENCES) for guest in session.attendances.all()
    }
    record_attendance(
        session,
        by=facilitator,
        presences=presences,
        substitutes=dict.fromkeys(presences, "een collega"),
    )
    _signals(scene, session, about)
    conclude_session(session, by=facilitator, now=session.ends_at, mail=False)
    scene.sessions.append(session)


def _signals(scene: Scene, session: Session, about: Theme | Talk) -> None:
    """Most signals hang on a figure of that year, of one of those at the table."""
    texts = scene.dice.sample(about.signals, min(2, len(about.signals)))
    present = [guest.membership.organisation.code for guest in session.attendances.all()]
    for number, text in enumerate(texts):
        place = scene.dice.choice(present)
        figure = scene.figures.get((about.indicator, place, session.starts_at.year))
        scene.signals.append(
            raise_signal(
                session,
                by=scene.users[Role.FACILITATOR],
                text=text,
                figure=figure if number == 0 else None,
                raised_at=session.starts_at + dt.timedelta(minutes=20 + 15 * number),
            )
        )


def _say_who_comes(scene: Scene, session: Session) -> None:
    """Some have answered already; the one that can be signed in as has not."""
    own = scene.members[OWN_PLACE][0]
    for guest in session.attendances.exclude(membership=own):
        reply = scene.dice.choice((Reply.COMING, Reply.COMING, Reply.NOT_COMING, Reply.NONE))
        if reply:
            reply_to_invitation(guest, reply=reply)
