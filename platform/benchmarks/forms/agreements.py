"""The charter, and the next version of a definition."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benchmarks.domain.charter import FLAGS, WORDS, write_charter
from benchmarks.domain.indicators import settle_definition
from benchmarks.models import Charter, Indicator, IndicatorDefinition, Programme


class CharterForm(forms.ModelForm):
    """The text of the charter, and what it opens to whom."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Charter
        fields = [*WORDS, *FLAGS]
        widgets = {word: forms.Textarea(attrs={"rows": 4}) for word in WORDS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version if self.instance.pk else 0
        for name in (*WORDS, *FLAGS):
            label = str(self.fields[name].label)
            self.fields[name].label = label[:1].upper() + label[1:]

    def write(self, programme: Programme, *, by: Any) -> Charter:
        """Write the next version."""
        said = {name: self.cleaned_data[name] for name in (*WORDS, *FLAGS)}
        return write_charter(programme, by=by, seen=self.cleaned_data["seen"], **said)


class DefinitionForm(forms.ModelForm):
    """What an indicator means from now on."""

    class Meta:
        model = IndicatorDefinition
        fields = [
            *("meaning", "meaning_en", "unit", "unit_en", "numerator", "numerator_en"),
            *("denominator", "denominator_en", "better", "period", "supplied_by"),
            *("lowest", "highest", "reason", "comparable"),
        ]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["reason"] = ""
        self.fields["reason"].required = True
        self.fields["reason"].help_text = _("What was in doubt, and how it was settled.")
        for field in self.fields.values():
            label = str(field.label)
            field.label = label[:1].upper() + label[1:]

    def _post_clean(self) -> None:
        """The version that is shown never changes; another one is made of what was filled in."""

    def settle(self, indicator: Indicator, *, by: Any) -> IndicatorDefinition:
        """Make the next version."""
        return settle_definition(indicator, by=by, **self.cleaned_data)
