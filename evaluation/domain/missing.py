"""When a value is missing.

A value that is empty or spelled "missing" is missing everywhere. "unknown" is missing too, unless
a codebook lists it as a value of its own: who doesn't know their own results has no place in an
order from poor to good, and is no fourth kind of result. "n/a" is an answer (it doesn't apply).
"""

from collections.abc import Collection

MISSING = frozenset({"", "missing", "unknown"})


def known(value: str, values: Collection[str] = ()) -> bool:
    """Is this a value that is there?"""
    return value in values or value not in MISSING


def or_none(value: str) -> str | None:
    """The value, or None where it is missing."""
    return value if known(value) else None
