"""Decisions about instruments: publishing a version, and the one that ships."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.exceptions import NotNow
from surveys.content import BLOCKS, CODE, TITLE_EN, TITLE_NL
from surveys.editing import body_of
from surveys.models import Block, Instrument, InstrumentVersion, Item
from surveys.specs import BlockSpec, ConstructSpec, InstrumentSpec

SHIPPED_ON = dt.date(2026, 1, 1)


@transaction.atomic
def write_version(
    instrument: Instrument,
    *,
    number: int,
    blocks: Iterable[BlockSpec],
    constructs: Iterable[ConstructSpec] = (),
) -> InstrumentVersion:
    """Write down a version of an instrument, not yet published."""
    version = InstrumentVersion.objects.create(
        instrument=instrument,
        number=number,
        title_nl=instrument.title_nl,
        title_en=instrument.title_en,
        constructs=[asdict(construct) for construct in constructs],
    )
    for position, spec in enumerate(blocks, start=1):
        block = Block.objects.create(
            version=version,
            position=position,
            title_nl=spec.title_nl,
            title_en=spec.title_en,
            intro_nl=spec.intro_nl,
            intro_en=spec.intro_en,
            random_order=spec.random_order,
        )
        Item.objects.bulk_create(items_of(spec, block))
    return version


def items_of(spec: BlockSpec, block: Block) -> list[Item]:
    """The rows of a block's items, not yet stored."""
    return [
        Item(
            block=block,
            position=position,
            code=item.code,
            kind=item.kind,
            text_nl=item.text_nl,
            text_en=item.text_en,
            hint_nl=item.hint_nl,
            hint_en=item.hint_en,
            construct=item.construct,
            occasion=item.occasion,
            allow_na=item.allow_na,
            mandatory=item.mandatory,
            reversed=item.reversed,
            options=[asdict(option) for option in item.options],
            limits=asdict(item.limits),
            conditions=[[asdict(test) for test in group] for group in item.conditions],
            stem=item.stem,
            since=item.since,
        )
        for position, item in enumerate(spec.items, start=1)
    ]


def publish_version(version: InstrumentVersion, *, on: dt.date) -> InstrumentVersion:
    """Freeze a version for good, so that waves may ask it."""
    if version.is_frozen():
        raise NotNow(_("This version was published already."))
    if not Item.objects.filter(block__version=version).exists():
        raise NotNow(_("A version without statements can't be published."))
    version.published_on = on
    version.save()
    return version


@transaction.atomic
def ship_perception_survey() -> InstrumentVersion:
    """The perception survey, version 1, published; made when it isn't there yet."""
    instrument, _new = Instrument.objects.get_or_create(
        code=CODE, defaults={"title_nl": TITLE_NL, "title_en": TITLE_EN}
    )
    version = instrument.versions.filter(number=1).first()
    if version is None:
        version = write_version(instrument, number=1, blocks=BLOCKS)
        publish_version(version, on=SHIPPED_ON)
    if not instrument.body:
        instrument.body = json.dumps(body_of(InstrumentSpec(CODE, TITLE_NL, TITLE_EN, BLOCKS)))
        instrument.save(update_fields=["body"])
    return version
