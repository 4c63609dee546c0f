"""Components declare their inputs, and whoever includes one passes only what it declares."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

ROOT = settings.ROOT
TEMPLATES = sorted(
    path
    for room in ("platform", "surveys", "learningcircles", "evaluation")
    for path in (ROOT / room).rglob("templates/**/*.html")
)
COMPONENTS = ROOT / "platform/website/templates/components"
INCLUDE = re.compile(r'{%\s*include\s+"components/(\w+)\.html"(.*?)%}', re.S)
INPUT = re.compile(r"(\w+)=(?![^(]*\))")
QUOTED = re.compile(r'"[^"]*"')


def declared(name):
    """The inputs that a component's first comment names."""
    text = (COMPONENTS / f"{name}.html").read_text()
    assert text.startswith("{% comment %}"), f"{name}.html does not begin with a comment"
    line = re.search(r"^inputs: (.+)$", text.split("{% endcomment %}")[0], re.M)
    assert line, f"{name}.html does not declare its inputs"
    return {word.strip() for word in line[1].split(",")}


def includes():
    """Every use of a component: template, component, names passed."""
    for path in TEMPLATES:
        for name, rest in INCLUDE.findall(path.read_text()):
            passed = set(INPUT.findall(QUOTED.sub('""', rest)))
            yield path.relative_to(ROOT), name, passed, rest.rstrip().endswith("only")


@pytest.mark.parametrize("name", sorted(path.stem for path in COMPONENTS.glob("*.html")))
def test_a_component_declares_its_inputs_in_its_first_comment(name):
    assert declared(name)


def test_an_include_passes_only_what_is_declared():
    wrong = [
        (str(path), name, sorted(passed - declared(name)))
        for path, name, passed, _only in includes()
        if passed - declared(name)
    ]
    assert wrong == []


def test_an_include_gives_nothing_else_away():
    assert [(str(path), name) for path, name, _passed, only in includes() if not only] == []


def test_the_page_of_components_shows_every_one_of_them():
    page = (ROOT / "platform/website/templates/website/components.html").read_text()
    shown = {name for name, _rest in INCLUDE.findall(page)}
    assert {path.stem for path in COMPONENTS.glob("*.html")} <= shown


@pytest.mark.django_db
def test_the_page_of_components_opens(client):
    assert client.get(reverse("components")).status_code == 200


def test_no_template_has_an_inline_script_style_or_handler():
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=\s*[\"']|javascript:", re.I
    )
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in TEMPLATES
        if "wagtailadmin" not in path.parts
        for match in inline.finditer(path.read_text())
    ]
    assert found == []


def test_a_template_that_is_not_for_us_alone_has_no_words_left_untranslated():
    """Words between tags stand in a translate tag; those that are in both languages at once (500,
    503, 507), for developers (components) or attributes only are the exceptions."""
    exceptions = {"500.html", "503.html", "507.html", "components.html", "_report_words.html"}
    tags = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)
    html = re.compile(r"<[^>]*>", re.S)
    blocks = re.compile(
        r"{%\s*(blocktranslate|comment)\b.*?{%\s*end\1\s*%}|<svg\b.*?</svg>|<style.*?</style>"
        r"|<code\b.*?</code>",
        re.S,
    )
    found = []
    for path in TEMPLATES:
        if path.name in exceptions or "wagtailadmin" in path.parts:
            continue
        text = html.sub(" ", tags.sub(" ", blocks.sub(" ", path.read_text())))
        words = [word for word in re.findall(r"[A-Za-z]{4,}", text) if word not in ALLOWED]
        if words:
            found.append((str(Path(path).relative_to(ROOT)), words))
    assert found == []


ALLOWED = {"Benchlearn", "nbsp", "Nederlands", "English", "Components", "middot", "ndash", "mdash"}
