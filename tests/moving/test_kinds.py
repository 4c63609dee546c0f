"""Every record of the house goes along, or is named with the reason why it doesn't."""

import json
import re

from django.apps import apps

from config.privacy.register import HOUSE
from core.moving.kinds import kinds, staying
from core.moving.schema import schema
from tests.architecture.source import ROOT

SECRET = re.compile(r"key|nonce|digest|token|secret|password|half|share$|pseudonym|claimed_by")
TOLD = {"key"}
"""A number that a form gave to what it made: the same wherever the record is, and opens nothing."""


def test_every_model_is_carried_or_stays_with_a_reason():
    ours = {m._meta.label for m in apps.get_models() if m._meta.app_label in HOUSE}
    carried = {kind.label for kind in kinds()}
    assert carried & staying().keys() == set()
    assert ours == carried | staying().keys()
    assert all(staying().values())


def test_what_could_open_something_never_stands_in_the_file_as_it_is():
    for kind in kinds():
        for field in kind.carried:
            if SECRET.search(field.name) and field.name not in TOLD:
                assert field.name in kind.translated, f"{kind.label}.{field.name}"


def test_the_published_schema_is_what_the_models_say():
    page = json.loads((ROOT / "docs" / "programme.schema.json").read_text())
    assert page == json.loads(json.dumps(schema())), (
        "benchlearn export-programme --schema docs/programme.schema.json"
    )
