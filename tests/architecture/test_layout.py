"""The house: where things stand, and in what order they may know each other."""

import os
import platform
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

from tests.architecture.source import ROOMS, ROOT, committed, shown

HEADINGS = [
    "The question it answers",
    "Its nouns",
    "The life of one record",
    "Its doorway",
    "What must not happen here",
]


def test_the_folder_platform_is_only_a_source_root():
    assert not (ROOT / "platform" / "__init__.py").exists()


def test_import_platform_finds_the_standard_library():
    assert Path(platform.__file__).parent == Path(sysconfig.get_path("stdlib"))
    assert platform.python_version() == sys.version.split()[0]


def test_no_package_bears_the_name_of_a_module_of_the_standard_library():
    tops = {folder.name for folder in (ROOT / "platform").iterdir() if folder.is_dir()}
    tops |= {folder.name for folder in ROOT.iterdir() if (folder / "__init__.py").exists()}
    assert tops & sys.stdlib_module_names == set()


def test_imports_go_one_way():
    """The contracts of pyproject.toml, held in the test run too."""
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_each_room_explains_itself_under_the_same_five_headings():
    wrong = {
        room: re.findall(r"^## (.+)$", (folder / "README.md").read_text(), re.MULTILINE)
        if (folder / "README.md").exists()
        else "no README.md"
        for room, folder in ROOMS.items()
    }
    assert {room: found for room, found in wrong.items() if found != HEADINGS} == {}


def test_every_room_is_told_of_in_the_architecture():
    page = (ROOT / "docs" / "architecture.md").read_text()
    assert [room for room in ROOMS if f"{room}`" not in page] == []


def test_migrations_have_names():
    migrations = [file for file in committed() if file.parent.name == "migrations"]
    nameless = [
        shown(file)
        for file in migrations
        if re.fullmatch(r"\d{4}_(initial|auto_.*|alter_.*_and_more)", file.stem)
    ]
    assert nameless == []


def test_every_decision_has_a_number_of_its_own():
    numbers = [file.name[:4] for file in (ROOT / "docs" / "decisions").glob("*.md")]
    assert all(number.isdecimal() for number in numbers)
    assert sorted(numbers) == sorted(set(numbers))
