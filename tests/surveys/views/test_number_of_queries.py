"""At most eight queries for any survey request, whatever the length of the instrument."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.domain.opened import find_link
from tests.surveys import stories

pytestmark = pytest.mark.django_db
MOST = 8


def requests_of_a_walk(token):
    """Every request that a respondent makes, first and repeated."""
    blocks = find_link(token).asked.blocks
    yield "get", "", {}
    for block in blocks:
        first, *_rest = block.items
        given = {item.code: "4" for item in block.items if item.is_statement}
        remark = {item.code: "More time." for item in block.items if not item.is_statement}
        yield "get", f"{block.page}/", {}
        yield "post", "answer/", {"item": first.code, "value": "2"}
        yield "post", "answer/", {"item": first.code, "value": "3"}
        yield "post", f"{block.page}/", {first.code: "4"}
        yield "post", f"{block.page}/", given | {"language": "en"}
        yield "post", f"{block.page}/", given | remark
        yield "post", f"{block.page}/", given
        yield "get", f"{block.page}/", {}
    yield "get", "summary/", {}
    yield "post", "summary/", {"language": "nl"}
    yield "post", "summary/", {}
    yield "post", "summary/", {}
    yield "get", "thanks/", {}
    yield "get", "", {}


def queries_of_a_walk(client, *sizes):
    wave = stories.opened_wave(version=stories.version_of(*sizes)) if sizes else None
    token = stories.tokens_of(wave or stories.opened_wave())[0]
    counted = []
    for method, step, data in requests_of_a_walk(token):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = getattr(client, method)(f"/s/{token}/{step}", data)
        assert response.status_code < 500
        counted.append((method, step, len(queries)))
    return counted


def test_thirteen_statements_take_at_most_eight_queries_a_request(client):
    for method, step, count in queries_of_a_walk(client):
        assert count <= MOST, (method, step)


def test_forty_statements_take_as_many_queries_as_thirteen(client):
    short, long = queries_of_a_walk(client, 9, 4), queries_of_a_walk(client, 25, 15)
    assert short == long


def test_forty_statements_on_one_page_take_at_most_eight_queries(client):
    assert max(count for _m, _s, count in queries_of_a_walk(client, 40)) <= MOST
