"""Recordings and transcripts: locked as they come in, gone after their last day."""

import datetime as dt
import secrets
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.audit import Deed, record
from core.exceptions import Gone, InvalidInput, NotNow
from core.models import log_activity
from core.recordings import check_recording
from surveys.enums import FileKind, InterviewState
from surveys.keys import make_share
from surveys.models import Interview, LockedFile, Vault
from surveys.models.waves import new_link_key
from surveys.vaults import lock, unlock

REMOVE_TASK = "surveys.tasks.remove_outdated_files"
TRANSCRIPTS = ("srt", "vtt", "txt", "docx")
RECORDINGS = ("mp3", "m4a", "ogg", "opus", "wav", "webm", "mp4")
MOST_BYTES = 200 * 1024 * 1024
LONGEST_KEPT = dt.timedelta(days=366)


def vault_of(interview: Interview) -> Vault:
    """The vault of an interview, made when it has none."""
    found = Vault.objects.filter(interview=interview).first()
    if found is not None:
        return found
    fresh = {"half": new_link_key(), "share": make_share()}
    return Vault.objects.get_or_create(interview=interview, defaults=fresh)[0]


def ending_of(name: str) -> str:
    """The ending of a name, without its dot."""
    return name.rpartition(".")[2].lower()


def kind_of(name: str) -> str:
    """What a file is, by the ending of its name; raises InvalidInput for any other."""
    ending = ending_of(name)
    if ending in TRANSCRIPTS:
        return FileKind.TRANSCRIPT
    if ending in RECORDINGS:
        return FileKind.RECORDING
    raise InvalidInput(
        _("A transcript is a .srt, .vtt, .txt or .docx file; a recording a sound or video file.")
    )


def attach_file(
    interview: Interview, *, name: str, raw: bytes, last_day: dt.date, today: dt.date, by: Any
) -> LockedFile:
    """Lock a file away until a day. It is written encrypted; nothing of it is kept in the clear.

    Raises InvalidInput for another kind, one that isn't what its name says, an empty or too large
    one, or a day that has passed or is further than a year; NotNow for a recording that respondents
    weren't told of, and once consent was withdrawn.
    """
    kind = kind_of(name)
    if not 0 < len(raw) <= MOST_BYTES:
        raise InvalidInput(_("A file has 1 byte to 200 megabytes."))
    check_recording(raw, ending_of(name))
    if not today <= last_day <= today + LONGEST_KEPT:
        raise InvalidInput(_("Choose a last day from today to a year from now."))
    if interview.state == InterviewState.CANCELLED:
        raise NotNow(_("This interview was called off."))
    if interview.recording_withdrawn_at is not None:
        raise NotNow(_("Consent for the recording of this talk was withdrawn."))
    if kind == FileKind.RECORDING and not interview.round.is_recorded:
        raise NotNow(_("Respondents were told that the talk is not recorded."))
    stored = f"interviews/{secrets.token_hex(16)}"
    locked = lock(vault_of(interview), raw)
    stored = storages["private"].save(stored, ContentFile(locked))
    try:
        with transaction.atomic():
            file = LockedFile.objects.create(
                interview=interview,
                kind=kind,
                name=name.replace("\\", "/").rpartition("/")[2][-120:],
                size=len(raw),
                stored_as=stored,
                last_day=last_day,
            )
            log_activity(interview, "file attached", actor=by, kind=kind)
    except BaseException:
        storages["private"].delete(stored)
        raise
    return file


def read_file(file: LockedFile, *, today: dt.date, by: Any) -> bytes:
    """What is in a file, with a line in the log; Gone after its last day."""
    if file.removed_at or file.last_day < today:
        raise Gone(_("This file was removed after its last day."))
    with storages["private"].open(file.stored_as) as stored:
        plain = unlock(vault_of(file.interview), stored.read())
    log_activity(file.interview, "file read", actor=by, kind=file.kind)
    programme = file.interview.round.cycle.programme
    record(Deed.FILE_READ, file, by=by, scope=programme, kind=file.kind)
    return plain


def remove_file(file: LockedFile, *, now: dt.datetime, by: Any = None) -> None:
    """Take a file away; the row stays and says that it was there. Twice is once."""
    stored = file.stored_as
    if not stored:
        return
    storages["private"].delete(stored)
    LockedFile.objects.filter(pk=file.pk).update(removed_at=now, stored_as="")
    log_activity(file.interview, "file removed", actor=by, kind=file.kind)


def remove_outdated(now: dt.datetime, today: dt.date) -> int:
    """Take away every file whose last day has passed; how many."""
    rows = list(LockedFile.objects.outdated(today).select_related("interview"))
    for file in rows:
        remove_file(file, now=now)
    return len(rows)
