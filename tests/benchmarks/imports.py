"""Taking over answers: `import-responses` of 100,000 rows of 30 items.

`python -m tests.benchmarks.imports` prepares the database of the environment, imports, and prints
JSON: seconds, seconds of a processor, and the most memory that the importing process held. The aim
is 60 s and 500 MB.
"""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks import servers

ROWS = 100_000
ITEMS = [f"item-{number:02}" for number in range(30)]
CELLS = ("1", "2", "3", "4", "5", "4", "3", "", "n/a")
HEAD = ["database", "rows", "items", "import s", "import cpu s", "import MB"]


def write_files(folder: Path) -> tuple[Path, Path]:
    """A questionnaire and a file of answers to it, some left open and some not applicable."""
    items = [{"code": code, "text": {"nl": code, "en": code}, "allow_na": True} for code in ITEMS]
    words = {"nl": "Meting", "en": "Measured"}
    spec = {"format": "benchlearn-instrument/1", "code": "measured", "title": words}
    form, answers = folder / "form.json", folder / "answers.csv"
    form.write_text(json.dumps(spec | {"blocks": [{"title": words, "items": items}]}))
    dice = random.Random(1)
    with answers.open("w", newline="", encoding="utf-8") as file:
        rows = ([f"p{number}", *dice.choices(CELLS, k=len(ITEMS))] for number in range(ROWS))
        csv.writer(file).writerows([["id", *ITEMS], *rows])
    return form, answers


def manage(*words: object) -> str:
    """Run a command of the product; what it prints."""
    command = [sys.executable, "platform/manage.py", *map(str, words)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def measure(folder: Path) -> dict[str, float]:
    """Seconds, seconds of a processor, and megabytes of the process that imports."""
    form, answers = write_files(folder)
    manage("load-study", "workfirst-2007")
    manage("import-instrument", form, "--publish")
    wave = manage("open-wave", "measured", "--programme", "workfirst-2007", "--name", "Measured")
    words = ["platform/manage.py", "import-responses", wave, str(answers), "--id-column", "id"]
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"import-responses: {status}")
    return {
        "s": time.perf_counter() - began,
        "cpu": usage.ru_utime + usage.ru_stime,
        "MB": usage.ru_maxrss / 1024,
    }


def line(database: str, folder: Path) -> list[str]:
    """The line of the table about one kind of database; the work is done in processes."""
    with servers.databases(database, folder) as (product, floor):
        env = servers.environment(folder, product, floor)
        for words in (["platform/manage.py", "migrate", "-v", "0"], ["-m", __spec__.name]):
            done = subprocess.run(
                [sys.executable, *words],
                env=env,
                cwd=servers.ROOT,
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            )
    found: dict[str, Any] = json.loads(done.stdout)
    numbers = [f"{found['s']:.1f}", f"{found['cpu']:.1f}", f"{found['MB']:.0f}"]
    return [database, f"{ROWS:,}", str(len(ITEMS)), *numbers]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        json.dump(measure(Path(folder)), sys.stdout)
