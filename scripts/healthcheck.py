"""Is the process of this container well? Status 0 when it is; a sentence and 1 when it isn't.

A worker or beat touches the file of BENCHLEARN_ALIVE (config/alive.py); a web process answers
/health/ready/. Uses nothing but the standard library: a look must cost next to nothing.
"""

import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

LONGEST_SILENCE = 60.0
"""Seconds. They give a sign every five."""


def of_file(name: str) -> str:
    """What is wrong with a worker or beat; empty when nothing is."""
    file = Path(name)
    if not file.exists():
        return "gave no sign of life yet"
    silent = time.time() - file.stat().st_mtime
    return f"silent for {silent:.0f} seconds" if silent > LONGEST_SILENCE else ""


def of_web() -> str:
    """What is wrong with the web processes; empty when nothing is."""
    host = os.environ.get("BENCHLEARN_ALLOWED_HOSTS", "localhost").split(",")[0]
    port = os.environ.get("BENCHLEARN_WEB_BIND", "127.0.0.1:8000").rsplit(":", 1)[1]
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/health/ready/",
        headers={"Host": host.strip().lstrip("."), "X-Forwarded-Proto": "https"},
    )
    try:
        urllib.request.urlopen(request, timeout=5).close()
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        return str(error)
    return ""


if __name__ == "__main__":
    alive = os.environ.get("BENCHLEARN_ALIVE")
    # Not the empty sentence itself: Python ends with 1 for any text, also for none.
    sys.exit((of_file(alive) if alive else of_web()) or 0)
