"""Asking for a file of answers."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from surveys.domain.exports import may_identify, request_export
from surveys.enums import ExportFormat, ExportShape
from surveys.models import Export, Wave


class ExportForm(forms.Form):
    """Format and shape; names only for whoever may have them."""

    format = forms.ChoiceField(label=_("File"), choices=ExportFormat.choices)
    shape = forms.ChoiceField(label=_("Shape"), choices=ExportShape.choices)
    identified = forms.BooleanField(
        label=_("With names and addresses of who answered"), required=False
    )

    def __init__(self, *args: Any, wave: Wave, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wave, self.user = wave, user
        if not may_identify(wave, user):
            del self.fields["identified"]

    def save(self) -> Export:
        """Ask for the file, with labels in the language of the page."""
        return request_export(
            self.wave, by=self.user, language=get_language() or "nl", **self.cleaned_data
        )
