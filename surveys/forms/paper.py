"""A sheet of paper that is typed in: one field a question, checked in one pass."""

import datetime as dt
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from core.exceptions import InvalidInput
from people.models import Organisation
from surveys.domain.paper import enter_paper
from surveys.given import Given
from surveys.models import Wave
from surveys.models.responses import new_row_id
from surveys.paper import PaperPage, pages_on_paper, read_typed
from surveys.queries import participating_organisations
from surveys.structure import AskedItem, questionnaire

SALT = "surveys.paper"
PREFIX = "answer-"


class PaperForm(forms.Form):
    """The organisation, the number of the sheet (signed), and what was typed by code of an item."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation of who filled it in"),
        to_field_name="code",
    )
    sheet = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, wave: Wave, organisation: str = "") -> None:
        super().__init__(data)
        self.wave = wave
        self.asked = questionnaire(wave.version_id)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = participating_organisations(wave.cycle).order_by("name")
        field.initial = organisation
        self.fields["sheet"].initial = signing.dumps(new_row_id(), salt=SALT)
        posted = data or {}
        codes = [item.code for item in self.asked.answerable]
        self.typed = {code: posted.get(f"{PREFIX}{code}", "") for code in codes}
        self.given: dict[AskedItem, Given] = {}
        self.wrong: dict[str, Any] = {}

    def clean_sheet(self) -> int:
        try:
            return int(signing.loads(self.cleaned_data["sheet"], salt=SALT))
        except signing.BadSignature as error:
            raise forms.ValidationError(_("Load the page again: this form is not ours.")) from error

    def clean(self) -> dict[str, Any]:
        for item in self.asked.answerable:
            try:
                given = read_typed(item, self.typed[item.code])
            except InvalidInput as error:
                self.wrong[item.code] = error.message
                continue
            if given is not None:
                self.given[item] = given
        if self.wrong:
            raise forms.ValidationError(_("Some answers can't be read; they are marked below."))
        return self.cleaned_data

    @property
    def pages(self) -> list[PaperPage]:
        """The questions, with what was typed and what is wrong with it."""
        return pages_on_paper(self.asked, self.typed, self.wrong)

    def save(self, *, by: Any, on: dt.date) -> bool:
        """Keep the sheet; False when it was sent before."""
        return enter_paper(
            self.wave,
            sheet=self.cleaned_data["sheet"],
            organisation=self.cleaned_data["organisation"],
            given=self.given,
            by=by,
            on=on,
        )
