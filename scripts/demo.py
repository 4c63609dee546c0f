"""Run Benchlearn on this machine: a web server, a worker and beat, until Ctrl-C.

The three are processes of their own. One that dies is started again; whatever it was doing is a
row in the database and is taken up by the next. Ctrl-C or TERM stops them all.
"""

import fcntl
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

sys.path.insert(0, str(Path(__file__).resolve().parent))

from children import BIN, ROOT, VAR, DemoError, Supervisor, address

NOTE = VAR / "demo.json"


def wanted_port() -> int:
    """The port of PORT=, or 8000."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise DemoError(f"PORT={text} is not a port: give a number from 1 to 65535.")
    return int(text)


def check_port(port: int) -> None:
    """Say clearly when somebody else has the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise DemoError(
                f"Port {port} can't be used ({error.strerror}). "
                f"Choose another one: make demo PORT={port + 1 if port < 65535 else 8000}"
            ) from error


def lock_checkout() -> IO[str]:
    """One demonstration at a time in a checkout; the system frees the lock when we die."""
    VAR.mkdir(parents=True, exist_ok=True)
    lock = (VAR / "demo.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise DemoError(
            "The demonstration already runs in this checkout; stop it first."
        ) from error
    return lock


def prepare(supervisor: Supervisor) -> dict[str, object]:
    """Database, static files and content; returns what the welcome tells.

    When nothing changed since the last time there is nothing to prepare: the start is quick.
    """
    mark = fingerprint()
    kept = read_note()
    if mark and kept.get("fingerprint") == mark:
        return kept
    told = run_prepare(supervisor)
    if told and mark:
        NOTE.write_text(json.dumps(told | {"fingerprint": fingerprint()}))
    return told


def run_prepare(supervisor: Supervisor) -> dict[str, object]:
    """Let `benchlearn prepare-demo` do it, and stop it when somebody says stop."""
    command = [str(BIN / "benchlearn"), "prepare-demo", "--json"]
    environment = supervisor.environment
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, start_new_session=True
    ) as work:
        while work.poll() is None and not supervisor.stopping:
            time.sleep(0.1)
        if supervisor.stopping:
            work.terminate()
            return {}
        if work.returncode or work.stdout is None:
            raise DemoError("The demonstration could not be prepared; see above.")
        answer: dict[str, object] = json.loads(work.stdout.read())
    return answer


def read_note() -> dict[str, object]:
    """What the last preparation told, if there was one and its database is still there."""
    if not NOTE.exists() or not (VAR / "benchlearn.sqlite3").exists():
        return {}
    try:
        note: dict[str, object] = json.loads(NOTE.read_text())
    except ValueError:  # killed while writing it: prepare again
        return {}
    return note


def fingerprint() -> str:
    """A mark of the source as it stands; empty when the database is a server's, not ours."""
    if "BENCHLEARN_DATABASE_URL" in os.environ:
        return ""
    files = [ROOT / "requirements" / "base.lock"]
    for folder in ("platform", "surveys", "learningcircles", "evaluation", "data"):
        files += (ROOT / folder).rglob("*")
    lines = sorted(
        f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}"
        for file in files
        if file.is_file() and file.suffix not in (".mo", ".pyc", ".part")
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def welcome(port: int, told: dict[str, object]) -> str:
    """Where it is, and how to get in."""
    lines = ["", f"Benchlearn runs on {address(port)}", ""]
    sign_ins = told.get("sign_ins")
    if isinstance(sign_ins, list) and sign_ins:
        lines.append("Sign in as (role, e-mail address, password):")
        width = max(len(row["role"]) for row in sign_ins)
        mail = max(len(row["email"]) for row in sign_ins)
        lines += [
            f"  {row['role']:<{width}}  {row['email']:<{mail}}  {row['password']}"
            for row in sign_ins
        ]
        lines.append("")
    lines += [
        f"Mail that it sends: {address(port)}{told['mailbox']}",
        f"What it writes down: {VAR / 'log'}",
        "Stop with Ctrl-C.",
        "",
    ]
    return "\n".join(lines)


def say(text: str) -> None:
    print(text, flush=True)


def main() -> None:
    port = wanted_port()
    check_port(port)
    with lock_checkout():
        supervisor = Supervisor(port, say)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, supervisor.stop_soon)
        told = prepare(supervisor)
        if supervisor.stopping:
            return
        try:
            supervisor.start()
            if not supervisor.stopping:
                say(welcome(port, told))
            supervisor.watch()
        finally:
            supervisor.stop()
            say("Stopped.")


if __name__ == "__main__":
    try:
        main()
    except DemoError as error:
        sys.exit(str(error))
