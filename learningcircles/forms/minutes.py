"""Forms about minutes: what is typed, approved, corrected; and the private part of a session."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcircles.domain.approval import add_addendum, approve_minutes, finalise_minutes
from learningcircles.domain.minutes import LONGEST, Typed, save_minute_text, settle_edit
from learningcircles.domain.own_readings import OwnTyped, save_own_reading, settle_own_reading
from learningcircles.forms.fields import OnceForm, OwnIdsForm, long_text
from learningcircles.models import (
    Addendum,
    AgendaItem,
    MinuteEdit,
    Minutes,
    OwnReadingEdit,
    Session,
)
from people.models import Membership, Organisation


class TypedForm(OwnIdsForm):
    """A text that several people may type at: it names the version that was seen."""

    text = forms.CharField(
        label=_("What is said"), required=False, max_length=LONGEST, widget=long_text(8)
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class MinuteForm(TypedForm):
    """The minutes of one item."""

    def save(
        self, item: AgendaItem, user: Any, edit: MinuteEdit | None = None, going_on: bool = False
    ) -> Typed:
        """Save it; with `edit`, as what came of putting that together with what stood."""
        told = {"version": self.cleaned_data["version"], "text": self.cleaned_data["text"]}
        if edit is not None:
            return settle_edit(edit, by=user, **told)
        return save_minute_text(item, by=user, going_on=going_on, **told)


class OwnReadingForm(TypedForm):
    """What one organisation reads in its own figures; `edit` is a text of `met` that this one
    puts together with what stood."""

    edit = forms.ModelChoiceField(
        queryset=OwnReadingEdit.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        met: Any = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("auto_id", f"own_{organisation.pk}_%s")
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        edits: Any = self.fields["edit"]
        edits.queryset = OwnReadingEdit.objects.none() if met is None else met
        self.fields["text"].label = _("Own reading of %(name)s") % {"name": organisation}

    def save(self, session: Session, user: Any, going_on: bool = False) -> OwnTyped:
        told = {"version": self.cleaned_data["version"], "text": self.cleaned_data["text"]}
        if edit := self.cleaned_data["edit"]:
            return settle_own_reading(edit, by=user, **told)
        return save_own_reading(session, self.organisation, by=user, going_on=going_on, **told)


class ApprovalForm(OwnIdsForm):
    """Right, or what is not."""

    remark = forms.CharField(
        label=_("What is not right"), required=False, max_length=2000, widget=long_text()
    )
    round = forms.IntegerField(widget=forms.HiddenInput)
    approved = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")], widget=forms.HiddenInput)

    def save(self, session: Session, membership: Membership) -> Minutes:
        told = self.cleaned_data
        return approve_minutes(
            session,
            membership=membership,
            round_seen=told["round"],
            approved=told["approved"] == "yes",
            remark=told["remark"],
        )


class FinaliseForm(OwnIdsForm):
    """Final without the word of every organisation, with a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=long_text(2))

    def save(self, session: Session, user: Any) -> Minutes:
        return finalise_minutes(session, by=user, reason=self.cleaned_data["reason"])


class AddendumForm(OnceForm):
    """A correction of final minutes."""

    text = forms.CharField(label=_("Addendum"), max_length=4000, widget=long_text())

    def save(self, session: Session, user: Any) -> Addendum:
        told = self.cleaned_data
        return add_addendum(session, by=user, text=told["text"], key=told["key"])
