"""`benchlearn prepare` makes what an installation needs before anybody comes."""

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import DatabaseError, transaction

from core.health import lacks_cache, migrations


@pytest.mark.django_db
def test_after_it_tries_can_be_counted_in_the_database(settings, tmp_path, monkeypatch):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "tries_of_a_story",
        }
    }
    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.setattr("config.management.commands.prepare._collect", lambda clear: 0)
    with pytest.raises(DatabaseError), transaction.atomic():
        caches["default"].get("tries")
    assert "prepare" in migrations().advice and lacks_cache()
    call_command("prepare")
    assert migrations().is_well and not lacks_cache()
    caches["default"].set("tries", 3)
    assert caches["default"].get("tries") == 3
    call_command("prepare")
    assert caches["default"].get("tries") == 3
