"""Coding a text: who codes it, what they see in it, and when they are done."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from benchmarks.models import Cycle
from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from people.enums import Role
from people.models import Organisation
from surveys.codebooks.spec import NO_VALUES, NOT_DISCUSSED
from surveys.coding_queries import newest_codebook
from surveys.domain.codings import check_value
from surveys.models import CodedText, CodedVariable, Coding, CodingTask, InterviewRound

MOST_CHARACTERS = 400_000
LONGEST_PASSAGE = 10_000
CODER_ROLES = (Role.COORDINATOR, Role.FACILITATOR)


@transaction.atomic
def add_text(
    cycle: Cycle,
    *,
    organisation: Organisation,
    title: str,
    body: str,
    coders: Sequence[Any],
    by: Any,
    interviewer: Any = None,
    round: InterviewRound | None = None,
) -> CodedText:
    """Store a text and ask its coders: one, or two and more who don't see each other's work.

    Raises InvalidInput when there is no codebook, the organisation doesn't take part, a coder
    doesn't lead or run the programme, or who held the interview would be its only coder of two.
    """
    if newest_codebook(cycle.programme_id) is None:
        raise InvalidInput(_("The programme has no codebook yet; import one first."))
    if not cycle.participations.filter(organisation=organisation).exists():
        raise InvalidInput(_("This organisation doesn't take part in the round."))
    body = body.replace("\r\n", "\n").strip()
    if not body or len(body) > MOST_CHARACTERS:
        raise InvalidInput(_("A text has 1 to 400,000 characters."))
    _check_coders(cycle, coders)
    text = CodedText.objects.create(
        cycle=cycle,
        organisation=organisation,
        round=round,
        title=title,
        body=body,
        interviewer=interviewer,
    )
    CodingTask.objects.bulk_create(CodingTask(text=text, coder=coder) for coder in coders)
    log_activity(text, "asked coders", actor=by, coders=len(coders))
    return text


def _check_coders(cycle: Cycle, coders: Sequence[Any]) -> None:
    if not coders or len({coder.pk for coder in coders}) < len(coders):
        raise InvalidInput(_("Choose different people to code the text."))
    able = cycle.programme.appointments.filter(role__in=CODER_ROLES).values_list("user", flat=True)
    if not {coder.pk for coder in coders} <= set(able):
        raise InvalidInput(_("Only who leads or runs the programme codes its interviews."))


@transaction.atomic
def code_variable(
    task: CodingTask,
    variable: CodedVariable,
    *,
    values: Sequence[str],
    passage: str = "",
    remark: str = "",
) -> list[Coding]:
    """What the coder sees of a variable in the text: replaces what they saw in it before.

    No values takes the coding away. A value needs the passage that it rests on, which must stand
    in the text; missing and not discussed have none. Raises NotNow once the coder is done, and
    InvalidInput for what can't be.
    """
    task = (
        CodingTask.objects.select_for_update(of=("self",))
        .select_related("text__cycle", "coder")
        .get(pk=task.pk)
    )
    if task.finished_at:
        raise NotNow(_("You are done with this text; what you saw in it stays as it is."))
    place = _check_coding(task.text, variable, values, passage)
    own = Coding.objects.filter(text=task.text, coder_user=task.coder, adjudicates=False)
    own.filter(variable=variable).delete()
    told = {"passage": _plain(passage), "starts_at": place, "remark": remark.strip()}
    return Coding.objects.bulk_create(_coding(task, variable, value, **told) for value in values)


def _plain(passage: str) -> str:
    return passage.replace("\r\n", "\n").strip()


def _check_coding(
    text: CodedText, variable: CodedVariable, values: Sequence[str], passage: str
) -> int | None:
    """Where the passage begins; None without one. Raises InvalidInput."""
    newest = newest_codebook(text.cycle.programme_id)
    if newest is None or variable.codebook_id != newest.pk:
        raise InvalidInput(_("This variable is not in the newest codebook; load the page again."))
    if len(values) > 1 and (not variable.several or NO_VALUES & set(values)):
        raise InvalidInput(_("This variable has one value at a time."))
    for value in values:
        check_value(variable, value)
    plain = _plain(passage)
    if set(values) - NO_VALUES and not plain:
        raise InvalidInput(_("Mark the passage that this value rests on."))
    if not plain:
        return None
    place = text.body.find(plain)
    if place < 0 or len(plain) > LONGEST_PASSAGE:
        raise InvalidInput(_("This passage isn't in the text; mark it, or copy it exactly."))
    return place


@transaction.atomic
def finish_coding(task: CodingTask) -> CodingTask:
    """The coder is done: nothing changes any more, and when all coders are, all is shown.

    What they left open was not discussed: that is a value too, and is kept as one. Raises
    InvalidInput when they saw nothing at all.
    """
    tasks = CodingTask.objects.select_for_update(of=("self",))
    task = tasks.select_related("text__cycle", "coder").get(pk=task.pk)
    if task.finished_at:
        return task
    codebook = newest_codebook(task.text.cycle.programme_id)
    coded = task.text.codings.filter(coder_user=task.coder, adjudicates=False)
    if codebook is None or not coded.exists():
        raise InvalidInput(_("You gave no variable a value yet."))
    left = codebook.variables.exclude(pk__in=coded.values("variable"))
    Coding.objects.bulk_create(_coding(task, variable, NOT_DISCUSSED) for variable in left)
    task.finished_at = timezone.now()
    task.save(update_fields=["finished_at", "modified_at"])
    log_activity(task.text, "finished coding", actor=task.coder)
    return task


def _coding(task: CodingTask, variable: CodedVariable, value: str, **fields: Any) -> Coding:
    return Coding(
        variable=variable,
        cycle=task.text.cycle,
        organisation_id=task.text.organisation_id,
        coder=str(task.coder)[:80],
        coder_user=task.coder,
        value=value,
        text=task.text,
        source=_("interview: %s") % task.text.title,
        **fields,
    )
