"""The one line in which a session's reading, decision or definition issue is noted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcircles.domain.decisions import note_decision
from learningcircles.domain.definition_issues import park_definition_issue
from learningcircles.domain.readings import note_reading
from learningcircles.domain.signals import raise_signal
from learningcircles.enums import NoteKind
from learningcircles.forms.fields import OnceForm
from learningcircles.forms.record import FigureField, figures_at_hand
from learningcircles.models import AgendaItem, Session


class NoteForm(OnceForm):
    """What kind of note, what it says, and the figure it is about if there is one."""

    kind = forms.ChoiceField(label=_("Kind of note"), choices=NoteKind)
    text = forms.CharField(
        label=_("What was said or decided"),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    item = forms.ModelChoiceField(
        queryset=AgendaItem.objects.none(), required=False, widget=forms.HiddenInput
    )
    figure = FigureField(
        label=_("About which figure"), queryset=None, required=False, empty_label=_("none")
    )

    def __init__(self, *args: Any, session: Session, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session, self.user = session, user
        fields: Any = self.fields
        fields["figure"].queryset = figures_at_hand(session, user)
        fields["item"].queryset = session.agenda.all()

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("kind") == NoteKind.DEFINITION_ISSUE and not told.get("figure"):
            self.add_error("figure", _("Choose the figure whose definition is in doubt."))
        return told

    def save(self) -> Any:
        told = self.cleaned_data
        about: dict[str, Any] = {"by": self.user}
        about |= {name: told[name] for name in ("text", "key", "item")}
        if told["kind"] == NoteKind.SIGNAL:
            return raise_signal(self.session, figure=told["figure"], **about)
        if told["kind"] == NoteKind.READING:
            return note_reading(self.session, figure=told["figure"], **about)
        if told["kind"] == NoteKind.DECISION:
            return note_decision(self.session, **about)
        return park_definition_issue(self.session, indicator=told["figure"].indicator, **about)
