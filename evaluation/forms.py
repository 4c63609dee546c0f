"""Forms of this room: they collect and validate, the domain decides."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from evaluation.models import AnalysisSettings, Grade


class AnalysisSettingsForm(forms.ModelForm):
    class Meta:
        model = AnalysisSettings
        fields = ["learning_with_moderate_decision"]
        widgets = {"learning_with_moderate_decision": forms.RadioSelect}


class GradeForm(forms.Form):
    """Another grade for a finding, with the reason."""

    reason = forms.CharField(
        label=_("Why"),
        help_text=_(
            "Everybody who may read the report reads this beside the grade. Name no person and no "
            "organisation."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, grades: Sequence[str], **named: Any) -> None:
        super().__init__(*args, **named)
        choices = [(each, capfirst(Grade(each).label)) for each in grades]
        self.fields["grade"] = forms.ChoiceField(
            label=_("The grade it should have"), choices=choices, widget=forms.RadioSelect
        )
        self.order_fields(["grade", "reason"])


class NoteForm(forms.Form):
    """A note beside a run."""

    text = forms.CharField(
        label=_("A note of yours"),
        help_text=_(
            "It stays with this run, under the date of today. Whoever may see the records of the "
            "report reads it."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
