"""What Docker is told of a container: status 0 when it is well, a sentence and 1 when it is not."""

import http.server
import os
import subprocess
import sys
import threading
import time

import pytest

from tests.architecture.source import ROOT


def checked(**env):
    """The health check as the Dockerfile runs it: its status, and what it says."""
    words = [sys.executable, "-I", "scripts/healthcheck.py"]
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.strip()


@pytest.fixture
def web():
    """A web process that answers with `status`, and notes what it was asked."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.asked = self.path, self.headers["Host"], self.headers["X-Forwarded-Proto"]
            self.send_response(self.server.status)
            self.end_headers()

        def log_message(self, *words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.status = 200
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_worker_that_gave_a_sign_of_life_is_well(tmp_path):
    alive = tmp_path / "alive"
    alive.touch()
    assert checked(BENCHLEARN_ALIVE=str(alive)) == (0, "")


def test_a_worker_that_is_silent_or_never_spoke_is_not(tmp_path):
    alive = tmp_path / "alive"
    assert checked(BENCHLEARN_ALIVE=str(alive)) == (1, "gave no sign of life yet")
    alive.touch()
    long_ago = time.time() - 90
    os.utime(alive, (long_ago, long_ago))
    status, told = checked(BENCHLEARN_ALIVE=str(alive))
    assert status == 1 and told.startswith("silent for 9")


def test_a_web_process_is_as_well_as_it_says(web):
    env = {"BENCHLEARN_ALLOWED_HOSTS": "benchlearn.example.org,web"}
    env["BENCHLEARN_WEB_BIND"] = f"0.0.0.0:{web.server_port}"
    assert checked(**env) == (0, "")
    assert web.asked == ("/health/ready/", "benchlearn.example.org", "https")
    web.status = 503
    status, told = checked(**env)
    assert status == 1 and "503" in told


def test_a_web_process_that_nobody_reaches_is_not_well(web):
    port = web.server_port
    web.shutdown()
    web.server_close()
    status, told = checked(BENCHLEARN_WEB_BIND=f"127.0.0.1:{port}")
    assert status == 1 and "refused" in told
