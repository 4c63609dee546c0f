"""Entering answers that were given on paper: always without a name, and marked as such.

A sheet has no link, so it is tied to no invitation in any mode. Whoever enters it has read it.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from people.models import Organisation
from surveys.asking import asked_of
from surveys.domain.answers import storing_answers
from surveys.domain.sealing import PAPER_ENTERED
from surveys.domain.waves import lock_wave
from surveys.enums import Channel, ResponseState, WaveState
from surveys.given import Given
from surveys.models import Response, Wave
from surveys.prepared import change_together
from surveys.queries import participating_organisations
from surveys.structure import AskedItem, questionnaire


@transaction.atomic
def enter_paper(
    wave: Wave,
    *,
    sheet: int,
    organisation: Organisation,
    given: Mapping[AskedItem, Given],
    by: Any,
    on: dt.date,
) -> bool:
    """Keep one sheet as a submitted response; False when this `sheet` was entered before.

    `sheet` is the number the response gets, one of chance (models.responses.new_row_id), so that
    a form that is sent twice is kept once. What isn't asked of somebody with these answers is left
    out; what a sheet leaves open stays open, for nobody can be asked for it any more. Raises NotNow
    when the wave isn't open, InvalidInput for a sheet without answers or another organisation.
    """
    wave = lock_wave(wave)
    if wave.state != WaveState.OPEN:
        raise NotNow(_("Paper answers can be entered while the wave is open."))
    if not participating_organisations(wave.cycle).filter(pk=organisation.pk).exists():
        raise InvalidInput(_("This organisation doesn't take part in the round."))
    counting = _that_count(wave, given)
    if not counting:
        raise InvalidInput(_("There is no answer on this sheet yet."))
    if Response.objects.filter(pk=sheet).exists():
        return False
    try:
        with transaction.atomic():
            Response.objects.create(
                pk=sheet,
                wave=wave,
                organisation=organisation,
                channel=Channel.PAPER,
                state=ResponseState.SUBMITTED,
                submitted_on=on,
            )
    except IntegrityError:  # the same form, sent twice at the same moment
        return False
    change_together(*storing_answers(sheet, counting, is_new=True))
    log_activity(wave, PAPER_ENTERED, actor=by)
    return True


def _that_count(wave: Wave, given: Mapping[AskedItem, Given]) -> dict[AskedItem, Given]:
    """Only answers to what is asked of somebody who answered so."""
    asked = asked_of(questionnaire(wave.version_id), {item.id: one for item, one in given.items()})
    kept = {item.id for page in asked.pages for item in page}
    return {item: one for item, one in given.items() if item.id in kept}
