"""No page leads its reader to a door that is shut for them."""

import re
from itertools import groupby

import pytest
from django.urls import resolve

from tests.access.table import read_rows

pytestmark = pytest.mark.django_db
READERS = ("participant", "management", "facilitator", "coordinator", "evaluator")
MAIN = re.compile(rb"<main\b.*</main>", re.S)
LINK = re.compile(rb'<a\b[^>]*\bhref="(/[^"#?]*)')


@pytest.mark.parametrize("reader", [f"{role}_here" for role in READERS])
def test_every_link_on_a_page_opens_for_who_reads_it(reader, trial):
    """Asked are those of which the table doesn't say that this reader gets them, whatever the
    object is."""
    rows = [row for row in read_rows() if row.method == "GET" and not row.is_of_api]
    gets = {
        name: all(row.expected[reader][:1] in "23" for row in its)
        for name, its in groupby(rows, lambda row: row.name)
    }
    led = {}
    for row in rows:
        if row.expected[reader] == "200":
            path, visit = trial.path(row)
            for main in MAIN.findall(trial.page(reader, path + visit.query)):
                led |= {address.decode(): row for address in LINK.findall(main)}
    assert len(led) > 30
    doubtful = [address for address in led if not gets.get(resolve(address).view_name)]
    answers = {address: trial.ask(reader, "GET", address) for address in doubtful}
    shut = [address for address, word in answers.items() if word[:1] in "45c"]
    assert [f"{led[address]}: {address}" for address in shut] == []
