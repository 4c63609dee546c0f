"""Whom to ask: all contact people, chosen by hand or drawn, and what became of them."""

import csv
import datetime as dt
from io import StringIO
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from core.exceptions import InvalidInput, NotNow
from surveys.domain.rounds import change_round, prepare_round, take_contacts
from surveys.domain.sampling import choose_by_hand, draw_at_random, note_standing, stratum_of
from surveys.enums import REASONS, RoundState, Standing
from surveys.interviewing.drawing import draw_from
from surveys.interviewing.flow import draw_flow, flow_rows, make_flow
from surveys.models import Candidate, Draw, InterviewRound
from tests import factories as make
from tests.surveys.interviews.stories import Scene

PAIRS = some.sampled_from([(each.value, "") for each in Standing]) | some.sampled_from(
    [(each, why) for each, whys in REASONS.items() for why in whys.values]
)


@given(some.lists(PAIRS, max_size=60))
def test_nobody_is_lost_in_the_flow(people):
    contacts, reached, approached, agreed, held = make_flow(people)
    assert contacts.people == len(people)
    steps = [contacts, reached, approached, agreed, held]
    for step, after in pairwise(steps):
        assert step.people - sum(part.people for part in step.out) == after.people
    for step in steps:
        for part in step.out:
            assert not part.reasons or sum(n for _why, n in part.reasons) == part.people
    picture = draw_flow(steps)
    assert all(box.y + box.height <= picture.height for box in picture.boxes)


@given(
    some.dictionaries(some.integers(1, 500), some.sampled_from("abc"), max_size=40),
    some.integers(1, 5),
    some.integers(0, 2**31 - 1),
)
def test_the_same_seed_draws_the_same_people_whatever_the_order(people, each, seed):
    pool = [(number, (letter,)) for number, letter in people.items()]
    drawn = draw_from(pool, each=each, seed=seed)
    assert drawn == draw_from(pool[::-1], each=each, seed=seed)
    for letter in set(people.values()):
        members = {number for number, own in people.items() if own == letter}
        assert len(members & set(drawn)) == min(each, len(members))


@pytest.mark.django_db
def test_a_round_begins_with_all_contact_people_and_says_who_cannot_be_reached():
    scene = Scene()
    gone, silent = scene.towns[0].contacts.all()[:2]
    gone.left_on = "2026-06-01"
    gone.save()
    silent.user.is_active = False
    silent.user.save()
    round = scene.round()
    assert round.candidates.count() == 12
    found = dict(round.candidates.values_list("membership", "reason"))
    assert (found[gone.pk], found[silent.pk]) == ("left", "no_address")
    assert round.candidates.filter(standing=Standing.NOT_APPROACHED).count() == 10
    assert take_contacts(round) == 0
    scene.towns[1].contacts.add(make.MembershipFactory(organisation=scene.towns[1].organisation))
    assert take_contacts(round) == 1


@pytest.mark.django_db
def test_a_draw_takes_as_many_of_each_stratum_and_can_be_done_again():
    scene = Scene()
    round = scene.round()
    draw = draw_at_random(round, by_size=True, by_region=True, each=2, by=scene.cleo, seed=11)
    rows = {one.pk: one for one in round.candidates.select_related("organisation")}
    strata = [stratum_of(rows[number], True, True) for number in draw.drawn]
    assert len(strata) == 8 and all(strata.count(each) == 2 for each in set(strata))
    pool = [(number, stratum_of(rows[number], True, True)) for number in draw.pool]
    assert draw_from(pool, each=draw.each, seed=draw.seed) == draw.drawn
    assert round.candidates.filter(is_chosen=True, draw=draw).count() == 8
    assert round.candidates.filter(reason="not_drawn").count() == 4
    further = draw_at_random(round, by_size=False, by_region=False, each=9, by=scene.cleo)
    assert set(further.drawn).isdisjoint(draw.drawn) and len(further.drawn) == 4
    assert 0 <= further.seed < 2**31
    with pytest.raises(InvalidInput):
        draw_at_random(round, by_size=False, by_region=False, each=1, by=scene.cleo)


@pytest.mark.django_db
def test_choosing_by_hand_leaves_who_was_approached_alone():
    scene = Scene()
    round = scene.round()
    first, second, third = round.candidates.all()[:3]
    note_standing(first, standing="approached", reason="", by=scene.cleo)
    choose_by_hand(round, chosen=[second.pk], by=scene.cleo)
    assert choose_by_hand(round, chosen=[third.pk, first.pk], by=scene.cleo) == 1
    chosen = set(round.candidates.filter(is_chosen=True).values_list("pk", flat=True))
    assert chosen == {first.pk, third.pk}
    elsewhere = Scene().round().candidates.first()
    assert choose_by_hand(round, chosen=[elsewhere.pk], by=scene.cleo) == 0


@pytest.mark.django_db
def test_a_reason_belongs_to_what_became_of_somebody():
    scene = Scene()
    one = scene.round().candidates.first()
    with pytest.raises(InvalidInput):
        note_standing(one, standing="declined", reason="left", by=scene.cleo)
    with pytest.raises(InvalidInput):
        note_standing(one, standing="declined", reason="", by=scene.cleo)
    with pytest.raises(InvalidInput):
        note_standing(one, standing="vanished", reason="", by=scene.cleo)
    noted = note_standing(one, standing="declined", reason="no_project", by=scene.cleo)
    assert (noted.standing, noted.reason) == ("declined", "no_project")
    InterviewRound.objects.update(state=RoundState.CLOSED)
    with pytest.raises(NotNow):
        note_standing(one, standing="held", reason="", by=scene.cleo)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"name": " "},
        {"purpose": ""},
        {"ends_on": dt.date(2027, 1, 1)},
        {"minutes": 5},
        {"guide": "elsewhere"},
        {"interviewers": "stranger"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_round_that_cannot_be_held_is_refused(change):
    scene = Scene()
    if change.get("guide") == "elsewhere":
        change = {"guide": Scene().ten}
    if change.get("interviewers") == "stranger":
        change = {"interviewers": (make.UserFactory(),)}
    with pytest.raises(InvalidInput):
        prepare_round(scene.cycle, plan=scene.plan(**change), by=scene.cleo)
    assert not InterviewRound.objects.filter(cycle=scene.cycle).exists()


@pytest.mark.django_db
def test_what_people_were_told_stays_once_they_were_asked():
    scene = Scene()
    round = scene.round()
    change_round(round, plan=scene.plan(minutes=45), by=scene.cleo)
    InterviewRound.objects.update(state=RoundState.OPEN)
    with pytest.raises(NotNow):
        change_round(round, plan=scene.plan(minutes=90), by=scene.cleo)
    changed = change_round(round, plan=scene.plan(minutes=45, told="Koffie."), by=scene.cleo)
    assert changed.told == "Koffie."


@pytest.fixture
def scene(db):
    return Scene()


@pytest.fixture
def signed_in():
    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def address(round, name, *more):
    return reverse(name, args=[round.cycle.programme.code, round.pk, *more])


def test_the_coordinator_prepares_a_round_chooses_draws_and_reads_the_flow(scene, signed_in):
    cleo = signed_in(scene.cleo)
    data = {
        "cycle": scene.cycle.pk,
        "name": "Najaar",
        "guide": scene.fourteen.pk,
        "purpose": "Horen.",
        "starts_on": "2027-03-01",
        "ends_on": "2027-04-30",
        "minutes": "45",
        "interviewers": [scene.ida.pk],
    }
    new = reverse("interview_round_new", args=[scene.programme.code])
    assert cleo.get(new).status_code == 200
    assert cleo.post(new, data | {"name": ""}).status_code == 400
    assert cleo.post(new, data).status_code == 302
    round = InterviewRound.objects.get()
    assert (round.guide, round.minutes, round.shows_report) == (scene.fourteen, 45, False)
    sample = address(round, "interview_sample")
    someone = round.candidates.first()
    assert someone.name in cleo.get(sample).content.decode()
    assert cleo.post(sample, {"chosen": [someone.pk, "x"]}).status_code == 302
    draw = address(round, "interview_draw")
    assert cleo.post(draw, {"each": "0"}).status_code == 400
    assert cleo.post(draw, {"each": "1", "by_size": "on", "seed": "5"}).status_code == 302
    assert "5" in cleo.get(sample).content.decode() and Draw.objects.get().seed == 5
    person = address(round, "interview_candidate", someone.pk)
    assert cleo.post(person, {"standing": "declined", "reason": "left"}).status_code == 400
    assert cleo.post(person, {"standing": "declined", "reason": "no_time"}).status_code == 302
    assert cleo.get(address(round, "interview_flow")).status_code == 200
    assert cleo.get(address(round, "interview_round")).status_code == 200
    change = address(round, "interview_round_change")
    assert "Horen." in cleo.get(change).content.decode()
    assert cleo.post(change, data | {"purpose": "Meer horen."}).status_code == 302
    round.refresh_from_db()
    assert round.purpose == "Meer horen."


def test_the_flow_goes_out_as_a_drawing_and_a_table_without_a_name(scene, signed_in):
    round = scene.round()
    someone = round.candidates.first()
    note_standing(someone, standing="declined", reason="changed_job", by=scene.cleo)
    evaluator = signed_in(scene.appoint("evaluator"))
    drawing = evaluator.get(address(round, "interview_flow_file", "svg"))
    root = ElementTree.fromstring(drawing.content)
    assert root.tag.endswith("svg") and root.get("role") == "img"
    words = "".join(root.itertext())
    assert "12" in words and someone.name not in words
    table = evaluator.get(address(round, "interview_flow_file", "csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(table)))
    steps = make_flow(round.candidates.values_list("standing", "reason"))
    assert [tuple(row) for row in rows[1:]] == [(a, b, str(n)) for a, b, n in flow_rows(steps)]
    assert evaluator.get(address(round, "interview_flow")).status_code == 200
    assert evaluator.get(address(round, "interview_sample")).status_code == 404
    assert evaluator.get(address(round, "interview_flow_file", "exe")).status_code == 404


def test_names_are_seen_by_who_runs_or_leads_the_programme_only(scene):
    round = scene.round()
    seen = {
        name: Candidate.objects.visible_to(user).filter(round=round).count()
        for name, user in {
            "cleo": scene.cleo,
            "ida": scene.ida,
            "evaluator": scene.appoint("evaluator"),
            "contact": round.candidates.first().membership.user,
            "elsewhere": Scene().cleo,
        }.items()
    }
    assert seen == {"cleo": 12, "ida": 12, "evaluator": 0, "contact": 0, "elsewhere": 0}


def test_a_guide_is_changed_in_a_form_and_the_order_is_kept(scene, signed_in):
    cleo = signed_in(scene.cleo)
    args = [scene.programme.code, "ten", 1]
    change = reverse("interview_guide_change", args=args)
    page = cleo.get(change)
    topics = page.context["topics"]
    data = {"topic-TOTAL_FORMS": 11, "topic-INITIAL_FORMS": 10, "name": "Kort", "opening": "Dag"}
    for number, form in enumerate(topics.initial_forms):
        data |= {f"topic-{number}-{name}": form.initial[name] for name in form.initial}
        data[f"topic-{number}-ORDER"] = number + 1
    data["topic-0-ORDER"] = 20
    data["topic-3-DELETE"] = "on"
    data |= {"topic-10-question": "Iets nieuws?", "topic-10-ORDER": 0}
    assert cleo.post(change, data | {"topic-5-question": ""}).status_code == 400
    assert cleo.post(change, data).status_code == 302
    made = scene.programme.guides.get(code="ten", version=2)
    questions = list(made.topics.values_list("code", flat=True))
    assert questions[0] == "iets-nieuws" and questions[-1] == "involvement_in_learning"
    assert len(questions) == 10 and "knowledge_sharing" not in questions
    for version in (1, 2):
        url = reverse("interview_guide", args=[scene.programme.code, "ten", version])
        assert cleo.get(url).status_code == 200
    assert signed_in(scene.ida).get(change).status_code == 404


def test_lists_take_as_many_queries_for_three_as_for_one(scene, signed_in):

    cleo = signed_in(scene.cleo)
    url = reverse("interview_rounds", args=[scene.programme.code])
    counts = []
    for names in (["a"], ["b", "c"]):
        for name in names:
            scene.round(name=name)
        cleo.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert cleo.get(url).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
