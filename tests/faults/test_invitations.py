"""A wave is opened for 2,000 people, and workers are killed while the invitations go out.

A real mail server counts what arrives. It refuses one address, and takes one mail without a word.
"""

import json
import random
import time
from collections import Counter

import pytest

from tests.faults.stage import MailServer, Stage, until

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]

PEOPLE = 2_000
KILLS = 6
SURVEYS = "tests.faults.survey_settings"
PREPARE = "from tests.faults import invitations as story; "


class RealMailServer(MailServer):
    """It also knows an address that doesn't exist, and goes silent over another, once."""

    silent = True

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == "refused@example.org":
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = await super().handle_DATA(server, session, envelope)
        if self.silent and envelope.rcpt_tos == ["silent@example.org"]:
            self.silent = False
            server.transport.abort()
        return answer


@pytest.fixture
def mail_server():
    with RealMailServer() as server:
        yield server


@pytest.fixture
def stage(tmp_path, mail_server):
    stage = Stage(tmp_path, mail_server)
    try:
        stage.python(f"{PREPARE} story.make_tables()", settings=SURVEYS)
        for name in ("worker-1", "worker-2", "beat"):
            stage.start(name)
        yield stage
    finally:
        stage.stop()


def settled(stage):
    return set(stage.states("core_outboxmail")) <= {"sent", "unsure", "refused"}


def test_2000_invitations_arrive_once_whoever_is_killed(stage, mail_server):
    seed = time.time_ns() % 100_000
    chance, killed = random.Random(seed), 0
    stage.python(f"{PREPARE} story.open_for({PEOPLE})", settings=SURVEYS)
    while killed < KILLS and not settled(stage):
        goal = len(mail_server.message_ids) + chance.randint(20, 200)
        until(lambda goal=goal: len(mail_server.message_ids) > goal, seconds=5)
        stage.kill(chance.choice(["worker-1", "worker-2"]), with_children=chance.random() < 0.7)
        killed += 1
    told = f"seed {seed}, killed {killed}"
    assert until(lambda: settled(stage), seconds=90), f"{told}: {stage.logs()}"

    rows = dict(stage.database.rows("SELECT message_id, state FROM core_outboxmail"))
    arrived, states = Counter(mail_server.message_ids), Counter(rows.values())
    unsure = {message_id for message_id, state in rows.items() if state == "unsure"}
    assert len(rows) == PEOPLE and states["refused"] == 1, told
    assert set(arrived.values()) == {1}, f"{told}: a mail arrived twice"
    assert {m for m, state in rows.items() if state == "sent"} <= set(arrived), told
    assert 1 <= len(unsure) <= killed + 1, f"{told}: at most one a kill, and the silence"

    said = stage.python(f"{PREPARE} story.send_unsure_again()", settings=SURVEYS)
    seen = {message_id: (state, answer) for state, message_id, answer in json.loads(said)}
    assert {
        message_id for message_id, (state, _answer) in seen.items() if state == "unsure"
    } == unsure
    answers = [answer for _state, answer in seen.values()]
    assert all(answers) and any("no such mailbox" in answer for answer in answers)
    assert any("closed" in answer.lower() for answer in answers), answers
    assert until(lambda: stage.states("core_outboxmail").get("sent") == PEOPLE - 1, seconds=60), (
        f"{told}: {stage.logs()}"
    )
    again = Counter(mail_server.message_ids)
    assert set(again) == set(rows) - {m for m, (state, _a) in seen.items() if state == "refused"}
    assert {message_id for message_id, count in again.items() if count > 1} <= unsure
