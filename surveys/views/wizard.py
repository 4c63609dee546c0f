"""The statements, a block a page, then the summary: django-formtools with our own storage."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from formtools.wizard.storage import get_storage
from formtools.wizard.views import NamedUrlWizardView, StepsHelper

from surveys.domain.responses import (
    NotYet,
    check_open,
    choose_language,
    submit_response,
)
from surveys.drafts import DraftStorage
from surveys.forms.answering import OPEN, PageForm
from surveys.rendering import render_items, render_kept, render_page, render_summary
from surveys.structure import AskedBlock
from surveys.views.answering import kept_page, link_context, open_link, step_url

SUMMARY = "summary"


@method_decorator(csrf_exempt, name="dispatch")  # the link is the authority: see answering.py
class AnsweringWizard(NamedUrlWizardView):
    """Steps "1", "2", ... are the blocks of the wave's version, then "summary", then done."""

    storage_name = "surveys.drafts.DraftStorage"
    http_method_names = ["get", "head", "post"]
    storage: DraftStorage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read the link once; a used one shows the thank-you page, a closed one says so."""
        self.token, self.step = kwargs["token"], kwargs["step"]
        self.link = open_link(self.token)
        if self.link.is_answered:
            return HttpResponseRedirect(reverse("survey_thanks", args=[self.token]))
        check_open(self.link, today=timezone.localdate())
        self.prefix = self.get_prefix(request)
        self.storage = get_storage(self.storage_name, self.prefix, request)
        self.storage.link, self.storage.token = self.link, self.token
        self.steps = StepsHelper(self)
        if self.step not in self.get_form_list():
            raise Http404
        self.storage.current_step = self.step
        handler = self.get if request.method in ("GET", "HEAD") else self.post
        if request.method not in ("GET", "HEAD", "POST"):
            return self.http_method_not_allowed(request)
        return handler(request)

    def get_form_list(self) -> dict[str, Any]:
        """The steps of this wave's version."""
        pages = {str(block.page): PageForm for block in self.link.asked.blocks}
        return pages | {SUMMARY: None}

    def get_step_url(self, step: str) -> str:
        return reverse("survey_step", args=[self.token, step])

    @property
    def block(self) -> AskedBlock:
        """The block of the present page."""
        return self.link.asked.blocks[int(self.step) - 1]

    @property
    def is_reached(self) -> bool:
        """May this step be shown? Only when all before it were done."""
        last = len(self.link.asked.blocks) + 1
        return (last if self.step == SUMMARY else int(self.step)) <= self.link.next_page

    def get(self, request: HttpRequest) -> HttpResponse:
        if not self.is_reached:
            return HttpResponseRedirect(step_url(self.token, self.link))
        if self.step == SUMMARY:
            return self.render_summary()
        return self.render_step(self.storage.answers, {})

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.step == SUMMARY:
            return self.post_summary()
        form = self.get_form(data=request.POST)
        form.is_valid()
        if not form.can_be_kept:
            return self.render_step(form.given_by_id, form.messages, HTTPStatus.BAD_REQUEST)
        return self.keep(form)

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
            return self.render_step(shown, form.messages, HTTPStatus.BAD_REQUEST)
        return self.render_next_step(form)

    def previous_url(self) -> str:
        """The page before this one; before the first comes the start."""
        previous = self.get_prev_step(self.step)
        start = reverse("survey_start", args=[self.token])
        return self.get_step_url(previous) if previous else start

    def get_form(self, step: Any = None, data: Any = None, files: Any = None) -> PageForm:
        """The page as a form; open statements are allowed once the respondent says so."""
        leaves_open = data is not None and data.get("go") != "next" and "go" in data
        return PageForm(data, block=self.block, may_leave_open=leaves_open)

    def process_step(self, form: PageForm) -> dict[str, Any]:
        return {"given": form.given}

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
            submit_response(self.token, today=timezone.localdate())
        except NotYet as error:
            error.way_on = self.get_step_url(str(error.page))
            raise
        return HttpResponseRedirect(reverse("survey_thanks", args=[self.token]))

    def render_step(
        self, given: dict[int, Any], errors: dict[str, Any], status: int = HTTPStatus.OK
    ) -> HttpResponse:
        """A page of statements with what was given, and what is wrong listed above."""
        block = self.block
        items = render_items(block, given, errors)
        if not errors:
            page = kept_page(self.link, "surveys/answering/page.html", step=self.step)
            return render_kept(page, token=self.token, items="".join(items))
        context = link_context(self.link, self.token) | {
            "part": block,
            "pages": len(self.link.asked.blocks),
            "items": items,
            "errors": [(block.by_code.get(code), message) for code, message in errors.items()],
            "may_leave_open": OPEN in errors.values(),
            "answer_url": reverse("survey_answer", args=[self.token]),
        }
        return render_page("surveys/answering/page.html", context, status=status)

    def render_summary(self) -> HttpResponse:
        """Everything that was given, to look at once more before submitting."""
        answers = self.storage.answers
        blocks = [
            (block, self.get_step_url(str(block.page)), render_summary(block, answers))
            for block in self.link.asked.blocks
        ]
        context = link_context(self.link, self.token) | {"blocks": blocks}
        return render_page("surveys/answering/summary.html", context)


answering = AnsweringWizard.as_view([PageForm], url_name="survey_step")
