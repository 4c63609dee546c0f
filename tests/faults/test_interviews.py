"""Who books is killed, and so are the workers that mail it: no booking without its mails, no mail
without its booking, and each mail once."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from tests.faults.stage import ROOT, MailServer, Stage, until

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]
PEOPLE, KILLS = 40, 5
SURVEYS = "tests.faults.survey_settings"
PREPARE = "from tests.faults import interviews as story; "
BOOKED = "SELECT id FROM surveys_interview"
MAILED = "SELECT reference FROM core_outboxmail WHERE reference LIKE 'interview:%'"


@pytest.fixture
def mail_server():
    with MailServer() as server:
        yield server


@pytest.fixture
def stage(tmp_path, mail_server):
    stage = Stage(tmp_path, mail_server)
    try:
        stage.python(f"{PREPARE} story.make_round({PEOPLE})", settings=SURVEYS)
        for name in ("worker-1", "worker-2", "beat"):
            stage.start(name)
        yield stage
    finally:
        stage.stop()


def book(stage, seconds=None):
    """Let everybody book; killed after some seconds, if given."""
    code = f"import django; django.setup(); {PREPARE} story.book_all()"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env=stage.environment | {"DJANGO_SETTINGS_MODULE": SURVEYS},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "begun\n"
    if seconds is not None:
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
    process.wait()


def test_a_kill_between_booking_and_mail_loses_neither(stage, mail_server):
    seed = time.time_ns() % 100_000
    chance, told = random.Random(seed), f"seed {seed}"
    for _kill in range(KILLS):
        book(stage, seconds=chance.uniform(0.05, 0.8))
        stage.kill(chance.choice(["worker-1", "worker-2"]))
        booked = {row[0] for row in stage.database.rows(BOOKED)}
        mailed = Counter(int(row[0].split(":")[1]) for row in stage.database.rows(MAILED))
        assert mailed == dict.fromkeys(booked, 2), told
    book(stage)
    assert len(stage.database.rows(BOOKED)) == PEOPLE, told
    settled = {"sent", "unsure"}
    assert until(lambda: set(stage.states("core_outboxmail")) <= settled, seconds=120), told
    rows = dict(stage.database.rows("SELECT message_id, state FROM core_outboxmail"))
    arrived = Counter(mail_server.message_ids)
    assert len(rows) == PEOPLE * 3 and set(arrived.values()) == {1}, told
    assert {one for one, state in rows.items() if state == "sent"} <= set(arrived), told
    assert sum(state == "unsure" for state in rows.values()) <= KILLS, told
