"""Forms of what comes of an interview: a file, the report, a name in it."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.domain.interview_reports import LONGEST, replace_name, write_report
from surveys.domain.locked_files import MOST_BYTES, attach_file, kind_of
from surveys.models import Interview, InterviewReport, LockedFile

DAYS_KEPT = 60


class FileForm(forms.Form):
    """A recording or transcript."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A transcript (.srt, .vtt, .txt, .docx) or a recording (sound or video)."),
    )
    last_day = forms.DateField(
        label=_("Last day it is kept"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("After this day it is gone, also for you."),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["last_day"].initial = today + dt.timedelta(days=DAYS_KEPT)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("A file has 1 byte to 200 megabytes."))
        kind_of(file.name)
        return file

    def save(self, interview: Interview, *, by: Any) -> LockedFile:
        file = self.cleaned_data["file"]
        return attach_file(
            interview,
            name=file.name,
            raw=file.read(),
            last_day=self.cleaned_data["last_day"],
            today=self.today,
            by=by,
        )


class ReportForm(forms.Form):
    """The text of a report."""

    body = forms.CharField(
        label=_("The report"),
        max_length=LONGEST,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24}),
    )

    def save(self, report: InterviewReport, *, by: Any) -> InterviewReport:
        return write_report(report, body=self.cleaned_data["body"], by=by)


class NameForm(forms.Form):
    """A name, and what stands for it."""

    name = forms.CharField(label=_("Name in the text"), max_length=120)
    pseudonym = forms.CharField(
        label=_("What stands for it"),
        max_length=60,
        help_text=_("For instance: colleague 1, neighbouring town."),
    )

    def save(self, report: InterviewReport, *, by: Any) -> InterviewReport:
        return replace_name(report, by=by, **self.cleaned_data)
