"""Fixtures that every story may use."""

import pytest

from surveys import rendering
from surveys.structure import questionnaire


@pytest.fixture(autouse=True)
def nothing_kept_of_an_earlier_story():
    """A story's questionnaire may have the primary key of another's, which was rolled back."""
    questionnaire.cache_clear()
    rendering.forget_kept()
