"""Support of an organisation for taking part (2007: tables 6.1 and 6.2)."""

from itertools import product

DECISIONS = ("moderate", "sufficient", "ample")
SUPPORT_LEVELS = ("moderate", "sufficient", "much")
MOTIVES = ("learning", "comparing", "automatism", "other")


def support_decision(
    decided_by: str | None, others_consulted: str | None, contact_consulted: str | None
) -> str | None:
    """Who took part in the decision to join.

    `moderate`: one person alone, nobody consulted; `sufficient`: a manager with others, without
    the contact person; `ample`: with others, and the contact person decided or was consulted.
    The contact person counts as one of the others: consulting only them is `ample` too.

    Arguments are "manager" or "contact", and "yes", "no" or "n/a"; None where unknown. An unknown
    that makes no difference makes no difference; else the decision is unknown (None).
    Source: Work First study 2007, text with tables 6.1 and 6.2.

    >>> support_decision("manager", "no", "no")
    'moderate'
    >>> support_decision("manager", "yes", "no")
    'sufficient'
    >>> support_decision("contact", "yes", "n/a")
    'ample'
    >>> support_decision("contact", None, "n/a") is None
    True
    """
    options = product(
        [decided_by] if decided_by else ["manager", "contact"],
        [others_consulted] if others_consulted else ["yes", "no"],
        [contact_consulted] if contact_consulted else ["yes", "no"],
    )
    return _the_only({_decision(*option) for option in options})


def _decision(decided_by: str, others_consulted: str, contact_consulted: str) -> str:
    contact_had_a_say = decided_by == "contact" or contact_consulted == "yes"
    contact_was_asked = decided_by == "manager" and contact_consulted == "yes"
    if others_consulted != "yes" and not contact_was_asked:
        return "moderate"
    return "ample" if contact_had_a_say else "sufficient"


def support_level(
    decision: str | None, motive: str | None, *, learning_with_moderate: str = "moderate"
) -> str | None:
    """How far the organisation stood behind taking part.

    `much`: learning motive and decision at least sufficient; `sufficient`: decision at least
    sufficient, another motive; `moderate`: decision moderate. The study leaves open what a
    learning motive with a moderate decision would be: `learning_with_moderate` says it.

    None where unknown decision or motive could make it one level or another.
    Source: Work First study 2007, table 7.7 and its text.

    >>> support_level("ample", "learning")
    'much'
    >>> support_level("sufficient", "comparing")
    'sufficient'
    >>> support_level("moderate", "learning", learning_with_moderate="sufficient")
    'sufficient'
    >>> support_level("moderate", None)
    'moderate'
    """
    options = product([decision] if decision else DECISIONS, [motive] if motive else MOTIVES)
    return _the_only({_level(*option, learning_with_moderate) for option in options})


def _level(decision: str, motive: str, learning_with_moderate: str) -> str:
    if decision == "moderate":
        return learning_with_moderate if motive == "learning" else "moderate"
    return "much" if motive == "learning" else "sufficient"


def _the_only(possible: set[str]) -> str | None:
    """The value that every completion of the unknowns leads to, if there is one."""
    return possible.pop() if len(possible) == 1 else None
