"""Who gets what at every address of the product: tests/access_matrix.csv, tried cell by cell."""

import pytest
from django.test import override_settings
from django.urls import path
from ninja import NinjaAPI

from tests.access.propose import propose
from tests.access.table import COLUMNS, read_rows
from tests.access.urlconf import addresses

pytestmark = pytest.mark.django_db
ROWS = read_rows()
CMS = "cms/"


def needed():
    """What the table must speak of: name and method of every address outside Wagtail's admin."""
    return {
        (address.name, method)
        for address in addresses()
        if not address.route.startswith(CMS)
        for method in address.methods
    }


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_column_gets_what_the_table_says(row, trial):
    assert trial.answers(row) == row.expected


def test_every_address_and_operation_is_in_the_table(trial):
    missing = sorted(needed() - {(row.name, row.method) for row in ROWS})
    proposed = propose(trial, missing)
    assert not missing, f"not in tests/access_matrix.csv: {missing}; see {proposed}"


def test_no_row_speaks_of_an_address_that_is_not_there():
    names = {address.name for address in addresses()}
    assert [str(row) for row in ROWS if row.name not in names] == []


def test_no_row_is_there_twice():
    keys = [str(row) for row in ROWS]
    assert sorted(keys) == sorted(set(keys))


def test_the_rows_are_in_order_so_that_rooms_do_not_collide():
    keys = [(row.name, row.method, row.case) for row in ROWS]
    assert keys == sorted(keys)


def test_no_address_outside_the_cms_is_nameless():
    nameless = [a.route for a in addresses() if not a.name and not a.route.startswith(CMS)]
    assert nameless == []


def test_every_row_has_a_word_in_every_column():
    empty = [f"{row}: {column}" for row in ROWS for column in COLUMNS if not row.expected[column]]
    assert empty == []


def test_no_column_is_served_an_error_of_ours():
    assert [str(row) for row in ROWS if "500" in row.expected.values()] == []


class TestTheWatchItself:
    """The tests above can fail: an address or an operation that nobody listed is seen."""

    def test_a_new_page_is_missed(self):
        with override_settings(ROOT_URLCONF=(path("new/", lambda request: None, name="new_page"),)):
            assert needed() == {("new_page", "GET"), ("new_page", "POST")}

    def test_a_new_operation_of_an_api_is_missed(self):
        api = NinjaAPI(urls_namespace="watched", docs_url=None, openapi_url=None)
        api.delete("/thing", url_name="thing")(lambda request: None)
        with override_settings(ROOT_URLCONF=(path("api/", api.urls),)):
            assert ("watched:thing", "DELETE") in needed()

    def test_an_answer_that_differs_is_seen(self, trial):
        (row,) = [row for row in ROWS if (row.name, row.method) == ("now", "GET")]
        assert trial.answers(row) != row.expected | {"anonymous": "200"}

    def test_being_sent_to_sign_in_is_told_from_other_redirects(self, trial):
        assert trial.ask("anonymous", "GET", "/now/") == "sign-in"
