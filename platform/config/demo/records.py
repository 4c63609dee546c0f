"""What the talks left behind: an agenda, topics with points, minutes, and a private part."""

import datetime as dt

from django.utils import translation

from config.demo.members import OWN_PLACE
from config.demo.scene import Scene
from learningcircles.domain.afterwards import give_feedback
from learningcircles.domain.agenda import add_item
from learningcircles.domain.approval import approve_minutes, finalise_minutes, send_minutes
from learningcircles.domain.circles import name_intermediary
from learningcircles.domain.decisions import note_decision
from learningcircles.domain.definition_issues import park_definition_issue
from learningcircles.domain.drafting import draft_agenda
from learningcircles.domain.materials import ask_preparation
from learningcircles.domain.minutes import save_minute_text
from learningcircles.domain.own_readings import save_own_reading
from learningcircles.domain.readings import note_reading
from learningcircles.domain.templates import keep_template
from learningcircles.domain.topics import propose_topic
from learningcircles.domain.votes import distribute_votes
from learningcircles.enums import AgendaSection, SessionKind
from learningcircles.models import Circle, Session, Topic
from learningcircles.suggestions import suggestions_for
from people.enums import Role
from people.models import User

TOPICS = (
    ("Het ontbrekende bewijsstuk", "Een derde van de meldingen wacht daarop."),
    ("Bellen in plaats van schrijven", "Duinhorst spaart er een halfuur per melding mee."),
    ("Meldingen van woningcorporaties", "Zij zien achterstanden eerder dan wij."),
)
GIVEN = ((6, 4, 0), (3, 5, 2), (10, 0, 0), (2, 2, 6))
WHY = "Hier kunnen we volgende maand al mee beginnen."
TEMPLATE = "Cijfer, gesprek, afspraak"
PRIVATE = (
    "Onze wachttijd steeg door twee vacatures. Dat willen we eerst zelf met de directie bespreken."
)


def make_records(scene: Scene) -> None:
    """In the first circle: topics, the next agenda, and minutes final, sent, and in the making."""
    circle, facilitator = scene.circles[0], scene.users[Role.FACILITATOR]
    held = list(circle.sessions.held().order_by("starts_at"))
    _record(scene, held[-2], facilitator)
    _final(scene, held[-2], facilitator)
    _record(scene, held[-1], facilitator)
    _sent(held[-1], facilitator)
    _topics(circle, facilitator)
    _prepare(scene, circle, facilitator)
    _own_reading(scene, facilitator)
    _afterwards(scene)
    keep_template(held[-2], by=facilitator, name=TEMPLATE)
    for member in circle.members.current().order_by("membership__organisation", "pk"):
        name_intermediary(member, by=facilitator)


def _record(scene: Scene, session: Session, facilitator: User) -> None:
    """Two items with what was said; a reading, a decision, and a parked doubt."""
    talk = add_item(
        session,
        by=facilitator,
        title="De wachttijd",
        section=AgendaSection.FIGURES,
        minutes=60,
        indicator=scene.definitions["waiting-time"].indicator,
    )
    add_item(
        session,
        by=facilitator,
        title="Wat we afspreken",
        section=AgendaSection.CLOSING,
        minutes=30,
    )
    figure = scene.figures.get(("waiting-time", OWN_PLACE, session.starts_at.year))
    at = session.starts_at + dt.timedelta(minutes=30)
    note_reading(
        session,
        by=facilitator,
        text="Wie zich meldt, wacht op een brief en niet op een gesprek.",
        context="In de zomer waren er minder spreekuren.",
        figure=figure,
        item=talk,
        at=at,
    )
    note_decision(
        session,
        by=facilitator,
        text="We bellen binnen twee dagen na een melding.",
        item=talk,
        at=at,
    )
    park_definition_issue(
        session,
        by=facilitator,
        indicator=scene.definitions["waiting-time"].indicator,
        text="Telt de dag van de melding mee, of begint het tellen bij de eerste brief?",
        item=talk,
        at=at,
    )
    save_minute_text(
        talk,
        by=facilitator,
        version=0,
        text="Ieder vertelt waar meldingen blijven liggen. Het verschil zit vóór het gesprek.",
        at=at,
    )


def _final(scene: Scene, session: Session, facilitator: User) -> None:
    sent = session.ends_at + dt.timedelta(days=2)
    send_minutes(session, by=facilitator, now=sent, mail=False)
    finalise_minutes(
        session,
        by=facilitator,
        reason="Binnen twee weken had niemand een opmerking.",
        now=sent + dt.timedelta(days=12),
        mail=False,
    )


def _sent(session: Session, facilitator: User) -> None:
    """Sent; one organisation has approved, the others are still asked."""
    sent = session.ends_at + dt.timedelta(days=2)
    send_minutes(session, by=facilitator, now=sent, mail=False)
    there = session.attendances.filter(presence="present")
    first = there.exclude(membership__organisation__code=OWN_PLACE).first()
    if first is not None:
        approve_minutes(
            session,
            membership=first.membership,
            round_seen=1,
            approved=True,
            now=sent + dt.timedelta(days=1),
        )


def _topics(circle: Circle, facilitator: User) -> None:
    """Members gave their points; the one that can be signed in as still has them."""
    topics: list[Topic] = [
        propose_topic(circle, by=facilitator, title=title, why=why) for title, why in TOPICS
    ]
    others = circle.members.current().exclude(membership__organisation__code=OWN_PLACE)
    for member, points in zip(others.order_by("pk"), GIVEN, strict=False):
        given = {topic.pk: (n, WHY) for topic, n in zip(topics, points, strict=True) if n}
        distribute_votes(member, by=member.membership.user, given=given)


def _prepare(scene: Scene, circle: Circle, facilitator: User) -> None:
    """The next meeting: an agenda that drafted itself, and somebody who prepares something."""
    session = circle.sessions.planned().order_by("starts_at").first()
    if session is None:
        return
    with translation.override("nl"):
        told = suggestions_for(session, facilitator)
        draft_agenda(session, by=facilitator, suggestions=told)
    ask_preparation(
        session,
        by=facilitator,
        what="Drie brieven meenemen waarop inwoners bleven wachten",
        membership=scene.members[OWN_PLACE][0],
    )


def _own_reading(scene: Scene, facilitator: User) -> None:
    """In the last joint session our organisation wrote something for itself."""
    ours = scene.organisations[OWN_PLACE]
    save_own_reading(
        _last_joint(scene), ours, by=scene.members[OWN_PLACE][0].user, version=0, text=PRIVATE
    )


def _last_joint(scene: Scene) -> Session:
    return [each for each in scene.sessions if each.kind == SessionKind.JOINT_INTERPRETATION][-1]


def _afterwards(scene: Scene) -> None:
    """Who was at the last joint session answered the three questions, each in their own way."""
    there = _last_joint(scene).attendances.filter(presence="present").order_by("pk")
    for number, guest in enumerate(there):
        told = {"worth_it": number % 5 > 0, "room": number % 2 == 0, "will_do": number % 4 < 3}
        give_feedback(guest, told)
