"""Two versions of a questionnaire laid beside each other, item by item. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.enums import Agreement, ItemKind
from surveys.specs import InstrumentSpec, ItemSpec


class Change(models.TextChoices):
    """What became of an item."""

    SAME = "same", _("same")
    REWORDED = "reworded", _("reworded")
    RESCALED = "rescaled", _("rescaled")
    NEW = "new", _("new")
    GONE = "gone", _("gone")


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item in both versions; `may_compare`: may its answers be laid beside the earlier ones?"""

    code: str
    change: str
    may_compare: bool
    old: ItemSpec | None
    new: ItemSpec | None
    further: tuple[str | Promise, ...] = ()
    """What else differs, without touching the answers: construct, direction, when it is asked."""

    def get_change_display(self) -> str | Promise:
        return Change(self.change).label


def compare(old: InstrumentSpec, new: InstrumentSpec) -> list[ItemChange]:
    """Every item of both, in the order of the new one; what is gone comes last."""
    before = {item.code: item for item in old.items}
    after = {item.code for item in new.items}
    changes = [_change(before.get(item.code), item) for item in new.items]
    gone = [item for item in old.items if item.code not in after]
    return changes + [ItemChange(item.code, Change.GONE, False, item, None) for item in gone]


def _change(old: ItemSpec | None, new: ItemSpec) -> ItemChange:
    if old is None:
        return ItemChange(new.code, Change.NEW, False, None, new)
    change = what_changed(old, new)
    may_compare = change == Change.SAME or (change == Change.REWORDED and new.same_meaning)
    return ItemChange(new.code, change, may_compare, old, new, tuple(_further(old, new)))


def compare_published(old: InstrumentSpec, new: InstrumentSpec) -> list[ItemChange]:
    """As `compare`, of two published versions: there the numbers tell what may be compared."""
    return [
        replace(change, may_compare=change.old.since == change.new.since)
        if change.old and change.new
        else change
        for change in compare(old, new)
    ]


def what_changed(old: ItemSpec, new: ItemSpec) -> str:
    """Did the scale change, or only the words? A translation that was added changes neither."""
    if old.kind != new.kind or old.occasion != new.occasion or _scale(old) != _scale(new):
        return Change.RESCALED
    if _reworded(old.text_nl, new.text_nl) or _reworded(old.text_en, new.text_en):
        return Change.REWORDED
    if _relabelled(old, new):
        return Change.RESCALED
    return Change.SAME


def _plain(text: str) -> str:
    return " ".join(text.split())


def _reworded(old: str, new: str) -> bool:
    return bool(old.strip() and new.strip()) and _plain(old) != _plain(new)


def _scale(item: ItemSpec) -> Any:
    if item.kind == ItemKind.STATEMENT and not item.options:
        return [*Agreement.values], item.limits
    return [option.value for option in item.options], item.limits


def _relabelled(old: ItemSpec, new: ItemSpec) -> bool:
    if bool(old.options) != bool(new.options):
        return True
    return any(
        _reworded(was.label_nl, now.label_nl) or _reworded(was.label_en, now.label_en)
        for was, now in zip(old.options, new.options, strict=True)
    )


FURTHER: Mapping[str, str | Promise] = {
    "construct": _("measures something else"),
    "reversed": _("is counted the other way round"),
    "allow_na": _("“not applicable” was added or taken away"),
    "mandatory": _("must be answered, or no longer so"),
    "conditions": _("is asked under another condition"),
}


def _further(old: ItemSpec, new: ItemSpec) -> Iterable[str | Promise]:
    return [said for name, said in FURTHER.items() if getattr(old, name) != getattr(new, name)]


def dated(new: InstrumentSpec, earlier: Mapping[str, ItemSpec], number: int) -> InstrumentSpec:
    """The questionnaire with `since` of each item for version `number`.

    `earlier` holds each item as it was last published, by its code. What is the same, or reworded
    and said to mean the same, keeps its number; anything else counts from this version on.
    """
    blocks = [
        replace(block, items=tuple(_dated(item, earlier, number) for item in block.items))
        for block in new.blocks
    ]
    return replace(new, blocks=tuple(blocks))


def _dated(item: ItemSpec, earlier: Mapping[str, ItemSpec], number: int) -> ItemSpec:
    old = earlier.get(item.code)
    change = _change(old, item)
    since = old.since if old is not None and change.may_compare else number
    return replace(item, since=since, same_meaning=False)
