"""The statements, a block a page, then the summary: django-formtools with our own storage."""

from collections.abc import Sequence
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from formtools.wizard.views import NamedUrlWizardView, StepsHelper

from surveys.addresses import address
from surveys.asking import Asked, asked_of, read_order, write_order
from surveys.days import local_today
from surveys.domain.responses import (
    Link,
    NotYet,
    check_open,
    choose_language,
    hold_link,
    order_of,
    submit_response,
)
from surveys.drafts import DraftStorage
from surveys.forms.answering import PageForm
from surveys.items_html import (
    name_errors,
    render_count,
    render_items,
    render_order,
    render_summary,
)
from surveys.modes import final_words
from surveys.rendering import render_kept, render_page
from surveys.structure import AskedBlock, AskedItem
from surveys.views.answering import kept_page, link_context, open_link, speak_for

SUMMARY = "summary"
PREFIX = "answering"


@method_decorator(csrf_exempt, name="dispatch")  # the link is the authority: see answering.py
class AnsweringWizard(NamedUrlWizardView):
    """Steps "1", "2", ... are the blocks of the wave's version, then "summary", then done."""

    storage_name = "surveys.drafts.DraftStorage"
    http_method_names = ["get", "head", "post"]
    storage: DraftStorage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read the link once; a used one shows the thank-you page, a closed one says so."""
        self.token, self.step = kwargs["token"], kwargs["step"]
        if request.method not in ("GET", "HEAD", "POST"):
            return self.http_method_not_allowed(request)
        if request.method != "POST":
            return self.visit(request, open_link(self.token))
        # From reading the link to keeping the answers nobody else writes.
        with transaction.atomic():
            link = hold_link(self.token)
            return self.visit(request, speak_for(link))

    def visit(self, request: HttpRequest, link: Link) -> HttpResponse:
        """Show or take a step of this link."""
        self.link = link
        if self.link.is_answered:
            return HttpResponseRedirect(address("survey_thanks", self.token))
        check_open(self.link, today=local_today())
        # What formtools would import by name and name by pattern, anew for each request.
        self.prefix = PREFIX
        self.storage = DraftStorage(self.prefix, request)
        self.storage.link, self.storage.token = self.link, self.token
        self.steps = StepsHelper(self)
        if self.step not in self.get_form_list():
            raise Http404
        self.storage.current_step = self.step
        handler = self.get if request.method in ("GET", "HEAD") else self.post
        return handler(request)

    def get_form_list(self) -> dict[str, Any]:
        """The steps of this wave's version."""
        pages = {str(block.page): PageForm for block in self.link.asked.blocks}
        return pages | {SUMMARY: None}

    def get_step_url(self, step: str) -> str:
        return address("survey_step", self.token, step)

    @property
    def block(self) -> AskedBlock:
        """The block of the present page."""
        return self.link.asked.blocks[int(self.step) - 1]

    @property
    def is_reached(self) -> bool:
        """May this step be shown? Only when all before it were done."""
        last = len(self.link.asked.blocks) + 1
        wanted = last if self.step == SUMMARY else int(self.step)
        return wanted <= self.asked.page_after(self.link.pages_done or 0)

    @cached_property
    def asked(self) -> Asked:
        """What is asked of this respondent, with the answers before this request."""
        conditional = self.link.asked.has_conditions
        return asked_of(self.link.asked, self.storage.answers if conditional else {})

    def step_of(self, page: int) -> str:
        """The step of a page; of the one after the last, the summary."""
        return str(page) if page <= len(self.link.asked.blocks) else SUMMARY

    def items_in(self, order: Sequence[int]) -> list[AskedItem]:
        """What is asked on the present page, in this order where it is shuffled."""
        asked = self.asked.items(int(self.step))
        return (
            [item for item in self.block.in_order(order) if item in asked] if order else list(asked)
        )

    def get(self, request: HttpRequest) -> HttpResponse:
        if not self.is_reached:
            first = self.step_of(self.asked.page_after(self.link.pages_done or 0))
            return HttpResponseRedirect(self.get_step_url(first))
        if self.step == SUMMARY:
            return self.render_summary()
        if not self.asked.items(int(self.step)):
            following = self.step_of(self.asked.page_after(int(self.step)))
            return HttpResponseRedirect(self.get_step_url(following))
        order = order_of(self.link, self.block) if self.block.random_order else ()
        return self.render_step(self.storage.answers, {}, order=order)

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.step == SUMMARY:
            return self.post_summary()
        form = self.get_form(data=request.POST)
        form.is_valid()
        if not form.can_be_kept:
            return self.render_wrong(form.given_by_id, form)
        return self.keep(form)

    def render_wrong(self, given: dict[int, Any], form: PageForm) -> HttpResponse:
        """The page again, in the order in which it was shown, with what is wrong."""
        return self.render_step(
            given,
            form.messages,
            order=self.posted_order,
            status=HTTPStatus.BAD_REQUEST,
            may_leave_open=form.can_be_left,
        )

    @property
    def posted_order(self) -> Sequence[int]:
        """How a shuffled page was shown, as it says itself."""
        if not self.block.random_order:
            return ()
        return read_order(self.block, self.request.POST.get("order", "")) or ()

    def keep(self, form: PageForm) -> HttpResponse:
        """Keep what was given, and go where the pressed button leads."""
        language, button = self.request.POST.get("language"), self.request.POST.get("go", "next")
        goes_on = form.is_valid() and not language and button != "back"
        try:
            self.storage.set_step_data(self.step, self.process_step(form), done=goes_on)
        except NotYet as error:
            error.way_on = self.get_step_url(str(error.page))
            raise
        if language:
            choose_language(self.token, language=language)
            return HttpResponseRedirect(self.get_step_url(self.step))
        if button == "back":
            return HttpResponseRedirect(self.previous_url())
        if not goes_on:
            shown = self.storage.answers | form.given_by_id
            return self.render_wrong(shown, form)
        known = {**self.asked.answers, **form.given_by_id} if self.link.asked.has_conditions else {}
        following = asked_of(self.link.asked, known).page_after(int(self.step))
        return HttpResponseRedirect(self.get_step_url(self.step_of(following)))

    def previous_url(self) -> str:
        """The page before this one; before the first comes the start."""
        previous = self.asked.page_before(int(self.step))
        start = address("survey_start", self.token)
        return self.get_step_url(str(previous)) if previous else start

    def get_form(self, step: Any = None, data: Any = None, files: Any = None) -> PageForm:
        """The page as a form; open statements are allowed once the respondent says so."""
        leaves_open = data is not None and data.get("go") != "next" and "go" in data
        stays = data is not None and (data.get("go") == "back" or bool(data.get("language")))
        return PageForm(
            data,
            block=self.block,
            items=self.asked.items(int(self.step)),
            may_leave_open=leaves_open or stays,
            goes_on=not stays,
        )

    def process_step(self, form: PageForm) -> dict[str, Any]:
        return {"given": form.given, "order": self.posted_order}

    def post_summary(self) -> HttpResponse:
        """Submit, or show the summary in the other language."""
        language = self.request.POST.get("language")
        if language:
            choose_language(self.token, language=language)
            return HttpResponseRedirect(self.get_step_url(SUMMARY))
        return self.done([])

    def done(self, form_list: Any, **kwargs: Any) -> HttpResponse:
        """Submit. A second time, or two at once, leads to the same thank-you page."""
        try:
            submit_response(self.token, today=local_today(), link=self.link)
        except NotYet as error:
            error.way_on = self.get_step_url(str(error.page))
            raise
        return HttpResponseRedirect(address("survey_thanks", self.token))

    def render_step(
        self,
        given: dict[int, Any],
        errors: dict[str, Any],
        *,
        order: Sequence[int] = (),
        status: int = HTTPStatus.OK,
        may_leave_open: bool = False,
    ) -> HttpResponse:
        """A page of statements with what was given, and what is wrong listed above."""
        block = self.block
        asked = self.items_in(order)
        items = [*render_items(asked, given, errors), render_count(asked, given)]
        if order:
            items.insert(0, render_order(write_order(block, order)))
        if not errors:
            page = kept_page(self.link, "surveys/answering/page.html", step=self.step)
            return render_kept(page, token=self.token, items=["".join(items)])
        context = link_context(self.link, self.token) | {
            "part": block,
            "pages": len(self.link.asked.blocks),
            "items": items,
            "errors": name_errors(asked, errors),
            "may_leave_open": may_leave_open,
        }
        return render_page("surveys/answering/page.html", context, status=status)

    def render_summary(self) -> HttpResponse:
        """Everything that was given, to look at once more before submitting."""
        answers = self.storage.answers
        asked = asked_of(self.link.asked, answers)
        if all(asked.pages):
            page = kept_page(self.link, "surveys/answering/summary.html")
            lines = ["".join(render_summary(items, answers)) for items in asked.pages]
            return render_kept(page, token=self.token, items=lines)
        blocks = [
            (block, self.get_step_url(str(block.page)), render_summary(items, answers))
            for block, items in zip(self.link.asked.blocks, asked.pages, strict=True)
            if items
        ]
        context = link_context(self.link, self.token) | {
            "blocks": blocks,
            "final": final_words(self.link.mode),
        }
        return render_page("surveys/answering/summary.html", context)


answering = AnsweringWizard.as_view([PageForm], url_name="survey_step")
