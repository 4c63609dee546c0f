"""The editor's form, and the form of a file to import."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from benchmarks.models import Programme
from people.enums import Role
from surveys.checks import what_hinders
from surveys.domain.imports import READERS
from surveys.editing import spec_of_draft
from surveys.formats.reading import MOST_BYTES

PUBLISHING = ("action-publish", "action-submit", "action-workflow-action")


class InstrumentForm(WagtailAdminModelForm):
    """A draft may be incomplete; what is published or submitted must be right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.for_user
        if user is not None and not user.is_superuser and "programme" in self.fields:
            field = self.fields["programme"]
            mine = Programme.objects.with_role(user, Role.COORDINATOR)
            field.queryset = mine
            field.required = True
            field.empty_label = None
        if self.instance.pk and self.instance.versions.exists() and "code" in self.fields:
            self.fields["code"].disabled = True  # answers are known by it

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if any(name in self.data for name in PUBLISHING) and not self.errors:
            self._check(cleaned)
        return cleaned

    def _check(self, cleaned: dict[str, Any]) -> None:
        """Say everything that hinders publishing, item by item."""
        draft = type(self.instance)(
            code=cleaned.get("code") or self.instance.code,
            title_nl=cleaned.get("title_nl") or "",
            title_en=cleaned.get("title_en") or "",
        )
        draft.body = cleaned.get("body") or []
        for problem in what_hinders(spec_of_draft(draft)):
            self.add_error(None, str(problem))


class ImportForm(forms.Form):
    """A file of another system, to look at before anything is stored."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Benchmark"), empty_label=None
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSForm (.xlsx), LimeSurvey (.txt, .tsv) or JSON, at most 5 MB."),
    )
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("as the file's name tells")), *((name, name) for name in READERS)],
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            Programme.objects.all()
            if user.is_superuser
            else Programme.objects.with_role(user, Role.COORDINATOR)
        )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("A questionnaire is at most 5 MB."))
        return file
