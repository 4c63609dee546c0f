"""No survey request brings the heavy libraries into a web process."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("pandas", "scipy", "pingouin", "altair", "vl_convert", "weasyprint", "numpy")
CODE = f"""
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
import config.wsgi, surveys.views.wizard, surveys.views.results, surveys.evidence
print([name for name in {HEAVY!r} if name in sys.modules])
"""


def test_a_web_process_with_every_address_loaded_has_none_of_them():
    path = {"PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=ROOT, env=path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"
