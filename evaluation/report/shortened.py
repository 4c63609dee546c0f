"""Texts that must fit: the first few sentences, each cut at a length."""

from collections.abc import Sequence

from django.utils.text import Truncator

from evaluation.report.document import Sentence

LONGEST = 320
"""Characters; a sentence that is longer names things that the full report has in full."""


def shortened(said: Sequence[Sentence], most: int) -> list[Sentence]:
    """At most so many sentences, none longer than fits on the page of management."""
    return [
        Sentence(Truncator(each).chars(LONGEST), each.table, each.grade) for each in said[:most]
    ]
