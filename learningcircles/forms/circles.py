"""Forms about circles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Programme
from learningcircles.domain.circles import add_member, edit_circle, start_circle
from learningcircles.enums import LEADING_ROLES, PlaceKind
from learningcircles.enums import CircleForm as CircleForms
from learningcircles.forms.fields import OnceForm, PersonField, long_text
from learningcircles.models import Circle
from learningcircles.queries import people_of_programme
from people.models import User


def leaders_of(programme: Programme) -> Any:
    """Who may facilitate a circle in this programme."""
    return User.objects.filter(
        appointments__programme=programme, appointments__role__in=LEADING_ROLES, is_active=True
    ).distinct()


class CircleForm(OnceForm):
    """Start a circle, or change what it is about."""

    theme = forms.CharField(
        label=_("Theme"), max_length=120, help_text=_("A few words, as people will say it.")
    )
    goal = forms.CharField(
        label=_("Goal"),
        required=False,
        max_length=2000,
        widget=long_text(),
        help_text=_("What will the organisations be able to do, or do better, because of it?"),
    )
    form = forms.ChoiceField(label=_("How often"), choices=CircleForms, initial=CircleForms.SERIES)
    setting = forms.ChoiceField(
        label=_("Where people meet"), choices=PlaceKind, initial=PlaceKind.ON_SITE
    )
    vote_budget = forms.IntegerField(
        label=_("Points each member may give to topics"), min_value=1, max_value=100, initial=10
    )
    facilitators = forms.ModelMultipleChoiceField(
        label=_("Facilitators"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, programme: Programme, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.user = programme, user
        self.fields["facilitators"].queryset = leaders_of(programme)  # type: ignore[attr-defined]

    def save(self, circle: Circle | None = None) -> Circle:
        """Start the circle, or change it when it is there already."""
        told = dict(self.cleaned_data)
        key = told.pop("key")
        if circle is not None:
            return edit_circle(circle, by=self.user, **told)
        return start_circle(self.programme, by=self.user, key=key, **told)


class MemberForm(forms.Form):
    """Let somebody join a circle."""

    membership = PersonField(
        label=_("Who joins"),
        queryset=None,
        empty_label=_("Choose a person"),
        help_text=_("They get the invitations of all meetings that are still to come."),
    )

    def __init__(self, *args: Any, circle: Circle, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle, self.user = circle, user
        inside = circle.members.current().values("membership")
        people = people_of_programme(user, circle.programme).exclude(pk__in=inside)
        self.fields["membership"].queryset = people  # type: ignore[attr-defined]

    def save(self) -> Any:
        return add_member(self.circle, self.cleaned_data["membership"], by=self.user)
