"""The mails of interviews, each with what a calendar needs, written into the outbox."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.calendar import CANCEL, REQUEST, Attendee, Meeting, invitation, sender
from core.outbox import queue_mail
from surveys.domain.links import make_token
from surveys.domain.rounds import key_of_round
from surveys.enums import Way
from surveys.mailtext import harmless
from surveys.models import Candidate, Interview, InterviewRound

ASKED, BOOKED, CANCELLED, REMINDED = "asked", "booked", "cancelled", "reminded"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who gets mail about an interview, in their language and on their clock."""

    name: str
    email: str
    language: str
    zone: str
    link: str
    key: str
    is_interviewer: bool = False


def booking_path(token: str) -> str:
    """Where a personal link leads. Written out: domain knows no views."""
    return f"/i/{token}/"


def token_of_candidate(candidate: Candidate, round: InterviewRound) -> str:
    """The token of somebody's link; NotNow once the round is closed."""
    return make_token(key_of_round(round), candidate.nonce)


def _address(path: str) -> str:
    return settings.BASE_URL.rstrip("/") + path


def guests_of(interview: Interview) -> list[Guest]:
    """Everybody in an interview but who holds it."""
    seats = interview.seats.filter(is_taken=True).select_related("candidate")
    round = interview.round
    return [
        Guest(
            name=seat.candidate.name,
            email=seat.candidate.email,
            language=seat.candidate.language,
            zone=seat.candidate.time_zone,
            link=_address(booking_path(token_of_candidate(seat.candidate, round))),
            key=f"seat:{seat.pk}",
        )
        for seat in seats
        if seat.candidate.email
    ]


def interviewer_as_guest(user: Any) -> Guest:
    """Who holds an interview, as somebody who gets mail about it."""
    diary = getattr(user, "diary", None)
    return Guest(
        name=user.name,
        email=user.email,
        language=user.language,
        zone=diary.time_zone if diary else settings.TIME_ZONE,
        link=_address("/interviews/"),
        key=f"user:{user.pk}",
        is_interviewer=True,
    )


def place_of(interview: Interview) -> str:
    """Where it is held, in words."""
    if interview.way == Way.VIDEO:
        diary = getattr(interview.interviewer, "diary", None)
        return (diary.video_link if diary else "") or _("by video")
    if interview.way == Way.PHONE:
        return _("by telephone: %s") % interview.place if interview.place else _("by telephone")
    return interview.place or _("on site")


def meeting_of(interview: Interview, *, link: str = "", cancelled: bool = False) -> Meeting:
    """An interview as it stands in a calendar, in the language that is spoken."""
    programme = str(interview.round.cycle.programme)
    user = interview.interviewer
    return Meeting(
        uid=interview.uid,
        sequence=interview.sequence,
        starts_at=interview.starts_at,
        ends_at=interview.ends_at,
        summary=_("Interview: %s") % programme,
        description=link,
        location=place_of(interview),
        url=link,
        is_cancelled=cancelled,
        organizer=Attendee(user.name, user.email),
    )


def _tell(interview: Interview, guest: Guest, event: str, stamp: dt.datetime) -> None:
    method = CANCEL if event == CANCELLED else REQUEST
    with translation.override(guest.language), timezone.override(ZoneInfo(guest.zone)):
        meeting = meeting_of(interview, link=guest.link, cancelled=method == CANCEL)
        if guest.is_interviewer:
            meeting = _with_sender(meeting)
        calendar = invitation(
            meeting, method=method, stamp=stamp, to=Attendee(guest.name, guest.email)
        )
        context = _context(interview, guest)
        queue_mail(
            to=guest.email,
            subject=_subject(event, interview),
            body=render_to_string(f"surveys/interviews/mail/{event}.txt", context),
            reference=f"interview:{interview.pk}:{event}",
            dedupe_key=f"interview:{interview.pk}:{interview.sequence}:{event}:{guest.key}",
            attachment=None if event == REMINDED else calendar,
        )


def _with_sender(meeting: Meeting) -> Meeting:
    """Nobody invites themselves: to who holds it, Benchlearn is the one that asks."""
    fields = {name: getattr(meeting, name) for name in Meeting.__slots__}
    return Meeting(**fields | {"organizer": sender()})


def _context(interview: Interview, guest: Guest) -> dict[str, Any]:
    seats = interview.seats.select_related("candidate__organisation")
    return {
        "interview": interview,
        "round": interview.round,
        "guest": guest,
        "name": harmless(guest.name),
        "programme": harmless(str(interview.round.cycle.programme)),
        "interviewer": harmless(interview.interviewer.name),
        "people": [
            f"{harmless(seat.candidate.name)}, {harmless(seat.candidate.organisation.name)}"
            for seat in seats
        ],
        "place": place_of(interview),
    }


def _subject(event: str, interview: Interview) -> str:
    programme = harmless(str(interview.round.cycle.programme))
    if event == CANCELLED:
        return _("Cancelled: interview about %s") % programme
    if event == REMINDED:
        return _("Tomorrow: interview about %s") % programme
    if interview.sequence:
        return _("Changed: interview about %s") % programme
    return _("Your interview about %s") % programme


def tell_booked(interview: Interview, *, now: dt.datetime) -> None:
    """Tell everybody in it of a time that was booked or moved."""
    for guest in [*guests_of(interview), interviewer_as_guest(interview.interviewer)]:
        _tell(interview, guest, BOOKED, now)


def tell_cancelled(interview: Interview, *, now: dt.datetime, only: Any = None) -> None:
    """Tell everybody in it that it is off; `only` the interviewer that it isn't with any more."""
    if only is not None:
        _tell(interview, interviewer_as_guest(only), CANCELLED, now)
        return
    for guest in [*guests_of(interview), interviewer_as_guest(interview.interviewer)]:
        _tell(interview, guest, CANCELLED, now)


def tell_withdrawn(interview: Interview) -> None:
    """Tell who holds it that consent for the recording was withdrawn."""
    guest = interviewer_as_guest(interview.interviewer)
    with translation.override(guest.language), timezone.override(ZoneInfo(guest.zone)):
        programme = harmless(str(interview.round.cycle.programme))
        queue_mail(
            to=guest.email,
            subject=_("Consent withdrawn: interview about %s") % programme,
            body=render_to_string(
                "surveys/interviews/mail/withdrawn.txt", _context(interview, guest)
            ),
            reference=f"interview:{interview.pk}:withdrawn",
            dedupe_key=f"interview:{interview.pk}:withdrawn",
        )


def tell_reminded(interview: Interview, *, now: dt.datetime) -> None:
    """Remind who is talked to of an interview that is near."""
    for guest in guests_of(interview):
        _tell(interview, guest, REMINDED, now)


def ask(candidate: Candidate, round: InterviewRound) -> None:
    """Ask somebody for an interview, once."""
    link = _address(booking_path(token_of_candidate(candidate, round)))
    with translation.override(candidate.language):
        subject, body = asking_words(candidate, round, link=link)
        queue_mail(
            to=candidate.email,
            subject=subject,
            body=body,
            reference=f"interviews:{round.pk}:candidate:{candidate.pk}",
            dedupe_key=f"interviews:{round.pk}:asked:{candidate.pk}",
        )


def asking_words(candidate: Candidate, round: InterviewRound, *, link: str) -> tuple[str, str]:
    """Subject and text of the mail that asks for an interview, in the language that is spoken."""
    programme = harmless(str(round.cycle.programme))
    context = {
        "name": harmless(candidate.name),
        "organisation": harmless(candidate.organisation.name),
        "programme": programme,
        "round": round,
        "link": link,
    }
    body = render_to_string("surveys/interviews/mail/asked.txt", context)
    return _("May we talk with you about %s?") % programme, body
