"""Names in a report: replaced by pseudonyms, found where they are left, put back for who may."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_CAPITAL = r"[A-ZÀ-Ý][\w'’-]*"
_CAPITALS = re.compile(
    rf"\b{_CAPITAL}(?:(?:\s+(?:van|de|der|den|het|ten|ter|'t|aan|op)\b)*\s+{_CAPITAL})*"
)
_SENTENCE = re.compile(r"(?:^|[.!?…:]['”\")]*\s+|\n\s*[-•*]?\s*|[“\"‘'])$")


@dataclass(frozen=True, slots=True)
class Left:
    """A name that may be left in a text: where it begins, and what stands there."""

    at: int
    text: str
    known: bool


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Whole words, longest first: “Jan de Boer” before “Jan”."""
    words = sorted({name for name in names if name.strip()}, key=lambda name: (-len(name), name))
    if not words:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


def replace(text: str, names: Mapping[str, str]) -> str:
    """Every name replaced by its pseudonym, whatever its capitals.

    >>> replace("Jan de Boer belde; jan kwam.", {"Jan de Boer": "[A]", "Jan": "[B]"})
    '[A] belde; [B] kwam.'
    """
    pattern = _pattern(names)
    if pattern is None:
        return text
    folded = {name.casefold(): pseudonym for name, pseudonym in names.items()}
    for _pass in names:
        # A pseudonym has brackets, and beside it a name may stand alone that didn't before.
        text = pattern.sub(lambda found: folded[found[0].casefold()], text)
    return text


def put_back(text: str, names: Mapping[str, str]) -> str:
    """The names where their pseudonyms stand; of names that share one, the first."""
    back: dict[str, str] = {}
    for name, pseudonym in names.items():
        back.setdefault(pseudonym, name)
    pattern = re.compile("|".join(map(re.escape, sorted(back, key=len, reverse=True))) or r"(?!)")
    return pattern.sub(lambda found: back[found[0]], text)


def names_left(text: str, known: Iterable[str], passed: Iterable[str] = ()) -> list[Left]:
    """What may be a name: every known one, and every word with a capital inside a sentence that
    isn't among those that were looked at and let pass.

    >>> [left.text for left in names_left("We spraken met Anna. Het werkt.", ["Groningen"])]
    ['Anna']
    """
    pattern = _pattern(known)
    found = [Left(m.start(), m[0], True) for m in pattern.finditer(text)] if pattern else []
    fine = {word.casefold() for word in passed}
    for match in _CAPITALS.finditer(text):
        within = [left for left in found if _overlap(left, match)]
        if within:
            # A first name that is known, with a surname that isn't: all of it is the name.
            longest = max([match[0], *(left.text for left in within)], key=len)
            found = [left for left in found if left not in within]
            found.append(Left(min(match.start(), within[0].at), longest, True))
        elif match[0].casefold() not in fine and not _is_no_name(text, match):
            found.append(Left(match.start(), match[0], False))
    return sorted(found, key=lambda left: left.at)


def _overlap(left: Left, match: re.Match[str]) -> bool:
    return left.at < match.end() and match.start() < left.at + len(left.text)


def _is_no_name(text: str, match: re.Match[str]) -> bool:
    """A single word that begins a sentence, or a pseudonym in its brackets."""
    before = text[max(0, match.start() - 4) : match.start()]
    if before.endswith("["):
        return True
    begins = match.start() == 0 or bool(_SENTENCE.search(before))
    return begins and " " not in match[0]
