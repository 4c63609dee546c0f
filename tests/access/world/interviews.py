"""A round of interviews of *here*, with its guide and somebody in it."""

import datetime as dt
from typing import Any

from django.utils import timezone

from surveys.booking_queries import free_in, interview_of
from surveys.domain.asking import approach
from surveys.domain.booking import book_interview
from surveys.domain.codings import make_codebook
from surveys.domain.diaries import diary_of, feed_token
from surveys.domain.guides import ship_guides
from surveys.domain.interview_mails import token_of_candidate
from surveys.domain.locked_files import attach_file
from surveys.domain.rounds import RoundPlan, prepare_round
from surveys.domain.sampling import choose_by_hand
from surveys.domain.talks import end_talk, keep_note
from surveys.models import Candidate, Interview, InterviewRound
from tests.access.world import Visit, World, visit_to
from tests.surveys.coding.stories import VARIABLES
from tests.surveys.interviews.stories import FIRST, FIVE, LAST, NINE, hours


def guide(world: World) -> Any:
    return world.once("guides", lambda: ship_guides(world.programmes["here"])[0])


def round(world: World, name: str = "Autumn") -> InterviewRound:
    def make() -> InterviewRound:
        member = world.users["participant_here"].memberships.get()
        world.participations["here"].contacts.add(member)
        plan = RoundPlan(
            guide=guide(world),
            name=name,
            purpose="To hear what it brings.",
            starts_on=FIRST,
            ends_on=LAST,
            interviewers=(world.users["facilitator_here"],),
        )
        return prepare_round(world.cycles["here"], plan=plan, by=None)

    return world.once(f"round of interviews: {name}", make)


def candidate(world: World) -> Candidate:
    return round(world).candidates.get()


def under(world: World, **kwargs: Any) -> dict[str, Any]:
    return {"code": world.programmes["here"].code, **kwargs}


def planned(world: World, name: str) -> dict[str, Any]:
    return {
        "cycle": world.cycles["here"].pk,
        "name": name,
        "guide": guide(world).pk,
        "purpose": "To hear.",
        "starts_on": "2027-03-01",
        "ends_on": "2027-04-30",
        "minutes": "60",
    }


@visit_to("interview_rounds", "interview_guides", "interview_guides_ship")
def interview_rounds(world: World) -> Visit:
    round(world)
    return Visit(kwargs=under(world))


@visit_to("interview_round_new")
def interview_round_new(world: World) -> Visit:
    return Visit(kwargs=under(world), data=planned(world, "Another"))


@visit_to("interview_round", "interview_flow")
def interview_round(world: World) -> Visit:
    return Visit(kwargs=under(world, pk=round(world).pk))


@visit_to("interview_round_change")
def interview_round_change(world: World) -> Visit:
    return Visit(kwargs=under(world, pk=round(world).pk), data=planned(world, "Autumn"))


@visit_to("interview_sample")
def interview_sample(world: World) -> Visit:
    data = {"chosen": candidate(world).pk}
    return Visit(kwargs=under(world, pk=round(world).pk), data=data)


@visit_to("interview_draw")
def interview_draw(world: World) -> Visit:
    return Visit(kwargs=under(world, pk=round(world).pk), data={"each": "1"})


@visit_to("interview_candidate")
def interview_candidate(world: World) -> Visit:
    one = candidate(world)
    data = {"standing": "declined", "reason": "no_time"}
    return Visit(kwargs=under(world, pk=one.round_id, candidate=one.pk), data=data)


@visit_to("interview_flow_file")
def interview_flow_file(world: World) -> Visit:
    return Visit(kwargs=under(world, pk=round(world).pk, format="svg"))


@visit_to("interview_guide")
def interview_guide(world: World) -> Visit:
    kwargs = under(world, guide=guide(world).code, version=1)
    return Visit(kwargs=kwargs)


@visit_to("interview_guide_change")
def interview_guide_change(world: World) -> Visit:
    data = {
        "name": "Short",
        "topic-TOTAL_FORMS": 1,
        "topic-INITIAL_FORMS": 0,
        "topic-0-question": "What does it bring?",
    }
    return Visit(kwargs=under(world, guide=guide(world).code, version=1), data=data)


def asked(world: World, name: str = "Asked") -> InterviewRound:
    """A round of which the people were asked."""

    def make() -> InterviewRound:
        today = timezone.localdate()
        plan = RoundPlan(
            guide=guide(world),
            name=name,
            purpose="To hear what it brings.",
            starts_on=today,
            ends_on=today + dt.timedelta(days=30),
            interviewers=(world.users["facilitator_here"],),
        )
        hours(world.users["facilitator_here"], [(day, NINE, FIVE) for day in range(7)])
        member = world.users["participant_here"].memberships.get()
        world.participations["here"].contacts.add(member)
        made = prepare_round(world.cycles["here"], plan=plan, by=None)
        choose_by_hand(made, chosen=[made.candidates.get().pk], by=None)
        approach(made, by=None)
        made.refresh_from_db()
        return made

    return world.once(f"round that was {name.lower()}", make)


def token(world: World) -> str:
    return token_of_candidate(asked(world).candidates.get(), asked(world))


def free_time(world: World, part: float) -> dt.datetime:
    """A free time so far along: the first may be too near by when the table comes to it, and each
    round here takes another part, for they have the same interviewer."""
    free = sorted(free_in(asked(world), visit=False, now=timezone.now()))
    return dt.datetime.fromtimestamp(free[int(part * (len(free) - 1))], dt.UTC)


def booked(world: World) -> InterviewRound:
    """A round in which somebody has a time."""
    made = asked(world, "Booked")
    one = made.candidates.get()
    if interview_of(one) is None:
        book_interview(one, starts_at=free_time(world, 1), way="video", now=timezone.now())
    return made


@visit_to("booking")
def booking(world: World) -> Visit:
    data = {"starts": free_time(world, 0.25).isoformat(), "way": "video"}
    return Visit(kwargs={"token": token(world)}, data=data)


@visit_to("booking_decline")
def booking_decline(world: World) -> Visit:
    return Visit(kwargs={"token": token(world)}, data={"reason": "no_time"})


@visit_to("booking_clock")
def booking_clock(world: World) -> Visit:
    return Visit(kwargs={"token": token(world)}, data={"zone": "UTC"})


@visit_to("booking_colleague")
def booking_colleague(world: World) -> Visit:
    data = {"name": "Bo", "email": "bo@example.org"}
    return Visit(kwargs={"token": token(world)}, data=data)


@visit_to("booking_cancel", "booking_calendar")
def booking_cancel(world: World) -> Visit:
    made = booked(world)
    return Visit(kwargs={"token": token_of_candidate(made.candidates.get(), made)})


@visit_to("booking_consent")
def booking_consent(world: World) -> Visit:
    made = booked(world)
    token = token_of_candidate(made.candidates.get(), made)
    return Visit(kwargs={"token": token}, data={"sure": "yes"})


@visit_to("talk_consent")
def talk_consent(world: World) -> Visit:
    return Visit(kwargs={"pk": talked(world).pk}, data={"sure": "yes"})


@visit_to("my_interviews", "my_hours", "interview_feed_renew")
def my_interviews(world: World) -> Visit:
    data = {"before": 5, "after": 5, "travel": 30, "most_a_day": 3, "lead_hours": 12}
    rows = {
        f"{prefix}-{name}_FORMS": 0 for prefix in ("weekly", "day") for name in ("TOTAL", "INITIAL")
    }
    return Visit(data=data | rows | {"time_zone": "Europe/Amsterdam"})


@visit_to("interview_feed")
def interview_feed(world: World) -> Visit:
    return Visit(kwargs={"token": feed_token(diary_of(world.users["facilitator_here"]))})


@visit_to("interview_approach")
def interview_approach(world: World) -> Visit:
    hours(world.users["facilitator_here"], [(day, NINE, FIVE) for day in range(7)])
    made = round(world, "To be asked")
    choose_by_hand(made, chosen=[made.candidates.get().pk], by=None)
    return Visit(kwargs=under(world, pk=made.pk))


@visit_to("interview_close")
def interview_close(world: World) -> Visit:
    return Visit(kwargs=under(world, pk=asked(world).pk))


@visit_to("interview_calendar", "interview_calendar_file")
def interview_calendar(world: World) -> Visit:
    return Visit(kwargs=under(world, pk=booked(world).pk))


def talked(world: World) -> Interview:
    """An interview that the facilitator held, with a note and a file."""

    def make() -> Interview:
        made = asked(world, "Held")
        one = made.candidates.get()
        starts_at = free_time(world, 0.5)
        interview = book_interview(one, starts_at=starts_at, way="video", now=timezone.now())
        topic = made.guide.topics.first()
        now = timezone.now()
        keep_note(interview, topic, text="Het helpt.", is_covered=True, now=now)
        make_codebook(world.programmes["here"], variables=VARIABLES)
        today = timezone.localdate()
        attach_file(
            interview, name="talk.txt", raw=b"It helps.", last_day=today, today=today, by=None
        )
        return end_talk(interview, now=now, by=None)

    return world.once("interview that was held", make)


@visit_to("talk", "talk_begin", "talk_end", "talk_files")
def talk(world: World) -> Visit:
    """Posting no file to the files: who may, is told so."""
    return Visit(kwargs={"pk": talked(world).pk}, data={})


@visit_to("talk_cancel")
def talk_cancel(world: World) -> Visit:
    made = booked(world)
    return Visit(kwargs={"pk": made.interviews.get().pk})


@visit_to("talk_note")
def talk_note(world: World) -> Visit:
    held = talked(world)
    topic = held.round.guide.topics.last()
    return Visit(kwargs={"pk": held.pk, "topic": topic.pk}, data={"text": "Het helpt."})


@visit_to("talk_file", "talk_file_remove")
def talk_file(world: World) -> Visit:
    held = talked(world)
    return Visit(kwargs={"pk": held.pk, "file": held.files.get().pk})


@visit_to("interview_report")
def interview_report(world: World) -> Visit:
    return Visit(kwargs={"pk": talked(world).pk}, data={"body": "Het helpt."})


@visit_to("interview_report_name")
def interview_report_name(world: World) -> Visit:
    data = {"name": "Anna", "pseudonym": "colleague"}
    return Visit(kwargs={"pk": talked(world).pk}, data=data)


@visit_to("interview_report_release")
def interview_report_release(world: World) -> Visit:
    return Visit(kwargs={"pk": talked(world).pk})
