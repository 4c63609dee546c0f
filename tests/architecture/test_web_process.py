"""A web process computes nothing: what is heavy to import is imported where it computes."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

HEAVY = [
    "pandas",
    "scipy",
    "pingouin",
    "altair",
    "vl_convert",
    "weasyprint",
    "matplotlib",
    "pyarrow",
    "pyreadstat",
]


def loaded_after(code):
    """Which heavy modules a fresh process has loaded after running some code."""
    ask = f"{code}; import json, sys; print(json.dumps([m for m in {HEAVY} if m in sys.modules]))"
    done = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    "code",
    [
        "import config.wsgi; from django.urls import get_resolver as r; r().url_patterns",
        "import django; django.setup(); from django.core.management import call_command as c, "
        "load_command_class as l; l('config', 'prepare')",
        "import config, django; django.setup(); config.celery_app.loader.import_default_modules()",
    ],
    ids=["web", "command", "worker at its start"],
)
def test_nothing_heavy_is_loaded(code):
    assert loaded_after(code) == []


def test_the_test_can_fail():
    assert loaded_after("import scipy") == ["scipy"]
