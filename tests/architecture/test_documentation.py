"""What exists is documented: settings, commands, signals, and the words of the Makefile."""

import ast
import re
import runpy
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


class TestPictures:
    def test_they_are_those_that_the_script_takes(self):
        shown = runpy.run_path(str(ROOT / "scripts" / "take_pictures.py"))["SHOWN"]
        wanted = {name for picture in shown for name in picture.files()}
        assert {file.name for file in (DOCS / "pictures").iterdir()} == wanted

    def test_together_they_are_smaller_than_3_megabytes(self):
        sizes = [file.stat().st_size for file in (DOCS / "pictures").iterdir()]
        assert sum(sizes) < 3 * 1024 * 1024


class TestTheSite:
    """What `make docs` looks at in the built pages; building them is a part of `make check`."""

    @staticmethod
    def faults_of(folder, **pages):
        for name, body in pages.items():
            (folder / f"{name}.html").write_text(f"<html><body>{body}</body></html>")
        return runpy.run_path(str(ROOT / "scripts" / "docs.py"))["faults"](folder)

    def test_links_within_it_lead_somewhere(self, tmp_path):
        there = '<h2 id="here">Here</h2><a href="two.html#here">2</a><a href="https://elsewhere.nl">e</a>'
        assert self.faults_of(tmp_path, one=there, two=there) == []

    def test_a_link_to_no_page_place_or_picture_is_seen(self, tmp_path):
        page = '<a href="gone.html">1</a><a href="#nowhere">2</a><img src="gone.webp">'
        assert self.faults_of(tmp_path, one=page) == [
            "one.html: gone.html: no such page or file",
            "one.html: #nowhere: no such place on the page",
            "one.html: gone.webp: no such page or file",
        ]

    def test_what_is_fetched_from_elsewhere_is_seen(self, tmp_path):
        (tmp_path / "site.css").write_text(
            "a { background: url(https://fonts.example.org/a.woff2) }"
        )
        (tmp_path / "site.js").write_text("fetch('//example.org/counter')")
        page = '<script src="https://cdn.example.org/a.js"></script>'
        assert self.faults_of(tmp_path, one=page) == [
            "one.html: loads https://cdn.example.org/a.js from elsewhere",
            "site.css: fetches from elsewhere",
            "site.js: fetches from elsewhere",
        ]

    def test_every_page_is_in_the_navigation(self):
        reached, ahead = set(), [DOCS / "index.md"]
        while ahead:
            page = ahead.pop()
            reached.add(page)
            for block in re.findall(r"^```{toctree}\n(.*?)^```", page.read_text(), re.M | re.S):
                entries = [each for each in block.split("\n") if each and not each.startswith(":")]
                ahead += [file for each in entries for file in page.parent.glob(f"{each}.md")]
        assert reached == set(DOCS.rglob("*.md"))
