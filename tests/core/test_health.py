"""Whoever runs Benchlearn asks what is wrong, and hears what to do about it."""

import datetime as dt
import json
import socket
import threading

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from core import health
from core.models import Pulse
from core.outbox import queue_mail
from core.pulse import note_round
from core.tasks import wake_rows

pytestmark = pytest.mark.django_db


def of(found, part):
    [one] = [one for one in found if one.part == part]
    return one


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def mail_server(settings):
    """A server that says hello, and one port where nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        options = {"host": "127.0.0.1", "port": server.getsockname()[1], "timeout": 5}
        backend = "core.smtp.Backend"
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
        yield server


def greet(server):
    talk, _address = server.accept()
    with talk:
        talk.sendall(b"220 here\r\n")
        while line := talk.recv(1024):
            talk.sendall(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")


def test_a_mail_server_that_lets_us_in_is_well(mail_server):
    greeting = threading.Thread(target=greet, args=[mail_server], daemon=True)
    greeting.start()
    assert health.mail_server().is_well
    greeting.join(5)
    assert not greeting.is_alive()


def test_a_mail_server_that_is_away_is_told_with_what_to_do(mail_server):
    mail_server.close()
    found = health.mail_server()
    assert not found.is_well
    assert "BENCHLEARN_EMAIL_HOST" in found.advice
    assert "refused" in found.told.lower()


def test_the_database_and_its_tables_are_well():
    found = list(health.examine())
    assert of(found, "database").told.startswith(connection.display_name)
    assert of(found, "tables").is_well
    assert of(found, "clock").is_well


@pytest.mark.parametrize(("seconds", "well"), [(0, True), (5, True), (6, False), (3600, False)])
def test_a_clock_that_is_off_is_told(seconds, well):
    now = timezone.now()
    for here, there in [(now, now + dt.timedelta(seconds=seconds)), (now, now)]:
        found = health.compare_clocks(here, there)
        assert found.is_well == (well if there != here else True)


def test_beats_round_is_the_sign_of_life_of_worker_and_beat():
    now = timezone.now()
    assert health.worker(now).told == "no sign of life yet"
    wake_rows()
    assert health.worker(timezone.now()).is_well
    note_round(now - dt.timedelta(minutes=3))
    found = health.worker(now)
    assert (found.is_well, found.told) == (False, "last sign of life 180 seconds ago")
    assert Pulse.objects.filter(name=Pulse.ROUND).count() == 1


def test_mail_that_waits_too_long_is_told():
    now = timezone.now()
    queue_mail(to="anna@example.org", subject="Hello", body="Text", reference="x", dedupe_key="x")
    assert health.outbox(now).is_well
    late = health.outbox(now + dt.timedelta(minutes=16))
    assert not late.is_well
    assert late.told.startswith("1 ")


def test_a_folder_that_is_no_folder_is_told_and_leaves_nothing_behind(monkeypatch, tmp_path):
    (tmp_path / "taken").write_text("not a folder")
    places = {name: FileSystemStorage(location=tmp_path / name) for name in ("taken", "free")}
    monkeypatch.setattr(health, "storages", places)
    assert not health.storage("taken").is_well
    assert health.storage("free").is_well
    assert not list((tmp_path / "free").iterdir())


def test_a_broker_that_is_away_is_told(settings, monkeypatch):
    away = health.current_app.connection_for_write
    monkeypatch.setattr(
        health.current_app,
        "connection_for_write",
        lambda **options: away("redis://127.0.0.1:9/0", **options),
    )
    found = health.broker()
    assert not found.is_well
    assert "BENCHLEARN_BROKER_URL" in found.advice


def test_the_command_looks_at_everything_and_ends_with_one_when_something_is_wrong(
    mail_server, capsys
):
    mail_server.close()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--json")
    assert ended.value.code == 1
    told = json.loads(capsys.readouterr().out)
    assert told["well"] is False
    wrong = {one["part"] for one in told["parts"] if not one["well"]}
    assert wrong == {"mail server", "worker and beat"}
    assert {"database", "tables", "clock", "broker", "files (keys)"} <= {
        one["part"] for one in told["parts"]
    }


def test_a_process_is_alive_without_a_database_and_ready_with_one(client, monkeypatch):
    assert client.get(reverse("health_live")).content == b"alive\n"
    assert client.get(reverse("health_ready")).status_code == 200
    monkeypatch.setattr("website.views.health._Tables.complete", False)
    monkeypatch.setattr("website.views.health.pending_migrations", lambda: 2)
    answer = client.get(reverse("health_ready"))
    assert (answer.status_code, answer.content) == (503, b"not ready\n")
    assert answer["Cache-Control"].startswith("max-age=0")


def test_being_alive_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse("health_live"))
