"""Whoever adds a kind of item meets every table that has to know of it."""

from surveys import blocks, reading
from surveys.enums import ItemKind
from surveys.exporting import items as exported
from surveys.formats import writing
from surveys.importing import cells
from tests.surveys.views.test_kinds_of_questions import each_kind

ANSWERED = set(ItemKind) - {ItemKind.EXPLANATION}


def test_every_kind_can_be_edited_answered_and_written_to_every_format():
    for table in (blocks.KINDS, reading.READERS, writing.XLSFORM_TYPES, writing.LIMESURVEY_TYPES):
        assert set(table) == set(ItemKind)


def test_every_kind_that_is_answered_is_exported_and_imported():
    assert set(exported.KIND_OF) == ANSWERED
    assert set(cells.READERS) | cells.ONE_VALUE == ANSWERED


def test_every_kind_is_in_the_story_of_a_respondent():
    assert {each.kind for page in each_kind() for each in page.items} == set(ItemKind)
