"""The audit log: who saw or exported which personal data, who changed what others rely on.

Append-only (core/audit_guard.py), and a chain: each line holds a digest of itself and of the line
before. `record` is the only way in. It locks the end of the chain until the transaction of the
decision ends, so a domain function calls it last.
"""

import contextvars
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import AuditEntry, AuditHead

PLAIN = re.compile(r"[A-Za-z0-9_.:,/ -]{0,80}")
"""What a word in a line may look like: a code, a number, a choice. No address, no free text."""

_acting: contextvars.ContextVar[Any] = contextvars.ContextVar("acting", default=None)


class Deed(models.TextChoices):
    """What the audit log tells of."""

    PEOPLE_SEEN = "people seen", gettext_lazy("saw a list of people")
    PERSON_SEEN = "person seen", gettext_lazy("saw what is kept of a person")
    ANSWERS_SEEN = "answers seen", gettext_lazy("read remarks of respondents")
    TALK_SEEN = "talk seen", gettext_lazy("read the notes of an interview")
    NAMES_SEEN = "names seen", gettext_lazy("read an interview report with its names")
    CONSENT_WITHDRAWN = "consent withdrawn", gettext_lazy("withdrew consent for a recording")
    FILE_READ = "file read", gettext_lazy("opened a recording or transcript")
    EXPORT_ASKED = "export asked", gettext_lazy("asked for a file of answers")
    EXPORT_FETCHED = "export fetched", gettext_lazy("fetched a file of answers")
    PROGRAMME_TAKEN = "programme taken", gettext_lazy("wrote a whole benchmark into a file")
    PROGRAMME_BROUGHT = "programme brought", gettext_lazy("took a benchmark in from a file")
    REPORT_FETCHED = "report fetched", gettext_lazy("fetched a report with names")
    ROLE_GIVEN = "role given", gettext_lazy("gave a role")
    ROLE_TAKEN = "role taken", gettext_lazy("took a role back")
    JOINED = "joined", gettext_lazy("let somebody be of an organisation")
    LEFT = "left", gettext_lazy("noted that somebody left an organisation")
    CHARTER_WRITTEN = "charter written", gettext_lazy("wrote a charter")
    CHARTER_AGREED = "charter agreed", gettext_lazy("agreed to a charter")
    CHARTER_WITHDRAWN = "charter withdrawn", gettext_lazy("withdrew agreement to a charter")
    THRESHOLDS_SET = "thresholds set", gettext_lazy("changed thresholds")
    MINIMUM_SET = "minimum set", gettext_lazy("changed the smallest group that is shown")
    GRADE_CHANGED = "grade changed", gettext_lazy("changed the grade of a finding")
    INVITED = "invited", gettext_lazy("invited somebody")
    INVITATION_USED = "invitation used", gettext_lazy("used an invitation")
    INVITATION_ENDED = "invitation ended", gettext_lazy("took an invitation back")
    FACTOR_CHANGED = "factor changed", gettext_lazy("changed a second factor")
    SESSION_ENDED = "session ended", gettext_lazy("ended a session")
    SIGN_ON_CHANGED = "sign-on changed", gettext_lazy("changed how an organisation signs in")
    OWN_DATA_FETCHED = "own data fetched", gettext_lazy("fetched their own data")
    ERASED = "erased", gettext_lazy("erased a person")
    PROGRAMME_FORGOTTEN = (
        "programme forgotten",
        gettext_lazy("took people out of a benchmark that is over"),
    )
    PERIODS_KEPT = "periods kept", gettext_lazy("removed what was past its period")


@contextmanager
def acting(user: Any) -> Iterator[None]:
    """While this lasts, lines without an actor are this person's."""
    token = _acting.set(user)
    try:
        yield
    finally:
        _acting.reset(token)


def name_of(target: models.Model) -> str:
    """What a line calls a record: "surveys.wave:7"."""
    return f"{target._meta.label_lower}:{target.pk}"


@transaction.atomic
def record(
    verb: Deed, target: models.Model, *, by: Any = None, scope: Any = None, **details: Any
) -> AuditEntry:
    """Write a line, in the transaction of what it tells of. `scope` is the programme it belongs to.

    `details` are numbers, codes and choices. Raises ValueError for anything else: a name or an
    address could never be taken out again.
    """
    _refuse_free_text(details)
    AuditHead.objects.bulk_create([AuditHead(pk=1)], ignore_conflicts=True)
    head = AuditHead.objects.select_for_update().get(pk=1)
    entry = AuditEntry(
        number=head.number + 1,
        at=timezone.now(),
        actor=_number_of(by if by is not None else _acting.get()),
        verb=verb,
        target=name_of(target),
        scope=f"programme:{scope.pk}" if scope is not None else "",
        details=details,
        previous=head.digest,
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    AuditHead.objects.filter(pk=1).update(number=entry.number, digest=entry.digest)
    return entry


def _number_of(person: Any) -> int | None:
    known = person is not None and getattr(person, "is_authenticated", False)
    return person.pk if known else None


def _refuse_free_text(details: dict[str, Any]) -> None:
    for name, value in details.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str) and not PLAIN.fullmatch(each):
                raise ValueError(f"{name}: no free text in the audit log")
            if not isinstance(each, str | int | bool | None):
                raise ValueError(f"{name}: {type(each).__name__} in the audit log")


def digest_of(entry: AuditEntry) -> str:
    """SHA-256 (hex) of a line and of the digest before it."""
    said = [
        entry.previous,
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor,
        str(entry.verb),
        entry.target,
        entry.scope,
        entry.details,
    ]
    written = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(written.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain doesn't hold: the number of the line, altered, removed or inserted, and that
    in words."""

    number: int
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many lines there are, where the chain ends, and where it doesn't hold."""

    entries: int
    number: int
    digest: str
    breaks: list[Break]


def verify(*, expected: tuple[int, str] | None = None) -> Verdict:
    """Read the whole log and check each line against the one before.

    `expected` is a number and digest that somebody noted elsewhere earlier: who rewrites the whole
    chain can't bring that one about.
    """
    breaks: list[Break] = []
    count, number, digest = 0, 0, ""
    for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=2000):
        breaks += _checked(entry, number, digest)
        if expected and entry.number == expected[0] and entry.digest != expected[1]:
            breaks.append(Break(entry.number, "altered", _("another digest than was noted before")))
        count, number, digest = count + 1, entry.number, entry.digest
    breaks += _checked_end(number, digest)
    if expected and expected[0] > number:
        breaks.append(Break(expected[0], "removed", _("was noted before and is not there")))
    return Verdict(count, number, digest, breaks)


def _checked(entry: AuditEntry, number: int, digest: str) -> list[Break]:
    found = []
    if entry.number != number + 1:
        found.append(Break(number + 1, "removed", _("is not there: removed")))
    elif entry.previous != digest:
        found.append(
            Break(entry.number, "inserted", _("does not follow from the line before: inserted"))
        )
    if entry.digest != digest_of(entry):
        found.append(Break(entry.number, "altered", _("does not match its digest: altered")))
    return found


def _checked_end(number: int, digest: str) -> list[Break]:
    """The end that is kept apart tells of lines that were taken off, or put on past `record`."""
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    if head.number > number:
        return [Break(number + 1, "removed", _("is not there: removed"))]
    if head.number < number:
        return [
            Break(head.number + 1, "inserted", _("was written past the log's own way: inserted"))
        ]
    if head.digest != digest:
        return [Break(number, "altered", _("is not the line that the log ended with: altered"))]
    return []
