"""Involvement of an organisation in the making of the benchmark (2007: tables 6.3 and 6.4)."""

from collections.abc import Iterable


def involved(phases: Iterable[str | None]) -> str | None:
    """Involved = yes in at least one phase.

    Takes "yes", "no", "n/a" or None (unknown) for each phase. One yes is enough; without a yes,
    an unknown phase leaves it unknown; only "n/a", or nothing at all, is unknown too.
    Source: Work First study 2007, table 6.4.

    >>> involved(["no", "yes", None])
    'yes'
    >>> involved(["no", "no"])
    'no'
    >>> involved(["no", None]) is None
    True
    """
    said = [phase for phase in phases if phase != "n/a"]
    if "yes" in said:
        return "yes"
    return "no" if said and None not in said else None
