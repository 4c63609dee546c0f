"""A whole backup, and a whole restore into an empty installation: all of it, or nothing.

In a backup are all records and the files of people. Not in it are the halves of keys (they may be
in no copy at all), sessions, the text of mails that still wait, and static files.
"""

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from django.core.files.storage import storages
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from core.backup import records
from core.backup.archive import add, add_stream, reading, writing
from core.exceptions import InvalidInput, NotNow
from core.moment import one_moment

FORMAT = 1
FILES = ("default", "private")
"""Storages whose files are in a backup. Never "keys"."""


def back_up(file: Path, *, recipient: str) -> dict[str, int]:
    """Write everything to a file that only the other half of `recipient` opens; what is in it.

    The records are those of one moment, and nobody waits meanwhile. Files come after them, so that
    none that a record speaks of is missing (unless it was removed since).
    """
    if file.exists():
        raise InvalidInput(_("%s is there already; a backup replaces nothing.") % file)
    told = {"records": 0, "files": 0}
    with writing(file, recipient) as tar, one_moment():
        add(tar, "manifest.json", _json({"format": FORMAT, "made": _now(), "state": _state()}))
        counts = {}
        for model in records.tables():
            counts[model._meta.label_lower] = _add_table(tar, model)
        told["records"] = sum(counts.values())
        for alias in FILES:
            for name in names_in(alias):
                with storages[alias].open(name) as content:
                    add_stream(tar, f"files/{alias}/{name}", content, content.size)
                told["files"] += 1
        add(tar, "end.json", _json(counts | told))
    return told


def _add_table(tar: tarfile.TarFile, model: Any) -> int:
    count = 0
    for number, lines in enumerate(records.lines_of(model)):
        add(tar, f"records/{model._meta.label_lower}/{number:06d}", lines)
        count += lines.count(b"\n")
    return count


def names_in(alias: str, folder: str = "") -> Iterator[str]:
    """All files of a storage, by their names in it."""
    storage = storages[alias]
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}/{name}" if folder else name
    for name in sorted(folders):
        yield from names_in(alias, f"{folder}/{name}" if folder else name)


def restore(file: Path, *, identity: Path) -> dict[str, int]:
    """Put a backup into this empty installation; what was in it.

    Raises NotNow when somebody is here already or the tables are of another version, InvalidInput
    when the file is damaged or locked for somebody else. Then nothing was changed.
    """
    if get_user_model()._base_manager.exists():
        raise NotNow(_("This installation isn't empty; a restore goes into a new one."))
    written: list[tuple[str, str]] = []
    try:
        with transaction.atomic(), reading(file, identity) as tar:
            return _take_over(tar, written)
    except BaseException:
        for alias, name in written:
            storages[alias].delete(name)
        raise


def _take_over(tar: tarfile.TarFile, written: list[tuple[str, str]]) -> dict[str, int]:
    models = {model._meta.label_lower: model for model in records.tables()}
    counts: dict[str, int] = dict.fromkeys(models, 0)
    promised: dict[str, int] = {}
    for member in tar:
        content: Any = tar.extractfile(member)
        part, _slash, rest = member.name.partition("/")
        if part == "manifest.json":
            _check(json.loads(content.read()))
            for model in models.values():
                records.empty(model)
        elif part == "records":
            label = rest.partition("/")[0]
            counts[label] += records.write(models[label], content)
        elif part == "files":
            alias, _slash, name = rest.partition("/")
            _check_free(alias, name)
            written.append((alias, name))  # before it is there: half of it must go too
            storages[alias].save(name, File(content, name=name))
        elif part == "end.json":
            promised = json.loads(content.read())
    told = {"records": sum(counts.values()), "files": len(written)}
    if promised != counts | told:
        raise InvalidInput(_("This backup is damaged: not everything is in it."))
    records.count_on(models.values())
    ContentType.objects.clear_cache()
    connection.check_constraints()
    return told


def _check_free(alias: str, name: str) -> None:
    if storages[alias].exists(name):
        raise NotNow(
            _("There is a file %s already; a restore goes into a new installation.") % name
        )


def _check(manifest: dict[str, Any]) -> None:
    if manifest["format"] != FORMAT or manifest["state"] != _state():
        raise NotNow(
            _(
                "This backup is of another version of Benchlearn. Install that one, restore, and "
                "update afterwards."
            )
        )


def _state() -> list[str]:
    """The migrations that were carried out: what the tables look like."""
    ours = {config.label for config in apps.get_app_configs()}
    done = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in done if app in ours)


def _json(content: Any) -> bytes:
    return json.dumps(content).encode()


def _now() -> str:
    return timezone.now().isoformat()
