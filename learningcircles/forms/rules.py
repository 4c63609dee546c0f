"""The form in which a circle says how its actions are followed up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcircles.domain.rules import agree_follow_up_rule
from learningcircles.models import Circle, FollowUpRule
from learningcircles.models.following import A_YEAR


def _days(label: Any, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, min_value=1, max_value=A_YEAR)


class FollowUpRuleForm(forms.Form):
    """Three numbers of days."""

    remind_before = _days(
        _("Days before the date"), _("Then who does it is reminded; and again once it has passed.")
    )
    flag_after = _days(
        _("Days without an owner or a date"),
        _("Then the organisation is asked to name somebody, or a date."),
    )
    escalate_after = _days(
        _("Days past the date"),
        _("Then the management of the organisation is asked to look at it."),
    )

    def __init__(self, *args: Any, circle: Circle, user: Any, **kwargs: Any) -> None:
        rule = getattr(circle, "follow_up_rule", None) or FollowUpRule()
        names = ("remind_before", "flag_after", "escalate_after")
        kwargs["initial"] = {name: getattr(rule, name) for name in names}
        super().__init__(*args, **kwargs)
        self.circle, self.user = circle, user

    def save(self) -> FollowUpRule:
        return agree_follow_up_rule(self.circle, by=self.user, **self.cleaned_data)
