"""Survey and interviews side by side: what each says, and whether it is the same."""

from decimal import Decimal

import pytest
from django.urls import reverse

from benchmarks.models import Programme
from surveys.domain.invitations import invite
from surveys.domain.thresholds import set_thresholds
from surveys.domain.waves import close_wave, open_wave
from surveys.triangulating import Judgement, triangulate
from tests.surveys import stories
from tests.surveys.coding.stories import Scene

pytestmark = pytest.mark.django_db


def surveyed(scene, value, people=5):
    """A closed wave in which everyone of the organisation gives every statement this value."""
    wave = stories.prepared_wave(cycle=scene.cycle)
    invite(wave, guests=stories.guests(scene.organisation, people), by=None)
    wave = open_wave(wave, by=None, on=stories.TODAY)
    for token in stories.tokens_of(wave):
        stories.answer_all(token, value)
    return close_wave(wave, by=None, on=stories.TODAY)


def interviewed(scene, first="++", second="++"):
    text = scene.text()
    scene.coded(text, scene.ann, first)
    scene.coded(text, scene.bob, second)


def test_both_say_the_same_until_the_thresholds_move():
    scene = Scene()
    surveyed(scene, 4)
    interviewed(scene)
    found = triangulate(scene.cycle)
    ((variable, (row,)),) = found.by_variable
    assert variable.code == "motivation"  # effects has no order, and is no rating
    assert (row.mean, row.survey, row.coding, row.agrees) == (
        4.0, Judgement.SUFFICIENT, Judgement.SUFFICIENT, True,
    )  # fmt: skip
    set_thresholds(
        scene.programme, moderate_from=Decimal(3), sufficient_from=Decimal("4.5"), by=scene.cleo
    )
    found = triangulate(scene.cycle)
    assert (found.both[0].survey, found.agreeing) == (Judgement.MODERATE, 0)


def test_too_few_answers_are_not_shown_and_coders_who_differ_say_nothing():
    scene = Scene()
    surveyed(scene, 4, people=4)
    interviewed(scene, "++", "--")
    ((_variable, (row,)),) = triangulate(scene.cycle).by_variable
    assert (row.mean, row.n, row.survey) == (None, None, None)
    assert (row.values, row.coding, row.disputed, row.agrees) == ((), None, True, None)


def test_the_page_shows_the_thresholds_and_refuses_wrong_ones(client):
    scene = Scene()
    interviewed(scene)
    client.force_login(scene.cleo)
    url = reverse("triangulation", args=[scene.programme.code])
    assert "3,50" in client.get(url).text
    post = reverse("triangulation_thresholds", args=[scene.programme.code])
    wrong = {"moderate_from": "4", "sufficient_from": "3"}
    assert client.post(post, wrong).status_code == 400
    right = {"moderate_from": "2", "sufficient_from": "4.25"}
    assert client.post(post, right).status_code == 302
    assert "4,25" in client.get(url).text


def test_everybody_may_read_it_of_a_published_study_and_nobody_else_of_another(client):
    scene = Scene()
    interviewed(scene)
    url = reverse("triangulation", args=[scene.programme.code])
    assert client.get(url).status_code == 404
    Programme.objects.filter(pk=scene.programme.pk).update(kind="study", has_public_report=True)
    shown = client.get(url)
    assert "Motiva" in shown.text
    assert reverse("coding_variable", args=[scene.programme.code, "motivation"]) not in shown.text
