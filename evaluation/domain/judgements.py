"""What an evaluator adds to a finished run: another grade with its reason, and notes."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.audit import Deed, record
from core.exceptions import InvalidInput, NotNow
from core.models import LeasedState, log_activity
from evaluation.domain.file_orders import order_files
from evaluation.domain.judged import finding_of
from evaluation.models import EvaluatorNote, Grade, GradeChange, Run

ALLOWED: dict[str, tuple[str, ...]] = {
    "improvement": (Grade.STRONG, Grade.PLAUSIBLE, Grade.UNSUPPORTED, Grade.CONTRADICTED),
    "relation": (Grade.PLAUSIBLE, Grade.UNSUPPORTED, Grade.CONTRADICTED),
    "difference": (Grade.PLAUSIBLE, Grade.UNSUPPORTED, Grade.CONTRADICTED),
    "levelling": (Grade.PLAUSIBLE, Grade.UNSUPPORTED),
}
"""The grades that a kind of finding can have: what is seen at one moment is never strong."""


@transaction.atomic
def change_grade(
    run: Run, *, finding: str, grade: str, reason: str, actor: Any = None
) -> GradeChange:
    """Give a finding another grade, with the reason that the report will show.

    Raises InvalidInput without a reason, for a finding that isn't there or a grade it can't have,
    NotNow for a run without a result.
    """
    held = _held(run)
    found = finding_of(held, finding)
    if found is None:
        raise InvalidInput(_("This run has no such finding."))
    if grade not in ALLOWED[found["kind"]]:
        raise InvalidInput(_("A finding of this kind can't have that grade."))
    if grade == found["grade"]:
        raise InvalidInput(_("The finding has this grade already."))
    change = GradeChange.objects.create(
        run=held,
        finding=finding,
        before=found["grade"],
        after=grade,
        reason=_written(reason, _("Say why: the report shows the reason beside the grade.")),
        changed_by=actor,
    )
    log_activity(change, "changed", actor=actor, finding=finding, grade=grade)
    order_files(held)
    about = {"run": held.pk, "before": change.before, "after": change.after}
    record(Deed.GRADE_CHANGED, change, by=actor, scope=held.programme, **about)
    return change


@transaction.atomic
def add_note(run: Run, *, text: str, actor: Any = None) -> EvaluatorNote:
    """Write a note beside a finished run. Raises InvalidInput when it is empty, NotNow for a run
    without a result."""
    held = _held(run)
    note = EvaluatorNote.objects.create(
        run=held, text=_written(text, _("Write something first.")), written_by=actor
    )
    log_activity(note, "written", actor=actor)
    order_files(held)
    return note


def _held(run: Run) -> Run:
    """The row, locked: what is added is added one after the other."""
    held = Run.objects.select_for_update().get(pk=run.pk)
    if held.state != LeasedState.DONE:
        raise NotNow(_("This run has no result yet."))
    return held


def _written(text: str, otherwise: str) -> str:
    written = text.strip()
    if not written:
        raise InvalidInput(otherwise)
    return written
