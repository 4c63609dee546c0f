"""Files of people that no record leads to: what was written while its record was not kept.

A file is written before its row is committed; when the database went in between, the file stays and
nobody is led to it. Once a day those that are a week old are taken away.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.files.storage import storages
from django.db import models
from django.db.models.functions import Cast

from config.privacy.register import HOUSE
from config.privacy.wording import texts_of
from core.backup.carry import names_in

logger = logging.getLogger(__name__)

STORAGE = "private"
A_WEEK = dt.timedelta(days=7)
"""Longer than anything takes from writing a file to keeping its record."""
MOST_A_DAY = 100
"""For each of them every text that there is is looked through."""
NAMES = {"file", "stored_as", "files"}
"""Columns that hold the names of files. One that has another name costs time and no file: before
a file is taken away, all columns are asked for it."""


def remove_strays(now: dt.datetime) -> int:
    """Take away files that are a week old and that no record leads to; how many.

    Nothing is taken where they are more than the files with a record: then these are probably the
    files of another database, or of this one at another time.
    """
    there = set(names_in(STORAGE))  # before the records: a file is written first
    kept = there & _told()
    unknown = sorted(name for name in there - kept if _is_old(name, now))
    if len(unknown) > len(kept):
        logger.warning(
            "%d files without a record, %d with one: none taken", len(unknown), len(kept)
        )
        return 0
    found = list(islice((name for name in unknown if not _is_anywhere(name)), MOST_A_DAY))
    for name in found:
        storages[STORAGE].delete(name)
    return len(found)


def _told() -> set[str]:
    """What stands in the columns that hold names of files."""
    return {
        text for model, column in _columns() if column.name in NAMES for text in _in(model, column)
    }


def _is_old(name: str, now: dt.datetime) -> bool:
    try:
        return storages[STORAGE].get_modified_time(name) < now - A_WEEK
    except FileNotFoundError:
        return False  # taken away by its owner meanwhile


def _columns() -> Iterator[tuple[type[models.Model], Any]]:
    """Every column of the house that can hold a name."""
    kinds = (models.CharField, models.TextField, models.JSONField, models.FileField)
    for model in apps.get_models():
        if model._meta.app_label in HOUSE:
            yield from (
                (model, each)
                for each in model._meta.local_concrete_fields
                if isinstance(each, kinds) and not each.choices
            )


def _in(model: type[models.Model], column: Any) -> Iterator[str]:
    rows = model._base_manager.values_list(column.name, flat=True)
    for value in rows.iterator():
        yield from (text for _keys, text in texts_of(value))


def _is_anywhere(name: str) -> bool:
    """Does any text of the house hold this name?"""
    return any(
        model._base_manager.annotate(as_text=Cast(column.name, models.TextField()))
        .filter(as_text__contains=name)
        .exists()
        for model, column in _columns()
    )
