"""Learning from a benchmark (2007: chapter 7), and how knowledge is used."""

from collections.abc import Iterable

LEARNING_LEVELS = ("none", "sufficient", "ample", "much")
USES = ("instrumental", "conceptual", "strategic")
RATINGS = ("insufficient", "moderate", "sufficient")


def level_of(different: int) -> str:
    """The level of learning for a number of different experiences, or of audiences.

    0-1 `none`, 2-3 `sufficient`, 4-5 `ample`, 6 and more `much`. Raises ValueError under 0.
    Source: Work First study 2007, table 7.4; the same bands for table 7.16.

    >>> [level_of(number) for number in (0, 1, 2, 3, 4, 5, 6, 9)]
    ['none', 'none', 'sufficient', 'sufficient', 'ample', 'ample', 'much', 'much']
    """
    if different < 0:
        raise ValueError("a number of experiences is never negative")
    return LEARNING_LEVELS[min(different // 2, 3)]


def social_learning(experiences: Iterable[str]) -> int:
    """Number of *different* experiences, whatever the occasion at which they were had.

    Source: Work First study 2007, tables 7.1-7.3.

    >>> social_learning(["contacts", "working_visit", "contacts"])
    2
    """
    return len(set(experiences))


def agenda_learning(informed: Iterable[tuple[str, str]]) -> int:
    """Number of different pairs of an audience and the results it heard of or discussed.

    An audience that heard of its own and of the general results counts twice: this is the reading
    of "audience by own or general results" under which every level of table 7.16 comes out as
    published (counting audiences alone, municipality 14 would be `ample`, not `much`).
    Source: Work First study 2007, tables 7.15 and 7.16.

    >>> agenda_learning([("alderman", "own_results"), ("alderman", "general_results")])
    2
    """
    return len(set(informed))


def political_learning(uses: Iterable[str]) -> str:
    """Whether results, own or general, were used as leverage in the council.

    Source: Work First study 2007, text of 7.3.

    >>> political_learning(["general_results"]), political_learning([])
    ('yes', 'no')
    """
    return "yes" if any(True for _use in uses) else "no"


def knowledge_use(mentions: Iterable[str]) -> tuple[str, ...]:
    """The different ways in which knowledge was used, in the order of the study.

    `instrumental`: it led to a decision; `conceptual`: it changed thinking; `strategic`: it was
    used in a negotiation. Raises ValueError for another word.
    Source: study of how research reaches municipal practice, 2011.

    >>> knowledge_use(["strategic", "instrumental", "strategic"])
    ('instrumental', 'strategic')
    """
    said = set(mentions)
    if not said <= set(USES):
        raise ValueError("knowledge is used in one of three ways")
    return tuple(use for use in USES if use in said)


def rating_level(ratings: Iterable[str]) -> str | None:
    """One level for several ratings of a dimension: the middle one, the lower of two.

    For learning capacity (its variables) and the quality of information alike. None without
    ratings; raises ValueError for another word.
    Source: G4 study 2016 for the ratings; the middle is ours, since they are ordered and no more.

    >>> rating_level(["sufficient", "insufficient", "moderate"])
    'moderate'
    >>> rating_level(["sufficient", "moderate"])
    'moderate'
    """
    ranks = sorted(RATINGS.index(rating) for rating in ratings)
    return RATINGS[ranks[(len(ranks) - 1) // 2]] if ranks else None
