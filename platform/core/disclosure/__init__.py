"""Disclosure control: what may be shown of small groups, decided here and nowhere else.

`counts` is for tables of counts with their totals; `breakdowns` for anything that is shown of
groups of respondents (distributions, means, counts) in several breakdowns beside one another.
"""

from core.disclosure.breakdowns import find_leak, protect_breakdowns
from core.disclosure.counts import ProtectedTable, enough, protect_counts, protect_table

__all__ = [
    "ProtectedTable",
    "enough",
    "find_leak",
    "protect_breakdowns",
    "protect_counts",
    "protect_table",
]
