"""The analysis plan as a form: the same plan that `import-plan` reads from a file."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.domain.plans import DIRECTIONS, PlanDocument, PlannedIndicator
from evaluation.findings.family import CONDITIONS, OUTCOMES
from evaluation.report.plan_words import BETTER, FAMILY, GROUPS
from evaluation.words import VARIABLES


class PlanForm(forms.Form):
    """What will be looked at and what counts. `known` are the indicators with their directions."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    questions = forms.CharField(
        label=_("What do you want to know?"),
        help_text=_("One question on each line."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    family = forms.MultipleChoiceField(
        label=_("What is tested"),
        help_text=_("One correction for testing so many at once covers all that you choose."),
        choices=FAMILY,
        widget=forms.CheckboxSelectMultiple,
    )
    reference_group = forms.ChoiceField(
        label=_("Whom to compare with"), choices=GROUPS, widget=forms.RadioSelect
    )
    conditions = forms.MultipleChoiceField(
        label=_("What may go together with learning"),
        choices=[(each, VARIABLES[each]) for each in CONDITIONS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    outcomes = forms.MultipleChoiceField(
        label=_("Learning"),
        choices=[(each, VARIABLES[each]) for each in OUTCOMES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    judged_well_from = forms.FloatField(
        label=_("Mean from which participants judge the benchmark well"),
        help_text=_("On the five-point scale; for the quality mark."),
        min_value=1,
        max_value=5,
        widget=forms.NumberInput(attrs={"step": "0.1"}),
    )

    def __init__(self, *args: Any, known: Mapping[str, tuple[str, str]], **named: Any) -> None:
        """`known` has the meaning and the direction of each indicator by code."""
        super().__init__(*args, **named)
        self.known = dict(known)
        for place, (code, (meaning, better)) in enumerate(self.known.items()):
            self._add_indicator(place, meaning or code, better)

    def _add_indicator(self, place: int, meaning: str, better: str) -> None:
        self.fields[f"use_{place}"] = forms.BooleanField(label=meaning, required=False)
        if better not in DIRECTIONS:
            self.fields[f"better_{place}"] = forms.ChoiceField(
                label=_("Better"), choices=[("", "–"), *BETTER], required=False
            )
        self.fields[f"least_{place}"] = forms.FloatField(
            label=_("Least change that matters"),
            required=False,
            min_value=0,
            widget=forms.NumberInput(attrs={"step": "any"}),
        )
        for name in (f"use_{place}", f"better_{place}", f"least_{place}"):
            if name in self.fields:
                self.fields[name].widget.attrs["aria-labelledby"] = f"head-{name[:-2]} row-{place}"

    def indicator_rows(self) -> list[dict[str, Any]]:
        """A row for each indicator: code, meaning, and its fields."""
        return [
            {
                "place": place,
                "code": code,
                "meaning": meaning,
                "direction": dict(BETTER).get(better, ""),
                "use": self[f"use_{place}"],
                "better": self[f"better_{place}"] if f"better_{place}" in self.fields else None,
                "least": self[f"least_{place}"],
            }
            for place, (code, (meaning, better)) in enumerate(self.known.items())
        ]

    def general_fields(self) -> list[Any]:
        """The fields that are of no indicator."""
        return [self[name] for name in PlanForm.base_fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for place, (_code, (_meaning, better)) in enumerate(self.known.items()):
            wanted = cleaned.get(f"use_{place}") and better not in DIRECTIONS
            if wanted and not cleaned.get(f"better_{place}"):
                self.add_error(f"better_{place}", _("Say which way is better."))
        if not any(cleaned.get(f"use_{place}") for place in range(len(self.known))) and self.known:
            self.add_error(None, _("Choose at least one indicator."))
        return cleaned

    def document(self) -> PlanDocument:
        """The plan as it was filled in."""
        said = self.cleaned_data
        questions = [line.strip() for line in said["questions"].splitlines() if line.strip()]
        return PlanDocument(
            **{name: said[name] for name in PlanForm.base_fields if name != "questions"},
            questions=questions,
            indicator=[
                PlannedIndicator(
                    code=code,
                    better=said.get(f"better_{place}") or None,
                    least_change=said[f"least_{place}"],
                )
                for place, code in enumerate(self.known)
                if said[f"use_{place}"]
            ],
        )


def initial_of(document: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """What the form starts with: the plan that holds now."""
    planned = {each["code"]: each for each in document["indicator"]}
    found = {name: document[name] for name in PlanForm.base_fields}
    found["questions"] = "\n".join(document["questions"])
    for place, code in enumerate(known):
        each = planned.get(code)
        found[f"use_{place}"] = each is not None
        if each is not None:
            found[f"better_{place}"] = each["better"]
            found[f"least_{place}"] = each["least_change"]
    return found
