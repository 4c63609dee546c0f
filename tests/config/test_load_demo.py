"""The demonstration programme: as promised, the same each time, and something to do for each."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from benchmarks.enums import FigureStatus, ProgrammeKind
from benchmarks.models import Figure, Participation, Programme
from config.demo.load import CODE, counts_of, load_demo
from config.demo.people import PASSWORD, SIGN_INS
from core.deeds import deeds_of
from core.models import OutboxMail
from evaluation.models import Run
from learningcircles.enums import ActionStatus
from learningcircles.models import Action, Circle, Minutes, OwnReading, Session
from people.enums import OrganisationKind, Role
from people.models import Organisation, User
from surveys.models import Interview, InterviewRound, Response, Wave

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Loaded once for the stories that only look; taken back after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    return Programme.objects.get(code=CODE)


def fingerprint():
    """Every row of every table of the rooms, as it stands."""
    rooms = ("people", "benchmarks", "surveys", "learningcircles", "core")
    return {
        model._meta.label: sorted(str(row) for row in model._base_manager.values_list())
        for room in rooms
        for model in apps.get_app_config(room).get_models()
    }


def test_it_is_as_large_as_promised(demo):
    counts = counts_of(demo)
    assert counts["organisations"] == 12
    assert (counts["cycles"], counts["indicators"], counts["waves"]) == (3, 8, 2)
    assert counts["figures"] == 12 * 8 * 8 - 6 - 3 * 5
    assert 55 <= counts["actions"] <= 65
    assert counts["codings"] > 100
    assert counts["interviews"] == 3
    for wave in Wave.objects.all():
        assert 140 <= wave.responses.filter(state="submitted").count() <= 160
    assert Circle.objects.count() == 3
    assert Participation.objects.filter(cycle__programme=demo).count() == 36


def test_a_round_of_interviews_is_under_way(demo):
    interviews = Interview.objects.filter(round__cycle__programme=demo)
    assert sorted(interviews.values_list("state", flat=True)) == ["booked", "booked", "held"]
    assert interviews.get(state="held").notes.count() == 4
    round = InterviewRound.objects.get(cycle__programme=demo)
    standings = set(round.candidates.values_list("standing", flat=True))
    assert {"agreed", "held", "declined", "approached"} <= standings
    assert round.draws.get().seed


def test_it_is_invented_and_says_so(demo):
    assert demo.kind == ProgrammeKind.INVENTED
    assert not Organisation.objects.exclude(cbs_code="").exists()
    partnership = Organisation.objects.get(kind=OrganisationKind.PARTNERSHIP)
    assert partnership.members.count() == 3
    assert not User.objects.exclude(email__endswith="@demo.benchlearn.invalid").exists()


def test_there_are_actions_in_every_state(demo):
    actions = Action.objects.filter(programme=demo)
    assert set(actions.values_list("status", flat=True)) == set(ActionStatus.values)
    assert actions.overdue(DAY).exists()
    assert actions.open().without_owner().exists()
    assert actions.exclude(owner_name="").exists()
    assert any(action.is_postponed for action in actions)
    assert actions.filter(signal__figure__isnull=False).exists()


def test_a_circle_has_minutes_in_each_state_topics_with_points_and_an_agenda(demo):
    minutes = Minutes.objects.filter(session__programme=demo)
    assert set(minutes.values_list("state", flat=True)) == {"sent", "final"}
    circle = Circle.objects.filter(topics__votes__points=10).get()
    coming = circle.sessions.planned().get()
    assert {"topic", "standing"} <= set(coming.agenda.values_list("origin", flat=True))
    assert OwnReading.objects.filter(session__programme=demo).count() == 1


def test_one_wave_shows_results_and_one_is_in_progress(demo):
    assert sorted(Wave.objects.values_list("state", flat=True)) == ["closed", "open"]
    assert Response.objects.filter(state="draft").exists()
    assert Figure.objects.filter(status=FigureStatus.DISPUTED).count() == 1


def test_a_second_loading_changes_no_data(demo):
    before = fingerprint()
    load_demo()
    assert fingerprint() == before


def test_no_mail_is_sent_to_people_who_do_not_exist(demo):
    people = {sign_in.email for sign_in in SIGN_INS}
    assert set(OutboxMail.objects.filter(state="waiting").values_list("to", flat=True)) <= people


def test_each_role_signs_in_and_finds_something_on_now(demo, client):
    for sign_in in SIGN_INS:
        answer = client.post(
            reverse("account_login"), {"login": sign_in.email, "password": PASSWORD}
        )
        assert answer.status_code == 302, sign_in.role
        page = client.get(reverse("now"))
        assert page.status_code == 200
        user = User.objects.get(email=sign_in.email)
        if sign_in.role != Role.ADMINISTRATOR:
            assert "Benchmark Schuldhulp" in page.content.decode(), sign_in.role
        if sign_in.role not in (Role.ADMINISTRATOR, Role.EVALUATOR):
            assert deeds_of(user, DAY), sign_in.role
        client.post(reverse("account_logout"))


def test_the_evaluators_report_is_asked_for_and_a_worker_will_make_it(demo):
    run = Run.objects.get(programme=demo)
    assert (run.requested_by.email, run.state) == ("evaluator@demo.benchlearn.invalid", "waiting")


def test_every_page_of_it_is_marked_as_invented(demo, client):
    client.force_login(User.objects.get(email="facilitator@demo.benchlearn.invalid"))
    session = Session.objects.filter(programme=demo, state="held").last()
    urls = [
        reverse("programme", args=[CODE]),
        reverse("circle_list", args=[CODE]),
        reverse("circle", args=[CODE, Circle.objects.first().pk]),
        reverse("session", args=[CODE, session.pk]),
        reverse("follow_up", args=[CODE]),
        reverse("action", args=[Action.objects.first().pk]),
    ]
    for url in urls:
        assert b"bl-mark" in client.get(url).content, url


def test_the_command_prints_one_document(demo):
    out = StringIO()
    call_command("load-demo", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert answer["actions"] == 60
    assert set(answer["sign_ins"]) == {sign_in.role for sign_in in SIGN_INS}
    assert answer["password"] == PASSWORD
