"""`make check`: everything that can be said about the source without running the tests."""

import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
TEMPLATES = ("platform", "surveys", "learningcircles", "evaluation")
KINDS = ("", ".lock", ".in", ".toml", ".json", ".yml", ".yaml", ".md", ".py", ".sh", ".cfg")
ADDRESS = re.compile(
    r"^\s*(--)?(extra-)?(index|registry)(-url)?\s*[=:]|--(extra-)?index-url|--find-links"
    r'|"resolved"\s*:\s*"https?:|@\s*https?://\S+\.(whl|tar\.gz)',
    re.MULTILINE,
)


def command(*words: str, **environment: str) -> Callable[[], str]:
    """A check that is a command: what it printed when it failed, else nothing."""

    def run() -> str:
        done = subprocess.run(
            [BIN / words[0], *words[1:]],
            cwd=ROOT,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            return ""
        return done.stdout + done.stderr or f"status {done.returncode}"

    return run


def manage(*words: str, **environment: str) -> Callable[[], str]:
    return command("python", "platform/manage.py", *words, **environment)


def committed_files() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = done.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def registry_hosts() -> set[str]:
    """Hosts that this machine's package clients are set up with: none belongs in a file."""
    variables = [v for k, v in os.environ.items() if k.startswith(("PIP_", "UV_", "NPM_CONFIG_"))]
    pip = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    found = re.findall(r"https?://(?:[^@/\s']+@)?([^/\s':]+)", "\n".join([*variables, pip.stdout]))
    return {host for host in found if host not in ("127.0.0.1", "localhost")}


def no_registry_address() -> str:
    """No committed file names a package registry: the lock is names, versions and hashes."""
    hosts, wrong = registry_hosts(), []
    for file in committed_files():
        if (
            file.suffix in (".lock", ".in", ".toml", ".json", ".yml", ".yaml", "")
            or "npm" in file.name
        ):
            text = file.read_text(errors="replace")
            if ADDRESS.search(text) or any(host in text for host in hosts):
                wrong.append(f"{file.relative_to(ROOT)} names a package registry")
    return "\n".join(wrong)


PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "BENCHLEARN_SECRET_KEY": secrets.token_urlsafe(60),
    "BENCHLEARN_DATABASE_URL": "postgres://nobody@127.0.0.1:5432/nothing",
    "BENCHLEARN_BROKER_URL": "redis://127.0.0.1:6379/0",
    "BENCHLEARN_BASE_URL": "https://benchlearn.example.org",
    "BENCHLEARN_ALLOWED_HOSTS": "benchlearn.example.org",
}
TESTING = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}

CHECKS: dict[str, Callable[[], str]] = {
    "style (ruff)": command("ruff", "check", "."),
    "formatting (ruff)": command("ruff", "format", "--check", "."),
    "types (mypy)": command("mypy"),
    "import contracts": command("lint-imports", "--no-cache", PYTHONPATH="platform:."),
    "templates (djlint)": command("djlint", "--lint", "--quiet", *TEMPLATES),
    "migrations": manage("makemigrations", "--check", "--dry-run", **TESTING),
    "deployment": manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION),
    "lock": command("python", "scripts/lock.py", "check"),
    "bill of materials": command("python", "scripts/sbom.py", "check"),
    "no registry address": no_registry_address,
    "translations": command("python", "scripts/translations.py", "check"),
    "documentation (sphinx)": command("python", "scripts/docs.py"),
}


def main() -> int:
    """Run them all, say how each went, and count what failed."""
    failed = 0
    for name, check in CHECKS.items():
        started = time.monotonic()
        output = check()
        took = f"{time.monotonic() - started:.0f} s"
        print(f"{'failed' if output else 'ok':<7} {name} ({took})", flush=True)
        if output:
            failed += 1
            print(output.rstrip(), flush=True)
    print(f"{len(CHECKS) - failed} checks passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
