"""Where a name still stands after its person was erased: shown to who runs the programme, taken
out on their word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from benchmarks.models import Outcome, StandingName
from config.privacy.names import field_name, record_name
from config.privacy.places import BY_MODEL, Place
from config.privacy.wording import mark_of, replaced, texts_of
from core.exceptions import NotNow
from core.forgetting import GONE
from core.models import log_activity
from learningcircles.domain.forgetting import remake_papers
from learningcircles.models import Addendum, Minutes, Paper, PracticePage

AROUND = 60
"""Characters shown on either side of a name."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A name in the text around it."""

    before: str
    name: str
    after: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of the page: `pieces` are empty where the text is read on its own page alone."""

    row: StandingName
    kind: str
    title: str = ""
    part: str = ""
    url: str = ""
    pieces: list[Piece] = field(default_factory=list)
    is_changed: bool = False
    may_read: bool = True


def place_of(row: StandingName) -> Place:
    """Where it was found."""
    kind = row.record_type
    return BY_MODEL[f"{kind.app_label}.{kind.model}"]


def standing_of(rows: Any, user: Any) -> list[Standing]:
    """These lines with what their records say now; a record that is gone has no address."""
    return [_standing(row, user) for row in rows]


def _standing(row: StandingName, user: Any) -> Standing:
    place, record = place_of(row), row.record
    if record is None:
        return Standing(row=row, kind=record_name(place.model), is_changed=True)
    may_read = place.may_read(record, user)
    there = list(_names(row, getattr(record, row.field)))
    return Standing(
        row=row,
        kind=record_name(place.model),
        part=field_name(place.model, row.field),
        title=str(record) if may_read and has_title(record) else "",
        url=place.page(record),
        pieces=[_piece(text, start, count) for text, start, count in there] if may_read else [],
        is_changed=not there,
        may_read=may_read,
    )


def has_title(record: Any) -> bool:
    """Does a person know this record by a title?"""
    return any(field.name == "title" for field in record._meta.concrete_fields)


def _names(row: StandingName, value: Any) -> Iterator[tuple[str, int, int]]:
    """Each text in which a name was found and that is what it was then."""
    texts = {tuple(keys): text for keys, text in texts_of(value)}
    for keys, start, count, mark in row.spans:
        text = texts.get(tuple(keys), "")
        if mark == mark_of(text):
            yield text, start, count


def _piece(text: str, start: int, count: int) -> Piece:
    end = start + count
    first, last = max(0, start - AROUND), end + AROUND
    return Piece(
        before=("…" if first else "") + text[first:start],
        name=text[start:end],
        after=text[end:last] + ("…" if last < len(text) else ""),
    )


@transaction.atomic
def settle(row: StandingName, *, outcome: Outcome, by: Any) -> StandingName:
    """Note what was done about a name; taken out, it is replaced in the text where it stands.

    That is the one change of minutes that were approved, and of what a history keeps: the words
    around a name stay as they are. Raises NotNow when the text was changed since.
    """
    held = StandingName.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if held.outcome:
        return held
    if outcome == Outcome.TAKEN_OUT and held.record is not None:
        _take_out(held)
    held.outcome, held.settled_by, held.settled_on = outcome, by, timezone.localdate()
    held.spans = []
    held.save(update_fields=["outcome", "settled_by", "settled_on", "spans", "modified_at"])
    log_activity(held.programme, "name settled", actor=by, place=held.pk, outcome=str(outcome))
    return held


def _take_out(row: StandingName) -> None:
    record: Any = row.record
    value = getattr(record, row.field)
    names = {text[start : start + count] for text, start, count in _names(row, value)}
    if not names:
        raise NotNow(_("This text was changed meanwhile: look at it on its own page."))
    words = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    model = record._meta.model
    rows = model._base_manager.filter(pk=record.pk)
    own = {field.name for field in model._meta.local_concrete_fields}
    if row.field in own:
        rows.update(**{row.field: replaced(value, pattern, GONE)})
    else:  # the title of a page is a column of the table above it
        setattr(record, row.field, replaced(value, pattern, GONE))
        record.save()
    _take_out_of_copies(record, pattern)


def _take_out_of_copies(record: Any, pattern: re.Pattern[str]) -> None:
    """Earlier editions of a page, and papers of minutes."""
    if isinstance(record, PracticePage):
        for edition in record.revisions.all():
            edition.content = replaced(edition.content, pattern, GONE)
            edition.save(update_fields=["content"])
    minutes = record.minutes if isinstance(record, Addendum) else record
    if isinstance(minutes, Minutes):
        remake_papers(Paper.objects.filter(minutes=minutes).select_related("minutes"))
