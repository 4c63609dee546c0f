"""A worker is killed, again and again, while a thousand reminders go out: each mail once.

One digest a person: a thousand reminders are two hundred mails here, so that the test stays short.
"""

import random
import time
from collections import Counter

import pytest

from tests.faults.stage import MailServer, Stage, until

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]

PEOPLE = 200
EACH = 5
WORKERS = ("worker-1", "worker-2")


@pytest.fixture
def mail_server():
    with MailServer() as server:
        yield server


@pytest.fixture
def stage(tmp_path, mail_server):
    stage = Stage(tmp_path, mail_server)
    stage.environment["DJANGO_SETTINGS_MODULE"] = "tests.faults.reminder_settings"
    try:
        stage.python(
            "from django.core.management import call_command as call;"
            "call('migrate', run_syncdb=True, verbosity=0);"
            f"from tests.faults.reminders import make; make({PEOPLE}, {EACH})"
        )
        for name in (*WORKERS, "beat"):
            stage.start(name)
        yield stage
    finally:
        stage.stop()


def settled(stage):
    mails = stage.states("core_outboxmail")
    over = stage.states("learningcircles_followupround").keys() == {"done"}
    return over and mails.get("sent", 0) + mails.get("unsure", 0) == sum(mails.values())


def test_each_of_a_thousand_reminders_goes_out_once(stage, mail_server):
    seed = time.time_ns() % 100_000
    chance = random.Random(seed)
    killed = Counter()
    for enough in (1, 40, 100, 160):
        assert until(
            lambda enough=enough: (
                sum(stage.states("core_outboxmail").values()) >= enough or settled(stage)
            ),
            seconds=60,
        ), stage.logs()
        name = chance.choice(WORKERS)
        stage.kill(name)
        killed[name] += 1
    assert until(lambda: settled(stage), seconds=120), (
        f"seed {seed}: {stage.states('core_outboxmail')}\n{stage.logs()}"
    )
    rows = stage.database.rows('SELECT "to", message_id, state FROM core_outboxmail')
    told = stage.database.rows(
        "SELECT user_id, count(*) FROM learningcircles_actionreminder GROUP BY 1"
    )
    arrived = Counter(mail_server.message_ids)
    assert len(rows) == len({to for to, _id, _state in rows}) == PEOPLE, f"seed {seed}"
    assert [count for _user, count in told] == [EACH] * PEOPLE, f"seed {seed}"
    assert max(arrived.values()) == 1, f"seed {seed}: a mail arrived twice"
    assert {m for _to, m, state in rows if state == "sent"} <= set(arrived), f"seed {seed}"
    unsure = [m for _to, m, state in rows if state == "unsure"]
    assert len(unsure) <= sum(killed.values()), f"seed {seed}"
