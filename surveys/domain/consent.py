"""Consent for a recording, withdrawn: what rested on it is gone at once, and stays gone.

Any one of those in the talk may withdraw, by their own link or through who interviewed them. What
was released before holds no name any more, and nobody can tell whose words it has.
"""

import datetime as dt
from typing import Any

from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.audit import Deed, record
from core.exceptions import NotNow
from core.models import log_activity
from surveys.domain.interview_mails import tell_withdrawn
from surveys.keys import destroy_share
from surveys.models import Interview, InterviewReport, LockedFile, TopicNote, Vault


def is_withdrawn_after(interview: Interview) -> bool:
    """Was consent withdrawn once the talk had begun? Then nothing of it is noted any more."""
    began, withdrawn = interview.began_at, interview.recording_withdrawn_at
    return withdrawn is not None and began is not None and began <= withdrawn


def check_not_withdrawn(interview: Interview) -> None:
    """Raise NotNow for a talk of which nothing may be kept."""
    if is_withdrawn_after(interview):
        raise NotNow(_("Consent for the recording of this talk was withdrawn; nothing is kept."))


@transaction.atomic
def withdraw_consent(interview: Interview, *, now: dt.datetime, by: Any = None) -> bool:
    """Take away the recording, the transcript, the notes, a report that isn't released, and the key
    to all of it; False when it was withdrawn before.

    The half of the key that is a column goes in this transaction, the files right after it.
    """
    held = Interview.objects.select_for_update(of=("self",)).get(pk=interview.pk)
    if held.recording_withdrawn_at is not None:
        return False
    held.recording_withdrawn_at = now
    held.save(update_fields=["recording_withdrawn_at", "modified_at"])
    gone = _forget(held, now)
    log_activity(held, "consent withdrawn", actor=by, **gone)
    tell_withdrawn(held)
    programme = held.round.cycle.programme
    record(Deed.CONSENT_WITHDRAWN, held, by=by, scope=programme, by_link=by is None, **gone)
    return True


def _forget(interview: Interview, now: dt.datetime) -> dict[str, int]:
    """Remove the rows, and the files as soon as that is certain; how many of each."""
    files = LockedFile.objects.filter(interview=interview, removed_at=None)
    stored = list(files.values_list("stored_as", flat=True))
    files.update(removed_at=now, stored_as="")
    notes, _kinds = TopicNote.objects.filter(interview=interview).delete()
    InterviewReport.objects.filter(interview=interview, released_at=None).delete()
    InterviewReport.objects.filter(interview=interview).update(names=b"")
    shares = list(Vault.objects.filter(interview=interview).values_list("share", flat=True))
    Vault.objects.filter(interview=interview).delete()
    transaction.on_commit(lambda: _destroy(stored, shares))
    return {"files": len(stored), "notes": notes}


def _destroy(stored: list[str], shares: list[str]) -> None:
    for share in shares:
        destroy_share(share)
    for name in stored:
        storages["private"].delete(name)


def kept_of_talk(interview: Interview) -> dict[str, Any]:
    """What is there of a talk, for whoever was in it: kinds and days, no names of files."""
    report = InterviewReport.objects.filter(interview=interview).first()
    return {
        "files": list(LockedFile.objects.filter(interview=interview, removed_at=None)),
        "has_notes": TopicNote.objects.filter(interview=interview).exists(),
        "has_report": report is not None,
        "is_released": report is not None and report.released_at is not None,
        "withdrawn_at": interview.recording_withdrawn_at,
    }
