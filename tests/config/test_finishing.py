"""A web process that is told to stop answers whoever reached it: no connection is cut off."""

import http.client
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.web_worker import FinishingWorker
from tests.architecture.source import ROOT
from tests.faults.stage import free_port, until

HOST = "127.0.0.51"


class HeldUp(FinishingWorker):
    """Whose processor is taken away for a while between its last look at the door and shutting it,
    as happens on a machine that has too much to do."""

    def shut(self, listener):
        time.sleep(0.4)
        super().shut(listener)


def slow(environ, start_response):
    """Takes as long as the address says, in hundredths of a second."""
    time.sleep(int(environ["PATH_INFO"].strip("/")) / 100)
    start_response("200 OK", [("Content-Length", "4")])
    return [b"done"]


def asked(port, hundredths):
    """Who was asked: True for an answer, None for a shut door, False when it broke off."""
    connection = http.client.HTTPConnection(HOST, port, timeout=20)
    try:
        connection.connect()
    except ConnectionRefusedError:
        return None
    try:
        connection.request("POST", f"/{hundredths}", b"once")
        return connection.getresponse().read() == b"done"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def serving(worker):
    port = free_port()
    words = ["gunicorn", "tests.config.test_finishing:slow", "--bind", f"{HOST}:{port}"]
    words += ["--worker-class", worker, "--threads", "4"]
    words += ["--workers", "2", "--log-level", "error", "--no-control-socket"]
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}"},
    )
    try:
        assert until(lambda: asked(port, 0), seconds=60)
        yield port, process
    finally:
        process.kill()
        process.wait()


@pytest.fixture(params=["config.web_worker.FinishingWorker", "tests.config.test_finishing.HeldUp"])
def server(request):
    with serving(request.param) as found:
        yield found


def test_where_the_kernel_holds_nobody_back_that_is_said(caplog):
    worker = object.__new__(FinishingWorker)
    worker.log = logging.getLogger("tests.gunicorn")
    refused = socket.socket()
    refused.close()
    worker.hold_back(refused)
    assert "can't be held back" in caplog.text


def workers_of(process):
    folder = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(one) for one in folder.read_text().split()]


def test_one_process_that_stops_alone_leaves_the_door_to_the_others():
    with serving("config.web_worker.FinishingWorker") as (port, process):
        gone = workers_of(process)[0]
        os.kill(gone, signal.SIGTERM)
        assert until(lambda: gone not in workers_of(process), seconds=20)
        assert [asked(port, 1) for _ in range(20)] == [True] * 20


def test_who_reached_a_process_that_is_told_to_stop_is_answered(server):
    port, process = server
    answers, everybody = [], []

    def keep_asking():
        while (answer := asked(port, 1)) is not None:
            answers.append(answer)

    def ask_long():
        answers.append(asked(port, 150))

    for deed in [ask_long] * 2 + [keep_asking] * 12:
        everybody.append(threading.Thread(target=deed))
        everybody[-1].start()
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    told = time.monotonic()
    for one in everybody[2:]:
        one.join(20)
    shut = time.monotonic() - told
    assert process.wait(20) == 0
    for one in everybody:
        one.join(20)
    assert len(answers) > 50 and all(answers), f"{answers.count(False)} of {len(answers)} cut off"
    assert shut < time.monotonic() - told, "the door stayed open until the last was answered"
