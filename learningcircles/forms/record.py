"""Forms for what is said and agreed in a session: one line each."""

from typing import Any

from django import forms
from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Figure, Participation
from learningcircles.domain.actions import agree_action
from learningcircles.domain.agenda import agree_under
from learningcircles.domain.signals import raise_signal
from learningcircles.enums import OWN_ROLES
from learningcircles.forms.fields import DateInput, LongSelect, OnceForm
from learningcircles.models import Action, AgendaItem, Reading, Session, Signal
from learningcircles.presentation import meaning_of
from people.models import Membership, Organisation

AT_HAND = 3
"""Periods of an indicator that are offered. Forty for each of eight organisations was a list of
thousands, which nobody reads and which took seconds."""


class _Newest(forms.models.ModelChoiceIterator):
    """What is offered: the newest periods of each organisation and indicator."""

    def __init__(self, field: "FigureField") -> None:
        super().__init__(field)
        if self.queryset is not None:
            by_age = Window(
                RowNumber(), partition_by=["organisation", "indicator"], order_by="-period"
            )
            self.queryset = self.queryset.annotate(age=by_age).filter(age__lte=AT_HAND)


class FigureField(forms.ModelChoiceField):
    """A choice of a figure: of which organisation, of what, when. An older one than those that are
    offered is taken too."""

    iterator = _Newest
    widget = LongSelect

    def label_from_instance(self, obj: Figure) -> str:
        meaning = meaning_of(obj.definition)
        value = f"{obj.value.normalize():f}"
        return f"{obj.organisation}: {meaning}, {obj.period} ({value} {obj.definition.unit})"


def figures_at_hand(session: Session, user: Any) -> QuerySet:
    """The figures that this person sees of those at the table, newest first."""
    figures = Figure.objects.visible_to(user).filter(indicator__programme=session.programme)
    if session.organisation_id:
        figures = figures.filter(organisation=session.organisation_id)
    else:
        present = session.attendances.values("membership__organisation")
        figures = figures.filter(organisation__in=present)
    newest = figures.order_by("organisation__name", "indicator__position", "-period")
    return newest.select_related("definition", "organisation", "indicator")


class SignalForm(OnceForm):
    """One line: a signal, and the figure it is about if there is one."""

    text = forms.CharField(
        label=_("Signal"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    figure = FigureField(
        label=_("About which figure"), queryset=None, required=False, empty_label=_("none")
    )

    reading = forms.ModelChoiceField(
        label=_("Because of which reading"),
        queryset=Reading.objects.none(),
        required=False,
        empty_label=_("none"),
    )

    def __init__(self, *args: Any, session: Session, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session, self.user = session, user
        fields: Any = self.fields
        fields["figure"].queryset = figures_at_hand(session, user)
        fields["reading"].queryset = session.readings.all()

    def save(self) -> Signal:
        told = self.cleaned_data
        names = ("text", "figure", "reading", "key")
        return raise_signal(self.session, by=self.user, **{name: told[name] for name in names})


class SessionActionForm(OnceForm):
    """Who, what, by when: an action in one line.

    `who` is a person, "m<membership>", or an organisation that has still to say who, "o<pk>".
    """

    item = forms.ModelChoiceField(
        queryset=AgendaItem.objects.none(), required=False, widget=forms.HiddenInput
    )
    who = forms.ChoiceField(label=_("Who"))
    title = forms.CharField(
        label=_("Does what"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    due = forms.DateField(label=_("By when"), widget=DateInput(), required=False)
    signal = forms.ModelChoiceField(
        label=_("Because of which signal"),
        queryset=Signal.objects.none(),
        required=False,
        empty_label=_("none"),
    )

    def __init__(self, *args: Any, session: Session, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session, self.user = session, user
        fields: Any = self.fields
        fields["signal"].queryset = session.signals.all()
        fields["item"].queryset = session.agenda.all()
        self.people = self._people()
        fields["who"].choices = [("", _("Choose who")), *self._who()]

    def _people(self) -> dict[Organisation, list[Membership]]:
        """Those who take part in the talk, by organisation: guests, and their colleagues."""
        organisations = Participation.objects.filter(cycle__programme=self.session.programme)
        guests = self.session.attendances.values("membership__organisation")
        if self.session.organisation_id:
            organisations = organisations.filter(organisation=self.session.organisation_id)
        elif self.session.attendances.exists():
            organisations = organisations.filter(organisation__in=guests)
        people: dict[Organisation, list[Membership]] = {}
        named = Organisation.objects.filter(pk__in=organisations.values("organisation"))
        for organisation in named:
            people[organisation] = []
        members = Membership.objects.filter(
            organisation__in=named, left_on=None, roles__role__in=OWN_ROLES
        )
        for member in members.select_related("user", "organisation").distinct():
            people[member.organisation].append(member)
        return people

    def _who(self) -> list[Any]:
        return [
            (
                str(organisation),
                [
                    *((f"m{member.pk}", str(member.user)) for member in members),
                    (
                        f"o{organisation.pk}",
                        _("%(name)s, person not yet known") % {"name": organisation},
                    ),
                ],
            )
            for organisation, members in self.people.items()
        ]

    def _owner(self, who: str) -> tuple[Organisation, Membership | None]:
        """The organisation that acts, and its person if one was named."""
        kind, pk = who[0], int(who[1:])
        for organisation, members in self.people.items():
            if kind == "o" and organisation.pk == pk:
                return organisation, None
            for member in members:
                if kind == "m" and member.pk == pk:
                    return organisation, member
        raise forms.ValidationError(_("Choose who."))

    def save(self) -> Action:
        told = self.cleaned_data
        organisation, owner = self._owner(told["who"])
        action = agree_action(
            self.session.programme,
            by=self.user,
            organisation=organisation,
            owner=owner,
            title=told["title"],
            due=told["due"],
            session=self.session,
            signal=told["signal"],
            topic=told["item"].topic if told["item"] else None,
            key=told["key"],
        )
        if told["item"]:
            agree_under(told["item"], action)
        return action
