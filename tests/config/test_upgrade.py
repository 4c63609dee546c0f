"""A database of an earlier release, filled, comes forward, and nothing of it is lost or other.

It is a database of its own, brought to the state of the migrations that release had, filled by the
models as they were then, and migrated forward as an operator would. On SQLite to the last state
before Wagtail's own tables come in, which take half a minute; on PostgreSQL to the newest.
"""

import datetime as dt
import os
import uuid

import dj_database_url
import psycopg
import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import load_backend

EARLIER = [
    ("core", "0001_activity_log_and_outbox"),
    ("people", "0002_sign_in_links"),
    ("benchmarks", "0002_study_source_in_english"),
    ("surveys", "0005_modes"),
    ("learningcircles", "0001_circles_sessions_actions"),
]
SOON_AFTER = [
    ("core", "0003_pulse"),
    ("people", "0003_size_classes_of_ones_own"),
    ("benchmarks", "0003_figures_and_charter"),
    ("surveys", "0008_tabulations"),
    ("learningcircles", "0002_readings_topics_decisions"),
]
OURS = {"core", "people", "benchmarks", "surveys", "learningcircles", "evaluation"}
DAY = dt.date(2026, 5, 1)


@pytest.fixture
def other(tmp_path, django_db_blocker):
    """An empty database of its own, in the place of the usual one."""
    server = os.environ.get("BENCHLEARN_DATABASE_URL", "")
    name = f"benchlearn_upgrade_{uuid.uuid4().hex[:8]}"
    if server.startswith("postgres"):
        on_server(server, f'CREATE DATABASE "{name}"')
        place = dj_database_url.parse(f"{server.rsplit('/', 1)[0]}/{name}")
    else:
        place = dj_database_url.parse(f"sqlite:///{tmp_path / name}")
    with django_db_blocker.unblock():
        usual = connections[DEFAULT_DB_ALIAS]
        settings = usual.settings_dict | place | {"OPTIONS": {}}
        empty = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, DEFAULT_DB_ALIAS)
        connections[DEFAULT_DB_ALIAS] = empty
        try:
            yield empty
        finally:
            connections[DEFAULT_DB_ALIAS] = usual
            empty.close()
            if server.startswith("postgres"):
                on_server(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def on_server(server, sql):
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql)


def bring(connection, targets):
    """Migrate to these; the models as they are then."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


def newest(connection):
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    return [node for node in leaves if node[0] in OURS]


def fill(apps):
    """People, a benchmark, an open wave with a draft under its link, an action, mail."""

    def make(model, **fields):
        return apps.get_model(model).objects.create(**fields)

    make("people.User", email="anna@example.org", name="Anna", password="x")
    town = make("people.Organisation", code="0363", name="Amsterdam")
    programme = make("benchmarks.Programme", code="jeugd", name="Jeugd")
    year = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31)}
    cycle = make("benchmarks.Cycle", programme=programme, name="2026", **year)
    make("benchmarks.Participation", cycle=cycle, organisation=town, reference="1")
    instrument = make("surveys.Instrument", code="beleving", title_nl="Beleving", title_en="Say")
    version = make("surveys.InstrumentVersion", instrument=instrument, number=1, published_on=DAY)
    wave = make(
        "surveys.Wave", cycle=cycle, version=version, name="Meting", last_day=DAY, state="draft"
    )
    make(
        "surveys.Invitation",
        wave=wave,
        organisation=town,
        name="Bert",
        email="bert@example.org",
        nonce="a" * 32,
    )
    make(
        "learningcircles.Action",
        programme=programme,
        organisation=town,
        title="Bel Utrecht",
        agreed_on=DAY,
    )
    make(
        "core.OutboxMail",
        to="bert@example.org",
        subject="Uitnodiging",
        body="link",
        reference="wave:1",
        dedupe_key="wave:1:1",
        message_id="<1@example.org>",
    )


def told(apps):
    """What an operator would look for afterwards, by way of the models as they are now."""

    def rows(model, *fields):
        return list(apps.get_model(model).objects.values_list(*fields))

    return {
        "people": rows("people.User", "pk", "email", "name"),
        "towns": rows("people.Organisation", "pk", "code", "name"),
        "cycles": rows("benchmarks.Cycle", "programme__code", "name", "starts_on"),
        "taking part": rows("benchmarks.Participation", "organisation__code", "reference"),
        "waves": rows("surveys.Wave", "pk", "name", "state", "link_key", "cycle__name"),
        "asked": rows("surveys.Invitation", "email", "nonce", "organisation__code"),
        "actions": rows("learningcircles.Action", "title", "organisation__code", "status"),
        "mail": rows("core.OutboxMail", "to", "state", "message_id", "dedupe_key"),
    }


def test_a_filled_database_of_an_earlier_release_comes_forward(other):
    earlier = bring(other, EARLIER)
    fill(earlier)
    before = told(earlier)
    assert all(before.values()), before

    forward = newest(other) if other.vendor == "postgresql" else SOON_AFTER
    later = bring(other, forward)
    assert told(later) == before
    # Twice is once, and whoever migrates again finds nothing to do.
    assert MigrationExecutor(other).migration_plan(forward) == []
