"""When interviewers can hold interviews, and their private calendar."""

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.calendar import PUBLISH, calendar_text
from core.exceptions import InvalidInput
from surveys.booking_queries import with_seats
from surveys.domain.interview_mails import meeting_of
from surveys.domain.links import make_token
from surveys.models import Diary, Interview, OtherDay, WeeklyHours
from surveys.models.waves import new_nonce
from surveys.zones import ZONES

type Hours = tuple[dt.time, dt.time]
PAST_KEPT = dt.timedelta(days=31)


def diary_of(user: Any) -> Diary:
    """Somebody's diary, made when they have none."""
    return Diary.objects.get_or_create(user=user)[0]


@transaction.atomic
def keep_diary(
    diary: Diary,
    *,
    weekly: Iterable[tuple[int, dt.time, dt.time]],
    other_days: Iterable[tuple[dt.date, dt.time | None, dt.time | None]],
    **around: Any,
) -> Diary:
    """Make these somebody's hours; what is booked stays booked.

    `around` are fields of the diary. Raises InvalidInput for hours that end before they begin or
    overlap, and for a clock that isn't there.
    """
    weeks, days = sorted(weekly), sorted(other_days, key=str)
    _check(weeks, days)
    if around.get("time_zone", diary.time_zone) not in ZONES:
        raise InvalidInput(_("This isn't one of the choices."))
    for name, value in around.items():
        setattr(diary, name, value)
    diary.save()
    diary.weekly.all().delete()
    diary.other_days.all().delete()
    WeeklyHours.objects.bulk_create(
        WeeklyHours(diary=diary, weekday=day, starts=starts, ends=ends)
        for day, starts, ends in weeks
    )
    OtherDay.objects.bulk_create(
        OtherDay(diary=diary, day=day, starts=starts, ends=ends) for day, starts, ends in days
    )
    return diary


def _check(weeks: list[Any], days: list[Any]) -> None:
    for rows in (weeks, days):
        whole = [(day, starts, ends) for day, starts, ends in rows if starts or ends]
        for _day, starts, ends in whole:
            if not starts or not ends or ends <= starts:
                raise InvalidInput(_("Hours end after they begin; give both."))
        for one, after in pairwise(whole):
            if one[0] == after[0] and after[1] < one[2]:
                raise InvalidInput(_("Two hours of one day overlap."))


def feed_token(diary: Diary) -> str:
    """The token of somebody's private calendar; another nonce makes another one."""
    key = f"interview feed {settings.SECRET_KEY}".encode()
    return make_token(key, diary.feed_nonce) + f"-{diary.pk}"


def diary_behind(token: str) -> Diary | None:
    """Whose private calendar this is."""
    number = token.rpartition("-")[2]
    if not number.isdecimal():
        return None
    found = Diary.objects.filter(pk=int(number), user__is_active=True).first()
    return found if found is not None and feed_token(found) == token else None


def renew_feed(diary: Diary) -> Diary:
    """Another address: the earlier one shows nothing any more."""
    diary.feed_nonce = new_nonce()
    diary.save(update_fields=["feed_nonce", "modified_at"])
    return diary


def feed_of(diary: Diary, *, now: dt.datetime) -> str:
    """Somebody's interviews as a calendar, those of the last month too."""
    rows = Interview.objects.held_by(diary.user).standing().filter(ends_at__gte=now - PAST_KEPT)
    return calendar_text([meeting_of(row) for row in with_seats(rows)], method=PUBLISH, stamp=now)


def calendar_of(interviews: Iterable[Interview], *, now: dt.datetime) -> str:
    """These interviews as a calendar, for who coordinates them."""
    return calendar_text([meeting_of(row) for row in interviews], method=PUBLISH, stamp=now)
