"""Run what production runs, by hand: gunicorn for respondents and for everybody else, a worker for
each queue, and beat, until Ctrl-C.

`config.settings.production` on the PostgreSQL and Redis of the environment:

BENCHLEARN_DATABASE_URL   default postgres://postgres@127.0.0.1:5432/benchlearn
BENCHLEARN_BROKER_URL     default redis://127.0.0.1:6379/14
BENCHLEARN_WEB_BIND       default 127.0.0.1:8000
BENCHLEARN_SURVEY_BIND    default 127.0.0.1:8001; the addresses that deploy/caddy sends there

A process that dies is started again. What it needs besides (secret, folder) is made for this run.
Use --workers N for N workers of each queue; the tests and the benchmark start the same set.
"""

import argparse
import os
import secrets
import signal
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from children import BIN, ROOT, VAR, Child, DemoError, Supervisor

SURVEY = "web-survey"
GIVES_WAY = ["nice", "-n", "10"]
"""A report may take minutes of a processor; a page that somebody waits for comes first."""
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


def environment(given: dict[str, str]) -> dict[str, str]:
    """What the processes see: as given, and made for this run where nothing is."""
    made = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}",
        "PYTHONUNBUFFERED": "1",
        "BENCHLEARN_SECRET_KEY": secrets.token_urlsafe(64),
        "BENCHLEARN_DATABASE_URL": "postgres://postgres@127.0.0.1:5432/benchlearn",
        "BENCHLEARN_BROKER_URL": "redis://127.0.0.1:6379/14",
        "BENCHLEARN_BASE_URL": "https://127.0.0.1",
        "BENCHLEARN_ALLOWED_HOSTS": "127.0.0.1,localhost",
        "BENCHLEARN_VAR": str(VAR / "production_like"),
        "BENCHLEARN_WEB_BIND": "127.0.0.1:8000",
        "BENCHLEARN_SURVEY_BIND": "127.0.0.1:8001",
        "BENCHLEARN_SURVEY_PROCESSES": "2",
    }
    return made | given


def own_environment(name: str, env: dict[str, str]) -> dict[str, str]:
    """What one process sees otherwise than the rest, as docker-compose.yml gives it."""
    if name != SURVEY:
        return {}
    return {
        "BENCHLEARN_WEB_BIND": env["BENCHLEARN_SURVEY_BIND"],
        "BENCHLEARN_WEB_PROCESSES": env["BENCHLEARN_SURVEY_PROCESSES"],
        # Counts of two masters never share a folder: each clears it when it starts.
        "BENCHLEARN_METRICS_FOLDER": str(Path(env["BENCHLEARN_VAR"]) / "metrics-survey"),
    }


def commands(env: dict[str, str], *, workers: int = 1) -> dict[str, list[str]]:
    """The command of each process by its name, as docker-compose.yml has them."""
    python = sys.executable
    installation = env.get("BENCHLEARN_BROKER_QUEUE", "benchlearn")
    celery = [python, "-m", "celery", "-A", "config"]
    web = [python, "-m", "gunicorn", "--config", "python:config.gunicorn", "config.wsgi"]
    found = {"web": web, SURVEY: web, "beat": [*celery, "beat"]}
    for kind in ("mail", "default", "compute"):
        queue = installation if kind == "default" else f"{installation}-{kind}"
        for number in range(1, workers + 1):
            name = f"worker-{kind}-{number}"
            words = ["worker", "-Q", queue, "--concurrency", "1", "-n", f"{name}@%h", *QUIET]
            found[name] = [*(GIVES_WAY if kind == "compute" else []), *celery, *words]
    return found


class Production(Supervisor):
    """The same supervisor as the demonstration's, with other children."""

    def __init__(self, env: dict[str, str], workers: int) -> None:
        super().__init__(int(env["BENCHLEARN_WEB_BIND"].rsplit(":", 1)[1]), say)
        self.environment = env
        self.children = [
            Child(
                name,
                command,
                folder=Path(env["BENCHLEARN_VAR"]) / "log",
                own=own_environment(name, env),
            )
            for name, command in commands(env, workers=workers).items()
        ]


def say(text: str) -> None:
    print(text, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=1, help="workers of each queue")
    options = parser.parse_args()
    env = environment(dict(os.environ))
    done = subprocess.run([BIN / "benchlearn", "prepare"], env=env, cwd=ROOT, check=False)
    if done.returncode:
        raise DemoError("The database could not be prepared; see above.")
    production = Production(env, options.workers)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, production.stop_soon)
    try:
        production.start()
        say(f"It runs on {env['BENCHLEARN_WEB_BIND']}, and for respondents on")
        say(f"{env['BENCHLEARN_SURVEY_BIND']}, behind a proxy that speaks TLS: send")
        say("X-Forwarded-Proto: https. Logs: " + str(Path(env["BENCHLEARN_VAR"]) / "log"))
        production.watch()
    finally:
        production.stop()


if __name__ == "__main__":
    try:
        main()
    except DemoError as error:
        sys.exit(str(error))
