"""Forms about actions. Those that change one carry the version that the editor saw."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Figure, Indicator, Programme
from learningcircles.domain.actions import (
    add_note,
    agree_action,
    decide_on_action,
    drop_action,
    hand_to_management,
    postpone_action,
    update_action,
)
from learningcircles.domain.changes import WORDS
from learningcircles.enums import OWN_ROLES, ActionStatus, Direction, Horizon, ManagementAnswer
from learningcircles.forms.fields import (
    REASON_LABEL,
    DateInput,
    OnceForm,
    OwnIdsForm,
    PersonField,
    long_text,
)
from learningcircles.models import Action, ActionNote
from learningcircles.presentation import meaning_of
from people.models import Membership, Organisation


class IndicatorField(forms.ModelChoiceField):
    """A choice of an indicator by what it means."""

    def label_from_instance(self, obj: Indicator) -> str:
        newest = next(iter(obj.definitions.all()), None)
        return meaning_of(newest) if newest else obj.code


def people_of(*organisations: Organisation) -> Any:
    """Who in these organisations may own an action."""
    people = Membership.objects.filter(
        organisation__in=organisations, left_on=None, roles__role__in=OWN_ROLES
    )
    return people.select_related("user", "organisation").distinct()


class ActionWords(forms.Form):
    """What an action says."""

    title = forms.CharField(label=_("What will be done"), max_length=200)
    why = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=2000,
        widget=long_text(),
        help_text=_("What should be different because of it?"),
    )
    owner = PersonField(
        label=_("Who does it"), queryset=None, required=False, empty_label=_("not yet known")
    )
    owner_name = forms.CharField(
        label=_("Or somebody without an account"), required=False, max_length=120
    )
    horizon = forms.ChoiceField(
        label=_("Horizon"), choices=Horizon.choices, initial=Horizon.SHORT, widget=forms.RadioSelect
    )
    indicator = IndicatorField(
        label=_("Which figure should it move"),
        queryset=None,
        required=False,
        empty_label=_("none"),
    )
    direction = forms.ChoiceField(
        label=_("In which direction"), choices=Direction.choices, required=False
    )
    move_by = forms.DateField(label=_("Figure moved by"), widget=DateInput(), required=False)

    def fill(self, programme: Programme, people: Any) -> None:
        """The choices that depend on programme and organisation."""
        fields: Any = self.fields
        fields["owner"].queryset = people
        fields["indicator"].queryset = programme.indicators.prefetch_related("definitions")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("owner") and told.get("owner_name"):
            self.add_error("owner_name", _("Name one owner: a person with an account, or a name."))
        if not told.get("indicator") and (told.get("direction") or told.get("move_by")):
            self.add_error("indicator", _("Say which figure should move."))
        return told


class NewActionForm(ActionWords, OnceForm):
    """An action that an organisation logs itself."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None
    )
    due = forms.DateField(label=_("By when"), widget=DateInput(), required=False)
    field_order = [
        "key",
        "organisation",
        "title",
        "why",
        "owner",
        "owner_name",
        "due",
        "horizon",
        "indicator",
        "direction",
        "move_by",
    ]

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        user: Any,
        organisations: Any,
        figure: Figure | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.user, self.figure = programme, user, figure
        fields: Any = self.fields
        fields["organisation"].queryset = organisations
        self.fill(programme, people_of(*organisations))

    def save(self) -> Action:
        return agree_action(self.programme, by=self.user, figure=self.figure, **self.cleaned_data)


class VersionedForm(OwnIdsForm):
    """Changes an action that the editor saw in this version."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, action: Action, user: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": action.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.action, self.user = action, user

    @property
    def told(self) -> dict[str, Any]:
        return {"by": self.user, **self.cleaned_data}


class StatusForm(VersionedForm):
    """One tap: agreed, under way or done."""

    status = forms.ChoiceField(
        choices=[
            (status.value, status.label)
            for status in (ActionStatus.AGREED, ActionStatus.UNDER_WAY, ActionStatus.DONE)
        ]
    )

    def save(self) -> Action:
        return update_action(self.action, **self.told)


class EditActionForm(VersionedForm, ActionWords):
    """Change what an action says."""

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        initial = {name: getattr(action, name) for name in WORDS}
        super().__init__(*args, action=action, initial=initial, **kwargs)
        self.fill(action.programme, people_of(action.organisation))

    def save(self) -> Action:
        return update_action(self.action, **self.told)


class PostponeForm(VersionedForm):
    """Another date, with the reason."""

    due = forms.DateField(label=_("New date"), widget=DateInput())
    reason = forms.CharField(
        label=REASON_LABEL,
        required=False,
        max_length=500,
        help_text=_("Needed for a later date. It stays in the history."),
    )

    def save(self) -> Action:
        return postpone_action(self.action, **self.told)


class DropForm(VersionedForm):
    """Stop with an action."""

    reason = forms.CharField(label=_("Why is it dropped"), max_length=500)

    def save(self) -> Action:
        return drop_action(self.action, **self.told)


class HandOverForm(VersionedForm):
    """Ask management to decide."""

    reason = forms.CharField(label=_("What do you ask of management"), max_length=500)

    def save(self) -> Action:
        return hand_to_management(self.action, **self.told)


class DecideForm(VersionedForm):
    """Management's answer to an action that was handed over; a button for each answer."""

    means = forms.CharField(
        label=_("With which means"),
        required=False,
        max_length=300,
        help_text=_("Hours, money, or somebody. Needed to support it with means."),
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        widget=long_text(2),
        help_text=_("Needed to decline it. It stays in the history."),
    )
    decision = forms.ChoiceField(choices=ManagementAnswer.choices)

    def save(self) -> Action:
        return decide_on_action(self.action, **self.told)


class NoteForm(OnceForm):
    """Write something with an action."""

    text = forms.CharField(
        label=_("Note"),
        max_length=4000,
        widget=long_text(2),
        help_text=_("Everyone who sees this action can read it."),
    )

    def save(self, action: Action, user: Any) -> ActionNote:
        told = self.cleaned_data
        return add_note(action, by=user, text=told["text"], key=told["key"])
