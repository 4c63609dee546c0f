#!/usr/bin/env python3
"""Django's manage.py; `.venv/bin/benchlearn` is the same under the product's name."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from config.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
