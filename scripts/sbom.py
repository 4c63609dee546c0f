"""`make sbom`: the parts of Benchlearn as CycloneDX, from the lock, not from what is installed."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "var" / "sbom.json"


def main() -> int:
    """Write var/sbom.json; the status is that of cyclonedx-py."""
    TARGET.parent.mkdir(exist_ok=True)
    words = ["requirements", "requirements/base.lock", "--pyproject", "pyproject.toml"]
    words += ["--output-reproducible", "--output-format", "JSON", "--output-file", str(TARGET)]
    done = subprocess.run([ROOT / ".venv" / "bin" / "cyclonedx-py", *words], cwd=ROOT, check=False)
    if done.returncode == 0:
        print(TARGET.relative_to(ROOT))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
