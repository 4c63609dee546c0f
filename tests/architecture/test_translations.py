"""Every sentence on screen has its Dutch, and none is left over from an earlier wording."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

ROOMS = [
    *(f"platform/{name}" for name in ("core", "people", "benchmarks", "website", "config")),
    "surveys",
    "learningcircles",
    "evaluation",
]


def catalogue(room):
    return settings.ROOT / room / "locale/nl/LC_MESSAGES/django.po"


def entries(room):
    return [entry for entry in polib.pofile(str(catalogue(room))) if not entry.obsolete]


def empty(entry):
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return not texts or not all(texts)


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_has_its_dutch_and_none_is_doubtful(room):
    wrong = [entry.msgid for entry in entries(room) if empty(entry) or "fuzzy" in entry.flags]
    assert wrong == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_of_the_source_is_in_the_catalogue(room, tmp_path):
    """Extracts from a copy of the room, so that the run changes no file of the checkout."""
    assert shutil.which("xgettext"), "gettext is missing: apt-get install gettext"
    copy = tmp_path / "room"
    shutil.copytree(settings.ROOT / room, copy, ignore=shutil.ignore_patterns("locale", "static"))
    (copy / "locale").mkdir()
    subprocess.run(
        ["django-admin", "makemessages", "-l", "nl", "--no-location"],
        cwd=copy,
        check=True,
        capture_output=True,
        env=environment(),
    )
    fresh = polib.pofile(str(copy / "locale/nl/LC_MESSAGES/django.po"))
    known = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in entries(room)}
    missing = [e.msgid for e in fresh if (e.msgctxt, e.msgid, e.msgid_plural) not in known]
    assert missing == []


def environment():
    """The tools of this environment and of the machine, and no settings."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "LANG": "C.UTF-8"}


def test_a_word_is_said_the_same_in_every_room():
    """Django merges the catalogues: with two translations of one sentence, one would vanish."""
    said = {}
    for room in ROOMS:
        for entry in entries(room):
            text = entry.msgstr or tuple(entry.msgstr_plural.values())
            said.setdefault((entry.msgctxt, entry.msgid), {}).setdefault(text, []).append(room)
    assert {key[1]: texts for key, texts in said.items() if len(texts) > 1} == {}
