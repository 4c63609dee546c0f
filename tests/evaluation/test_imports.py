"""What takes seconds to import is imported by what computes, and by nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import migrated

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("pandas", "scipy", "pingouin", "altair", "vl_convert", "weasyprint", "numpy")
WEB = """
import os
from config.wsgi import application
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse
get_resolver().url_patterns
call_command("migrate", verbosity=0)
call_command("load-study", "workfirst-2007", verbosity=0)
from benchmarks.models import Programme
from evaluation.models import Run
from surveys.models import Wave
import json
result = json.loads(open(os.environ["RESULT"]).read())
Run.objects.create(programme=Programme.objects.get(), state="done", seed=1, result=result)
settings.ALLOWED_HOSTS = ["*"]
for name, *more in (("report",), ("study_check",), ("report_table", "support_level")):
    address = reverse(name, args=["workfirst-2007", *more])
    assert Client().get(address).status_code == 200, address
"""
COMMANDS = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load-study", "workfirst-2007")
call_command("variables", "workfirst-2007")
call_command("check-study", "workfirst-2007")
"""
TELL = f"""
import sys
heavy = [name for name in {HEAVY!r} if name in sys.modules]
assert not heavy, heavy
print("light")
"""


def run(code, tmp_path, **environment):
    (tmp_path / "var").mkdir()
    migrated.copy_to(tmp_path / "var/benchlearn.sqlite3")
    return subprocess.run(
        [sys.executable, "-c", code + TELL],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        env={
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": "platform:.",
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "BENCHLEARN_VAR": str(tmp_path / "var"),
            **environment,
        },
    )


@pytest.mark.django_db
def test_a_web_process_that_serves_the_report_imports_none_of_them(tmp_path, workfirst):
    import json

    from tests.evaluation.results import result_of

    (tmp_path / "result.json").write_text(json.dumps(result_of(workfirst)))
    done = run(WEB, tmp_path, RESULT=str(tmp_path / "result.json"))
    assert done.stdout.endswith("light\n"), done.stderr[-2000:]


def test_commands_that_dont_compute_import_none_of_them(tmp_path):
    done = run(COMMANDS, tmp_path)
    assert done.stdout.endswith("light\n"), done.stderr[-2000:]


def test_this_test_can_fail(tmp_path):
    done = run("import numpy\n", tmp_path)
    assert done.returncode == 1
    assert "numpy" in done.stderr
