"""Forgetting a name: in what this room itself wrote down with it, and in the files made of that.

What people typed stays; where it stands is told to who runs the programme (config/privacy).
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q

from core.models import LeasedState
from learningcircles.domain.papers import request_papers
from learningcircles.enums import ChangedField, PaperKind
from learningcircles.models import Action, ActionChange, AgendaItem, Attendance, Minutes, Paper

NAMED = frozenset({"led_by", "name", "substitute", "presenter", "who", "author", "email", "phone"})
"""Where a record of minutes has a person from a list (domain/record.py, papers.py, handover.py)."""
MADE = (LeasedState.WAITING, LeasedState.RUNNING, LeasedState.DONE)

type Test = Callable[[str], bool]


def forget_name(is_theirs: Test, *, programmes: Iterable[int], organisations: Any) -> None:
    """Take a name out of the records of these programmes that were made with it, and let papers
    be made anew. A name without an account is taken out where it is of these organisations:
    elsewhere it is somebody else's."""
    held = list(programmes)
    _forget_typed_in(is_theirs, organisations)
    for change in ActionChange.objects.filter(
        action__programme__in=held, field=ChangedField.OWNER
    ).exclude(before="", after=""):
        _without(change, ("before", "after"), is_theirs)
    for minutes in Minutes.objects.filter(session__programme__in=held).exclude(content={}):
        if _forget_in(minutes.content, is_theirs):
            minutes.save(update_fields=["content", "modified_at"])
    _forget_papers(is_theirs, held)


def _forget_typed_in(is_theirs: Test, organisations: Any) -> None:
    """Names that were given because there was no account to choose."""
    there = Attendance.objects.filter(membership__organisation__in=organisations)
    sessions = there.values("session")
    for action in Action.objects.filter(organisation__in=organisations).exclude(owner_name=""):
        _without(action, ("owner_name",), is_theirs)
    for guest in there.exclude(substitute_name=""):
        _without(guest, ("substitute_name",), is_theirs)
    for item in AgendaItem.objects.filter(session__in=sessions).exclude(presenter_name=""):
        _without(item, ("presenter_name",), is_theirs)


def _without(row: Any, fields: Iterable[str], is_theirs: Test) -> None:
    """Only these columns: the version of the record is that of who changes it."""
    gone = {name: "" for name in fields if is_theirs(getattr(row, name))}
    if gone:
        type(row)._base_manager.filter(pk=row.pk).update(**gone)


def _forget_in(told: Any, is_theirs: Test) -> bool:
    """Take the name out of where a record of minutes names people; was there any?"""
    if isinstance(told, list):
        return sum(_forget_in(each, is_theirs) for each in told) > 0
    if not isinstance(told, dict):
        return False
    mine = [key for key in NAMED & told.keys() if is_theirs(str(told[key]))]
    told.update(dict.fromkeys(mine, ""))
    return sum(_forget_in(each, is_theirs) for each in told.values()) > 0 or bool(mine)


def _forget_papers(is_theirs: Test, programmes: list[int]) -> None:
    """Papers that name them go. Those of minutes are made anew; a brief is when somebody asks."""
    here = Q(minutes__session__programme__in=programmes) | Q(circle__programme__in=programmes)
    papers = Paper.objects.filter(here).select_related("minutes")
    named = [paper for paper in papers if _forget_in(paper.content, is_theirs)]
    remake_papers(named)


def remake_papers(papers: Iterable[Paper]) -> None:
    """Remove these papers with their files, and ask again for those of minutes."""
    gone = list(papers)
    again = {
        paper.minutes
        for paper in gone
        if paper.kind == PaperKind.MINUTES and paper.state in MADE and paper.minutes is not None
    }
    files = [paper.file for paper in gone if paper.file]
    Paper.objects.filter(pk__in=[paper.pk for paper in gone]).delete()
    for minutes in again:
        request_papers(minutes=minutes)
    for name in files:
        transaction.on_commit(partial(storages["private"].delete, name))
