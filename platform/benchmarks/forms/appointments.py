"""Forms to give people roles in a programme and in the organisations that take part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benchmarks.domain.appointments import appoint
from benchmarks.models import Appointment, Programme
from people.domain.memberships import join_organisation
from people.enums import ORGANISATION_ROLES, PROGRAMME_ROLES
from people.models import Membership, Organisation


class PersonForm(forms.Form):
    """Who it is."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("For who has no account yet; the name of an account stays as it is."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)


class AppointForm(PersonForm):
    """A role in the programme."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in PROGRAMME_ROLES],
        widget=forms.RadioSelect,
    )

    def save(self, programme: Programme, *, by: Any) -> Appointment:
        """Appoint them."""
        return appoint(programme, by=by, **self.cleaned_data)


class JoinForm(PersonForm):
    """A role in an organisation."""

    function = forms.CharField(label=_("Function"), max_length=80, required=False)
    roles = forms.MultipleChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in ORGANISATION_ROLES],
        widget=forms.CheckboxSelectMultiple,
    )

    def save(self, organisation: Organisation, *, by: Any) -> Membership:
        """Let them join it."""
        return join_organisation(organisation, by=by, **self.cleaned_data)
