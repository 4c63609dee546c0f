"""The lock: `write` resolves requirements/*.in anew, `check` says whether that would change it."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from setup import find_uv  # noqa: E402 - a script beside this one

NAMES = ("tools", "dev", "extra", "base")
"""`extra` and `base` come after `dev`: they take the versions that it has."""


def resolve(name: str, target: Path, *extra: str) -> None:
    """Write the lock of requirements/<name>.in; versions in `target` that still fit stay."""
    words = ["--universal", "--generate-hashes", "--no-emit-index-url", "--python-version", "3.12"]
    words += ["--custom-compile-command", "make lock", "-q", "-o", str(target)]
    if name in ("extra", "base"):
        words += ["-c", "requirements/dev.lock"]
    command = [find_uv(), "pip", "compile", f"requirements/{name}.in", *words, *extra]
    environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never"}
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, env=environment)


def lines(file: Path) -> list[str]:
    """Names, versions and hashes; not the comments, which tell how it was made."""
    stripped = (line.partition("#")[0].rstrip() for line in file.read_text().splitlines())
    return [line for line in stripped if line]


def stale() -> list[str]:
    """Locks that don't say what requirements/*.in ask for."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for name in NAMES:
            lock, copy = ROOT / "requirements" / f"{name}.lock", Path(folder) / f"{name}.lock"
            copy.write_text(lock.read_text())
            resolve(name, copy)
            if lines(copy) != lines(lock):
                found.append(f"requirements/{name}.lock is stale: make lock")
    return found


if __name__ == "__main__":
    if sys.argv[1:2] == ["write"]:
        for each in NAMES:
            resolve(each, ROOT / "requirements" / f"{each}.lock", *sys.argv[2:])
    else:
        sys.exit("\n".join(stale()) or 0)
