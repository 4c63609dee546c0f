"""The manner of the house: small functions, small files, nothing swallowed, nothing inline."""

import ast
import re
import statistics

from tests.architecture.source import (
    ROOMS,
    ROOT,
    committed,
    functions,
    length,
    of_rooms,
    shown,
    tree,
)

INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)[^>]*>",
    re.IGNORECASE,
)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplemented\b(?!Error)")
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    r"|://[^/\s:@\"'{}<>]+:[^/\s:@\"'{}<>]{6,}@"
)


def test_no_file_is_longer_than_300_lines():
    long = [
        (shown(file), count)
        for file in [*of_rooms(".py"), *of_rooms(".html"), *(ROOT / "scripts").glob("*.py")]
        if (count := len(file.read_text().splitlines())) > 300
    ]
    assert long == []


def test_functions_are_small():
    for room, folder in ROOMS.items():
        lengths = [
            length(each)
            for file in of_rooms(".py")
            if folder in file.parents
            for each in functions(file)
        ]
        assert statistics.median(lengths or [0]) <= 10, room


def test_no_function_is_longer_than_50_lines():
    long = [
        (shown(file, each.lineno), each.name, length(each))
        for file in of_rooms(".py")
        for each in functions(file)
        if length(each) > 50
    ]
    assert long == []


def test_no_exception_is_swallowed():
    """An `except` that does nothing, or catches everything, hides what went wrong."""
    swallowed = []
    for file in of_rooms(".py"):
        for node in ast.walk(tree(file)):
            if not isinstance(node, ast.ExceptHandler):
                continue
            does_nothing = all(isinstance(step, ast.Pass | ast.Continue) for step in node.body)
            if does_nothing or node.type is None:
                swallowed.append(shown(file, node.lineno))
    assert swallowed == []


def test_every_public_function_of_the_domain_says_what_it_does():
    silent = [
        f"{shown(file, each.lineno)} {each.name}"
        for file in of_rooms(".py")
        if "domain" in file.parts
        for each in tree(file).body
        if isinstance(each, ast.FunctionDef)
        and not each.name.startswith("_")
        and not ast.get_docstring(each)
    ]
    assert silent == []


def test_nothing_is_left_unfinished():
    unfinished = [
        shown(file, number)
        for file in [*of_rooms(".py"), *of_rooms(".html"), *of_rooms(".css"), *of_rooms(".js")]
        if "vendor" not in file.parts
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert unfinished == []


def test_no_template_has_an_inline_script_style_or_event():
    """The content security policy forbids them: they would simply not work.

    Wagtail's own, which we could not do without, bear a nonce; a PDF is no page.
    """
    inline = [
        f"{shown(file)}: {hit.group()}"
        for file in of_rooms(".html")
        for hit in INLINE.finditer(file.read_text())
        if not file.name.endswith("_pdf.html") and "cms_nonce" not in hit.group()
    ]
    assert inline == []


def test_no_secret_is_committed():
    found = []
    for file in committed():
        if file.suffix not in (".woff2", ".png", ".svg", ".lock", ".csv"):
            for hit in SECRET.finditer(file.read_text(errors="replace")):
                found.append(f"{shown(file)}: {hit.group()[:30]}")
    assert found == []
