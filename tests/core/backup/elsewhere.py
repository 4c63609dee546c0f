"""Another installation: a server of PostgreSQL and folders of its own, where a backup arrives.

`restore` runs there, in a process with the settings of production.
"""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

from django.core.management import call_command

from surveys.models import Response
from tests.core.backup.stories import files, snapshot
from tests.faults.stage import ROOT
from tests.surveys.stories import answer_all

sys.path.insert(0, str(ROOT / "scripts"))

from production_like import environment

BEGIN = "import django; django.setup(); from tests.core.backup import elsewhere; "


class Elsewhere:
    """It has a migrated database, and nothing in its folders."""

    def __init__(self, database, folder):
        given = {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "BENCHLEARN_DATABASE_URL": database.url,
            "BENCHLEARN_BROKER_URL": database.broker,
            "BENCHLEARN_VAR": str(folder),
            "BENCHLEARN_KEYS": str(folder / "keys"),
        }
        self.folder, self.environment = folder, environment(os.environ | given)

    def restore(self, backup, key, token):
        """In a process there: what its restore said, its records and files, and how responses
        stand once somebody went on with this link."""
        file = self.folder / "told.json"
        words = ", ".join(repr(str(word)) for word in (backup, key, file, token))
        done = subprocess.run(
            [sys.executable, "-c", f"{BEGIN}elsewhere.arrive({words})"],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout), json.loads(file.read_text())


def as_told(records, kept):
    """Records and files as JSON can hold them."""
    words = {
        f"{alias}:{name}": base64.b64encode(raw).decode() for (alias, name), raw in kept.items()
    }
    return {"records": {label: raw.decode() for label, raw in records.items()}, "files": words}


def arrive(backup, key, file, token):
    """What the process of the other installation does."""
    call_command("restore", backup, "--key", key, "--json")
    told = as_told(snapshot(), files())
    answer_all(token)
    responses = Response.objects.order_by("state").values_list("state", flat=True)
    Path(file).write_text(json.dumps(told | {"responses": list(responses)}))
