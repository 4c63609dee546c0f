"""The tables of a wave as they may be shown, and nothing else: what every page and file reads.

They are made in tabulating.py, where the rule for small groups is kept, and may be kept as JSON.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

BREAKDOWNS = ("organisation", "role", "department", "function")
"""The one fixed set, from what weighs most: where two can't be shown beside each other, the
later gives way."""

type Group = tuple[str, str]
"""A breakdown and a value in it; of an organisation its primary key."""

WHOLE: Group = ("", "")


@dataclass(frozen=True, slots=True)
class ItemTable:
    """The answers of a group to an item, by what was answered: a value, or the options chosen as
    ",1,4,"; of a number, Σ and Σ of squares."""

    counts: dict[str, int]
    not_applicable: int = 0
    missing: int = 0
    total: float = 0.0
    squares: float = 0.0

    @property
    def n(self) -> int:
        """How many gave an answer other than "not applicable"."""
        return sum(self.counts.values())

    def of_values(self, values: tuple[int, ...]) -> tuple[int, ...]:
        """How many chose each of these values."""
        return tuple(self.counts.get(str(value), 0) for value in values)


@dataclass(frozen=True, slots=True)
class ScaleTable:
    """Reliability of the statements of a construct, over `n` who answered all of them."""

    construct: str
    items: tuple[int, ...]
    n: int
    alpha: float | None
    interval: tuple[float, float] | None
    item_rest: tuple[float | None, ...]
    alpha_if_dropped: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class PairsTable:
    """An item answered twice by the same people: Σ before, Σ now, Σ of squared differences."""

    n: int
    before: float
    now: float
    squares: float

    def with_more(self, n: int, before: float, now: float, squares: float) -> "PairsTable":
        """These people and others together."""
        return PairsTable(self.n + n, self.before + before, self.now + now, self.squares + squares)


type Pairs = dict[int, dict[Group, PairsTable]]
"""Of those who answered in the wave before too, by item and group."""


@dataclass(frozen=True, slots=True)
class Tables:
    """All that may be shown of a wave. A group or an item that isn't there may not be shown."""

    minimum: int
    respondents: dict[Group, int] = field(default_factory=dict)
    items: dict[int, dict[Group, ItemTable]] = field(default_factory=dict)
    scales: tuple[ScaleTable, ...] = ()
    has_hidden: bool = False
    pairs: Pairs | None = None
    """None where it was not looked at (linking.py does)"""

    def groups(self, breakdown: str) -> list[str]:
        """The values of a breakdown that may be shown."""
        return [value for name, value in self.respondents if name == breakdown]

    def of(self, item: int, group: Group = WHOLE) -> ItemTable | None:
        """The answers of a group to an item; None where they can't be shown."""
        return self.items.get(item, {}).get(group)


def to_json(tables: Tables) -> dict[str, Any]:
    """As it is kept."""
    return {
        "minimum": tables.minimum,
        "respondents": {":".join(group): n for group, n in tables.respondents.items()},
        "items": _by_names(tables.items),
        "scales": [asdict(scale) for scale in tables.scales],
        "has_hidden": tables.has_hidden,
        "pairs": None if tables.pairs is None else _by_names(tables.pairs),
    }


def from_json(kept: dict[str, Any]) -> Tables:
    """What `to_json` made."""
    return Tables(
        minimum=kept["minimum"],
        respondents={_group(name): n for name, n in kept["respondents"].items()},
        items=_by_keys(kept["items"], ItemTable),
        scales=tuple(_scale(scale) for scale in kept["scales"]),
        has_hidden=kept["has_hidden"],
        pairs=None if kept.get("pairs") is None else _by_keys(kept["pairs"], PairsTable),
    )


def _by_names(items: Mapping[int, Mapping[Group, Any]]) -> dict[str, Any]:
    return {
        str(item): {":".join(group): asdict(table) for group, table in groups.items()}
        for item, groups in items.items()
    }


def _by_keys[T](kept: Mapping[str, Any], table: Callable[..., T]) -> dict[int, dict[Group, T]]:
    return {
        int(item): {_group(name): table(**numbers) for name, numbers in groups.items()}
        for item, groups in kept.items()
    }


def _group(name: str) -> Group:
    breakdown, _colon, value = name.partition(":")
    return breakdown, value


def _scale(kept: dict[str, Any]) -> ScaleTable:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
    }
    return ScaleTable(**values)
