"""Decisions about publishing: what a version freezes, and which items may be compared over it."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.csvfiles import InvalidFile
from core.models import log_activity
from surveys.checks import what_hinders
from surveys.comparing import ItemChange, compare, compare_published, dated
from surveys.conditions import read_conditions
from surveys.domain.instruments import publish_version, write_version
from surveys.editing import spec_of_draft
from surveys.models import Block, Instrument, InstrumentVersion, Item
from surveys.specs import (
    UNLIMITED,
    BlockSpec,
    ConstructSpec,
    InstrumentSpec,
    ItemSpec,
    LimitsSpec,
    OptionSpec,
)


def spec_of(version: InstrumentVersion) -> InstrumentSpec:
    """A stored version as plain objects; two queries."""
    blocks = Block.objects.filter(version=version).prefetch_related("items").order_by("position")
    return InstrumentSpec(
        code=version.instrument.code,
        title_nl=version.title_nl,
        title_en=version.title_en,
        blocks=tuple(_block_spec(block) for block in blocks),
        constructs=tuple(ConstructSpec(**row) for row in version.constructs),
    )


def _block_spec(block: Block) -> BlockSpec:
    items = tuple(_item_spec(item) for item in block.items.all())
    texts = (block.title_nl, block.title_en, block.intro_nl, block.intro_en)
    return BlockSpec(*texts, items, block.random_order)


def _item_spec(item: Item) -> ItemSpec:
    return ItemSpec(
        code=item.code,
        construct=item.construct,
        text_nl=item.text_nl,
        text_en=item.text_en,
        occasion=item.occasion,
        kind=item.kind,
        allow_na=item.allow_na,
        mandatory=item.mandatory,
        reversed=item.reversed,
        hint_nl=item.hint_nl,
        hint_en=item.hint_en,
        options=tuple(OptionSpec(**option) for option in item.options),
        limits=LimitsSpec(**item.limits) if item.limits else UNLIMITED,
        conditions=read_conditions(item.conditions),
        stem=item.stem,
        since=item.since,
    )


def newest_version(instrument: Instrument) -> InstrumentVersion | None:
    """The version that was published last."""
    published = InstrumentVersion.objects.filter(
        instrument=instrument, published_on__isnull=False
    ).select_related("instrument")
    return published.order_by("-number").first()


def changes_between(old: InstrumentVersion, new: InstrumentVersion) -> list[ItemChange]:
    """Two published versions item by item, and which items may be compared over them."""
    return compare_published(spec_of(old), spec_of(new))


def changes_of_draft(instrument: Instrument, draft: InstrumentSpec) -> list[ItemChange]:
    """A draft beside the version published last; everything is new when there is none."""
    last = newest_version(instrument)
    nothing = replace(draft, blocks=())
    return compare(spec_of(last) if last else nothing, draft)


@transaction.atomic
def publish_spec(
    instrument: Instrument, spec: InstrumentSpec, *, on: dt.date, by: Any = None
) -> InstrumentVersion:
    """Freeze a questionnaire as the next version of an instrument.

    What is as it was published last makes no new version: that one is returned. Raises InvalidFile
    with everything that hinders.
    """
    instrument = Instrument.objects.select_for_update(of=("self",)).get(pk=instrument.pk)
    problems = what_hinders(spec)
    if problems:
        raise InvalidFile([str(problem) for problem in problems])
    last = newest_version(instrument)
    number = 1 + max(instrument.versions.values_list("number", flat=True), default=0)
    spec = dated(spec, _last_published(instrument), number)
    if last is not None and spec_of(last) == replace(spec, code=instrument.code):
        return last
    version = write_version(
        instrument, number=number, blocks=spec.blocks, constructs=spec.constructs
    )
    version.title_nl, version.title_en = spec.title_nl, spec.title_en
    publish_version(version, on=on)
    log_activity(instrument, "published", actor=by, version=number)
    return version


def freeze_published(sender: Any, instance: Instrument, **kwargs: Any) -> None:
    """What Wagtail publishes becomes a version, in the same transaction (models.Instrument)."""
    publish_spec(instance, spec_of_draft(instance), on=timezone.localdate())


def _last_published(instrument: Instrument) -> dict[str, ItemSpec]:
    """Each item that was ever published, as it was last."""
    versions = instrument.versions.filter(published_on__isnull=False).order_by("number")
    return {item.code: item for version in versions for item in spec_of(version).items}
