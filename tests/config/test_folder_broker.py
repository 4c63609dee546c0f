"""The folder as broker: whatever was killed at whatever moment, the others go on."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from kombu import Connection

from config import folder_broker

folder_broker.register()


@pytest.fixture
def options(tmp_path):
    for name in ("messages", "control"):
        (tmp_path / name).mkdir()
    return {
        "data_folder_in": str(tmp_path / "messages"),
        "data_folder_out": str(tmp_path / "messages"),
        "control_folder": str(tmp_path / "control"),
        # kombu remembers in the process which queues it has bound
        "queue": f"look-{uuid.uuid4().hex}",
    }


def connect(options):
    return Connection("folder://", transport_options=options)


def take_all(options):
    """Everything that one process gets out of the queue."""
    taken = []
    with connect(options) as connection, connection.SimpleQueue(options["queue"]) as queue:
        while True:
            try:
                message = queue.get(block=False)
            except queue.Empty:
                return taken
            taken.append(message.payload)
            message.ack()


def put(options, *payloads):
    with connect(options) as connection, connection.SimpleQueue(options["queue"]) as queue:
        for payload in payloads:
            queue.put(payload)


def test_messages_come_out_in_the_order_they_went_in(options):
    put(options, *range(20))
    assert take_all(options) == list(range(20))


def test_ten_takers_at_once_get_each_message_once(options):
    put(options, *range(200))
    with ThreadPoolExecutor(10) as pool:
        taken = [n for part in pool.map(take_all, [options] * 10) for n in part]
    assert sorted(taken) == list(range(200))


def test_a_message_that_was_never_finished_is_not_seen(options, tmp_path):
    (tmp_path / "messages" / f".00001_x.{options['queue']}.msg.abc").write_text('{"half')
    put(options, "whole")
    assert take_all(options) == ["whole"]


def test_bindings_are_never_half_there(options, tmp_path):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: put(options, n), range(40)))
    (table,) = (tmp_path / "control").glob("*.exchange")
    assert table.read_text().count(f'"{options["queue"]}"') >= 1
    assert sorted(take_all(options)) == list(range(40))
