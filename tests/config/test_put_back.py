"""What stories leave is mended in the tests' own database, and nowhere else."""

from types import SimpleNamespace

import pytest

from tests import migrated


@pytest.mark.parametrize("name", ["benchlearn", "postgres", "/srv/var/benchlearn.sqlite3", ""])
def test_a_database_that_is_not_of_the_tests_is_never_filled_again(name):
    with pytest.raises(RuntimeError, match="no database of the tests"):
        migrated.put_back(SimpleNamespace(settings_dict={"NAME": name}), {"auth_group": b""})
