"""A web process that is told to stop answers whoever reached it: no connection is cut off."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from tests.architecture.source import ROOT
from tests.faults.stage import free_port, until

HOST = "127.0.0.51"


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


@pytest.fixture
def server():
    port = free_port()
    words = ["gunicorn", "tests.config.test_finishing:slow", "--bind", f"{HOST}:{port}"]
    words += ["--worker-class", "config.web_worker.FinishingWorker", "--threads", "4"]
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
