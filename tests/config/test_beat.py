"""Beat ends when it is told to, whatever it is in the middle of."""

import os
import subprocess
import sys

from tests.architecture.source import ROOT

TOLD_WHILE_SENDING = """
import os, signal
from config.celery import app
from kombu.messaging import Producer

def publish(self, *args, **kwargs):
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    except SystemExit:
        raise ValueError("I/O operation on closed file.")  # as redis-py does while it reads

Producer.publish = publish
app.Beat(quiet=True).run()
"""


def test_beat_that_is_told_to_stop_while_it_sends_stops_at_its_next_turn(tmp_path):
    own = {"PYTHONPATH": str(ROOT / "platform"), "BENCHLEARN_VAR": str(tmp_path)}
    own |= {"BENCHLEARN_BROKER_URL": "folder://", "BENCHLEARN_SWEEP_SECONDS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", TOLD_WHILE_SENDING],
        env=os.environ | own,
        cwd=ROOT,
        timeout=40,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "SchedulingError" in done.stderr, "it was told elsewhere"
