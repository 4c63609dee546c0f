"""Where coders differ: which value holds, by whose word, and why. What they saw stays."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from benchmarks.models import Cycle
from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from people.models import Organisation
from surveys.codebooks.spec import NO_VALUES
from surveys.domain.codings import check_value
from surveys.models import CodedText, CodedVariable, Coding, How

LONGEST_REASON = 2000


@transaction.atomic
def adjudicate(
    variable: CodedVariable,
    *,
    cycle: Cycle,
    organisation: Organisation,
    text: CodedText | None,
    values: Sequence[str],
    how: str,
    reason: str,
    by: Any,
) -> list[Coding]:
    """Store the value that holds beside those of the coders, with its reason.

    Raises InvalidInput without a reason, for a value that can't be, where fewer than two coded it,
    or where a coder would decide alone; NotNow when it was decided already or coding goes on.
    """
    # Whoever comes second waits here, and then sees that it was decided.
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    rows = Coding.objects.filter(
        variable__code=variable.code, cycle=cycle, organisation=organisation, text=text
    )
    if text is not None and text.tasks.filter(finished_at=None).exists():
        raise NotNow(_("This text is still being coded."))
    if rows.filter(adjudicates=True).exists():
        raise NotNow(_("It was decided already which value holds here."))
    _check(variable, rows, values, how, reason, by)
    first = rows.order_by("pk")[0]
    made = Coding.objects.bulk_create(
        Coding(
            variable=variable,
            cycle=cycle,
            organisation=organisation,
            text=text,
            coder=str(by)[:80],
            coder_user=by,
            value=value,
            passage=_passage(rows, value) or first.passage,
            qualifiers=first.qualifiers,
            adjudicates=True,
            how=how,
            reason=reason.strip(),
            source=first.source,
        )
        for value in values
    )
    log_activity(variable, "adjudicated", actor=by, organisation=organisation.pk, how=how)
    return made


def _passage(rows: Any, value: str) -> str:
    """The passage of the first coder who gave this value."""
    return rows.filter(value=value).values_list("passage", flat=True).first() or ""


def _check(
    variable: CodedVariable, rows: Any, values: Sequence[str], how: str, reason: str, by: Any
) -> None:
    if len({row.coder for row in rows}) < 2:
        raise InvalidInput(_("Fewer than two coders gave a value here."))
    if not values or (len(values) > 1 and (not variable.several or NO_VALUES & set(values))):
        raise InvalidInput(_("Choose the value that holds."))
    for value in values:
        check_value(variable, value)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise InvalidInput(_("Say why this value holds, in at most 2,000 characters."))
    if how not in How.values:
        raise InvalidInput(_("Say who decides."))
    if how == How.THIRD and rows.filter(coder_user=by).exists():
        raise InvalidInput(_("You coded this yourself: decide it in talk, or leave it to a third."))
