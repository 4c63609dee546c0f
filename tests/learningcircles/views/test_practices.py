"""Good practices: written up, published, read by whom, and how far each organisation came."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.exceptions import InvalidInput, NotNow
from learningcircles import evidence
from learningcircles.chains import chain_counts
from learningcircles.domain.practices import edit_practice, record_adoption, withdraw_practice
from learningcircles.models import AdoptionStep, PracticePage
from tests.learningcircles import factories as meet

WORDS = {
    "title": "Phone  first",
    "what": "Phone before a letter.",
    "costs": "Two hours a week",
    "evidence_theory": "none",
    "evidence_process": "some",
    "evidence_result": "full",
}


@pytest.fixture
def site(db):
    """The home pages, as an installation has them."""
    call_command("setup_site")


@pytest.fixture
def practice(stage):
    return meet.practice(stage.programme, stage.here)


def readers(browser_of, practice, people):
    address = reverse("practice", args=[practice.pk])
    return [browser_of(person).get(address).status_code == 200 for person in people]


def test_a_done_action_is_written_up_published_and_read(stage, signed_in, client):
    action = meet.ActionFactory(
        programme=stage.programme, organisation=stage.here, status="done", done_on="2026-02-01"
    )
    browser = signed_in(stage.member)
    address = reverse("practice_new", args=[stage.code]) + f"?action={action.pk}"
    assert browser.get(address).context["form"].initial["title"] == action.title
    told = {**WORDS, "organisation": stage.here.pk}
    assert browser.post(address, {**told, "what": ""}).status_code == 422
    assert browser.post(address, told).status_code == 302
    practice = PracticePage.objects.get()
    assert (practice.title, practice.live, practice.source_action) == ("Phone first", False, action)
    outside = [stage.neighbour_participant, stage.stranger, stage.evaluator]
    assert readers(signed_in, practice, [stage.member, stage.facilitator]) == [True, True]
    assert readers(signed_in, practice, outside) == [False, False, False]
    publish = reverse("practice_publish", args=[practice.pk])
    assert signed_in(stage.member).post(publish, {"to": "anyone"}).status_code == 404
    signed_in(stage.facilitator).post(publish, {"to": "benchmark"})
    assert readers(signed_in, practice, outside) == [True, False, True]
    signed_in(stage.facilitator).post(publish, {"to": "anyone"})
    client.logout()
    page = client.get(reverse("practice", args=[practice.pk])).content.decode()
    assert "Two hours a week" in page and action.title not in page
    assert practice.title in client.get(reverse("practice_list")).content.decode()


def test_it_may_be_changed_and_withdrawn_and_keeps_what_it_said(stage, practice):
    seen = practice.latest_revision_id
    edit_practice(practice, by=stage.member.user, revision_seen=seen, what="Phone twice.")
    assert PracticePage.objects.get().what == "Phone twice."
    assert practice.revisions.count() >= 3
    withdrawn = withdraw_practice(practice, by=stage.facilitator)
    assert (withdrawn.live, withdrawn.is_public) == (False, False)


def test_two_who_change_it_at_once_both_keep_their_words(stage, practice, signed_in):
    address = reverse("practice_edit", args=[practice.pk])
    browser = signed_in(stage.member)
    seen = browser.get(address).context["form"].initial["revision_seen"]
    told = {**WORDS, "revision_seen": seen}
    assert browser.post(address, {**told, "context": "A small team"}).status_code == 302
    answer = browser.post(address, {**told, "context": "A large team"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "A small team" in page and "A large team" in page
    assert PracticePage.objects.get().context == "A small team"
    newest = PracticePage.objects.get().latest_revision_id
    assert f'value="{newest}"' in page
    again = {**told, "context": "A large team", "revision_seen": newest}
    assert browser.post(address, again).status_code == 302
    assert PracticePage.objects.get().context == "A large team"
    assert browser.post(address, again).status_code == 302


def test_wagtails_own_address_doesnt_tell_that_it_is_there(stage, site, client):
    practice = meet.practice(stage.programme, stage.here)
    address = practice.get_url()
    assert address.endswith(f"/{practice.slug}/")
    assert client.get(address).status_code == 404
    client.force_login(stage.member.user)
    answer = client.get(address)
    assert (answer.status_code, answer.url) == (302, reverse("practice", args=[practice.pk]))


def test_a_public_one_is_on_the_home_page_and_no_other(stage, site, client):
    meet.practice(stage.programme, stage.here, title="Only for us")
    meet.practice(stage.programme, stage.here, title="For all", is_public=True)
    home = client.get("/").content.decode()
    assert "For all" in home and "Only for us" not in home
    assert reverse("practice_list") in home


@pytest.mark.parametrize("title", ["!!!", "Phone first"])
def test_any_title_will_do_also_twice(stage, title):
    first, second = (meet.practice(stage.programme, stage.here, title=title) for _n in range(2))
    assert first.title == second.title == title and first.slug != second.slug


def test_each_step_has_its_day_its_reason_and_what_was_changed(stage, practice, signed_in):
    address = reverse("practice_adopt", args=[practice.pk])
    browser = signed_in(stage.neighbour_participant)
    told = {"organisation": stage.neighbour.pk, "level": "adapted", "on": "2026-02-03"}
    assert browser.post(address, told).status_code == 422
    assert browser.post(address, {**told, "changed": "By text message"}).status_code == 302
    assert browser.post(address, {**told, "level": "stopped"}).status_code == 422
    step = AdoptionStep.objects.get()
    assert (step.on, step.changed, step.organisation) == (
        dt.date(2026, 2, 3),
        "By text message",
        stage.neighbour,
    )
    assert browser.post(address, {**told, "organisation": stage.here.pk}).status_code == 422
    page = reverse("practice", args=[practice.pk])
    for reader, sees in [
        (stage.neighbour_participant, True),
        (stage.facilitator, True),
        (stage.member, False),
        (stage.evaluator, False),
    ]:
        assert ("By text message" in signed_in(reader).get(page).content.decode()) is sees


def test_what_cannot_be_is_refused(stage, practice):
    def step(**told):
        fields = {"organisation": stage.neighbour, "level": "recognised", **told}
        return record_adoption(practice, by=stage.other_member.user, **fields)

    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    for wrong in (
        {"level": "admired"},
        {"on": tomorrow},
        {"level": "rejected"},
        {"organisation": stage.stranger.organisation},
    ):
        with pytest.raises(InvalidInput):
            step(**wrong)
    withdraw_practice(practice, by=stage.facilitator)
    practice.refresh_from_db()
    with pytest.raises(NotNow):
        step()


def test_a_practice_is_a_link_of_the_chain_as_long_as_it_is_ones_own(stage):
    action = meet.ActionFactory(programme=stage.programme, organisation=stage.here)
    practice = meet.practice(stage.programme, stage.here, source_action=action)

    def links(place):
        return chain_counts(stage.programme.pk, place.pk, timezone.localdate())["practice"]

    def step(level, on, **told):
        record_adoption(practice, by=None, organisation=stage.neighbour, level=level, on=on, **told)

    assert (links(stage.here), links(stage.neighbour)) == (1, 0)
    step("carried_out", dt.date(2026, 2, 1))
    assert links(stage.neighbour) == 1
    step("stopped", dt.date(2026, 3, 1), reason="No money")
    assert links(stage.neighbour) == 0
    rows = evidence.adoptions(stage.programme.pk)
    assert [(row.level, row.has_reason, row.source_action_id) for row in rows] == [
        ("carried_out", False, action.pk),
        ("stopped", True, action.pk),
    ]
    (chain,) = evidence.chains(stage.programme.pk)
    assert (chain.action_id, chain.practice_id, chain.is_done) == (action.pk, practice.pk, False)


def test_the_library_takes_as_many_queries_for_three_as_for_one(stage, signed_in):
    browser = signed_in(stage.facilitator)

    def counted(address):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    def step(practice, place):
        record_adoption(practice, by=None, organisation=place, level="recognised")

    first = meet.practice(stage.programme, stage.here)
    step(first, stage.here)
    page, library = reverse("practice", args=[first.pk]), reverse("practice_list")
    counted(library)
    before = counted(library), counted(page)
    for _number in range(2):
        meet.practice(stage.programme, stage.here)
        step(first, stage.neighbour)
    assert (counted(library), counted(page)) == before
