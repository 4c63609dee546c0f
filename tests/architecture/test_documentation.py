"""What exists is documented: settings, commands, signals, and the words of the Makefile."""

import ast
import re
from importlib import import_module
from pathlib import Path

from django.core.management import get_commands
from django.dispatch import Signal

from tests.architecture.source import ROOMS, ROOT, committed, of_rooms, tree

DOCS = ROOT / "docs"
OURS = set(ROOMS)


def settings_read():
    """Names of the environment that the settings and scripts read."""
    files = [file for file in committed() if file.suffix == ".py" and "tests" not in file.parts]
    files += [ROOT / "docker-compose.yml", ROOT / "Dockerfile"]
    return {
        name for file in files for name in re.findall(r"\bBENCHLEARN_[A-Z_]+\b", file.read_text())
    }


def commands():
    return {name for name, app in get_commands().items() if app in OURS}


def signals():
    """Every Signal that a room declares."""
    found = set()
    for file in of_rooms(".py"):
        if "Signal(" not in file.read_text():
            continue
        for node in tree(file).body:
            made = node.value if isinstance(node, ast.Assign) else None
            if isinstance(made, ast.Call) and getattr(made.func, "id", "") == Signal.__name__:
                found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def test_every_setting_of_the_environment_is_documented_and_no_other():
    told = set(re.findall(r"`(BENCHLEARN_[A-Z_]+)`", (DOCS / "settings.md").read_text()))
    assert settings_read() ^ told == set()


def test_every_command_is_documented_and_no_other():
    told = set(re.findall(r"^## `benchlearn ([a-z_-]+)", (DOCS / "commands.md").read_text(), re.M))
    assert commands() ^ told == set()


def test_every_signal_is_documented():
    page = (DOCS / "architecture.md").read_text()
    assert [name for name in sorted(signals()) if f"{name}`" not in page] == []


def test_every_word_of_the_makefile_is_documented():
    words = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    page = (ROOT / "README.md").read_text()
    assert [word for word in words if word != "help" and f"make {word}`" not in page] == []


def test_every_link_in_the_documentation_leads_somewhere():
    broken = []
    for file in committed():
        if file.suffix == ".md":
            for link in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", file.read_text()):
                if not (file.parent / link).exists():
                    broken.append(f"{Path(file).relative_to(ROOT)}: {link}")
    assert broken == []


def test_what_the_guides_to_adding_something_name_is_there():
    """Files, folders and tests, by their names in the repository."""
    named = re.compile(r"`((?:[\w.-]+/)+[\w.-]*)(?:::(\w+))?`")
    missing = []
    for page in (DOCS / "developers").glob("*.md"):
        for path, name in named.findall(page.read_text()):
            file = ROOT / path
            made = path.startswith("var/") or path == "evaluation/measures/gini.py"
            if not made and not (
                file.exists() and (not name or f"def {name}(" in file.read_text())
            ):
                missing.append(f"{page.name}: {path} {name}")
    assert missing == []


def test_every_command_says_what_it_does():
    silent = []
    for name, app in get_commands().items():
        if app in OURS:
            command = import_module(f"{app}.management.commands.{name}").Command
            if not command.help:
                silent.append(name)
    assert silent == []
