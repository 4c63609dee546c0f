"""Translations: `compile` makes stale .mo files, `collect` finds new texts, `check` finds gaps.

Compiling uses Babel, so that a machine without gettext can set up Benchlearn. Checking uses
gettext's xgettext (by way of Django's makemessages) to see that every string is in the file.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("platform", "surveys", "learningcircles", "evaluation")


def files() -> list[Path]:
    """Every translation of ours."""
    return sorted(file for room in SOURCES for file in (ROOT / room).glob("**/LC_MESSAGES/*.po"))


def compile_stale() -> int:
    """Make the .mo files that are older than their .po; returns how many."""
    stale = [file for file in files() if _is_stale(file)]
    for file in stale:
        with file.open("rb") as source:
            catalogue = read_po(source, locale=file.parts[-3])
        unfinished = file.with_suffix(".mo.part")
        with unfinished.open("wb") as target:
            write_mo(target, catalogue)
        unfinished.rename(file.with_suffix(".mo"))
    return len(stale)


def _is_stale(file: Path) -> bool:
    compiled = file.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < file.stat().st_mtime


def gaps(file: Path) -> list[str]:
    """Strings of a file that are untranslated, fuzzy, or lose a placeholder."""
    with file.open("rb") as source:
        catalogue = read_po(source, locale=file.parts[-3])
    found = []
    for message in catalogue:
        texts = message.string if isinstance(message.string, tuple | list) else [message.string]
        if message.id and (message.fuzzy or not all(texts)):
            found.append(f"{file.relative_to(ROOT)}: {message.id!r} has no translation")
        found += [
            f"{file.relative_to(ROOT)}: {message.id!r}: {e}" for e in message.check(catalogue)
        ]
    return found


def missing_strings() -> list[str]:
    """Strings in the source that a translation file lacks: makemessages on a copy, compared."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for room in SOURCES:
            shutil.copytree(
                ROOT / room, copy / room, ignore=shutil.ignore_patterns("*.mo", "static")
            )
        return [line for file in files() for line in _behind(file, copy)]


def _behind(file: Path, copy: Path) -> list[str]:
    """What makemessages would add to this file."""
    room = copy / file.relative_to(ROOT).parents[3]
    command = [Path(sys.executable).parent / "django-admin", "makemessages", "-v0", "--no-location"]
    subprocess.run([*command, "-l", file.parts[-3]], cwd=room, env=_plain(), check=True)
    with file.open("rb") as old, (copy / file.relative_to(ROOT)).open("rb") as new:
        known = {message.id for message in read_po(old)}
        return [
            f"{file.relative_to(ROOT)}: {message.id!r} is not in it"
            for message in read_po(new)
            if message.id and message.id not in known
        ]


def collect() -> None:
    """Bring the files up to date with the source; what is new waits for its translation."""
    for file in files():
        command = [Path(sys.executable).parent / "django-admin", "makemessages", "-v0"]
        command += ["--no-location", "-l", file.parts[-3]]
        subprocess.run(command, cwd=file.parents[3], env=_plain(), check=True)


def _plain() -> dict[str, str]:
    """An environment in which django-admin needs no settings."""
    return {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}


def check() -> int:
    """Print what is wrong; 1 when something is."""
    wrong = [line for file in files() for line in gaps(file)]
    if shutil.which("xgettext"):
        wrong += missing_strings()
    else:
        sys.exit("The check of translations needs gettext: apt-get install gettext")
    print("\n".join(wrong) or f"{len(files())} translation files are complete")
    return int(bool(wrong))


if __name__ == "__main__":
    if sys.argv[1:] == ["compile"]:
        compile_stale()
    elif sys.argv[1:] == ["collect"]:
        collect()
    elif sys.argv[1:] == ["check"]:
        sys.exit(check())
    else:
        sys.exit("usage: translations.py compile|collect|check")
