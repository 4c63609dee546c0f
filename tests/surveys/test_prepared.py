"""Queries that are written once: the right values in their places, and no harm when the connection
is lost, a pooler is in between, or an address only looks like a link."""

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from surveys import middleware, prepared
from surveys.addresses import address, view_of
from surveys.domain.answers import storing_answers
from surveys.domain.responses import GO_ON, find_link, hold_link
from surveys.enums import ItemKind
from surveys.given import Given
from surveys.models import Answer, Response, Wave
from surveys.prepared import Prepared, change_together, update_of
from tests.surveys import stories

on_its_own = pytest.mark.django_db(transaction=True)


def is_postgres():
    return connection.vendor == "postgresql"


@pytest.mark.django_db
def test_parameters_come_where_their_markers_were_and_the_rest_stays():
    one, other = (stories.prepared_wave(name="Same", target=target) for target in (40, 50))

    def build(name, before, target):
        return update_of(Wave.objects.filter(name=before, target=target), name=name, mode="by_name")

    rename = Prepared(build, "new name", "old name", 30_000)
    assert rename.change("Other", "Same", 50) == 1
    assert rename.change("Other", "Same", 50) == 0
    assert list(Wave.objects.filter(pk=one.pk).values_list("name", "mode")) == [("Same", one.mode)]
    assert list(Wave.objects.filter(pk=other.pk).values_list("name", "mode")) == [
        ("Other", "by_name")
    ]


@pytest.mark.django_db
def test_a_marker_that_the_query_does_not_hold_is_told():
    with pytest.raises(ValueError, match="hold nothing for the markers"):
        Prepared(lambda name, other: Wave.objects.filter(name=name), "name", "other").rows("a", "b")


@pytest.mark.django_db
def test_a_page_done_later_is_not_undone_by_an_earlier_one():
    wave, token = stories.open_link()
    stories.answer_all(token, submit=False)
    draft = Response.objects.get(wave=wave)
    assert GO_ON.change(1, draft.pk) == 0
    assert GO_ON.change(3, draft.pk) == 1
    draft.refresh_from_db()
    assert draft.pages_done == 3


@on_its_own
def test_postgres_prepares_the_reading_of_a_link_once_and_nothing_of_the_orm():
    _wave, token = stories.open_link()
    for _again in range(3):
        find_link(token)
        Wave.objects.count()
    if is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement FROM pg_prepared_statements")
            texts = [text for (text,) in cursor.fetchall()]
        assert sum("surveys_usedlink" in text for text in texts) == 1
        assert not any("COUNT(*)" in text for text in texts)


@on_its_own
def test_without_prepared_statements_everything_works_as_well(client):
    """Behind a pooler: see BENCHLEARN_PREPARED_STATEMENTS."""
    _wave, token = stories.open_link()
    connection.ensure_connection()
    if is_postgres():
        connection.connection.prepare_threshold = None
    stories.answer_all(token)
    assert Answer.objects.count() == 13
    if is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements")
            assert cursor.fetchone() == (0,)
    connection.close()


@on_its_own
def test_an_answer_that_is_told_to_be_kept_is_on_the_disk():
    _wave, token = stories.open_link()
    if not is_postgres():
        assert not connection.features.has_select_for_update
        return
    with transaction.atomic(), connection.cursor() as cursor:
        hold_link(token)
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)


def lose_connection(monkeypatch):
    """The server was started anew, say: the next statement fails, and so does a look."""
    if is_postgres():
        connection.connection.close()
        return
    usual = prepared.open_cursor

    def fails(database):
        monkeypatch.setattr(prepared, "open_cursor", usual)
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(prepared, "open_cursor", fails)
    monkeypatch.setattr(connection, "is_usable", lambda: False)


@on_its_own
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_lost_connection_is_made_anew_and_the_respondent_notices_nothing(
    client, monkeypatch, method
):
    _wave, token = stories.open_link()
    item = find_link(token).asked.blocks[0].items[0]
    lose_connection(monkeypatch)
    if method == "get":
        assert client.get(f"/s/{token}/").status_code == 200
    else:
        given = {"item": item.code, "value": "2"}
        assert client.post(f"/s/{token}/answer/", given).status_code == 204
        assert list(Answer.objects.values_list("item", "value")) == [(item.id, 2)]
        assert Response.objects.count() == 1


@on_its_own
def test_an_error_on_a_good_connection_is_not_tried_again(client, monkeypatch):
    _wave, token = stories.open_link()
    tried = []

    def fails(path):
        tried.append(path)
        raise OperationalError("the disk is full")

    monkeypatch.setattr(middleware, "view_of", fails)
    client.raise_request_exception = False
    assert client.get(f"/s/{token}/").status_code == 503
    assert len(tried) == 1


@pytest.mark.parametrize("rest", ["", "1/", "summary/", "thanks/", "answer/", "unsubscribe/"])
def test_addresses_of_links_lead_where_the_site_says(rest):
    for token in ("a" * 32, "b"):
        match = resolve(f"/s/{token}/{rest}")
        assert view_of(f"/s/{token}/{rest}") == (match.func, match.args, match.kwargs)
        assert match.kwargs["token"] == token


@pytest.mark.parametrize("path", ["/s/open/abc/", "/s/open/", "/s/a/b/c/"])
def test_an_address_that_only_looks_like_one_of_a_link_is_what_it_was(path):
    match = resolve(path)
    assert view_of(path) == (match.func, match.args, match.kwargs)


def test_an_address_holds_the_token_it_was_asked_for():
    assert address("survey_step", "t0k3n", "2") == reverse("survey_step", args=["t0k3n", "2"])


@pytest.mark.django_db
def test_changes_that_go_together_are_all_carried_out_and_the_last_is_counted():
    wave, token = stories.open_link()
    stories.answer_all(token, submit=False)
    draft, block = Response.objects.get(wave=wave), find_link(token).asked.blocks[1]
    remark = next(item for item in block.items if item.kind == ItemKind.OPEN_TEXT)
    one, other = block.items[:2]
    Answer.objects.create(response=draft, item_id=remark.id, text="To be emptied")
    given = {one: Given(value=5), remark: None}
    steps = [*storing_answers(draft.pk, given, is_new=False), GO_ON.step(9, draft.pk)]
    assert len(steps) == 3
    with CaptureQueriesContext(connection) as queries:
        assert change_together(*steps) == 1
    assert len(queries) == (1 if is_postgres() else 3)
    draft.refresh_from_db()
    assert draft.pages_done == 9
    kept = dict(draft.answers.filter(item__in=[one.id, other.id]).values_list("item", "value"))
    assert kept[one.id] == 5
    assert set(kept) == {one.id, other.id}
    assert not draft.answers.filter(item=remark.id).exists()
