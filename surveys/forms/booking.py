"""Forms of booking: an interviewer's hours, and what a respondent says."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.domain.asking import Colleague
from surveys.domain.diaries import keep_diary
from surveys.enums import WhyDeclined
from surveys.models import Diary, WeeklyHours
from surveys.zones import CHOICES

LONGEST_WAIT = 1000


def _time() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class DiaryForm(forms.Form):
    """What lies around an interview."""

    before = forms.IntegerField(label=_("Minutes free before a talk"), min_value=0, max_value=240)
    after = forms.IntegerField(label=_("Minutes free after a talk"), min_value=0, max_value=240)
    travel = forms.IntegerField(
        label=_("Minutes of travel to a visit, one way"), min_value=0, max_value=480
    )
    most_a_day = forms.IntegerField(label=_("Most talks a day"), min_value=1, max_value=20)
    lead_hours = forms.IntegerField(
        label=_("Hours beforehand"),
        min_value=0,
        max_value=LONGEST_WAIT,
        help_text=_("Nobody can choose a time that is nearer than this."),
    )
    time_zone = forms.ChoiceField(label=_("Your clock"), choices=CHOICES)
    video_link = forms.URLField(
        label=_("Address for talks by video"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("Stands in the invitation of who chooses a talk by video."),
    )

    def __init__(self, diary: Diary, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(diary, name) for name in type(self).base_fields}
        super().__init__(*args, **kwargs)
        self.diary = diary

    def save(self, weekly: Any, other_days: Any) -> Diary:
        return keep_diary(
            self.diary,
            weekly=[(int(row["weekday"]), row["starts"], row["ends"]) for row in rows_of(weekly)],
            other_days=[(row["day"], row["starts"], row["ends"]) for row in rows_of(other_days)],
            **self.cleaned_data,
        )


def rows_of(formset: Any) -> list[dict[str, Any]]:
    """What stands in the rows that are kept."""
    return [
        form.cleaned_data
        for form in formset.forms
        if form.has_changed() or form.initial
        if form.cleaned_data and not form.cleaned_data.get("DELETE")
    ]


class WeeklyForm(forms.Form):
    """Hours of every week."""

    weekday = forms.ChoiceField(label=_("Day"), choices=[("", "–"), *WeeklyHours.WEEKDAYS])
    starts = forms.TimeField(label=_("From"), widget=_time())
    ends = forms.TimeField(label=_("Until"), widget=_time())


class OtherDayForm(forms.Form):
    """A day that isn't like its week."""

    day = forms.DateField(
        label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    starts = forms.TimeField(label=_("From"), widget=_time(), required=False)
    ends = forms.TimeField(label=_("Until"), widget=_time(), required=False)


WeeklySet = forms.formset_factory(WeeklyForm, extra=2, can_delete=True, max_num=40)
OtherDaySet = forms.formset_factory(OtherDayForm, extra=2, can_delete=True, max_num=200)


def hours_forms(diary: Diary, data: Any = None) -> tuple[Any, Any]:
    """Both lists of hours of a diary, to be changed; days that have passed stay out."""
    weekly = list(diary.weekly.values("weekday", "starts", "ends"))
    coming = diary.other_days.filter(day__gte=dt.date.today())
    days = list(coming.values("day", "starts", "ends"))
    return (
        WeeklySet(data, initial=weekly, prefix="weekly"),
        OtherDaySet(data, initial=days, prefix="day"),
    )


class DeclineForm(forms.Form):
    """Why not."""

    reason = forms.ChoiceField(
        label=_("Why"),
        choices=[
            (why.value, why.label)
            for why in WhyDeclined
            if why not in (WhyDeclined.COLLEAGUE, WhyDeclined.NO_ANSWER)
        ],
        widget=forms.RadioSelect,
    )


class ColleagueForm(forms.Form):
    """Somebody of the same organisation."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"))

    def colleague(self) -> Colleague:
        return Colleague(self.cleaned_data["name"], self.cleaned_data["email"])
