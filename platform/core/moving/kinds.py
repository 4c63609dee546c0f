"""What a room says of its records when a programme moves. Each room declares its own in
`moving.py`, and AppConfig.ready() brings them here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Leave:
    """Who takes the file along. `user` is a person who sees no more than their pages show, None who
    runs the installation; `private` asks for what only a few may read, too."""

    user: Any = None
    private: bool = False


def not_for_persons(rows: QuerySet, leave: Leave) -> QuerySet:
    """A guard: what no page shows as it is."""
    return rows.none() if leave.user is not None else rows


type Rows = Callable[[Any], QuerySet]


@dataclass(frozen=True, slots=True)
class Translation:
    """A field that means something only here: a number of another record, the name of a file, what
    is locked with a key of this installation.

    `out(row, desk)` gives what stands in the file, `into(value, row, desk)` what is stored. `late`:
    once all records are in; until then it is `at_first`. `schema` tells what stands in the file.
    """

    out: Callable[[Any, Any], Any]
    into: Callable[[Any, Any, Any], Any]
    schema: Mapping[str, Any]
    late: bool = False
    at_first: Any = ""


@dataclass(frozen=True)
class Kind:
    """The records of one model.

    - `of`: the way from a record to its programme, or a function that gives them. Without either
      a record comes along when another one of the file refers to it.
    - `follows`: the field whose record must be in the file, for what belongs to reached records.
    - `guard(rows, leave)`: fewer of them, for who may not read all.
    - `without`: fields that stay behind, and why; `fill` says what they are at the other end (else
      what a new record has).
    - `fields`: those that come along, where it isn't all of the model's own.
    - `known_by`: fields by one of which (or several together) a record that is there already is
      recognised, and then taken as it is; `same`: fields that must agree with it.
    - `order(keys, picked)`: a sort key for each, where the order in which they were made would tell
      too much. `sort`: fields that refer to others, by whose numbers they are ordered.
    - `put(row)`: stores one that can't simply be inserted. `arrived(row)`: what it means when a
      record is new here.
    """

    label: str
    of: str | Rows | None = None
    follows: str = ""
    guard: Callable[[QuerySet, Leave], QuerySet] | None = None
    without: Mapping[str, str] = field(default_factory=dict)
    fill: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    fields: Sequence[str] = ()
    known_by: Sequence[Sequence[str]] = ()
    same: Sequence[str] = ()
    translated: Mapping[str, Translation] = field(default_factory=dict)
    order: Callable[[Sequence[int], Any], Mapping[int, Any]] | None = None
    sort: Sequence[str] = ()
    put: Callable[[Any], None] | None = None
    arrived: Callable[[Any], None] | None = None
    free: frozenset[str] = frozenset()
    """Fields that may hold other words than their choices."""

    @cached_property
    def model(self) -> Any:
        return apps.get_model(self.label)

    @cached_property
    def carried(self) -> list[Any]:
        """The fields whose values stand in the file, in their order."""
        names = self.fields or [each.name for each in self.model._meta.local_concrete_fields]
        found = [self.model._meta.get_field(name) for name in names if name not in self.without]
        return [each for each in found if not each.primary_key]

    @cached_property
    def references(self) -> list[Any]:
        """Those that refer to a record of another kind, or of the same."""
        return [each for each in self.carried if each.is_relation]

    @cached_property
    def lists(self) -> list[Any]:
        """Fields that refer to several records."""
        own = self.model._meta.local_many_to_many
        return [each for each in own if each.name not in self.without]


_kinds: dict[str, Kind] = {}
_staying: dict[str, str] = {}
_also: dict[str, list[Rows]] = {}


def add_kinds(kinds: Sequence[Kind], *, staying: Mapping[str, str]) -> None:
    """A room's records that come along, and its models that don't, each with the reason."""
    _kinds.update({kind.label: kind for kind in kinds})
    _staying.update(staying)


def also_take(label: str, rows: Rows) -> None:
    """More records of a lower room's kind: those that belong to a programme by what the higher room
    knows."""
    _also.setdefault(label, [])
    if rows not in _also[label]:
        _also[label].append(rows)


def added_to(label: str, programme: Any) -> list[QuerySet]:
    """What higher rooms add to a kind."""
    return [rows(programme) for rows in _also.get(label, [])]


def staying() -> dict[str, str]:
    """Models that never come along, and why."""
    return dict(_staying)


def kinds() -> list[Kind]:
    """All kinds, what others refer to before them (in a circle, whichever comes first)."""
    ordered: dict[str, Kind] = {}
    begun: set[str] = set()

    def place(label: str) -> None:
        if label in begun:
            return
        begun.add(label)
        kind = _kinds[label]
        for each in sorted(targets_of(kind)):
            place(each)
        ordered[label] = kind

    for label in sorted(_kinds):
        place(label)
    return list(ordered.values())


def targets_of(kind: Kind) -> set[str]:
    """The kinds that its fields refer to."""
    return {label_of(each) for each in [*kind.references, *kind.lists]} & _kinds.keys()


def label_of(reference: Any) -> str:
    """The kind that a field refers to."""
    model: type[models.Model] = reference.related_model
    return str(model._meta.label)
