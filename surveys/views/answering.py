"""The pages behind a personal link. No account, session or cookie; opening one stores nothing.

They are csrf_exempt because the link in the address is the only authority: a foreign site that
could forge a request would need the link, and whoever has the link needs no forgery. The browser
adds nothing of its own (no cookie) that a forged request could borrow.
"""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from core.exceptions import InvalidInput
from surveys.addresses import address
from surveys.asking import read_order
from surveys.days import local_today
from surveys.device import shelf_of
from surveys.domain.responses import (
    Link,
    check_open,
    choose_language,
    find_link,
    hold_link,
    save_answer,
)
from surveys.reading import posted_for, read_given
from surveys.rendering import KeptPage, render_kept


def open_link(token: str) -> Link:
    """Read the link and speak its language from here on."""
    return speak_for(find_link(token))


def speak_for(link: Link) -> Link:
    """Speak the language of this link from here on."""
    translation.activate(link.language)
    return link


def link_context(link: Link, token: str) -> dict[str, Any]:
    """What the frame of every survey page shows."""
    english = translation.get_language() == "en"
    shelf, seal = shelf_of(token)
    return {
        "link": link,
        "token": token,
        "programme_name": (link.programme_en if english else "") or link.programme,
        "asked": link.asked,
        "start_url": address("survey_start", token),
        "answer_url": address("survey_answer", token),
        "shelf": shelf,
        "seal": seal,
    }


def kept_page(link: Link, template: str, *, step: str = "") -> KeptPage:
    """The page as it is for everyone of this organisation in this wave."""
    language = translation.get_language() or link.language
    return KeptPage(
        template=template,
        language=language,
        programme_name=(link.programme_en if language == "en" else "") or link.programme,
        programme_kind=link.programme_kind,
        organisation=link.organisation,
        last_day=link.last_day,
        minimum_group=link.minimum_group,
        mode=link.mode,
        version_id=link.version_id,
        step=step,
        has_begun=link.draft_id is not None,
    )


def next_step(link: Link) -> str:
    """The step at which this respondent goes on."""
    page = link.next_page
    return str(page) if page <= len(link.asked.blocks) else "summary"


def step_url(token: str, link: Link) -> str:
    """Where this respondent goes on."""
    return address("survey_step", token, next_step(link))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, how long it takes, and what happens with the answers. POST chooses a language."""
    link = open_link(token)
    if request.method == "POST":
        choose_language(token, language=request.POST.get("language", ""))
        return HttpResponseRedirect(address("survey_start", token))
    if link.is_answered:
        return HttpResponseRedirect(address("survey_thanks", token))
    check_open(link, today=local_today())
    page = kept_page(link, "surveys/answering/start.html", step=next_step(link))
    return render_kept(page, token=token)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """The thank-you page, as often as one likes. POST chooses a language."""
    link = open_link(token)
    if request.method == "POST":
        choose_language(token, language=request.POST.get("language", ""))
        return HttpResponseRedirect(address("survey_thanks", token))
    if not link.is_answered:
        check_open(link, today=local_today())
        return HttpResponseRedirect(address("survey_start", token))
    return render_kept(kept_page(link, "surveys/answering/thanks.html"), token=token)


@csrf_exempt
@require_POST
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Save one answer as it is given: 204 when kept. `item` is its code; what was given stands in
    the fields of the page, or in `value` where that is one."""
    with transaction.atomic():
        _keep_answer(request, token, speak_for(hold_link(token)))
    return HttpResponse(status=204)


def _keep_answer(request: HttpRequest, token: str, link: Link) -> None:
    today = local_today()
    check_open(link, today=today)
    code = request.POST.get("item", "")
    page = link.asked.pages_of_items.get(code)
    if page is None:
        raise InvalidInput(_("This isn't asked here."))
    block = link.asked.blocks[page - 1]
    item = block.by_code[code]
    value = request.POST.get("value")
    given = read_given(item, posted_for(item, request.POST) if value is None else value)
    order = read_order(block, request.POST.get("order", "")) or ()
    save_answer(token, item=item, page=page, given=given, today=today, order=order, link=link)
