"""Turning survey pages into HTML, fast. What stands on them item by item is in items_html.py.

A page is the same for everyone of an organisation in a wave, but for the link and the answers, so
it is kept whole in the process with those left out. It is made by a plain template; no form
widgets, no context processors.
"""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.translation import get_language

from surveys.addresses import TOKEN_HERE, address
from surveys.device import shelf_of
from surveys.items_html import forget_kept_items
from surveys.modes import final_words, promise, thanks_words
from surveys.structure import questionnaire

PAGES_KEPT = 512

# Where a kept page takes what is one respondent's own. Chance, so that no text can hold it.
ITEMS_HERE = secrets.token_hex(16)
SHELF_HERE, SEAL_HERE = secrets.token_hex(16), secrets.token_hex(16)


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
    mode: str
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
        "seal": static("surveys/seal.js"),
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


def render_kept(page: KeptPage, *, token: str, items: Sequence[str] = ("",)) -> HttpResponse:
    """A page that was rendered before, with this link in it and these items.

    A page of the questionnaire has one place for items, the summary one for each page. `token` must
    be that of a known link: it is put into the page as it is.
    """
    html = _kept_page(page).replace(TOKEN_HERE, token)
    for here, own in zip((SHELF_HERE, SEAL_HERE), shelf_of(token), strict=True):
        html = html.replace(here, own)
    for number, part in enumerate(items, start=1):
        html = html.replace(_items_here(number), part)
    return HttpResponse(html)


def _items_here(number: int) -> str:
    return f"{ITEMS_HERE}{number:04d}"


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
        "promise": promise(page.mode, minimum=page.minimum_group),
        "became": thanks_words(page.mode),
        "final": final_words(page.mode),
        "way_on": address("survey_step", TOKEN_HERE, page.step) if page.step else "",
        "answer_url": address("survey_answer", TOKEN_HERE),
        "shelf": SHELF_HERE,
        "seal": SEAL_HERE,
        "part": asked.blocks[int(page.step) - 1] if page.step.isdecimal() else None,
        "pages": len(asked.blocks),
        "blocks": [
            (block, address("survey_step", TOKEN_HERE, str(block.page)), [_items_here(block.page)])
            for block in asked.blocks
        ],
        "items": [_items_here(1)],
        "errors": [],
    }
    return get_template(page.template).render(context)


def forget_kept() -> None:
    """Forget every page and fragment, for stories in which primary keys come back."""
    forget_kept_items()
    for kept in (_kept_page, assets):
        kept.cache_clear()
