"""A programme into this installation: all of it, or nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import batched
from pathlib import Path
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import InvalidInput, NotNow
from core.moving.archive import Reading, reading
from core.moving.carrying import stored
from core.moving.kinds import Kind, kinds, label_of

AT_ONCE = 500


class InDesk:
    """What a translation may ask while a record arrives: the key of another, what is in a file, a
    place to keep it."""

    def __init__(self, archive: Reading) -> None:
        self._archive = archive
        self.keys: dict[str, list[int]] = {}
        self.written: list[tuple[str, str]] = []

    def key(self, label: str, number: Any) -> int | None:
        """The primary key here of a record of the file; None for none, or for one that isn't in
        yet."""
        if number is None:
            return None
        if not isinstance(number, int) or number < 1:
            raise InvalidInput(_("This file refers to a record that isn't in it."))
        known = self.keys.get(label, [])
        return known[number - 1] if number <= len(known) else None

    def content(self, kind: str, name: Any) -> bytes:
        """What is in a file that came with a record of this kind."""
        if not isinstance(name, str) or not name.startswith(f"files/{kind}/"):
            raise InvalidInput(_("This file refers to a record that isn't in it."))
        return self._archive.content(name)

    def keep(self, name: str, content: bytes, *, storage: str = "private") -> str:
        """Keep a file in a storage; its name there."""
        kept = storages[storage].save(name, ContentFile(content))
        self.written.append((storage, kept))
        return kept


class _Arrival:
    """One file, on its way in."""

    def __init__(self, archive: Reading) -> None:
        self.archive, self.desk = archive, InDesk(archive)
        self.later: list[tuple[Kind, int, Any, Any]] = []
        self.lists: list[tuple[Any, int, Any]] = []
        self.new: dict[str, int] = {}
        self.done: set[str] = set()
        self.known: dict[str, int] = {}
        self.arrived: list[tuple[Callable[[Any], None], Any]] = []

    def take_in(self, programme: str) -> None:
        """All kinds, and then what refers to what came after it."""
        for kind in kinds():
            self._take_kind(kind)
            if kind.label == programme and self.new[programme] != 1:
                raise NotNow(_("This benchmark is here already."))
        for kind, key, field, value in self.later:
            self._settle(kind, key, field, value)
        for each in self.lists:
            self._join(*each)
        for meant, row in self.arrived:
            meant(row)

    def _take_kind(self, kind: Kind) -> None:
        told = self.archive.manifest["records"].get(kind.label, 0)
        self.desk.keys[kind.label], self.new[kind.label], self.known[kind.label] = [], 0, 0
        lines = enumerate(self.archive.lines(f"records/{kind.label}.jsonl"), start=1)
        for some in batched(lines, AT_ONCE):
            self._take_some(kind, some)
        if len(self.desk.keys[kind.label]) != told:
            raise InvalidInput(_("This file was changed or is damaged: %s") % kind.label)
        self.done.add(kind.label)

    def _take_some(self, kind: Kind, some: tuple[tuple[int, dict[str, Any]], ...]) -> None:
        rows, late = [], []
        for number, said in some:
            if said.get("id") != number or set(said) != _names_of(kind):
                raise InvalidInput(_("This file was changed or is damaged: %s") % kind.label)
            row, waits = self._built(kind, said)
            known = _known(kind, row)
            rows.append(known or row)
            late.append([] if known else waits)
        fresh = [row for row in rows if row._state.adding]
        _store(kind, fresh)
        self.desk.keys[kind.label] += [row.pk for row in rows]
        self.new[kind.label] += len(fresh)
        self.known[kind.label] += len(rows) - len(fresh)
        new_here = {id(row) for row in fresh}
        for row, waits, (_number, said) in zip(rows, late, some, strict=True):
            if id(row) in new_here:
                self.later += [(kind, row.pk, field, value) for field, value in waits]
                self.lists += [(each, row.pk, said[each.name]) for each in kind.lists]
        if kind.arrived:
            self.arrived += [(kind.arrived, row) for row in fresh]

    def _built(self, kind: Kind, said: dict[str, Any]) -> tuple[Any, list[tuple[Any, Any]]]:
        """A record to store, and what of it waits until all others are in."""
        row, late = kind.model(), []
        for field in kind.model._meta.concrete_fields:
            if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
                setattr(row, field.attname, timezone.now())
        for field in kind.references:
            number = said[field.name]
            key = self.desk.key(label_of(field), number)
            if key is None and number is not None and label_of(field) not in self.done:
                late.append((field, number))
                key = -number  # no record's: databases look at the end, and by then it is another
            if key is None and (number is not None or not field.null):
                raise InvalidInput(_("This file refers to a record that isn't in it."))
            setattr(row, field.attname, key)
        for field in kind.carried:
            translation = kind.translated.get(field.name)
            if translation and translation.late:
                late.append((field, said[field.name]))
                setattr(row, field.attname, translation.at_first)
            elif translation:
                setattr(row, field.attname, self._into(kind, field, said[field.name], row))
            elif not field.is_relation:
                setattr(row, field.attname, stored(kind, field, said[field.name]))
        for name, value_of in kind.fill.items():
            setattr(row, name, value_of(row))
        return row, late

    def _into(self, kind: Kind, field: Any, value: Any, row: Any) -> Any:
        try:
            found = kind.translated[field.name].into(value, row, self.desk)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise InvalidInput(
                _("This file was changed or is damaged: %s") % f"{kind.label}, {field.name}"
            ) from error
        return stored(kind, field, found) if isinstance(found, str) else found

    def _settle(self, kind: Kind, key: int, field: Any, value: Any) -> None:
        rows = kind.model._base_manager.filter(pk=key)
        if field.name in kind.translated:
            value = self._into(kind, field, value, rows.get())
        else:
            value = self._found(field, value)
        rows.update(**{field.attname: value})

    def _join(self, field: Any, key: int, numbers: Any) -> None:
        through = field.remote_field.through
        here, there = field.m2m_field_name(), field.m2m_reverse_field_name()
        for number in numbers if isinstance(numbers, list) else [numbers]:
            other = self._found(field, number)
            through._base_manager.create(**{f"{here}_id": key, f"{there}_id": other})

    def _found(self, field: Any, number: Any) -> int:
        key = self.desk.key(label_of(field), number)
        if key is None:
            raise InvalidInput(_("This file refers to a record that isn't in it."))
        return key


def _names_of(kind: Kind) -> set[str]:
    """What each record of this kind says."""
    return {"id", *(each.name for each in [*kind.carried, *kind.lists])}


def _known(kind: Kind, row: Any) -> Any | None:
    """The record that is here already, if there is one. Raises NotNow when it is another one under
    the same name."""
    for names in kind.known_by:
        fields = [kind.model._meta.get_field(name) for name in names]
        told = {field.attname: getattr(row, field.attname) for field in fields}
        if any(value in ("", None) for value in told.values()):
            continue
        found = kind.model._base_manager.filter(**told).first()
        if found is None:
            continue
        for name in kind.same:
            attname = kind.model._meta.get_field(name).attname
            if getattr(found, attname) != getattr(row, attname):
                raise NotNow(
                    _("There is another “%(record)s” here (%(kind)s).")
                    % {"record": str(found)[:80], "kind": kind.label}
                )
        return found
    return None


def _store(kind: Kind, rows: list[Any]) -> None:
    """Insert records as they are: with their moments, and without what saving one would do."""
    if kind.put:
        for row in rows:
            kind.put(row)
        return
    if not rows:
        return
    fields = list(kind.model._meta.local_concrete_fields)
    made_here = rows[0].pk is None
    if made_here:
        fields = [field for field in fields if not field.primary_key]
    most = max(1, connection.ops.bulk_batch_size(fields, rows))
    insert = kind.model._base_manager._insert
    key = [kind.model._meta.pk] if made_here else None
    for some in batched(rows, most):
        keys = insert(some, fields=fields, using=connection.alias, raw=True, returning_fields=key)
        for row, made in zip(some, keys if made_here else [(row.pk,) for row in some], strict=True):
            row.pk, row._state.adding = made[0], False


@contextmanager
def _whole() -> Iterator[None]:
    """All of it or nothing, said in words when what is here already stands in the way."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise NotNow(
            _("Some of it is here already, or can't be beside what is here. Nothing was stored.")
        ) from error


def bring_in(file: Path | IO[bytes], *, programme: str) -> dict[str, Any]:
    """Take a programme in from a file; how many records of each kind are new here, and how many
    were here already.

    `programme` is the kind that is the programme itself, by whose code it is known.
    Raises InvalidInput for a file that was changed or isn't one, NotNow when the programme is here
    already. Then nothing was stored, no file either.
    """
    with reading(file) as archive:
        arrival = _Arrival(archive)
        try:
            with _whole():
                arrival.take_in(programme)
        except BaseException:
            for storage, name in arrival.desk.written:
                storages[storage].delete(name)
            raise
    return {
        "programme": archive.manifest["programme"],
        "new": {label: count for label, count in arrival.new.items() if count},
        "known": {label: count for label, count in arrival.known.items() if count},
        "files": len(arrival.desk.written),
    }
