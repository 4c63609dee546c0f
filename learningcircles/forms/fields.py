"""Fields and widgets that the forms of this room share."""

import uuid
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people.models import Membership


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class TimeInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class LongSelect(forms.Select):
    """A select of thousands of lines: no template for each, which takes most of a second. It looks
    the same, and knows no groups."""

    LINE, CHOSEN = (
        '<option value="{}">{}</option>',
        '<option value="{}" selected>{}</option>',
    )

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """All of it, escaped."""
        chosen = self.format_value(value)
        lines = (
            (format_html(self.CHOSEN if str(key) in chosen else self.LINE, key, label),)
            for key, label in self.choices
        )
        own = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        shown = format_html_join("\n", "{}", lines)
        return format_html("<select{}>\n{}\n</select>", flatatt(own), shown)


class OwnIdsForm(forms.Form):
    """A form whose fields have ids of their own: several forms may stand on one page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.removesuffix('Form').lower()}_%s")
        super().__init__(*args, **kwargs)


class OnceForm(OwnIdsForm):
    """A form that makes one record, however often it is posted: its key is unique."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)


class PersonField(forms.ModelChoiceField):
    """A choice of a person, by organisation."""

    def label_from_instance(self, obj: Membership) -> str:
        function = f" ({obj.function})" if obj.function else ""
        return f"{obj.organisation}: {obj.user}{function}"


class PeopleField(forms.ModelMultipleChoiceField):
    """A choice of several persons, by organisation."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Membership) -> str:
        function = f", {obj.function}" if obj.function else ""
        return f"{obj.user}{function} ({obj.organisation})"


def long_text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


REASON_LABEL = _("Reason")
