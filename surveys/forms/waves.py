"""Forms of the coordinator: a new wave, whom to invite, another last day."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Cycle, Programme
from people.models import Membership, Organisation
from surveys.domain.invitations import Guest, invite
from surveys.domain.waves import postpone_last_day, prepare_wave
from surveys.enums import WaveMode
from surveys.models import InstrumentVersion, Invitation, Wave
from surveys.queries import (
    narrowed,
    participating_organisations,
    people_to_invite,
    versions_to_ask,
)
from surveys.structure import in_language

GUEST_ROWS = 3
DAYS_TO_ANSWER = 21


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _in_time(day: dt.date) -> dt.date:
    if day < timezone.localdate():
        raise forms.ValidationError(_("This day has passed already."))
    return day


class CycleField(forms.ModelChoiceField):
    """A round by its name: the programme stands above the form already."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.name


class VersionField(forms.ModelChoiceField):
    """A published questionnaire, by its title and the number of its version."""

    def label_from_instance(self, obj: Any) -> str:
        title = in_language(obj.title_nl, obj.title_en) or obj.instrument.title_nl
        return _("%(title)s, version %(number)d") % {"title": title, "number": obj.number}


class WaveForm(forms.Form):
    """A wave to prepare; without a questionnaire chosen it asks the one that ships."""

    cycle = CycleField(Cycle.objects.none(), label=_("Round"), empty_label=None)
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("For instance: spring 2026. Respondents don't see it."),
    )
    version = VersionField(
        InstrumentVersion.objects.none(),
        label=_("Questionnaire"),
        required=False,
        empty_label=_("The perception survey that ships with Benchlearn"),
        help_text=_("The newest version of each; what a wave asks can't be changed any more."),
    )
    last_day = forms.DateField(label=_("Last day to answer"), widget=_day_input())
    mode = forms.ChoiceField(
        label=_("What is kept of who said what"),
        choices=[
            (WaveMode.ANONYMOUS, _("Anonymous: after closing nobody can tell who said what")),
            (
                WaveMode.PSEUDONYMOUS,
                _("Under a pseudonym: answers of one person can be compared over waves"),
            ),
            (WaveMode.BY_NAME, _("By name: you can read who said what")),
        ],
        initial=WaveMode.ANONYMOUS,
        widget=forms.RadioSelect,
        help_text=_("Respondents read this before they begin; it can't be changed later."),
    )
    target = forms.IntegerField(
        label=_("Target for the response, in percent"), min_value=1, max_value=100, initial=60
    )

    def __init__(self, *args: Any, programme: Programme, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = self.fields["version"]
        assert isinstance(version, forms.ModelChoiceField)
        version.queryset = versions_to_ask(programme, user)
        cycles = Cycle.objects.filter(programme=programme).order_by("-starts_on")
        field = self.fields["cycle"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = cycles
        self.fields["last_day"].initial = timezone.localdate() + dt.timedelta(DAYS_TO_ANSWER)

    def clean_last_day(self) -> dt.date:
        return _in_time(self.cleaned_data["last_day"])

    def save(self, *, by: Any) -> Wave:
        """Prepare the wave."""
        given = self.cleaned_data
        return prepare_wave(
            given["cycle"],
            version=given["version"],
            mode=given["mode"],
            name=given["name"],
            last_day=given["last_day"],
            target=given["target"],
            by=by,
        )


class LastDayForm(forms.Form):
    """Another last day."""

    last_day = forms.DateField(label=_("Last day to answer"), widget=_day_input())

    def clean_last_day(self) -> dt.date:
        return _in_time(self.cleaned_data["last_day"])

    def save(self, wave: Wave, *, by: Any) -> Wave:
        """Move the last day."""
        return postpone_last_day(wave, last_day=self.cleaned_data["last_day"], by=by)


class GuestForm(forms.Form):
    """One row for somebody without an account; all of it, or none of it."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Answers for"), required=False
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("nl", _("Dutch")), ("en", _("English"))], required=False
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        parts = [given.get("name"), given.get("email"), given.get("organisation")]
        if any(parts) and not all(parts) and not self.errors:
            raise forms.ValidationError(_("Give a name, an address and an organisation."))
        return given

    @property
    def guest(self) -> Guest | None:
        """Whom the row asks; None of an empty one."""
        given = self.cleaned_data
        if not given.get("email"):
            return None
        return Guest(
            name=given["name"],
            email=given["email"],
            organisation=given["organisation"],
            language=given.get("language") or "nl",
        )


class InviteForm(forms.Form):
    """Whom to invite: members of the participating organisations, and people without account."""

    people = forms.ModelMultipleChoiceField(Membership.objects.none(), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        wave: Wave,
        chosen: set[int],
        wanted: dict[str, str] | None = None,
    ) -> None:
        """`wanted` narrows the list by role, department and organisation; who is left is chosen."""
        super().__init__(data)
        self.wave = wave
        self.members = list(narrowed(people_to_invite(wave), wanted or {}))
        if any((wanted or {}).values()):
            chosen = {member.pk for member in self.members}
        field = self.fields["people"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = people_to_invite(wave)
        organisations = participating_organisations(wave.cycle)
        self.guests = [
            GuestForm(data, prefix=f"guest{row}", organisations=organisations)
            for row in range(GUEST_ROWS)
        ]
        given = {int(pk) for pk in data.getlist("people") if pk.isdecimal()} if data else chosen
        self.rows = [(member, member.pk in given) for member in self.members]

    def clean(self) -> dict[str, Any]:
        for row in self.guests:
            if not row.is_valid():
                raise forms.ValidationError(_("Look at the people without an account once more."))
        anybody = self.cleaned_data.get("people") or any(row.guest for row in self.guests)
        if not anybody and not self.errors:
            raise forms.ValidationError(_("Choose somebody to invite."))
        return self.cleaned_data

    def save(self, *, by: Any) -> list[Invitation]:
        """Invite them; the mails go out at once when the wave is open."""
        guests = [row.guest for row in self.guests if row.guest is not None]
        return invite(self.wave, memberships=self.cleaned_data["people"], guests=guests, by=by)
