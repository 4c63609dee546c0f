"""A new version takes the place of the old one while people work, as docs/operations.md tells:
nobody is answered with an error, and nothing that was answered *yes* to is lost."""

import json
import time

import pytest

from tests.faults.kept import differences
from tests.faults.releases import POOLS, Guests, Releases
from tests.faults.stage import until
from tests.faults.whole import STORY, MoodyMailServer, can_run
from tests.proxy import caddy

pytestmark = [
    pytest.mark.faults,
    pytest.mark.xdist_group("faults"),
    pytest.mark.skipif(not can_run(), reason="needs PostgreSQL and the programs of Redis"),
    pytest.mark.skipif(not caddy.is_there(), reason="needs a Caddy as new as ours in front"),
]
PEOPLE, TALKS = 400, 60


@pytest.fixture
def stage(tmp_path):
    with MoodyMailServer() as mail_server:
        stage = Releases(tmp_path, mail_server)
        try:
            stage.told = json.loads(stage.python(f"{STORY} story.begin({PEOPLE}, {TALKS})"))
            with stage.proxy:
                stage.start_release("old", stage.kinds)
                yield stage
        finally:
            stage.stop()


@pytest.fixture
def guests(stage):
    guests = Guests(stage)
    guests.start()
    yield guests
    guests.stop()


def update(stage):
    """The steps of docs/operations.md; at the end what `docker compose up` does to the others."""
    stage.prepare()
    stage.start_release("new", POOLS)
    stage.known("old", "new")
    stage.finish(*(f"old {pool}" for pool in POOLS))
    stage.known("new")
    for kind in stage.kinds:
        if kind not in POOLS:
            stage.finish(f"old {kind}")
            stage.start(f"new {kind}")


def test_a_new_version_takes_over_while_people_work_and_nobody_notices(stage, guests):
    assert until(guests.has_begun, seconds=60), f"{guests.seen} {guests.failed} {stage.logs()}"
    began = time.monotonic()
    update(stage)
    took, before = time.monotonic() - began, len(guests.answers)
    assert until(lambda: len(guests.answers) > before + 5, seconds=60)
    guests.stop()
    told = f"{took:.0f} s, answers {dict(guests.seen)}"
    assert not guests.odd, f"{told}\n{guests.odd}"
    assert not guests.failed and not +guests.repeated, told
    assert not (apart := differences(stage, guests)), f"{told}\n{apart}"
    # A worker that is told to stop finishes: no mail is in doubt.
    assert until(lambda: set(stage.states("core_outboxmail")) == {"sent"}, seconds=60), (
        stage.states("core_outboxmail")
    )
    print(told, f"slowest {guests.slowest:.1f} s, {len(guests.answers)} responses")
