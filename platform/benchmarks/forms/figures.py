"""A file of figures, figures of one's own, the status of one, a group to compare with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benchmarks.domain.entry import Entry, enter_figures, striking
from benchmarks.domain.figures import Stored, judge_figure, prepare_import
from benchmarks.domain.groups import choose_group
from benchmarks.enums import FigureStatus
from benchmarks.importing.checking import Wrong, check_value
from benchmarks.models import ChosenGroup, Figure, FigureImport, IndicatorDefinition, Programme
from people.models import Organisation


class FigureFileForm(forms.Form):
    """A file of figures."""

    file = forms.FileField(
        label=gettext_lazy("File (csv or xlsx)"),
        help_text=gettext_lazy(
            "With columns organisation, indicator, period and value; or with a column for each "
            "indicator or each period. A period is written 2024, 2024-Q1 or 2024-01."
        ),
    )

    def save(self, programme: Programme, *, by: Any) -> FigureImport:
        """Check it, and keep it until it is confirmed."""
        file = self.cleaned_data["file"]
        return prepare_import(programme, name=file.name, raw=file.read(), by=by)


class StatusForm(forms.Form):
    """What one thinks of a figure."""

    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=FigureStatus.choices)
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, may_check: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_check:
            left = [choice for choice in FigureStatus.choices if choice[0] != FigureStatus.CHECKED]
            self.fields["status"].choices = left  # type: ignore[attr-defined]

    def save(self, figure: Figure, *, by: Any) -> Figure:
        """Say it."""
        return judge_figure(figure, by=by, **self.cleaned_data)


class GroupForm(forms.Form):
    """The organisations that one wants to compare with."""

    others = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Organisations to compare with"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"].queryset = others  # type: ignore[attr-defined]

    def save(self, programme: Programme, organisation: Organisation) -> ChosenGroup:
        """Keep the choice."""
        return choose_group(programme, organisation, others=self.cleaned_data["others"])


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator in the form: its definition, and its two fields."""

    definition: IndicatorDefinition
    value: Any
    remark: Any
    seen: Any


class EntryForm(forms.Form):
    """The figures of one organisation for one period, a line for each indicator."""

    looked = forms.BooleanField(
        label=gettext_lazy("I looked at these values again; they are right"), required=False
    )

    def __init__(
        self,
        *args: Any,
        definitions: Iterable[IndicatorDefinition],
        figures: dict[int, Figure],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.definitions = list(definitions)
        self.striking: list[str] = []
        for definition in self.definitions:
            self._add(definition, figures.get(definition.indicator_id))

    def _add(self, definition: IndicatorDefinition, figure: Figure | None) -> None:
        key = definition.indicator_id
        number = f"{figure.value.normalize():f}" if figure else ""
        self.fields[f"value_{key}"] = forms.CharField(
            label=definition.wording,
            required=False,
            max_length=40,
            initial=number,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        )
        self.fields[f"remark_{key}"] = forms.CharField(
            label=_("Remark on “%(indicator)s”") % {"indicator": definition.wording},
            required=False,
            max_length=1000,
            initial=figure.remark if figure else "",
        )
        self.fields[f"seen_{key}"] = forms.CharField(
            required=False, initial=number, widget=forms.HiddenInput
        )

    def lines(self) -> Iterator[Line]:
        """The lines, in the order of the indicators."""
        for definition in self.definitions:
            key = definition.indicator_id
            fields = (self[f"{name}_{key}"] for name in ("value", "remark", "seen"))
            yield Line(definition, *fields)

    def clean(self) -> dict[str, Any]:
        """Each value must be possible."""
        cleaned = super().clean() or {}
        for definition in self.definitions:
            name = f"value_{definition.indicator_id}"
            text = cleaned.get(name, "").strip()
            try:
                cleaned[name] = check_value(text, definition) if text else None
            except Wrong as wrong:
                self.add_error(name, f"{wrong}.")
        return cleaned

    def entries(self) -> list[Entry]:
        """What was filled in."""
        given = self.cleaned_data
        return [
            Entry(
                each.indicator_id,
                each.pk,
                given[f"value_{each.indicator_id}"],
                given[f"remark_{each.indicator_id}"],
                _number(given[f"seen_{each.indicator_id}"]),
            )
            for each in self.definitions
        ]

    def save(
        self, programme: Programme, organisation: Organisation, *, period: str, by: Any
    ) -> Stored | None:
        """Store it; None when values jump and nobody said yet that they are right."""
        entries = self.entries()
        if not self.cleaned_data["looked"]:
            named = {str(each.indicator_id): each.wording for each in self.definitions}
            self.striking = [
                f"{named[problem.column]}: {problem.text}"
                for problem in striking(organisation, period, entries)
            ]
            if self.striking:
                return None
        return enter_figures(programme, organisation, period=period, entries=entries, by=by)


def _number(text: str) -> Decimal | None:
    """The value that stood in the form; what can't be one was none."""
    return Decimal(text) if text.replace(".", "", 1).lstrip("-").isdigit() else None
