"""Set up the environment of this checkout: `make setup`, `make demo` and `make test` begin here.

Uses nothing but the standard library, needs no root, and may be run again at any time: what is
done already is recognised and costs nothing.
"""

import argparse
import ctypes
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
STAMP = VENV / "benchlearn-stamp.json"
PANGO = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
CHROMIUM = ("chromium", "chromium-browser")


class SetupError(Exception):
    """Something that the person at the keyboard must do; the message says what."""


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def run(*command: str | Path, **environment: str) -> None:
    """Run a command; when it fails, stop with its name."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=ROOT, env=os.environ | environment, check=False)
    if done.returncode:
        raise SetupError(f"This failed (status {done.returncode}): {shlex.join(words)}")


def works(*command: str | Path) -> bool:
    """Does this command run at all, and say that all is well?"""
    try:
        done = subprocess.run([str(word) for word in command], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


# --- uv ----------------------------------------------------------------------------------------


def find_uv() -> Path:
    """The machine's uv, or the one in this checkout; installed there when there is none."""
    own = TOOLS / "bin" / "uv"
    on_path = shutil.which("uv")
    for candidate in (own, Path(on_path) if on_path else None):
        if candidate and works(candidate, "--version"):
            return candidate
    say("installing uv into .tools")
    install_uv()
    if not works(own, "--version"):
        raise SetupError("uv was installed into .tools but does not run on this machine.")
    return own


def install_uv() -> None:
    """Put uv into .tools, with hashes, by way of a virtual environment of its own."""
    shutil.rmtree(TOOLS, ignore_errors=True)
    if not works(sys.executable, "-c", "import ensurepip, venv"):
        apt_install(
            ["python3-venv"],
            "This Python cannot make virtual environments (Debian keeps that apart)",
            needed=True,
        )
    run(sys.executable, "-m", "venv", TOOLS)
    lock = ROOT / "requirements" / "tools.lock"
    run(TOOLS / "bin" / "python", "-m", "pip", "install", "-q", "--require-hashes", "-r", lock)


# --- The environment ---------------------------------------------------------------------------


def fingerprint(lock: str) -> str:
    """What the environment was made from; another lock or pyproject.toml makes it anew."""
    parts = [ROOT / "requirements" / f"{lock}.lock", ROOT / "pyproject.toml"]
    content = b"".join(part.read_bytes() for part in parts) + str(ROOT).encode()
    return hashlib.sha256(content).hexdigest()


def lock_to_use(wanted: str) -> str:
    """Who has the tools of development keeps them: `make demo` doesn't take them away."""
    return "dev" if wanted == "dev" or (VENV / "bin" / "pytest").exists() else "base"


def is_up_to_date(lock: str) -> bool:
    """The environment holds exactly this lock already."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return False
    if stamp != {"lock": lock, "fingerprint": fingerprint(lock)}:
        return False
    # A Python that was taken away leaves a broken .venv behind.
    return works(VENV / "bin" / "python", "-c", "import django")


def make_environment(lock: str) -> None:
    """.venv with exactly what the lock says, and Benchlearn itself as an editable install."""
    if is_up_to_date(lock):
        return
    uv = find_uv()
    os.environ["UV_PYTHON_DOWNLOADS"] = "never"
    python = VENV / "bin" / "python"
    if not works(python, "-c", "import sys; sys.exit(sys.version_info < (3, 12))"):
        say("making .venv")
        run(uv, "venv", "-q", "--clear", "--python", sys.executable, VENV)
    say(f"installing what requirements/{lock}.lock lists")
    STAMP.unlink(missing_ok=True)
    names = ROOT / "requirements" / f"{lock}.lock"
    run(uv, "pip", "sync", "-q", "--require-hashes", "--python", python, names)
    own = ("--no-build-isolation", "--no-deps", "-e", ".")
    run(uv, "pip", "install", "-q", "--python", python, *own)
    STAMP.write_text(json.dumps({"lock": lock, "fingerprint": fingerprint(lock)}))


# --- What the system must offer ----------------------------------------------------------------


def apt_install(packages: list[str], why: str, *, needed: bool) -> bool:
    """Install Debian packages when we are root; else say the command. `needed` stops there."""
    command = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"{why}: {command}")
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "check": False}
        subprocess.run(["apt-get", "update", "-q"], **quiet)
        words = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages]
        if subprocess.run(words, **quiet).returncode == 0:
            return True
    message = f"{why}. As root: {command}"
    if needed:
        raise SetupError(message)
    say(message)
    return False


def has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def offer_pango() -> None:
    """WeasyPrint draws the PDF of a report with Pango; without it, all but the PDF works."""
    missing = [package for library, package in PANGO.items() if not has_library(library)]
    if missing:
        apt_install(missing, "The PDF of a report needs Pango", needed=False)


def need_chromium() -> None:
    """The browser tests run on Debian's Chromium."""
    if not any(shutil.which(name) for name in CHROMIUM):
        apt_install(["chromium"], "The browser tests need Chromium", needed=True)


def offer_gettext() -> None:
    """`make check` and `make messages` read the source with gettext."""
    if not shutil.which("xgettext"):
        apt_install(["gettext"], "Collecting the texts to translate needs gettext", needed=False)


# --- Benchlearn itself -------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lock", choices=["base", "dev"], default="base")
    parser.add_argument("--prepare", action="store_true", help="database and static files")
    parser.add_argument("--browser", action="store_true", help="what the browser tests need")
    options = parser.parse_args()
    make_environment(lock_to_use(options.lock))
    offer_pango()
    if options.lock == "dev":
        offer_gettext()
    if options.browser:
        need_chromium()
    run(VENV / "bin" / "python", ROOT / "scripts" / "translations.py", "compile")
    if options.prepare:
        run(VENV / "bin" / "benchlearn", "prepare")


if __name__ == "__main__":
    try:
        main()
    except SetupError as error:
        sys.exit(str(error))
