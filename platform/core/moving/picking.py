"""Which records belong to a programme, and the number that each has in the file.

A number counts from 1 within its kind and says nothing beyond the file. Where the order in which
records were made would tell who made them, it follows from what they say instead.
"""

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from core.moving.kinds import Kind, Leave, added_to, kinds, label_of

AT_ONCE = 500

type Refs = dict[int, tuple[int | None, ...]]


class Picked:
    """The records of one programme: `rows[label]` are primary keys in the order of the file."""

    def __init__(self, programme: Any, leave: Leave) -> None:
        self.programme, self.leave = programme, leave
        self.kinds = kinds()
        self.refs: dict[str, Refs] = {kind.label: {} for kind in self.kinds}
        self.left_out: dict[str, int] = {}
        self.rows: dict[str, list[int]] = {}
        self.numbers: dict[str, dict[int, int]] = {}
        self._find()
        self._number()

    def number(self, label: str, key: int | None) -> int | None:
        """The number of a record in the file; None when it isn't in it."""
        return None if key is None else self.numbers.get(label, {}).get(key)

    def _find(self) -> None:
        for kind in self.kinds:
            for rows in _asked(kind, self.programme):
                self._take(kind, rows)
        self._drop_orphans()
        while self._reach():
            continue
        for kind in self.kinds:
            if kind.follows:
                self._follow(kind)

    def _take(self, kind: Kind, rows: Any) -> None:
        names = [each.attname for each in kind.references]
        kept = _seen(kind, rows, self.leave)
        kept = kind.guard(kept, self.leave) if kind.guard else kept
        found = {key: tuple(refs) for key, *refs in kept.order_by().values_list("pk", *names)}
        if kept is not rows:
            withheld = rows.order_by().values("pk").distinct().count() - len(found)
            self.left_out[kind.label] = self.left_out.get(kind.label, 0) + withheld
        self.refs[kind.label].update(found)

    def _drop_orphans(self) -> None:
        """What belongs to a record that stays behind stays behind too."""
        reached = {kind.label for kind in self.kinds if kind.of is None}
        for kind in self.kinds:
            needed = [
                (place, label_of(each))
                for place, each in enumerate(kind.references)
                if not each.null and label_of(each) not in reached
            ]
            rows = self.refs[kind.label]
            for key, refs in list(rows.items()):
                if any(refs[place] not in self.refs[label] for place, label in needed):
                    del rows[key]
                    self.left_out[kind.label] = self.left_out.get(kind.label, 0) + 1

    def _reach(self) -> bool:
        """Take along what is referred to; was anything new?"""
        reached = {kind.label: kind for kind in self.kinds if kind.of is None and not kind.follows}
        wanted: dict[str, set[int]] = {label: set() for label in reached}
        for kind in self.kinds:
            for label, keys in self._referred(kind):
                if label in reached:
                    wanted[label] |= keys
        is_new = False
        for label, keys in wanted.items():
            missing = sorted(keys - self.refs[label].keys())
            for some in batched(missing, AT_ONCE):
                self._take(reached[label], reached[label].model._base_manager.filter(pk__in=some))
            is_new |= bool(missing)
        return is_new

    def _referred(self, kind: Kind) -> Iterator[tuple[str, set[int]]]:
        rows = self.refs[kind.label]
        for place, each in enumerate(kind.references):
            yield label_of(each), {refs[place] for refs in rows.values()} - {None}  # type: ignore[misc]
        for each in kind.lists:
            yield label_of(each), {other for _key, other in listed(each, sorted(rows))}

    def _follow(self, kind: Kind) -> None:
        field = kind.model._meta.get_field(kind.follows)
        for some in batched(sorted(self.refs[label_of(field)]), AT_ONCE):
            rows = kind.model._base_manager.filter(**{f"{kind.follows}__in": some})
            self._take(kind, rows)

    def _number(self) -> None:
        for kind in self.kinds:
            keys = sorted(self.refs[kind.label])
            if kind.sort:
                keys.sort(key=lambda key: self._sort_key(kind, key))
            if kind.order:
                told = kind.order(keys, self)
                keys.sort(key=lambda key: told[key])
            self.rows[kind.label] = keys
            self.numbers[kind.label] = {key: number for number, key in enumerate(keys, start=1)}

    def _sort_key(self, kind: Kind, key: int) -> tuple[int, ...]:
        names = [each.name for each in kind.references]
        refs = dict(zip(names, self.refs[kind.label][key], strict=True))
        labels = {each.name: label_of(each) for each in kind.references}
        return tuple(self.number(labels[name], refs[name]) or 0 for name in kind.sort)

    def each(self, kind: Kind) -> Iterator[Any]:
        """Its records, in the order of the file."""
        for some in batched(self.rows[kind.label], AT_ONCE):
            found = kind.model._base_manager.in_bulk(list(some))
            yield from (found[key] for key in some)


def _seen(kind: Kind, rows: Any, leave: Leave) -> Any:
    """For a person only what is visible to them; what is referred to comes along with it."""
    seen = getattr(kind.model._default_manager, "visible_to", None)
    if leave.user is None or kind.of is None or seen is None:
        return rows
    return rows.filter(pk__in=seen(leave.user).order_by().values("pk"))


def _asked(kind: Kind, programme: Any) -> Iterable[Any]:
    if isinstance(kind.of, str):
        way = {kind.of: programme.pk}
        yield kind.model._base_manager.filter(**way)
    elif kind.of is not None:
        yield kind.of(programme)
    yield from added_to(kind.label, programme)


def listed(field: Any, keys: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The pairs of a field that refers to several: who, and to whom."""
    through = field.remote_field.through._base_manager
    here, there = field.m2m_column_name(), field.m2m_reverse_name()
    for some in batched(keys, AT_ONCE):
        rows = through.filter(**{f"{here}__in": some}).order_by("pk")
        yield from rows.values_list(here, there)
