"""Forms about who prepares what, and the files for a session."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.uploads import ENDINGS
from learningcircles.domain.action_files import add_action_file
from learningcircles.domain.materials import add_material, ask_preparation
from learningcircles.forms.fields import OnceForm, PersonField
from learningcircles.models import Action, ActionFile, Material, Preparation, Session
from people.models import Membership


def file_field() -> forms.FileField:
    """A file of a kind that may be shared."""
    return forms.FileField(
        label=_("File"),
        help_text=_("Up to 20 MB: pdf, text, pictures, and files of Office or LibreOffice."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )


class MaterialForm(OnceForm):
    """Share a file with those who see the session."""

    title = forms.CharField(label=_("What it is"), max_length=160)
    file = file_field()

    def __init__(self, *args: Any, session: Session, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session, self.user = session, user

    def save(self) -> Material:
        return add_material(self.session, by=self.user, **self.cleaned_data)


class PreparationForm(OnceForm):
    """Ask somebody to prepare something."""

    what = forms.CharField(label=_("Prepares what"), max_length=200)
    membership = PersonField(
        label=_("Who"), queryset=None, required=False, empty_label=_("nobody named")
    )

    def __init__(self, *args: Any, session: Session, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session, self.user = session, user
        fields: Any = self.fields
        fields["membership"].queryset = Membership.objects.filter(
            attendances__session=session, left_on=None
        ).select_related("user", "organisation")

    def save(self) -> Preparation:
        return ask_preparation(self.session, by=self.user, **self.cleaned_data)


class ActionFileForm(OnceForm):
    """Put a file with an action."""

    file = file_field()

    def save(self, action: Action, user: Any) -> ActionFile:
        return add_action_file(action, by=user, **self.cleaned_data)
