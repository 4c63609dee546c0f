"""What becomes of the people in a programme that is over: who they were goes, what was measured and
agreed stays.

A programme is over when its last round has ended. After the years that the installation keeps
(`BENCHLEARN_PROGRAMME_YEARS`) every model of the register with the period "programme" is brought to
what `RULES` says; a test holds the two to each other.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.files.storage import storages
from django.db import models, transaction
from django.db.models import QuerySet

from benchmarks.ending import over_since
from benchmarks.models import Participation, Programme
from core.audit import Deed, record
from core.models import log_activity
from learningcircles.enums import ChangedField
from surveys.models import Coding


@dataclass(frozen=True, slots=True)
class Rule:
    """`ways` lead from a record to its programme. With `gone` the records go, those of them that
    `only` says; else these fields get these values (`without`). `file` names a private file that
    goes too; `stays` says why nothing happens."""

    ways: tuple[str, ...]
    gone: bool = False
    without: Mapping[str, Any] = field(default_factory=dict)
    only: models.Q | None = None
    file: str = ""
    stays: str = ""


def _gone(*ways: str, **more: Any) -> Rule:
    return Rule(ways, gone=True, **more)


def _without(way: str, **fields: Any) -> Rule:
    return Rule((way,), without=fields)


SESSION, ITEM, ACTION, WAVE = (
    "session__programme",
    "item__session__programme",
    "action__programme",
    "wave__cycle__programme",
)
NOBODY: dict[str, Any] = {"role": "", "department": "", "function": ""}

RULES: dict[str, list[Rule]] = {
    "benchmarks.CharterConsent": [_without("charter__programme", given_by=None)],
    "benchmarks.FigureImport": [_gone("programme")],
    "benchmarks.StandingName": [_gone("programme")],
    "benchmarks.Figure": [_without("indicator__programme", remark="")],
    "benchmarks.Participation": [
        Rule(("cycle__programme",), stays="who decided is told by role; its contact people go")
    ],
    "surveys.Instrument": [_without("programme", locked_by=None)],
    "surveys.RemarkReview": [_gone("answer__response__wave__cycle__programme")],
    "surveys.Answer": [_gone("response__wave__cycle__programme", only=~models.Q(text=""))],
    "surveys.Response": [_without(WAVE, invitation=None, pseudonym="", **NOBODY)],
    "surveys.MailStop": [_gone("programme")],
    "surveys.InterviewReport": [_gone("interview__round__cycle__programme")],
    "surveys.CodedText": [_without("cycle__programme", body="", title="–", interviewer=None)],
    "surveys.CodingTask": [_gone("text__cycle__programme")],
    "surveys.Coding": [
        _without(
            "cycle__programme", passage="", remark="", reason="", coder_user=None, starts_at=None
        )
    ],
    "learningcircles.SessionFeedback": [_gone("attendance__session__programme")],
    "learningcircles.Attendance": [_gone(SESSION)],
    "learningcircles.TopicVote": [_gone("topic__circle__programme")],
    "learningcircles.Intermediary": [_gone("circle__programme")],
    "learningcircles.CircleMember": [_gone("circle__programme")],
    "learningcircles.Session": [_without("programme", led_by=None, place="", online_link="")],
    "learningcircles.Reading": [_without(SESSION, noted_by=None, context="")],
    "learningcircles.Signal": [_without(SESSION, raised_by=None)],
    "learningcircles.Topic": [_without("circle__programme", proposed_by=None, why="")],
    "learningcircles.Decision": [_without(SESSION, noted_by=None)],
    "learningcircles.DefinitionIssue": [_without("programme", raised_by=None, settled_by=None)],
    "learningcircles.AgendaItem": [_without(SESSION, presenter=None, presenter_name="")],
    "learningcircles.Preparation": [_gone(SESSION)],
    "learningcircles.Material": [_gone(SESSION, file="file")],
    "learningcircles.MinuteText": [_gone(ITEM)],
    "learningcircles.MinuteEdit": [_gone(ITEM)],
    "learningcircles.Approval": [_gone("minutes__session__programme")],
    "learningcircles.Addendum": [_gone("minutes__session__programme")],
    "learningcircles.Paper": [
        _gone("circle__programme", file="file"),
        _gone("minutes__session__programme", file="file"),
    ],
    "learningcircles.Minutes": [_gone(SESSION)],
    "learningcircles.OwnReadingEdit": [_gone("own_reading__session__programme")],
    "learningcircles.OwnReading": [_gone(SESSION)],
    "learningcircles.Action": [
        _without("programme", owner=None, owner_name="", why=""),
        Rule(("programme",), without={"drop_reason": "–"}, only=~models.Q(drop_reason="")),
    ],
    "learningcircles.ActionChange": [
        _gone(ACTION, only=models.Q(field__in=(ChangedField.OWNER, ChangedField.WHY))),
        _without(ACTION, actor=None, reason=""),
    ],
    "learningcircles.ActionNote": [_gone(ACTION)],
    "learningcircles.ActionFile": [_gone(ACTION, file="file")],
    "learningcircles.ActionReminder": [_gone(ACTION)],
    "learningcircles.ManagementDecision": [_without(ACTION, by=None)],
    "learningcircles.AdoptionStep": [_without("practice__programme", by=None)],
    "learningcircles.AgendaTemplate": [_without("programme", kept_by=None)],
    "learningcircles.PracticePage": [_without("programme", owner=None)],
    "evaluation.Run": [_without("programme", requested_by=None)],
    "evaluation.RunInput": [Rule(("run__programme",), stays="names nobody")],
    "evaluation.GradeChange": [_without("run__programme", changed_by=None)],
    "evaluation.EvaluatorNote": [_without("run__programme", written_by=None)],
    "evaluation.AnalysisPlan": [_without("programme", fixed_by=None)],
}
"""In this order: what belongs to others goes before them."""


def forget_closed(today: dt.date) -> int:
    """Bring each of them to what stays; how many."""
    found = list(over_since(today))
    for programme in found:
        forget_people(programme, today=today)
    return len(found)


@transaction.atomic
def forget_people(programme: Programme, *, today: dt.date) -> dict[str, int]:
    """Take who they were out of a programme that is over; how many records changed or went. The
    audit log has the sum, the activity log each kind."""
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    counts: dict[str, int] = {}
    _number_coders(held)
    Participation.contacts.through.objects.filter(participation__cycle__programme=held).delete()
    for label, rules in RULES.items():
        counts[label] = sum(_apply(label, rule, way, held) for rule in rules for way in rule.ways)
    Programme.objects.filter(pk=held.pk).update(people_forgotten_on=today)
    told = {label: count for label, count in counts.items() if count}
    log_activity(held, "people forgotten", **told)
    record(Deed.PROGRAMME_FORGOTTEN, held, scope=held, records=sum(told.values()))
    return told


def _apply(label: str, rule: Rule, way: str, programme: Programme) -> int:
    rows = apps.get_model(label)._base_manager.filter(**{way: programme})
    if rule.only is not None:
        rows = rows.filter(rule.only)
    if rule.gone:
        _forget_files(rows, rule.file)
        count = rows.count()
        rows.delete()
        return int(count)
    if not rule.without:
        return 0
    if label == "learningcircles.PracticePage":  # its owner is a column of the table above it
        numbers = list(rows.values_list("pk", flat=True))
        return int(
            apps.get_model("wagtailcore.Page").objects.filter(pk__in=numbers).update(owner=None)
        )
    return int(rows.update(**rule.without))


def _forget_files(rows: QuerySet, column: str) -> None:
    """Remove their files, once it is certain that the rows are gone."""
    if not column:
        return
    names = [name for name in rows.values_list(column, flat=True) if name]

    def remove() -> None:
        for name in names:
            storages["private"].delete(name)

    transaction.on_commit(remove)


def _number_coders(programme: Programme) -> None:
    """Coders stay apart, since agreement is counted between them; their names go."""
    rows = Coding.objects.filter(cycle__programme=programme)
    names = rows.order_by("coder").values_list("coder", flat=True).distinct()
    for number, name in enumerate(list(names), start=1):
        rows.filter(coder=name).update(coder=f"#{number}")
