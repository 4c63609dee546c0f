"""Everything breaks while people work: nothing that was answered *yes* to is lost or doubled.

The processes of production, on PostgreSQL and a Redis of its own: some fifteen seconds in a test
run, two minutes with `make faults`. What was counted goes into docs/reliability.md.
"""

import json
import os
import random
import time
from collections import Counter

import pytest

from tests.faults.kept import differences
from tests.faults.stage import until
from tests.faults.visitors import Visitors
from tests.faults.whole import STORY, MoodyMailServer, Whole, can_run

pytestmark = [
    pytest.mark.faults,
    pytest.mark.xdist_group("faults"),
    pytest.mark.skipif(not can_run(), reason="needs PostgreSQL and the programs of Redis"),
]
SECONDS = float(os.environ.get("BENCHLEARN_FAULTS_SECONDS", "15"))
PEOPLE, TALKS = int(300 + 6 * SECONDS), int(30 + 2 * SECONDS)
HOUR = 3600
MOODS = ("refusing", "hanging", "dropping")


@pytest.fixture
def mail_server():
    with MoodyMailServer() as server:
        yield server


@pytest.fixture
def stage(tmp_path, mail_server):
    stage = Whole(tmp_path, mail_server)
    try:
        stage.told = json.loads(stage.python(f"{STORY} story.begin({PEOPLE}, {TALKS})"))
        for name in stage.commands:
            stage.start(name)
        assert until(stage.is_ready, seconds=180), stage.logs()
        yield stage
    finally:
        stage.stop()


def faults(stage, mail_server, chance):
    """What happens, in any order: each kind at least once, the processes more often."""
    kinds = {
        "database cut off": lambda: stage.database_cut(chance.uniform(0.5, 2)),
        "database killed": lambda: stage.database_killed(chance.uniform(0.2, 2)),
        "redis emptied": lambda: stage.redis.ask("FLUSHALL"),
        "redis killed": lambda: stage.redis_dies(chance.uniform(0.2, 2)),
    }
    kinds["disk full"] = lambda: stage.disk_fills(chance.uniform(0.5, 2))
    mails = next(name for name in stage.commands if name.startswith("worker-mail"))
    kinds["clock an hour off"] = lambda: stage.clock_goes(mails, chance.choice([HOUR, -HOUR]))
    for mood in MOODS:
        kinds[f"mail {mood}"] = lambda mood=mood: setattr(mail_server, "mood", mood)
    for name in stage.commands:
        kinds[name] = lambda name=name: stage.kill(name, with_children=chance.random() < 0.7)
    return {name: kind for name, kind in kinds.items() if name not in stage.lacks}


def break_things(stage, mail_server, chance):
    """Break one thing after the other for SECONDS; how often each."""
    kinds, done = faults(stage, mail_server, chance), Counter()
    end = time.monotonic() + SECONDS
    while time.monotonic() < end or len(done) < len(kinds):
        names = [name for name in kinds if name not in done] or list(kinds)
        name = chance.choice(names)
        if name not in stage.commands or stage.has_begun(name):
            kinds[name]()
            done[name] += 1
        time.sleep(chance.uniform(0.1, 1.0))
        if chance.random() < 0.5:
            mail_server.mood = "well"
    mail_server.mood = "well"
    stage.clocks_go_right()
    return done


def settled(stage):
    stage.time_passes()
    return set(stage.states("core_outboxmail")) <= {"sent", "unsure"}


def all_arrive(stage, mail_server):
    """Wait for the last mail, as long as one comes every few minutes: so long a worker and beat
    may take to start again on a machine that does much else."""
    arrived = -1
    while arrived < len(mail_server.message_ids):
        arrived = len(mail_server.message_ids)
        if until(lambda: settled(stage), seconds=200):
            return True
    return False


def mails_once(stage, mail_server, told):
    """No mail is lost or sent twice; what is in doubt was under way when something broke. How many
    there are, and how many are in doubt."""
    done = all_arrive(stage, mail_server)
    assert done, f"{told}: {stage.states('core_outboxmail')}"
    rows = dict(stage.database.rows("SELECT message_id, state FROM core_outboxmail"))
    arrived = Counter(mail_server.message_ids)
    unsure = {message_id for message_id, state in rows.items() if state == "unsure"}
    assert max(arrived.values()) == 1, told
    assert set(rows) - unsure <= set(arrived) <= set(rows), told
    return {"mails": len(rows), "unsure": len(unsure)}


def kept_of(visitors):
    """How much of each was told yes to, and how much of it only when it was asked for again."""
    return {
        "submitted": len(visitors.answers),
        "values": sum(map(len, visitors.answers)),
        "actions": len(visitors.actions),
        "minutes": sum(version for _text, version in visitors.minutes.values()),
        "bookings": len(visitors.bookings),
        "files": len(visitors.files),
        "yes_after_silence": dict(+visitors.repeated),
        "slowest_wait_s": round(visitors.slowest, 1),
    }


def test_nothing_that_was_answered_yes_to_is_lost_or_doubled(stage, mail_server):
    seed = time.time_ns() % 100_000
    visitors = Visitors(stage.port, stage.told)
    visitors.start()
    begun = until(visitors.has_begun, seconds=120)
    assert begun, f"{visitors.seen} {visitors.failed} {visitors.unclear[:2]} {stage.logs()}"

    broken = break_things(stage, mail_server, random.Random(seed))
    began = time.monotonic()
    visitors.stop()
    told = f"seed {seed}, {dict(broken)}, answers {dict(visitors.seen)}"
    assert not visitors.failed, f"{told}\n{visitors.failed}\n{stage.logs()}"
    assert not visitors.unclear, f"{told}\n{visitors.unclear[:3]}"

    # What was told yes to is there, word by word and once; and nothing else is.
    assert not (apart := differences(stage, visitors)), f"{told}\n{apart}"
    mails = mails_once(stage, mail_server, told)
    found = {
        "seed": seed,
        "broken": dict(broken),
        "not_broken": stage.lacks,
        "answers": {str(status): many for status, many in visitors.seen.items()},
    }
    left = sum(file.is_file() for file in stage.private.rglob("*")) - len(visitors.files)
    after = {"files_without_a_row": left, "settled_after_s": round(time.monotonic() - began, 1)}
    print(json.dumps(found | kept_of(visitors) | mails | after))
