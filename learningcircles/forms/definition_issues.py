"""The form that settles a definition issue."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcircles.domain.definition_issues import settle_definition_issue
from learningcircles.forms.fields import OwnIdsForm, long_text
from learningcircles.models import DefinitionIssue

WORDS = ("meaning", "meaning_en", "unit", "numerator", "denominator")
"""What of a definition is usually in doubt; the rest is changed with the indicator itself."""


class SettleForm(OwnIdsForm):
    """How it was settled, and what the definition says from now on."""

    outcome = forms.CharField(label=_("How it was settled"), max_length=2000, widget=long_text())
    meaning = forms.CharField(label=_("Meaning"), max_length=200)
    meaning_en = forms.CharField(label=_("Meaning in English"), max_length=200, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=40)
    numerator = forms.CharField(label=_("Numerator"), max_length=300, required=False)
    denominator = forms.CharField(label=_("Denominator"), max_length=300, required=False)
    comparable = forms.BooleanField(
        label=_("Figures of the new version may be compared with the earlier ones"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, issue: DefinitionIssue, user: Any, **kwargs: Any) -> None:
        self.newest = issue.indicator.definitions.first()
        kwargs["initial"] = {name: getattr(self.newest, name, "") for name in WORDS}
        super().__init__(*args, **kwargs)
        self.issue, self.user = issue, user

    def save(self) -> DefinitionIssue:
        told = self.cleaned_data
        changes = {
            name: told[name] for name in WORDS if told[name] != getattr(self.newest, name, "")
        }
        return settle_definition_issue(
            self.issue,
            by=self.user,
            outcome=told["outcome"],
            changes=changes,
            comparable=told["comparable"],
        )
