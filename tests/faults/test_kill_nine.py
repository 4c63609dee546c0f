"""Whatever process is killed at whatever moment: nothing is lost and nothing is done twice.

Real workers, beat and web server on SQLite with the folder as broker, or on PostgreSQL with Redis
when the run has them (`make test-services`); a real mail server counts what arrives.
"""

import random
import threading
import time
import urllib.error
import urllib.request
from collections import Counter

import pytest

from tests.faults.stage import MailServer, Stage, until

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]

DECISIONS = 90
MAILS = 3 * DECISIONS
ERRANDS = 30
KILLS = 7


@pytest.fixture
def mail_server():
    with MailServer() as server:
        yield server


@pytest.fixture
def stage(tmp_path, mail_server):
    stage = Stage(tmp_path, mail_server)
    try:
        stage.python(
            "from django.core.management import call_command as call;"
            "call('migrate', run_syncdb=True, verbosity=0);"
            "from tests.faults.errands.models import Errand;"
            f"Errand.objects.bulk_create(Errand() for _ in range({ERRANDS}))"
        )
        for name in stage.commands:
            stage.start(name)
        yield stage
    finally:
        stage.stop()


def decide(stage, number):
    """Post a decision until it is answered: as a person would who sees no answer."""
    url = f"http://127.0.0.1:{stage.port}/decide/{number}/"
    for _attempt in range(300):
        try:
            with urllib.request.urlopen(url, data=b"", timeout=10) as answer:
                return answer.status
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"decision {number} was never answered: {stage.logs()}")


def decide_all(stage):
    for number in range(DECISIONS):
        decide(stage, number)


def settled(stage):
    """All mails are sent or in doubt, all errands are done."""
    mails, errands = stage.states("core_outboxmail"), stage.states("errands_errand")
    sent = mails.get("sent", 0) + mails.get("unsure", 0)
    return sent == MAILS and errands == {"done": ERRANDS}


def test_nothing_is_lost_and_nothing_is_doubled(stage, mail_server):
    seed = time.time_ns() % 100_000
    chance = random.Random(seed)
    visitor = threading.Thread(target=decide_all, args=(stage,))
    visitor.start()
    assert until(lambda: len(mail_server.message_ids) > 5, seconds=60), stage.logs()

    killed = Counter()
    names = ["worker-1", "worker-2", "beat", "web", "worker-1", "worker-2"]
    for turn in range(KILLS):
        time.sleep(chance.uniform(0.2, 1.5))
        name = names[turn] if turn < len(names) else chance.choice(names)
        stage.kill(name, with_children=chance.random() < 0.7)
        killed[name] += 1

    visitor.join(timeout=60)
    told = f"seed {seed}, killed {dict(killed)}"
    assert until(lambda: settled(stage), seconds=60), (
        f"{told}: {stage.states('core_outboxmail')} {stage.states('errands_errand')}\n"
        f"{stage.logs()}"
    )
    rows = stage.database.rows("SELECT message_id, state FROM core_outboxmail")
    arrived = Counter(mail_server.message_ids)
    unsure = {message_id for message_id, state in rows if state == "unsure"}
    assert max(arrived.values()) == 1, f"{told}: a mail arrived twice"
    assert {m for m, state in rows if state == "sent"} <= set(arrived), f"{told}: a mail got lost"
    assert set(arrived) <= {message_id for message_id, _state in rows}
    assert len(unsure) <= killed["worker-1"] + killed["worker-2"], told
    effects = stage.database.rows("SELECT errand_id, count(*) FROM errands_effect GROUP BY 1")
    assert sorted(count for _errand, count in effects) == [1] * ERRANDS, told
