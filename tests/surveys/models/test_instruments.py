"""A published version never changes."""

import pytest
from django.db import transaction

from core.exceptions import NotNow
from surveys.domain.instruments import publish_version, ship_perception_survey
from surveys.models import Block, InstrumentVersion, Item
from surveys.models.instruments import Frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return ship_perception_survey()


def test_the_shipped_survey_asks_thirteen_statements_in_two_blocks_and_two_remarks(version):
    kinds = [list(block.items.values_list("kind", flat=True)) for block in version.blocks.all()]
    assert kinds == [["statement"] * 9 + ["open_text"], ["statement"] * 4 + ["open_text"]]
    assert Item.objects.filter(allow_na=True).count() == 6
    assert set(Item.objects.filter(allow_na=True).values_list("occasion", flat=True)) == {
        "circle",
        "session",
    }


def test_shipping_again_changes_nothing(version):
    assert ship_perception_survey() == version
    assert InstrumentVersion.objects.count() == 1
    assert Item.objects.count() == 15


@pytest.mark.parametrize("model", [InstrumentVersion, Block, Item])
def test_no_part_of_a_published_version_can_be_saved_or_deleted(version, model):
    part = model.objects.first()
    for change in (part.save, part.delete, model.objects.all().delete):
        with pytest.raises(Frozen):
            change()


def test_a_published_version_can_not_be_changed_in_bulk(version):
    item = Item.objects.first()
    item.text_nl = "Iets anders"
    with pytest.raises(Frozen), transaction.atomic():
        Item.objects.bulk_update([item], ["text_nl"])
    with pytest.raises(Frozen):
        Item.objects.update(text_nl="Iets anders")
    with pytest.raises(Frozen):
        Item.objects.bulk_create([Item(block=item.block, position=99, code="new")])
    with pytest.raises(NotNow):
        publish_version(version, on="2026-01-01")


def test_a_statement_can_not_be_slipped_into_a_published_version(version):
    with pytest.raises(Frozen):
        Item.objects.create(block=version.blocks.first(), position=99, code="new")
