"""How a name is found in a text."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

SHORTEST = 3
"""A first or last name of fewer letters is too often something else."""
type Span = tuple[list[str | int], int, int, str]
"""The keys that lead to a text, its first character, how many, and the mark of the text."""


def mark_of(text: str) -> str:
    """Tells a text that was changed from one that was not; it can't be read back."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Name:
    """A person as texts may name them: in full, by the first or the last word of the name, by an
    address."""

    full: str
    addresses: tuple[str, ...] = ()

    @property
    def short(self) -> list[str]:
        """The first and the last word, if they are names: no initials, no title with a point."""
        words = self.full.split()
        ends = dict.fromkeys((*words[:1], *words[-1:]))
        return [word for word in ends if len(word) >= SHORTEST and word[-1].isalpha()]

    @property
    def is_empty(self) -> bool:
        return not self.full.strip() and not any(self.addresses)

    def is_theirs(self, text: str) -> bool:
        """Does this field hold just this name, or one of the addresses?"""
        told = " ".join(text.split()).casefold()
        mine = {" ".join(self.full.split()), *self.addresses}
        return bool(told) and told in {each.casefold() for each in mine if each}

    @cached_property
    def in_full(self) -> re.Pattern[str] | None:
        """The whole name or an address, in large or small letters."""
        words = [r"\s+".join(map(re.escape, self.full.split())), *map(re.escape, self.addresses)]
        return _pattern(words, re.IGNORECASE)

    @cached_property
    def in_short(self) -> re.Pattern[str] | None:
        """The same, and the first and last word of the name as they are written."""
        ends = [rf"(?-i:\b{re.escape(word)}\b)" for word in self.short]
        words = [self.in_full.pattern if self.in_full else "", *ends]
        return _pattern(words, re.IGNORECASE, bounded=False)


def _pattern(words: list[str], flags: re.RegexFlag, *, bounded: bool = True) -> re.Pattern | None:
    told = "|".join(word for word in words if word)
    if not told:
        return None
    return re.compile(rf"(?<!\w)(?:{told})(?!\w)" if bounded else told, flags)


def spans_in(value: object, pattern: re.Pattern[str]) -> Iterator[Span]:
    """Where a pattern is met in a text, or in the texts of a document."""
    for keys, text in texts_of(value):
        for found in pattern.finditer(text):
            yield keys, found.start(), found.end() - found.start(), mark_of(text)


def texts_of(value: object) -> Iterator[tuple[list[str | int], str]]:
    """Each text of a document, with the keys that lead to it."""
    if isinstance(value, str):
        yield [], value
        return
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    for key, each in inner:
        for keys, text in texts_of(each):
            yield [key, *keys], text


def replaced(value: object, pattern: re.Pattern[str], by: str) -> object:
    """A document with another text wherever the pattern is met."""
    if isinstance(value, str):
        return pattern.sub(by, value)
    if isinstance(value, dict):
        return {key: replaced(each, pattern, by) for key, each in value.items()}
    if isinstance(value, list):
        return [replaced(each, pattern, by) for each in value]
    return value
