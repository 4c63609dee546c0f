"""What a respondent would see of a draft: made by the code that makes the real pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from surveys.domain.instruments import items_of
from surveys.editing import spec_of_draft
from surveys.items_html import render_items
from surveys.models import Block, Instrument
from surveys.rendering import assets
from surveys.specs import BlockSpec
from surveys.structure import AskedBlock, Questionnaire, asked_block

LANGUAGES = {"nl": "Nederlands", "en": "English"}


def pages_to_preview(instrument: Instrument) -> list[tuple[str, str]]:
    """Each page in each language."""
    pages = max(1, sum(block.block_type == "page" for block in instrument.body))
    return [
        (f"{language}-{page}", f"{name}, {_('page')} {page}")
        for language, name in LANGUAGES.items()
        for page in range(1, pages + 1)
    ]


def show_preview(instrument: Instrument, request: HttpRequest, mode_name: str) -> HttpResponse:
    """One page as a respondent sees it. Items that not everyone is asked are shown too."""
    language, _dash, page = mode_name.partition("-")
    spec = spec_of_draft(instrument)
    with translation.override(language):
        blocks = tuple(asked_draft(block, number) for number, block in enumerate(spec.blocks, 1))
        asked = Questionnaire(0, spec.title_nl, spec.title_en, blocks)
        if not blocks:
            return HttpResponse(_("There is no page yet."))
        part = blocks[min(int(page), len(blocks)) - 1]
        return HttpResponse(_page(instrument, asked, part, language))


def asked_draft(spec: BlockSpec, page: int) -> AskedBlock:
    """A page of a draft as it would be asked; its items have numbers that no stored item has."""
    block = Block(
        title_nl=spec.title_nl,
        title_en=spec.title_en,
        intro_nl=spec.intro_nl,
        intro_en=spec.intro_en,
        random_order=spec.random_order,
    )
    items = items_of(spec, block)
    for number, item in enumerate(items, start=1):
        item.pk = -(1000 * page + number)
    return asked_block(block, items, page)


def _page(instrument: Instrument, asked: Questionnaire, part: AskedBlock, language: str) -> str:
    context: dict[str, Any] = {
        "language": language,
        "other_language": "nl" if language == "en" else "en",
        "assets": assets(),
        "link": {"last_day": timezone.localdate(), "organisation": "", "programme_kind": ""},
        "programme_name": str(instrument.programme or ""),
        "asked": asked,
        "way_on": "",
        "answer_url": "",
        "shelf": "",
        "seal": "",
        "part": part,
        "pages": len(asked.blocks),
        "items": render_items(part.items, {}, {}),
        "errors": [],
    }
    return get_template("surveys/answering/page.html").render(context)
