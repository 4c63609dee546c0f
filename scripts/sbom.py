"""`make sbom`: the parts of Benchlearn as CycloneDX, from the locks, not from what is installed.

`scripts/sbom.py check` makes it aside and says what is wrong with it: against the schema of
CycloneDX, and that no part of the locks is missing or comes without a hash.
"""

import base64
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "var" / "sbom.json"
LOCK, ASSETS = ROOT / "requirements" / "base.lock", ROOT / "package-lock.json"
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


def locked() -> set[tuple[str, str]]:
    """Name and version of everything in the locks that is part of what runs."""
    found = {(name.lower(), version) for name, version in PINNED.findall(LOCK.read_text())}
    return found | {(name.lower(), told["version"]) for name, told in assets()}


def assets() -> list[tuple[str, dict[str, Any]]]:
    """What was taken over from npm: styles, fonts and scripts that stand in the repository."""
    packages = json.loads(ASSETS.read_text())["packages"]
    return [(path.removeprefix("node_modules/"), told) for path, told in packages.items() if path]


def component(name: str, told: dict[str, Any]) -> dict[str, Any]:
    """One of those, as CycloneDX tells it."""
    algorithm, _dash, digest = told["integrity"].partition("-")
    sums = base64.b64decode(digest).hex()
    quoted = name.replace("@", "%40")
    return {
        "type": "library",
        "bom-ref": f"npm-{name}",
        "name": name,
        "version": told["version"],
        "purl": f"pkg:npm/{quoted}@{told['version']}",
        "hashes": [{"alg": f"SHA-{algorithm.removeprefix('sha')}", "content": sums}],
    }


def make(target: Path) -> str:
    """Write it; what went wrong, else nothing."""
    words = ["requirements", LOCK, "--pyproject", ROOT / "pyproject.toml", "--output-reproducible"]
    words += ["--output-format", "JSON", "--no-validate", "--output-file", target]
    done = subprocess.run(
        [ROOT / ".venv" / "bin" / "cyclonedx-py", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        return done.stdout + done.stderr
    bill = json.loads(target.read_text())
    bill["components"] += [component(name, told) for name, told in assets()]
    target.write_text(json.dumps(bill, indent=1) + "\n")
    return ""


def faults(bill: str) -> list[str]:
    """What is wrong with one."""
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill)
    found = [] if wrong is None else [str(wrong)]
    components = json.loads(bill)["components"]
    parts = {(each["name"].lower(), each["version"]): each for each in components}
    found += [f"{name} {version} is not in it" for name, version in sorted(locked() - parts.keys())]
    found += [
        f"{name} {version} is in no lock" for name, version in sorted(parts.keys() - locked())
    ]
    return found + [f"{name} has no hash" for (name, _v), each in parts.items() if not hashed(each)]


def hashed(part: dict[str, Any]) -> bool:
    """Does it say what the part's files must be?"""
    elsewhere = part.get("externalReferences", [])
    return bool(part.get("hashes") or any(each.get("hashes") for each in elsewhere))


def main(*words: str) -> int:
    """Write var/sbom.json, or with `check` a passing one; 1 when something is wrong with it."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "sbom.json" if words == ("check",) else TARGET
        target.parent.mkdir(exist_ok=True)
        problems = [said] if (said := make(target)) else faults(target.read_text())
    if problems:
        print("\n".join(problems))
        return 1
    if words != ("check",):
        print(TARGET.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
