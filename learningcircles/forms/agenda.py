"""Forms about the agenda of a session."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Indicator
from learningcircles.agenda import organisations_at
from learningcircles.domain.agenda import LONGEST, add_item, change_item
from learningcircles.domain.templates import keep_template
from learningcircles.enums import AgendaOrigin, AgendaSection
from learningcircles.forms.fields import OwnIdsForm, PersonField
from learningcircles.models import AgendaItem, AgendaTemplate, Session
from learningcircles.suggestions import name_of
from people.models import Membership, Organisation

OWN_ORIGINS = (AgendaOrigin.STANDING, AgendaOrigin.ORGANISATION, AgendaOrigin.OUTSIDE)
"""Where an item comes from that somebody writes themselves; the others come from a draft."""


class IndicatorField(forms.ModelChoiceField):
    """A choice of an indicator, by what it means."""

    def label_from_instance(self, obj: Indicator) -> str:
        return name_of(obj)


class ItemForm(OwnIdsForm):
    """An item of the agenda: what, in which part, how long, who presents it, from where."""

    title = forms.CharField(label=_("Item of the agenda"), max_length=200)
    section = forms.ChoiceField(label=_("Part of the agenda"), choices=AgendaSection)
    minutes = forms.IntegerField(
        label=_("Time in minutes"), min_value=1, max_value=LONGEST, initial=15
    )
    presenter = PersonField(
        label=_("Who presents it"), queryset=None, required=False, empty_label=_("nobody named")
    )
    presenter_name = forms.CharField(
        label=_("Presenter without an account"), max_length=120, required=False
    )
    origin = forms.ChoiceField(label=_("Where it comes from"), choices=AgendaOrigin)
    organisation = forms.ModelChoiceField(
        label=_("On whose agenda it is"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("nobody's"),
    )
    indicator = IndicatorField(
        label=_("Figure at hand"),
        queryset=None,
        required=False,
        empty_label=_("none"),
        help_text=_("Each at the table sees the values that they may see."),
    )

    def __init__(
        self,
        *args: Any,
        session: Session,
        user: Any,
        item: AgendaItem | None = None,
        **kwargs: Any,
    ) -> None:
        if item is not None:
            kwargs["initial"] = {name: getattr(item, name) for name in self.base_fields}
            kwargs["initial"] |= {"version": item.version}
        super().__init__(*args, **kwargs)
        self.session, self.user, self.item = session, user, item
        fields: Any = self.fields
        at_table = organisations_at(session)
        fields["presenter"].queryset = Membership.objects.filter(
            organisation__in=at_table, left_on=None
        ).select_related("user", "organisation")
        fields["organisation"].queryset = Organisation.objects.filter(pk__in=at_table)
        fields["indicator"].queryset = Indicator.objects.filter(
            programme=session.programme
        ).prefetch_related("definitions")
        if item is None or item.origin in OWN_ORIGINS:
            fields["origin"].choices = [(each.value, each.label) for each in OWN_ORIGINS]
        if item is None:
            fields["section"].initial = AgendaSection.TOPICS
            fields["origin"].initial = AgendaOrigin.STANDING
        else:
            fields["version"] = forms.IntegerField(widget=forms.HiddenInput)

    def save(self) -> AgendaItem:
        told = dict(self.cleaned_data)
        if self.item is None:
            return add_item(self.session, by=self.user, **told)
        return change_item(self.item, by=self.user, **told)


class WayForm(OwnIdsForm):
    """How the agenda is filled; a template that was kept, or without one the usual agenda."""

    DRAFT, TEMPLATE, PREVIOUS = "draft", "template", "previous"
    way = forms.ChoiceField(choices=[(each, each) for each in (DRAFT, TEMPLATE, PREVIOUS)])
    template = forms.ModelChoiceField(
        label=_("Template"),
        queryset=AgendaTemplate.objects.none(),
        required=False,
        empty_label=_("what sessions of this kind usually have"),
    )

    def __init__(self, *args: Any, session: Session, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept: Any = self.fields["template"]
        kept.queryset = AgendaTemplate.objects.visible_to(user).filter(programme=session.programme)


class TemplateForm(OwnIdsForm):
    """The name under which an agenda is kept."""

    name = forms.CharField(
        label=_("Name of the template"),
        max_length=80,
        help_text=_("A name that is there already gets this agenda instead of the one it had."),
    )

    def __init__(self, *args: Any, session: Session, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session, self.user = session, user

    def save(self) -> AgendaTemplate:
        return keep_template(self.session, by=self.user, name=self.cleaned_data["name"])
