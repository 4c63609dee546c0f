"""Decisions about a wave: preparing, opening and closing it."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Cycle
from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from core.wake import look_on_commit
from surveys.domain.instruments import ship_perception_survey
from surveys.domain.invitations import mail_invitations
from surveys.domain.pseudonyms import keep_pseudonym_key
from surveys.domain.sealing import SEAL_TASK, seal_wave
from surveys.domain.tabulations import ask_for_tables
from surveys.enums import WaveMode, WaveState
from surveys.keys import make_share
from surveys.models import InstrumentVersion, Wave


@transaction.atomic
def prepare_wave(
    cycle: Cycle,
    *,
    name: str,
    last_day: dt.date,
    by: Any,
    target: int = 60,
    version: InstrumentVersion | None = None,
    mode: str = WaveMode.ANONYMOUS,
) -> Wave:
    """Make a wave of a cycle; nobody is asked anything until it is opened.

    `version` is the perception survey unless another published one is given; `mode` is what
    respondents are promised. Raises InvalidInput when the cycle has a wave of this name already,
    or the version may still change.
    """
    version = version or ship_perception_survey()
    if not version.is_frozen():
        raise InvalidInput(_("Publish the questionnaire first: a wave asks what can't change."))
    name = " ".join(name.split())
    if not name:
        raise InvalidInput(_("Give the wave a name."))
    if Wave.objects.filter(cycle=cycle, name=name).exists():
        raise InvalidInput(_("This round has a wave of that name already."))
    if not 1 <= target <= 100:
        raise InvalidInput(_("A target is a percentage from 1 to 100."))
    wave = Wave.objects.create(
        cycle=cycle,
        version=version,
        name=name,
        last_day=last_day,
        target=target,
        mode=WaveMode(mode),
        key_share=make_share(),
    )
    if wave.mode != WaveMode.ANONYMOUS:
        keep_pseudonym_key(cycle.programme)
    log_activity(wave, "prepared", actor=by, mode=wave.mode)
    return wave


@transaction.atomic
def open_wave(wave: Wave, *, by: Any, on: dt.date, for_import: bool = False) -> Wave:
    """Open a prepared wave, and write the mail to everyone who was chosen.

    `on` is the day of opening; `for_import` opens it without anyone to ask, for answers that come
    from another system. Raises NotNow when it isn't a draft, nobody was chosen, or the last
    day to answer has passed.
    """
    wave = lock_wave(wave)
    if wave.state != WaveState.DRAFT:
        raise NotNow(_("This wave was opened already."))
    if wave.last_day < on:
        raise NotNow(_("The last day to answer has passed; choose a later one."))
    invitations = list(wave.invitations.select_related("organisation"))
    if not invitations and not for_import:
        raise NotNow(_("Choose first whom to invite."))
    wave.state, wave.opened_on = WaveState.OPEN, on
    wave.save(update_fields=["state", "opened_on", "modified_at"])
    mail_invitations(invitations, wave)
    log_activity(wave, "opened", actor=by, invited=len(invitations))
    return wave


@transaction.atomic
def close_wave(wave: Wave, *, by: Any, on: dt.date) -> Wave:
    """Close an open wave for good: its results can be read, and nobody can be traced from them.

    Drafts are removed, links stop working and can't be made again, and who answered is forgotten;
    how many did remains. What that takes is in sealing.py. Raises NotNow when the wave isn't open.
    """
    wave = lock_wave(wave)
    if wave.state != WaveState.OPEN:
        raise NotNow(_("Only an open wave can be closed."))
    wave.state, wave.closed_on, wave.link_key = WaveState.CLOSED, on, ""
    wave.save(update_fields=["state", "closed_on", "link_key", "modified_at"])
    seal_wave(wave, on=on)
    ask_for_tables(wave)
    log_activity(wave, "closed", actor=by)
    look_on_commit(SEAL_TASK)
    return wave


def postpone_last_day(wave: Wave, *, last_day: dt.date, by: Any) -> Wave:
    """Give people longer, or less long, to answer. Raises NotNow once the wave is closed."""
    with transaction.atomic():
        wave = lock_wave(wave)
        if wave.state == WaveState.CLOSED:
            raise NotNow(_("This wave is closed."))
        wave.last_day = last_day
        wave.save(update_fields=["last_day", "modified_at"])
        log_activity(wave, "last day moved", actor=by, last_day=last_day.isoformat())
    return wave


def lock_wave(wave: Wave) -> Wave:
    """The wave as it stands, with its row held: two decisions about it come one after the other.

    `no_key`: respondents' rows refer to the wave, and must not wait for a coordinator.
    """
    return Wave.objects.select_for_update(no_key=True).get(pk=wave.pk)
