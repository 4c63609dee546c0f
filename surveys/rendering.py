"""Turning survey pages into HTML, fast.

A page of nine statements is some fifty radio buttons. A statement looks the same for everyone who
gave the same answer to it, and a published version never changes, so its HTML is made once for
each answer and language and kept in the process (about 2 kB each, at most 4,096 of them). It is
made by a plain template; no form widgets, no context processors.
"""

import datetime as dt
import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language

from surveys.enums import LONGEST_REMARK, NOT_APPLICABLE, Agreement
from surveys.given import Given
from surveys.structure import AskedBlock, AskedItem, questionnaire

FRAGMENTS_KEPT = 4096
PAGES_KEPT = 512

# Where a kept page takes what is one respondent's own. Chance, so that no text can hold them.
TOKEN_HERE = secrets.token_hex(16)
ITEMS_HERE = secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it is for everyone of an organisation in a wave, but for the link and answers."""

    template: str
    language: str
    programme_name: str
    programme_kind: str
    organisation: str
    last_day: dt.date
    minimum_group: int
    version_id: int
    step: str
    has_begun: bool


@lru_cache(maxsize=1)
def assets() -> dict[str, str]:
    """The addresses of what every survey page loads; they hold until the next release."""
    return {
        "mark": static("website/img/mark.svg"),
        "site": static("website/site.css"),
        "survey": static("surveys/survey.css"),
        "script": static("surveys/answering.js"),
    }


def render_page(name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page from a template and nothing but this context."""
    language = get_language()
    context |= {
        "language": language,
        "other_language": "nl" if language == "en" else "en",
        "assets": assets(),
    }
    return HttpResponse(get_template(name).render(context), status=status)


def render_kept(page: KeptPage, *, token: str, items: str = "") -> HttpResponse:
    """A page that was rendered before, with this link and these items in it.

    `token` must be that of a known link: it is put into the page as it is.
    """
    return HttpResponse(_kept_page(page).replace(TOKEN_HERE, token).replace(ITEMS_HERE, items))


@lru_cache(maxsize=PAGES_KEPT)
def _kept_page(page: KeptPage) -> str:
    asked = questionnaire(page.version_id)
    context = {
        "language": page.language,
        "other_language": "nl" if page.language == "en" else "en",
        "assets": assets(),
        "link": page,
        "programme_name": page.programme_name,
        "asked": asked,
        "has_begun": page.has_begun,
        "way_on": reverse("survey_step", args=[TOKEN_HERE, page.step]) if page.step else "",
        "answer_url": reverse("survey_answer", args=[TOKEN_HERE]),
        "part": asked.blocks[int(page.step) - 1] if page.step.isdecimal() else None,
        "pages": len(asked.blocks),
        "items": [ITEMS_HERE],
        "errors": [],
    }
    return get_template(page.template).render(context)


def render_items(block: AskedBlock, given: dict[int, Given], errors: dict[str, Any]) -> list[str]:
    """The HTML of each item of a page, with what was given and what is wrong with it."""
    language = get_language() or ""
    return [
        _render_item(item, given.get(item.id), errors.get(item.code), block.statements, language)
        for item in block.items
    ]


def _render_item(
    item: AskedItem, given: Given | None, error: Any, statements: int, language: str
) -> str:
    if item.is_statement:
        chosen = given.posted if given else ""
        if error is None:
            return _kept_statement(item, chosen, statements, language)
        return _statement(item, chosen, statements, error)
    return _remark(item, given.text if given else "", error)


@lru_cache(maxsize=FRAGMENTS_KEPT)
def _kept_statement(item: AskedItem, chosen: str, statements: int, language: str) -> str:
    return _statement(item, chosen, statements, None)


def _statement(item: AskedItem, chosen: str, statements: int, error: Any) -> str:
    context = {
        "item": item,
        "chosen": chosen,
        "statements": statements,
        "error": error,
        "choices": [(str(value), label) for value, label in Agreement.choices],
        "not_applicable": NOT_APPLICABLE,
    }
    return get_template("surveys/answering/statement.html").render(context)


def _remark(item: AskedItem, text: str, error: Any) -> str:
    context = {"item": item, "text": text, "error": error, "longest": LONGEST_REMARK}
    return get_template("surveys/answering/remark.html").render(context)


@lru_cache(maxsize=FRAGMENTS_KEPT)
def _kept_summary(item: AskedItem, chosen: str, language: str) -> str:
    answer = {str(value): label for value, label in Agreement.choices}.get(chosen)
    context = {"item": item, "answer": answer, "not_applicable": chosen == NOT_APPLICABLE}
    return get_template("surveys/answering/summary_line.html").render(context)


def render_summary(block: AskedBlock, given: dict[int, Given]) -> list[str]:
    """The HTML of each item of a page as the summary shows it."""
    language = get_language() or ""
    lines = []
    for item in block.items:
        answer = given.get(item.id)
        if item.is_statement or answer is None:
            lines.append(_kept_summary(item, answer.posted if answer else "", language))
        else:
            context = {"item": item, "remark": answer.text}
            lines.append(get_template("surveys/answering/summary_line.html").render(context))
    return lines


def forget_kept() -> None:
    """Forget every page and fragment, for stories in which primary keys come back."""
    for kept in (_kept_page, _kept_statement, _kept_summary, assets):
        kept.cache_clear()
