"""After closing an anonymous wave nobody can link an answer to a person, whatever they get hold of.

The same attacks, run while the wave is open or against the other modes, do find people: so they
are real attacks, and it is closing and the mode that stop them.
"""

import io
import json
import logging
import random

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from people.models import Organisation
from surveys.domain.invitations import Guest, invite
from surveys.domain.links import token_of
from surveys.domain.sealing import destroy_shares
from surveys.domain.waves import close_wave, open_wave
from surveys.models import Invitation, Response
from surveys.structure import questionnaire
from surveys.tasks import seal_waves
from tests import factories as make
from tests.surveys import stories
from tests.surveys.adversary.attacks import (
    ATTACKS,
    all_rows,
    by_mark,
    by_old_copy,
    by_small_group,
    by_token,
    by_typist,
    text_of,
)

pytestmark = pytest.mark.django_db
BACKGROUNDS = [("beleid", "manager")] * 6 + [("beleid", "adviseur"), ("uitvoering", "consulent")]


def people(wave):
    """Organisations of which some are too small to be named, with departments and functions."""
    for number, size in enumerate((8, 8, 2, 1)):
        organisation = stories.organisation_in(wave)
        for one, (department, function) in enumerate(BACKGROUNDS[:size]):
            yield Guest(
                f"Guest {one}",
                f"guest{one}@{number}.example.org",
                organisation,
                department=department,
                function=function,
                role="participant",
            )


@pytest.fixture
def log():
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    logging.getLogger().addHandler(handler)
    yield text
    logging.getLogger().removeHandler(handler)


def files():
    storage = storages["keys"]
    names = storage.listdir("")[1] if storage.exists("") else []
    return {name: storage.open(name).read() for name in names}


def type_in(wave, organisation, remark, by):
    """Somebody types in a sheet, over the web; only its last question is answered in words."""
    client = Client()
    client.force_login(by)
    url = reverse("wave_paper_enter", args=[wave.cycle.programme.code, wave.pk])
    form = client.get(url).context["form"]
    said = [item.code for item in questionnaire(wave.version_id).items if not item.is_statement]
    post = {"organisation": organisation.code, "sheet": form["sheet"].value()}
    post |= {f"answer-{item.code}": "4" for item in form.asked.answerable if item.is_statement}
    assert client.post(url, post | {f"answer-{said[-1]}": remark}).status_code == 302


def type_in_sheets(wave):
    """Two people type in what came back on paper: of each organisation one of them all its sheets,
    so that who counts may tell which. The remark on each, with its organisation."""
    programme = wave.cycle.programme
    typists = [
        make.AppointmentFactory(programme=programme, role=role).user
        for role in ("facilitator", "coordinator")
    ]
    known = wave.invitations.values_list("organisation", flat=True).order_by().distinct()
    places = sorted(known)
    sheets = {}
    for place, size, typist in zip(places, (6, 1, 2, 1), (0, 1, 1, 1), strict=True):
        organisation = Organisation.objects.get(pk=place)
        for number in range(size):
            remark = f"on paper {place}-{number}"
            type_in(wave, organisation, remark, typists[typist])
            sheets[remark] = place
    return sheets


def hold(mode, log):
    """Hold a wave in which most answer, one after another, over the web, and some don't finish;
    some answer on paper, invited or not."""
    keys_of_others = set(files())
    wave = stories.prepared_wave(mode=mode)
    invite(wave, guests=list(people(wave)), by=None)
    wave = open_wave(wave, by=None, on=stories.TODAY)
    tokens = {one.email: token_of(one, wave) for one in wave.invitations.all()}
    answering = random.Random(7).sample(sorted(tokens), len(tokens) - 3)
    for email in answering:
        Client().get(reverse("survey_start", args=[tokens[email]]))
        submit = email != answering[-1]
        stories.answer_all(tokens[email], remark=f"said by {email}"[8:], submit=submit)
    sheets = type_in_sheets(wave)
    return {
        "wave": wave,
        "sheets": sheets,
        "tokens": tokens,
        "answered": answering[:-1],
        "sequence": [f"said by {email}"[8:] for email in answering[:-1]],
        "before": all_rows(),
        "minimum": wave.cycle.programme.minimum_group,
        "keys": [wave.link_key],
        "shares": [share for name, share in files().items() if name not in keys_of_others],
        "log": log,
    }


def get_everything(loot):
    """What the adversary finds, now; the files that hold halves of keys are among it."""
    return loot | {
        "tables": all_rows(),
        "files": list(files().values()),
        "left": {"log": loot["log"].getvalue()},
    }


@pytest.fixture
def closed(log):
    loot = hold("anonymous", log)
    close_wave(loot["wave"], by=None, on=stories.TODAY)
    seal_waves()
    return get_everything(loot)


def test_nobody_is_found_and_no_answer_is_lost(closed):
    found = {attack.__name__: list(attack(closed)) for attack in ATTACKS}
    assert found == {attack.__name__: [] for attack in ATTACKS}
    said = {row["text"] for row in closed["tables"]["surveys_answer"]} - {""}
    assert said == {*closed["sequence"], *closed["sheets"]}


def test_of_the_sheets_is_left_how_many_there_were(closed):
    log = closed["tables"]["core_activityentry"]
    (line,) = [line for line in log if line["verb"] == "paper entered"]
    assert (line["actor_id"], json.loads(line["details"])) == (None, {"sheets": 10})


def test_nothing_that_was_a_key_is_left_anywhere(closed):
    everything = text_of(closed["tables"])
    assert all(key not in everything for key in closed["keys"])
    assert not set(closed["shares"]) & set(closed["files"])
    assert not any(token in everything for token in closed["tokens"].values())


def test_the_attacks_are_real_while_the_wave_is_open(log):
    loot = get_everything(hold("anonymous", log))
    for attack in (by_token, by_old_copy, by_typist, by_mark, by_small_group):
        assert list(attack(loot))


def test_a_copy_of_the_database_alone_links_nobody_even_while_the_wave_is_open(log):
    loot = get_everything(hold("anonymous", log)) | {"files": []}
    assert list(by_old_copy(loot)) == []


@pytest.mark.parametrize(("mode", "knows"), [("by_name", True), ("pseudonymous", False)])
def test_only_by_name_does_an_answer_lead_to_an_invitation(mode, knows, log):
    loot = hold(mode, log)
    close_wave(loot["wave"], by=None, on=stories.TODAY)
    assert Response.objects.filter(invitation__isnull=False).exists() is knows
    assert not Response.objects.filter(pseudonym="").exclude(channel="paper").exists()
    on_paper = Response.objects.filter(channel="paper", pseudonym="", invitation=None)
    assert on_paper.count() == 10


def test_a_person_has_the_same_pseudonym_in_every_wave_of_a_programme():
    wave = stories.prepared_wave(mode="pseudonymous")
    again = stories.prepared_wave(cycle=wave.cycle, mode="pseudonymous")
    elsewhere = stories.prepared_wave(mode="pseudonymous")
    for one in (wave, again, elsewhere):
        organisation = stories.organisation_in(one)
        invite(one, guests=[Guest("Same", "same@example.org", organisation)], by=None)
        open_wave(one, by=None, on=stories.TODAY)
        stories.answer_all(stories.tokens_of(one)[0])
    codes = {one.pk: one.responses.get().pseudonym for one in (wave, again, elsewhere)}
    assert codes[wave.pk] == codes[again.pk] != codes[elsewhere.pk]


def test_a_killed_worker_leaves_the_destroying_to_the_next_round(log):
    loot = hold("anonymous", log)
    wave = close_wave(loot["wave"], by=None, on=stories.TODAY)
    assert wave.key_share  # the task that destroys it has not run yet
    assert destroy_shares() == 1
    assert destroy_shares() == 0
    assert Invitation.objects.filter(state="open").count() == 0
