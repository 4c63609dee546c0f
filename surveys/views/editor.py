"""Pages beside the editor: what changed and what isn't translated, files in, files out."""

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from benchmarks.models import Programme
from core.exceptions import DomainError
from people.enums import Role
from surveys.checks import untranslated, what_hinders
from surveys.domain.imports import (
    ENDINGS,
    changes_by,
    export_instrument,
    read_instrument,
    report_of,
    store_instrument,
)
from surveys.domain.publishing import changes_between, changes_of_draft, newest_version, spec_of
from surveys.editing import spec_of_draft
from surveys.formats.json_format import read_json, write_json
from surveys.forms.instruments import ImportForm
from surveys.models import Instrument, InstrumentVersion
from surveys.views.paper import PAPER, sheet_context

NAMESPACE = "wagtailsnippets_surveys_instrument"
SALT = "surveys.import"
GOOD_FOR = 60 * 60


def crumbs(*further: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"url": reverse(f"{NAMESPACE}:list"), "label": _("Questionnaires")}, *further]


class OverviewView(WagtailAdminTemplateMixin, TemplateView):
    """What stands in the draft: what changed, what may be compared, what isn't translated."""

    template_name = "surveys/editor/overview.html"
    header_icon = "list-ul"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = get_object_or_404(Instrument.objects.visible_to(self.request.user), pk=kwargs["pk"])
        draft = spec_of_draft(found.get_latest_revision_as_object())
        versions = list(found.versions.filter(published_on__isnull=False).order_by("-number"))
        self.page_title = _("Changes and translation")
        self.page_subtitle = found.title_nl
        self.breadcrumbs_items = crumbs({"url": "", "label": found.title_nl})
        old, new = self._chosen(versions)
        may_edit = Instrument.objects.editable_by(self.request.user).filter(pk=found.pk).exists()
        return super().get_context_data(**kwargs) | {
            "instrument": found,
            "versions": versions,
            "formats": list(ENDINGS),
            "old": old,
            "new": new,
            "changes": changes_between(old, new) if old and new else changes_of_draft(found, draft),
            "newest": newest_version(found),
            "untranslated": untranslated(draft),
            "hinders": what_hinders(draft),
            "may_edit": may_edit,
            "breadcrumbs_items": self.breadcrumbs_items,
        }

    def _chosen(
        self, versions: list[InstrumentVersion]
    ) -> tuple[InstrumentVersion | None, InstrumentVersion | None]:
        """Two published versions to compare, when they were asked for."""
        asked = self.request.GET
        by_number = {str(version.number): version for version in versions}
        return by_number.get(asked.get("from", "")), by_number.get(asked.get("to", ""))


class ExportView(View):
    """A published version as a file."""

    def get(self, request: HttpRequest, pk: int, number: int, format: str) -> HttpResponse:
        found = get_object_or_404(Instrument.objects.visible_to(request.user), pk=pk)
        version = get_object_or_404(found.versions, number=number, published_on__isnull=False)
        if format not in ENDINGS:
            raise Http404
        raw, _report = export_instrument(spec_of(version), format=format)
        name = f"{found.code}-{number}.{ENDINGS[format]}"
        disposition = f'attachment; filename="{name}"'
        headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
        return HttpResponse(raw, content_type="application/octet-stream", headers=headers)


class PaperView(View):
    """A published version to print, in the language asked for."""

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        found = get_object_or_404(Instrument.objects.visible_to(request.user), pk=pk)
        version = get_object_or_404(found.versions, number=number, published_on__isnull=False)
        language = request.GET.get("language", "")
        with translation.override(language if language in ("nl", "en") else get_language()):
            back = reverse(f"{NAMESPACE}:overview", args=[pk])
            context = sheet_context(version.pk) | {"crumbs": [(found.title_nl, back)]}
            return render(request, PAPER, context)


class ImportView(WagtailAdminTemplateMixin, TemplateView):
    """First the report of a file, item by item; stored only when that was read and accepted."""

    template_name = "surveys/editor/import.html"
    header_icon = "upload"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.page_title = _("Import a questionnaire")
        self.breadcrumbs_items = crumbs({"url": "", "label": self.page_title})
        form = kwargs.pop("form", None) or ImportForm(user=self.request.user)
        context = super().get_context_data(**kwargs)
        return context | {"form": form, "breadcrumbs_items": self.breadcrumbs_items}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "accepted" in request.POST:
            return self.store(request.POST["accepted"])
        form = ImportForm(request.POST, request.FILES, user=request.user)
        report: dict[str, Any] = {}
        if form.is_valid():
            try:
                report = self.report(form)
            except DomainError as error:
                for line in str(error.message).split("\n"):
                    form.add_error("file", line)
        status = 200 if report else 422
        return self.render_to_response(self.get_context_data(form=form, **report), status=status)

    def report(self, form: ImportForm) -> dict[str, Any]:
        """What the file holds. It goes along with the page, signed; nothing is stored."""
        given = form.cleaned_data
        file = given["file"]
        imported = read_instrument(file.read(), name=file.name, format=given["format"])
        held = {"file": write_json(imported.spec).decode(), "programme": given["programme"].pk}
        return {
            "imported": imported,
            "report": report_of(imported),
            "changes": changes_by(imported.spec),
            "untranslated": untranslated(imported.spec),
            "accepted": signing.dumps(held, salt=SALT, compress=True),
        }

    def store(self, accepted: str) -> HttpResponse:
        """Keep it as a draft, and go on in the editor."""
        try:
            held = signing.loads(accepted, salt=SALT, max_age=GOOD_FOR)
        except signing.BadSignature:
            messages.error(self.request, _("That took too long; choose the file again."))
            return redirect(f"{NAMESPACE}:import")
        user = self.request.user
        programmes = Programme.objects.all()
        if not user.is_superuser:
            programmes = Programme.objects.with_role(user, Role.COORDINATOR)
        programme = get_object_or_404(programmes, pk=held["programme"])
        spec = read_json(held["file"].encode()).spec
        try:
            stored = store_instrument(spec, programme=programme, by=user, publish=False)
        except DomainError as error:
            messages.error(self.request, error.message)
            return redirect(f"{NAMESPACE}:import")
        messages.success(self.request, _("The questionnaire is a draft now; look it over."))
        return redirect(f"{NAMESPACE}:edit", stored.instrument.pk)
