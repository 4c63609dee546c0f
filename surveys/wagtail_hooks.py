"""Questionnaires in Wagtail's admin: a snippet with drafts, preview, lock, workflow and copy."""

from copy import copy
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CopyView, EditView, IndexView, SnippetViewSet

from surveys.content import CODE
from surveys.domain.reading import tell_on_now_only
from surveys.forms.instruments import InstrumentForm
from surveys.models import Instrument
from surveys.views.editor import NAMESPACE, ExportView, ImportView, OverviewView, PaperView


class InstrumentIndexView(IndexView):
    """The list, with the way to import a file and to begin from what ships."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        url = reverse(f"{NAMESPACE}:import")
        buttons = [*super().header_buttons, HeaderButton(_("Import"), url=url, icon_name="upload")]
        shipped = Instrument.objects.visible_to(self.request.user).filter(code=CODE).first()
        if shipped is None:
            return buttons
        url = reverse(f"{NAMESPACE}:copy", args=[shipped.pk])
        label = _("Copy the perception survey")
        return [*buttons, HeaderButton(label, url=url, icon_name="copy")]


class InstrumentEditView(EditView):
    """The editor, with the way to what changed and what isn't translated."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        url = reverse(f"{NAMESPACE}:overview", args=[self.object.pk])
        label = _("Changes and translation")
        extra = Button(label, url=url, icon_name="list-ul", priority=5)
        return [*super().header_more_buttons, extra]


class InstrumentCopyView(CopyView):
    """A questionnaire that begins as another one; its code is still to be chosen."""

    def get_initial_form_instance(self) -> Instrument:
        begun = copy(self.get_object())
        begun.pk, begun.code = None, ""
        return begun


class InstrumentViewSet(SnippetViewSet):
    model = Instrument
    icon = "form"
    menu_label = _("Questionnaires")
    menu_order = 90
    add_to_admin_menu = True
    list_display = ["title_nl", "code", "programme", UpdatedAtColumn()]
    search_fields = ["code", "title_nl", "title_en"]
    index_view_class = InstrumentIndexView
    edit_view_class = InstrumentEditView
    copy_view_class = InstrumentCopyView
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("title_nl"), FieldPanel("title_en")]),
            FieldRowPanel([FieldPanel("code"), FieldPanel("programme")]),
            FieldPanel("body"),
        ],
        base_form_class=InstrumentForm,
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return Instrument.objects.editable_by(request.user)

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("import/", ImportView.as_view(), name="import"),
            path("overview/<int:pk>/", OverviewView.as_view(), name="overview"),
            path("paper/<int:pk>/<int:number>/", PaperView.as_view(), name="paper"),
            path(
                "export/<int:pk>/<int:number>/<slug:format>/", ExportView.as_view(), name="export"
            ),
        ]


register_snippet(Instrument, viewset=InstrumentViewSet)


@hooks.register("register_admin_urls")
def no_addresses_of_its_own() -> list[Any]:
    """Nothing to add, but the moment at which all apps are ready and nobody was served yet: Wagtail
    connects its mails after this module is loaded."""
    tell_on_now_only()
    return []


@hooks.register("construct_snippet_action_menu")
def no_unpublishing(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """A published version stays: a wave may be asking it."""
    if context.get("model") is Instrument:
        items[:] = [item for item in items if item.name != "action-unpublish"]
