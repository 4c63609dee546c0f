"""The pages behind a personal link, and those of an interviewer."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import OutboxMail
from surveys.domain.asking import close_round
from surveys.domain.booking import book_interview
from surveys.models import Diary, Interview
from surveys.zones import ZONES, zone_of
from tests import factories as make
from tests.surveys.interviews.stories import Asked, Scene

pytestmark = pytest.mark.django_db
STARTS = re.compile(r'name="starts" value="([^"]+)"')


@pytest.fixture
def scene():
    today = timezone.localdate()
    return Asked(plan={"starts_on": today, "ends_on": today + dt.timedelta(days=40)})


@pytest.fixture
def phone():
    return Client(enforce_csrf_checks=True)


def page_of(phone, scene, query="", number=0, status=200):
    answer = phone.get(f"/i/{scene.token(number)}/{query}")
    assert answer.status_code == status
    return answer.content.decode()


def post(phone, scene, what="", number=0, **data):
    return phone.post(f"/i/{scene.token(number)}/{what}", data)


def test_somebody_books_moves_and_calls_off_without_an_account(scene, phone):
    page = page_of(phone, scene, "?way=phone")
    times = STARTS.findall(page)
    assert len(times) > 10 and not Interview.objects.exists()
    answer = post(phone, scene, starts=times[3], way="phone", place="070 123")
    assert answer.status_code == 302 and not answer.cookies
    assert answer["Referrer-Policy"] == "no-referrer" and answer["Cache-Control"] == "no-store"
    interview = Interview.objects.get()
    assert (interview.way, interview.place) == ("phone", "070 123")
    assert interview.starts_at == dt.datetime.fromisoformat(times[3])
    booked = page_of(phone, scene)
    assert interview.interviewer.name in booked and "070 123" in booked
    assert not STARTS.search(booked) and STARTS.search(page_of(phone, scene, "?move=1"))
    assert post(phone, scene, starts=times[8], way="video").status_code == 302
    interview.refresh_from_db()
    assert (interview.way, interview.sequence) == ("video", 1)
    file = phone.get(f"/i/{scene.token()}/interview.ics").content.decode()
    assert interview.uid in file.replace("\r\n ", "")
    assert post(phone, scene, "cancel/").status_code == 302
    assert STARTS.search(page_of(phone, scene))
    assert phone.get(f"/i/{scene.token()}/interview.ics").status_code == 404


@pytest.mark.parametrize("starts", ["", "soon", "2027-02-31T10:00:00Z", "2027-03-03T10:00:00"])
def test_what_is_no_time_is_asked_again(scene, phone, starts):
    answer = post(phone, scene, starts=starts, way="video")
    assert answer.status_code == 400 and STARTS.search(answer.content.decode())
    assert post(phone, scene, starts="2027-03-03T10:00:00Z", way="dove").status_code == 400


def test_a_time_that_was_taken_meanwhile_gets_the_next_ones(scene, phone):
    (first, *_rest) = STARTS.findall(page_of(phone, scene))
    for number in (0, 1):
        assert post(phone, scene, number=number, starts=first, way="video").status_code == 302
    answer = post(phone, scene, number=2, starts=first, way="video")
    page = answer.content.decode()
    assert answer.status_code == 409 and 'id="taken"' in page
    assert first not in STARTS.findall(page) and STARTS.search(page)


def test_a_visit_offers_less_than_a_talk_by_video_and_days_go_on(scene, phone):
    when = _next_weekday(10)
    book_interview(scene.people[0], starts_at=when, way="video", now=timezone.now())
    for query in ("?way=on_site", "?way=video", "?from=3", "?from=9999", "?from=x", "?way=x"):
        page_of(phone, scene, query, number=1)
    later = STARTS.findall(page_of(phone, scene, "?from=3", number=1))
    assert later[0] > STARTS.findall(page_of(phone, scene, number=1))[-1]


def _next_weekday(hour):
    day = timezone.localdate() + dt.timedelta(days=2)
    while day.weekday() > 4:
        day += dt.timedelta(days=1)
    zone = zone_of("Europe/Amsterdam")
    return dt.datetime.combine(day, dt.time(hour), zone)


def test_times_are_told_on_the_clock_and_in_the_language_that_was_chosen(scene, phone):
    assert post(phone, scene, "clock/", zone="America/Curacao").status_code == 302
    assert post(phone, scene, "clock/", language="en").status_code == 302
    page = page_of(phone, scene)
    assert "America/Curacao" in page and '<html lang="en">' in page
    starts = dt.datetime.fromisoformat(STARTS.search(page)[1])
    assert starts.astimezone(zone_of("America/Curacao")).strftime("%H:%M") in page
    assert post(phone, scene, "clock/", zone="Mars").status_code == 400
    assert post(phone, scene, "clock/", language="xx").status_code == 400
    assert all(zone_of(name) for name in ZONES)


def test_saying_no_and_naming_a_colleague(scene, phone):
    assert post(phone, scene, "decline/", reason="").status_code == 400
    assert post(phone, scene, "decline/", reason="no_time").status_code == 302
    assert STARTS.search(page_of(phone, scene))
    assert post(phone, scene, "colleague/", number=1, name="Bo", email="x").status_code == 400
    told = {"name": "Bo", "email": "bo@example.org"}
    assert post(phone, scene, "colleague/", number=1, **told).status_code == 302
    assert post(phone, scene, "colleague/", number=2, **told).status_code == 400
    assert OutboxMail.objects.filter(to="bo@example.org").count() == 1
    (first, *_rest) = STARTS.findall(page_of(phone, scene, number=3))
    post(phone, scene, number=3, starts=first, way="video")
    told = {"name": "Cas", "email": "cas@example.org"}
    assert post(phone, scene, "colleague/", number=3, **told).status_code == 302
    assert "Cas" in page_of(phone, scene, number=3)


def test_an_unknown_link_and_a_closed_round_say_so(scene, phone):
    assert phone.get("/i/nobody-has-this-link/").status_code == 404
    token = scene.token()
    close_round(scene.asked, by=scene.cleo)
    answer = phone.get(f"/i/{token}/")
    assert answer.status_code == 200 and not STARTS.search(answer.content.decode())
    assert phone.post(f"/i/{token}/decline/", {"reason": "no_time"}).status_code == 409
    draft = Scene().round()
    assert draft.candidates.first().token_digest and phone.get("/i/x/").status_code == 404


def test_free_times_take_at_most_eight_queries(scene, phone):
    url = f"/i/{scene.token()}/"
    with CaptureQueriesContext(connection) as seen:
        assert phone.get(url).status_code == 200
    assert len(seen) <= 8, [query["sql"][:120] for query in seen]


def hours_posted(weekly, days=()):
    around = {"before": 5, "after": 5, "travel": 30, "most_a_day": 3, "lead_hours": 12}
    data = around | {"time_zone": "Europe/Amsterdam"}
    for prefix, rows in (("weekly", weekly), ("day", days)):
        data |= {f"{prefix}-TOTAL_FORMS": len(rows) + 1, f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    data[f"weekly-{len(weekly)}-weekday"] = ""
    return data


def test_an_interviewer_gives_hours_and_sees_what_is_coming(scene):
    ida = Client()
    ida.force_login(scene.ida)
    weekly = [{"weekday": "1", "starts": "09:00", "ends": "12:00"}]
    days = [{"day": "2099-03-02", "starts": "", "ends": ""}]
    hours = reverse("my_hours")
    Diary.objects.get(user=scene.ida).weekly.all().delete()
    assert ida.get(hours).status_code == 200
    assert ida.post(hours, hours_posted([weekly[0] | {"ends": ""}])).status_code == 400
    assert ida.post(hours, hours_posted([weekly[0] | {"ends": "08:00"}])).status_code == 400
    assert ida.post(hours, hours_posted(weekly, days)).status_code == 302
    diary = Diary.objects.get(user=scene.ida)
    assert (diary.before, diary.lead_hours, diary.weekly.count()) == (5, 12, 1)
    assert str(diary.other_days.get().day) == "2099-03-02"
    as_shown = {"weekly-INITIAL_FORMS": 1, "day-INITIAL_FORMS": 1}
    posted = hours_posted(weekly, days) | as_shown | {"weekly-0-DELETE": "on"}
    assert ida.post(hours, posted).status_code == 302
    assert not diary.weekly.exists() and diary.other_days.count() == 1
    page = ida.get(reverse("my_interviews")).content.decode()
    address = re.search(r'value="http://testserver(/interviews/feed/[^"]+)"', page)[1]
    assert ida.get(address).status_code == 200
    assert ida.post(reverse("interview_feed_renew")).status_code == 302
    assert ida.get(address).status_code == 404
    stranger = Client()
    stranger.force_login(make.UserFactory())
    assert stranger.get(reverse("my_interviews")).status_code == 404


def test_the_coordinator_reads_the_mail_and_asks(scene):
    cleo = Client()
    cleo.force_login(scene.cleo)
    round = Scene(cycle=scene.cycle, towns=0).round(
        name="Later", guide=scene.ten, interviewers=(scene.ida,)
    )
    args = [scene.programme.code, round.pk]
    approach = reverse("interview_approach", args=args)
    sample = reverse("interview_sample", args=args)
    assert cleo.get(approach).status_code == 200
    assert cleo.post(approach).status_code == 409
    someone = round.candidates.first()
    cleo.post(sample, {"chosen": someone.pk})
    page = cleo.get(approach).content.decode()
    assert someone.email in page and "/i/" not in page
    assert cleo.post(approach).status_code == 302
    round.refresh_from_db()
    someone.refresh_from_db()
    assert (round.state, someone.standing) == ("open", "approached")
    assert cleo.post(reverse("interview_close", args=args)).status_code == 302
    round.refresh_from_db()
    assert round.state == "closed"
