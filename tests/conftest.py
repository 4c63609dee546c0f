"""Fixtures that every story may use."""

import os

import pytest
from django.conf import settings
from django.db import connection

from core import audit_guard
from surveys import rendering
from surveys.structure import questionnaire
from tests import migrated

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # stories run side by side already


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


FOUND_GUARDS = set()
"""The triggers of the audit log as the migrations left them."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The audit log refuses to be emptied, which stories with transactions of their own end with:
    the guard is taken away, and stands again where it is tried (fixture `guarded`)."""
    with django_db_blocker.unblock():
        FOUND_GUARDS.update(audit_guard.guards_of(connection))
        audit_guard.unguard(connection)


@pytest.fixture
def guarded(db):
    """The audit log as an installation has it."""
    audit_guard.guard(connection)


@pytest.fixture
def found_guards(django_db_setup):
    return FOUND_GUARDS
