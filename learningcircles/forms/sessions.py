"""Forms about planning a session and inviting to it."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Participation, Programme
from learningcircles.domain.sessions import invite, move_session, plan_session
from learningcircles.enums import SessionKind
from learningcircles.forms.fields import (
    DateInput,
    OnceForm,
    PeopleField,
    PersonField,
    TimeInput,
    long_text,
)
from learningcircles.models import Circle, Session
from learningcircles.queries import people_of_programme
from people.models import Organisation


def moment(day: date, clock: time) -> datetime:
    """The moment at which clocks here show this time; refuses an hour that is skipped."""
    local = datetime.combine(day, clock)
    aware = timezone.make_aware(local)
    there = timezone.localtime(aware.astimezone(timezone.get_fixed_timezone(0)))
    if there.replace(tzinfo=None) != local:
        raise forms.ValidationError(
            _("This time does not exist on that day: the clock goes forward.")
        )
    return aware


class WhenAndWhere(forms.Form):
    """What every session has: title, goal, day, time and place."""

    title = forms.CharField(label=_("Title"), max_length=120)
    goal = forms.CharField(
        label=_("Goal"),
        required=False,
        max_length=2000,
        widget=long_text(),
        help_text=_("What do you want to have at the end that you don't have now?"),
    )
    day = forms.DateField(label=_("Day"), widget=DateInput())
    begins = forms.TimeField(label=_("From"), widget=TimeInput())
    ends = forms.TimeField(label=_("Until"), widget=TimeInput())
    place = forms.CharField(label=_("Place"), required=False, max_length=160)
    online_link = forms.URLField(
        label=_("Link to the online meeting"),
        required=False,
        max_length=400,
        assume_scheme="https",
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if {"day", "begins", "ends"} <= set(told):
            if told["ends"] <= told["begins"]:
                self.add_error("ends", _("A session can't end before it starts."))
                return told
            for name, field in (("starts_at", "begins"), ("ends_at", "ends")):
                try:
                    told[name] = moment(told["day"], told[field])
                except forms.ValidationError as error:
                    self.add_error(field, error)
        return told

    def told(self, *names: str) -> dict[str, Any]:
        """The values that the domain wants, by its own names."""
        shared = ("title", "goal", "starts_at", "ends_at", "place", "online_link")
        return {name: self.cleaned_data[name] for name in (*shared, *names)}


class PlanSessionForm(WhenAndWhere, OnceForm):
    """Plan a session; its circle or organisation is invited, and whoever is ticked besides."""

    kind = forms.ChoiceField(label=_("Kind of session"), choices=SessionKind.choices)
    circle = forms.ModelChoiceField(
        label=_("Learning circle"),
        queryset=Circle.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("Its members are invited."),
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("For an interpretation session of one organisation; its people are invited."),
    )
    invitees = PeopleField(label=_("Invite besides"), queryset=None, required=False)
    field_order = ["key", "kind", "circle", "organisation", "title", "goal"]

    def __init__(self, *args: Any, programme: Programme, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.user = programme, user
        fields: Any = self.fields
        fields["circle"].queryset = Circle.objects.filter(programme=programme).running()
        takes_part = Participation.objects.filter(cycle__programme=programme)
        fields["organisation"].queryset = Organisation.objects.visible_to(user).filter(
            pk__in=takes_part.values("organisation")
        )
        fields["invitees"].queryset = people_of_programme(user, programme)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        kind = told.get("kind")
        if kind == SessionKind.LEARNING_CIRCLE and not told.get("circle"):
            self.add_error("circle", _("Choose the learning circle that meets."))
        if kind == SessionKind.INTERPRETATION and not told.get("organisation"):
            self.add_error("organisation", _("Choose the organisation that this session is for."))
        return told

    def save(self) -> Session:
        told = self.told("kind", "circle", "organisation", "invitees", "key")
        return plan_session(self.programme, by=self.user, **told)


class MoveSessionForm(WhenAndWhere):
    """Change a planned session. The sequence tells whether somebody else moved it meanwhile."""

    sequence = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @classmethod
    def initial_of(cls, session: Session) -> dict[str, Any]:
        starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        return {
            "title": session.title,
            "goal": session.goal,
            "day": starts.date(),
            "begins": starts.time(),
            "ends": ends.time(),
            "place": session.place,
            "online_link": session.online_link,
            "sequence": session.sequence,
        }

    def save(self, session: Session, user: Any) -> Session:
        return move_session(session, by=user, **self.told("sequence"))


class InviteForm(forms.Form):
    """Invite one more person to a session."""

    membership = PersonField(
        label=_("Who else is invited"), queryset=None, empty_label=_("Choose a person")
    )

    def __init__(self, *args: Any, session: Session, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session, self.user = session, user
        people = people_of_programme(user, session.programme).exclude(
            pk__in=session.attendances.values("membership")
        )
        self.fields["membership"].queryset = people  # type: ignore[attr-defined]

    def save(self) -> Any:
        return invite(self.session, self.cleaned_data["membership"], by=self.user)
