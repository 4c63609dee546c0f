"""Forms of this room: they collect and validate, the domain decides."""

from django import forms

from evaluation.models import AnalysisSettings


class AnalysisSettingsForm(forms.ModelForm):
    class Meta:
        model = AnalysisSettings
        fields = ["learning_with_moderate_decision"]
        widgets = {"learning_with_moderate_decision": forms.RadioSelect}
