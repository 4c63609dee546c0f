"""Fixtures of this room."""

import pytest

from surveys.structure import questionnaire


@pytest.fixture(autouse=True)
def no_questionnaire_of_an_earlier_story():
    """A story's version may have the primary key of another story's, which was rolled back."""
    questionnaire.cache_clear()
    yield
    questionnaire.cache_clear()
