"""A restore drill on another server: what comes back there is what was here, record by record."""

import pytest

from core.backup import carry
from tests.core.backup.elsewhere import Elsewhere, as_told
from tests.core.backup.stories import files, snapshot
from tests.faults.postgres import OwnDatabase, why_not
from tests.faults.stage import SERVICES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.faults,
    pytest.mark.xdist_group("faults"),
    pytest.mark.skipif(not SERVICES, reason="needs PostgreSQL"),
]


@pytest.fixture
def elsewhere(tmp_path):
    if lacking := why_not():
        pytest.skip(lacking)
    database = OwnDatabase(tmp_path)
    try:
        (tmp_path / "var").mkdir()
        yield Elsewhere(database, tmp_path / "var")
    finally:
        database.drop()


def test_everything_comes_back_on_another_server_record_by_record(filled, key, elsewhere, tmp_path):
    secret, public = key
    told = carry.back_up(tmp_path / "b.age", recipient=public)
    here = as_told(snapshot(), files())
    assert len(here["files"]) == 3 and here["records"]["surveys.answer"].count("\n") > 20

    _wave, (_first, second) = filled
    said, there = elsewhere.restore(tmp_path / "b.age", secret, second)
    assert said == told
    assert there["files"] == here["files"]
    assert set(there["records"]) == set(here["records"])
    for label, records in here["records"].items():
        assert there["records"][label] == records, label
    assert there["responses"] == ["submitted"] * 2, "a link from a mailbox leads to its draft"
    assert not list((elsewhere.folder / "keys").rglob("*")), "halves of keys come along nowhere"
