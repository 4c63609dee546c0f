"""Fixtures that every story may use."""

import gc
import os

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from pytest_django.plugin import blocking_manager_key

from core import audit_guard
from surveys import rendering
from surveys.structure import questionnaire
from tests import migrated

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # stories run side by side already


LONG = ("journey", "faults")
"""Stories that take their time begin first: what is left at the end is short, and shared well."""


def _of_database(item):
    """A story with the tests' database, and whether it commits there."""
    marker, fixtures = item.get_closest_marker("django_db"), set(item.fixturenames)
    commits = bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in fixtures
    return bool(marker) or commits or "db" in fixtures, commits


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The order in which two workers are done at about the same time.

    The first worker gets the first half of the list, which begins with what takes long; the other
    half begins with what needs no database, while the first worker makes the migrated one.
    """
    long = [item for item in items if any(map(item.get_closest_marker, LONG))]
    rest = [item for item in items if not any(map(item.get_closest_marker, LONG))]
    without = [item for item in rest if not _of_database(item)[0]]
    others = [item for item in rest if _of_database(item)[0]]
    before = max(0, (len(items) + 1) // 2 - len(long))
    items[:] = [*long, *others[:before], *without, *others[before:]]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item, nextitem):
    """A story that commits ends with empty tables; the next one finds what the migrations left.

    After the last one nothing is put back: the tests' database is gone by then.
    """
    result = yield
    if nextitem is not None and _of_database(item)[1]:
        with item.config.stash[blocking_manager_key].unblock():
            migrated.put_back(connection, CONTENTS)
            audit_guard.unguard(connection)
            ContentType.objects.clear_cache()
            cache.clear()
            connection.close()
    return result


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """What is loaded stays until the end: looking through it again and again for garbage takes a
    seventh of the time of a story that opens pages."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The tests' database begins as a copy of a migrated one, and is then migrated as ever."""
    kept = migrated.begin_with_a_copy(settings.DATABASES["default"])
    yield
    if kept:
        kept.close()


@pytest.fixture(autouse=True)
def nothing_kept_of_an_earlier_story():
    """A story's questionnaire may have the primary key of another's, which was rolled back."""
    questionnaire.cache_clear()
    rendering.forget_kept()


CONTENTS = {}
FOUND_GUARDS = set()
"""The triggers of the audit log as the migrations left them."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The audit log refuses to be emptied, which stories with transactions of their own end with:
    the guard is taken away, and stands again where it is tried (fixture `guarded`)."""
    with django_db_blocker.unblock():
        FOUND_GUARDS.update(audit_guard.guards_of(connection))
        CONTENTS.update(migrated.contents(connection))
        audit_guard.unguard(connection)


@pytest.fixture
def guarded(db):
    """The audit log as an installation has it."""
    audit_guard.guard(connection)


@pytest.fixture
def found_guards(django_db_setup):
    return FOUND_GUARDS
