"""Forms about good practices and how far they were adopted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Programme
from learningcircles.domain.practices import edit_practice, record_adoption, write_practice
from learningcircles.enums import AdoptionLevel, EvidenceStrength
from learningcircles.forms.actions import IndicatorField
from learningcircles.forms.fields import DateInput, OnceForm, OwnIdsForm, long_text
from learningcircles.models import Action, AdoptionStep, PracticePage
from people.models import Organisation

WORDS = ("title", "what", "for_whom", "context", "what_worked", "costs")
EVIDENCE = ("evidence_theory", "evidence_process", "evidence_result")


def _text(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=4000, widget=long_text()
    )


def _strength(label: Any, help_text: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=EvidenceStrength.choices,
        initial=EvidenceStrength.NONE,
        widget=forms.RadioSelect,
    )


class PracticeWords(forms.Form):
    """What a practice says."""

    title = forms.CharField(label=_("Title"), max_length=120)
    what = _text(_("What is it"), _("So that somebody elsewhere could do it."), required=True)
    for_whom = _text(_("For whom"))
    context = _text(
        _("Context"), _("What was there already, and what would be different elsewhere?")
    )
    what_worked = _text(_("What worked, and what didn't"))
    costs = _text(_("Costs"), _("Money, hours, and whatever else it took."))
    evidence_theory = _strength(
        _("Evidence from theory"), _("Is there a reason, known from research, why it should work?")
    )
    evidence_process = _strength(
        _("Evidence of the process"), _("Was it seen that it is done as it was meant?")
    )
    evidence_result = _strength(
        _("Evidence of the result"), _("Did figures change, and can other causes be ruled out?")
    )
    indicator = IndicatorField(
        label=_("Which figure does it move"), queryset=None, required=False, empty_label=_("none")
    )

    def fill(self, programme: Programme) -> None:
        """The choices that depend on the programme."""
        fields: Any = self.fields
        fields["indicator"].queryset = programme.indicators.prefetch_related("definitions")


class NewPracticeForm(PracticeWords, OnceForm):
    """Write up what works in one's own organisation."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None
    )
    field_order = ["key", "organisation"]

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        user: Any,
        organisations: Any,
        action: Action | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.user, self.action = programme, user, action
        fields: Any = self.fields
        fields["organisation"].queryset = organisations
        self.fill(programme)

    def save(self) -> PracticePage:
        return write_practice(
            self.programme, by=self.user, source_action=self.action, **self.cleaned_data
        )


class EditPracticeForm(PracticeWords, OwnIdsForm):
    """Change what it says, as it was seen."""

    revision_seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, practice: PracticePage, user: Any, **kwargs: Any) -> None:
        names = (*WORDS, *EVIDENCE, "indicator")
        kwargs["initial"] = {
            "revision_seen": practice.latest_revision_id,
            **{name: getattr(practice, name) for name in names},
        }
        super().__init__(*args, **kwargs)
        self.practice, self.user = practice, user
        self.fill(practice.programme)

    def save(self) -> PracticePage:
        return edit_practice(self.practice, by=self.user, **self.cleaned_data)


class AdoptionForm(OnceForm):
    """How far one's own organisation has come with it."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None
    )
    level = forms.ChoiceField(label=_("How far"), choices=AdoptionLevel.choices)
    on = forms.DateField(label=_("Since"), widget=DateInput(), required=False)
    changed = _text(_("What was changed"), _("Needed when it was adapted."))
    reason = _text(_("Why"), _("Needed when it was rejected or stopped."))

    def __init__(
        self, *args: Any, practice: PracticePage, user: Any, organisations: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.practice, self.user = practice, user
        fields: Any = self.fields
        fields["organisation"].queryset = organisations

    def save(self) -> AdoptionStep:
        return record_adoption(self.practice, by=self.user, **self.cleaned_data)
