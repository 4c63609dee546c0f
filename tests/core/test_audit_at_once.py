"""Several writers of the audit log at once: each line has one line before it."""

import pytest

from core.audit import Deed, record, verify
from tests import factories as make
from tests.learningcircles.test_at_once import AT_ONCE, all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_writers_at_once_make_one_chain():
    wil = make.UserFactory()
    before = verify().entries
    all_at_once(lambda number: record(Deed.PEOPLE_SEEN, wil, count=number))
    all_at_once(lambda number: record(Deed.PEOPLE_SEEN, wil, count=number))
    after = verify()
    assert after.breaks == []
    assert after.entries == before + 2 * AT_ONCE
