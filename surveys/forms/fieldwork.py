"""Forms of the coordinator while a wave runs: texts, reminders, a list of people, an open link."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Organisation
from surveys.audience import read_people
from surveys.domain.invitations import Guest, correct_address, invite
from surveys.domain.mails import Words, write_words
from surveys.domain.openlinks import MOST_PLACES, offer_places
from surveys.domain.reminders import MOST_DAYS, plan_reminder
from surveys.enums import ReminderBasis
from surveys.models import Invitation, OpenLink, Reminder, Wave
from surveys.queries import participating_organisations


class TextForm(forms.Form):
    """Subject and text of a mail, with placeholders."""

    subject = forms.CharField(label=_("Subject"), max_length=150)
    body = forms.CharField(
        label=_("Text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 16})
    )

    @property
    def words(self) -> Words:
        return Words(self.cleaned_data["subject"], self.cleaned_data["body"])

    def save(self, wave: Wave, *, kind: str, language: str, by: Any) -> bool:
        """Keep the text."""
        write_words(wave, kind=kind, language=language, words=self.words, by=by)
        return True


class ReminderForm(forms.Form):
    """One reminder: so many days after or before."""

    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=MOST_DAYS, initial=7)
    basis = forms.ChoiceField(label=_("Counted"), choices=ReminderBasis.choices)

    def save(self, wave: Wave, *, by: Any) -> Reminder:
        """Plan it."""
        return plan_reminder(wave, by=by, today=timezone.localdate(), **self.cleaned_data)


class UploadForm(forms.Form):
    """A list of people."""

    file = forms.FileField(
        label=_("File (csv or xlsx)"),
        help_text=_(
            "With columns name, email and organisation (its name or code), and if you like "
            "language (nl or en), role (participant or management), department and function."
        ),
    )

    def save(self, wave: Wave, *, by: Any) -> list[Invitation]:
        """Invite everyone in it, or nobody."""
        taking_part = {row.pk: row for row in participating_organisations(wave.cycle)}
        people = read_people(
            self.cleaned_data["file"], self.cleaned_data["file"].name, _by_name(taking_part)
        )
        guests = [
            Guest(
                name=one.name,
                email=one.email,
                organisation=taking_part[one.organisation],
                language=one.language,
                role=one.role,
                department=one.department,
                function=one.function,
            )
            for one in people
        ]
        return invite(wave, guests=guests, by=by)


def _by_name(organisations: dict[int, Organisation]) -> dict[str, int]:
    """Primary keys by name and by code, in lower case."""
    names = {row.name.lower(): pk for pk, row in organisations.items()}
    return names | {row.code.lower(): pk for pk, row in organisations.items()}


class OpenLinkForm(forms.Form):
    """How many places the open link has; none ends it."""

    places = forms.IntegerField(
        label=_("Places"),
        min_value=0,
        max_value=MOST_PLACES,
        help_text=_("So many people can answer by it; 0 ends the link."),
    )

    def save(self, wave: Wave, *, by: Any) -> OpenLink | None:
        """Offer them."""
        return offer_places(wave, places=self.cleaned_data["places"], by=by)


class AddressForm(forms.Form):
    """The right address of somebody whose mail didn't arrive."""

    email = forms.EmailField(label=_("E-mail address"))

    def save(self, wave: Wave, *, mail: int, by: Any) -> Invitation:
        """Send the invitation there."""
        return correct_address(wave, mail_id=mail, email=self.cleaned_data["email"], by=by)
