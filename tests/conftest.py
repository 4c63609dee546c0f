"""Fixtures that every story may use."""

import os

import pytest

from surveys import rendering
from surveys.structure import questionnaire

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # stories run side by side already


@pytest.fixture(autouse=True)
def nothing_kept_of_an_earlier_story():
    """A story's questionnaire may have the primary key of another's, which was rolled back."""
    questionnaire.cache_clear()
    rendering.forget_kept()
