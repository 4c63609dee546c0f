"""A topic guide, free of any database."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TopicSpec:
    """One topic: what is asked, words to probe with, and the coded variable that it informs."""

    code: str
    question: str
    question_en: str
    probes: tuple[str, ...]
    probes_en: tuple[str, ...]
    construct: str = ""


@dataclass(frozen=True, slots=True)
class GuideSpec:
    """A guide; `beforehand` are the facts about the organisation to know before the talk, by the
    names that interviewing/beforehand.py has for them."""

    code: str
    name: str
    name_en: str
    opening: str
    opening_en: str
    closing: str
    closing_en: str
    beforehand: tuple[str, ...]
    topics: tuple[TopicSpec, ...]


def topic(
    code: str,
    question: tuple[str, str],
    probes: tuple[str, str],
    construct: str = "",
) -> TopicSpec:
    """A topic written in few lines: Dutch first, keywords with a comma between them."""
    dutch, english = (tuple(word.strip() for word in text.split(",")) for text in probes)
    return TopicSpec(code, question[0], question[1], dutch, english, construct)
