"""Where people type, and so may name somebody: each such field, the way from it to its benchmark,
and the page on which it is read.

A test holds this to the register: a personal text is here, or is emptied when its person is erased
(`EMPTIED`), or stays for a reason (`STAYING`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Place:
    """`way` leads from a record to its programme. `page` gives the address of a record. `through`
    names what must be visible to a reader, where the record itself can't say; `is_closed`: what
    stands there is read on its own page alone."""

    model: str
    way: str
    fields: tuple[str, ...]
    page: Callable[[Any], str]
    through: str = ""
    is_closed: bool = False

    @property
    def kind(self) -> type[models.Model]:
        return apps.get_model(self.model)

    def may_read(self, row: Any, user: Any) -> bool:
        """May this person see a piece of the text here?"""
        if self.is_closed:
            return False
        seen = getattr(row, self.through) if self.through else row
        rows = type(seen)._default_manager
        return not hasattr(rows, "visible_to") or rows.visible_to(user).filter(pk=seen.pk).exists()


def _of_programme(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(name, args=[row.programme.code])


def _session(session: Any) -> str:
    return reverse("session", args=[session.programme.code, session.pk])


def _minutes(session: Any) -> str:
    return reverse("session_minutes", args=[session.programme.code, session.pk])


def _action(action: Any) -> str:
    return reverse("action", args=[action.pk])


def _topics(circle: Any) -> str:
    return reverse("circle_topics", args=[circle.programme.code, circle.pk])


def _remarks(answer: Any) -> str:
    wave = answer.response.wave
    return reverse("wave_remarks", args=[wave.cycle.programme.code, wave.pk])


def _practice(row: Any) -> str:
    return reverse("practice", args=[row.pk])


def _coded(text: Any) -> str:
    return reverse("coding_text", args=[text.cycle.programme.code, text.pk])


def _coding(row: Any) -> str:
    if row.text is not None:
        return _coded(row.text)
    return reverse("coding_variable", args=[row.cycle.programme.code, row.variable.code])


def _finding(row: Any) -> str:
    return reverse("report_finding", args=[row.run.programme.code, row.finding])


ROUND = "round__cycle__programme"
PLACES = [
    Place(
        "benchmarks.Figure",
        "indicator__programme",
        ("remark",),
        lambda row: reverse("figures", args=[row.indicator.programme.code]),
    ),
    Place("benchmarks.FigureImport", "programme", ("file_name",), _of_programme("figures")),
    Place(
        "surveys.Answer",
        "response__wave__cycle__programme",
        ("text",),
        _remarks,
        is_closed=True,
    ),
    Place(
        "surveys.RemarkReview",
        "answer__response__wave__cycle__programme",
        ("text", "themes"),
        lambda row: _remarks(row.answer),
        is_closed=True,
    ),
    Place(
        "surveys.MailText",
        "wave__cycle__programme",
        ("subject", "body"),
        lambda row: reverse("wave_texts", args=[row.wave.cycle.programme.code, row.wave_id]),
        through="wave",
    ),
    Place(
        "surveys.Interview",
        ROUND,
        ("place",),
        lambda row: reverse("talk", args=[row.pk]),
    ),
    Place(
        "surveys.TopicNote",
        f"interview__{ROUND}",
        ("text",),
        lambda row: reverse("talk", args=[row.interview_id]),
        is_closed=True,
    ),
    Place(
        "surveys.LockedFile",
        f"interview__{ROUND}",
        ("name",),
        lambda row: reverse("talk_files", args=[row.interview_id]),
    ),
    Place(
        "surveys.InterviewReport",
        f"interview__{ROUND}",
        ("body",),
        lambda row: reverse("interview_report", args=[row.interview_id]),
        is_closed=True,
    ),
    Place("surveys.CodedText", "cycle__programme", ("title", "body"), _coded),
    Place("surveys.Coding", "cycle__programme", ("passage", "remark", "reason"), _coding),
    Place(
        "learningcircles.Session",
        "programme",
        ("title", "goal", "place", "online_link"),
        _session,
    ),
    Place(
        "learningcircles.Attendance",
        "session__programme",
        ("expertise", "substitute_name"),
        lambda row: _session(row.session),
    ),
    *(
        Place(
            f"learningcircles.{model}",
            "session__programme",
            fields,
            lambda row: _minutes(row.session),
        )
        for model, fields in (
            ("Reading", ("text", "context")),
            ("Signal", ("text",)),
            ("Decision", ("text",)),
            ("AgendaItem", ("title", "presenter_name")),
            ("Minutes", ("content", "final_reason")),
        )
    ),
    *(
        Place(
            f"learningcircles.{model}",
            "item__session__programme",
            ("text",),
            lambda row: _minutes(row.item.session),
        )
        for model in ("MinuteText", "MinuteEdit")
    ),
    *(
        Place(
            f"learningcircles.{model}",
            "minutes__session__programme",
            (field,),
            lambda row: _minutes(row.minutes.session),
        )
        for model, field in (("Approval", "remark"), ("Addendum", "text"))
    ),
    *(
        Place(
            f"learningcircles.{model}",
            "session__programme",
            fields,
            lambda row: _session(row.session),
        )
        for model, fields in (("Material", ("title", "file_name")), ("Preparation", ("what",)))
    ),
    Place(
        "learningcircles.DefinitionIssue",
        "programme",
        ("text", "outcome"),
        lambda row: reverse("definition_issue", args=[row.programme.code, row.pk]),
    ),
    Place(
        "learningcircles.Topic",
        "circle__programme",
        ("title", "why"),
        lambda row: _topics(row.circle),
    ),
    Place(
        "learningcircles.TopicVote",
        "topic__circle__programme",
        ("why",),
        lambda row: _topics(row.topic.circle),
    ),
    Place(
        "learningcircles.Action",
        "programme",
        ("title", "why", "owner_name", "drop_reason"),
        _action,
    ),
    *(
        Place(
            f"learningcircles.{model}",
            "action__programme",
            fields,
            lambda row: _action(row.action),
        )
        for model, fields in (
            ("ActionChange", ("before", "after", "reason")),
            ("ActionNote", ("text",)),
            ("ActionFile", ("file_name",)),
            ("ManagementDecision", ("means", "reason")),
        )
    ),
    Place(
        "learningcircles.PracticePage",
        "programme",
        ("title", "what", "for_whom", "context", "what_worked", "costs"),
        _practice,
    ),
    Place(
        "learningcircles.AdoptionStep",
        "practice__programme",
        ("reason", "changed"),
        lambda row: _practice(row.practice),
    ),
    Place("evaluation.GradeChange", "run__programme", ("reason",), _finding, through="run"),
    Place(
        "evaluation.EvaluatorNote",
        "run__programme",
        ("text",),
        lambda row: reverse("report", args=[row.run.programme.code]),
        through="run",
    ),
]
BY_MODEL = {place.model.lower(): place for place in PLACES}

EMPTIED = {
    "people.User": {"email", "name", "phone"},
    "people.Membership": {"function", "department"},
    "people.AccessToken": {"name"},
    "surveys.Invitation": {"name", "email", "department", "function"},
    "surveys.Candidate": {"name", "email", "phone", "function"},
    "surveys.Coding": {"coder"},
    "learningcircles.Paper": {"content"},
    "core.OutboxMail": {"to", "subject", "body", "attachment", "server_answer"},
    "core.ActivityEntry": {"details"},
    "axes.AccessAttempt": {"username"},
    "axes.AccessFailureLog": {"username"},
    "sessions.Session": {"session_data"},
}
"""Of the person, or written by Benchlearn with their name: gone or made anew (erasing.py)."""

STAYING = {
    "surveys.MailStop": "an objection to mail stays, else it would be forgotten",
    "surveys.Response": "background without a name",
    "benchmarks.Participation": "a file and a row of it",
    "learningcircles.OwnReading": "private to an organisation: who runs the benchmark sees none",
    "learningcircles.OwnReadingEdit": "as above",
    "core.AuditEntry": "numbers of accounts, no names; it can't be changed",
}
