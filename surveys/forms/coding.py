"""Forms of coding: a text to code, a value with its passage, a decision, a codebook's file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Cycle, Programme
from people.models import Organisation, User
from surveys.codebooks.spec import MISSING, NOT_DISCUSSED
from surveys.domain.adjudication import LONGEST_REASON, adjudicate
from surveys.domain.coding_work import (
    CODER_ROLES,
    LONGEST_PASSAGE,
    MOST_CHARACTERS,
    add_text,
    code_variable,
)
from surveys.models import CodedText, CodedVariable, Coding, CodingTask, How

NO_VALUE_CHOICES = [(NOT_DISCUSSED, _("not discussed")), (MISSING, _("missing: can't be told"))]


def choices_of(variable: CodedVariable) -> list[tuple[str, Any]]:
    """The values of a variable, and the two that any variable may get."""
    own = [(value, value) for value in variable.values]
    return own + [choice for choice in NO_VALUE_CHOICES if choice[0] not in variable.values]


class TextForm(forms.Form):
    """A text, and who codes it."""

    cycle = forms.ModelChoiceField(label=_("Round"), queryset=Cycle.objects.none())
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none()
    )
    title = forms.CharField(
        label=_("Title"), max_length=80, help_text=_("A function or a date, no name of a person.")
    )
    body = forms.CharField(
        label=_("Report or transcript"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Names of people taken out. What is coded can't be changed afterwards."),
    )
    first = forms.ModelChoiceField(label=_("First coder"), queryset=User.objects.none())
    second = forms.ModelChoiceField(
        label=_("Second coder"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("Sees nothing of the first until both are done."),
    )

    def __init__(self, programme: Programme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cycles = programme.cycles.order_by("-starts_on")
        taking_part = Organisation.objects.filter(participations__cycle__programme=programme)
        coders = User.objects.filter(
            appointments__programme=programme, appointments__role__in=CODER_ROLES
        ).distinct()
        for name, rows in (
            ("cycle", cycles),
            ("organisation", taking_part.distinct()),
            ("first", coders),
            ("second", coders),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.fields["cycle"].initial = cycles.first()

    def save(self, *, by: Any) -> CodedText:
        data = self.cleaned_data
        coders = [coder for coder in (data["first"], data["second"]) if coder]
        return add_text(
            data["cycle"],
            organisation=data["organisation"],
            title=data["title"],
            body=data["body"],
            coders=coders,
            by=by,
        )


class CodeForm(forms.Form):
    """What a coder sees of one variable in a text."""

    passage = forms.CharField(
        label=_("Passage"),
        max_length=LONGEST_PASSAGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    remark = forms.CharField(label=_("Remark"), max_length=2000, required=False)

    def __init__(self, variable: CodedVariable, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"v{variable.pk}-%s", **kwargs})
        self.variable = variable
        self.fields["values"] = _values_field(variable)
        self.order_fields(["values", "passage", "remark"])

    def save(self, task: CodingTask) -> list[Coding]:
        given = self.cleaned_data["values"]
        return code_variable(
            task,
            self.variable,
            values=given if isinstance(given, list) else [given] if given else [],
            passage=self.cleaned_data["passage"],
            remark=self.cleaned_data["remark"],
        )


def _values_field(variable: CodedVariable) -> forms.Field:
    if variable.several:
        return forms.MultipleChoiceField(
            label=_("Values"),
            choices=choices_of(variable),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    choices = [("", _("no value yet")), *choices_of(variable)]
    return forms.ChoiceField(label=_("Value"), choices=choices, required=False)


class AdjudicationForm(forms.Form):
    """Which value holds, who says so, and why."""

    how = forms.ChoiceField(label=_("Decided"), choices=How.choices)
    reason = forms.CharField(
        label=_("Why this value holds"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, variable: CodedVariable, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.variable = variable
        self.fields["values"] = _values_field(variable)
        self.fields["values"].required = True
        self.order_fields(["values", "how", "reason"])

    def save(self, place: Any, *, by: Any) -> list[Coding]:
        given = self.cleaned_data["values"]
        text = CodedText.objects.get(pk=place.text_id) if place.text_id else None
        return adjudicate(
            self.variable,
            cycle=place.cycle,
            organisation=place.organisation,
            text=text,
            values=given if isinstance(given, list) else [given],
            how=self.cleaned_data["how"],
            reason=self.cleaned_data["reason"],
            by=by,
        )


class CodebookForm(forms.Form):
    """A codebook as a file."""

    file = forms.FileField(
        label=_("File"), help_text=_("REFI-QDA (.qdc), a workbook (.xlsx) or JSON (.json)")
    )
