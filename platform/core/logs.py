"""Lines for the log in which nobody can be found: no address, no link, no answer.

Two things could bring somebody into a log. A sentence may name them: addresses, links and whatever
looks like a key are taken out of every line. And an error may quote what was being worked on, as in
"value too long: ..." - so of an error a line keeps its kind and where it happened, not its words.
"""

import datetime as dt
import json
import logging
import re
import traceback
from types import TracebackType

MOST_FRAMES = 30
SHORTEST_QUOTE = 3
"""Characters: shorter words of an error are left in a sentence, or every "a" would go."""

_TAKEN_OUT = [
    # Everything up to the next blank: what stands before an @ can be nearly anything.
    (re.compile(r"[^\s<>\"'(),;:=]+@[^\s<>\"'(),;]+"), "[address]"),
    # Addresses of pages that are somebody's key.
    (re.compile(r"(/(?:s|i|interviews/feed)/)[^/\s\"'?#]+"), r"\1[link]"),
    (re.compile(r"(?<![\w-])(?=[\w-]*\d)[\w-]{20,}"), "[key]"),
    (re.compile(r"\?[^\s\"']*=[^\s\"']*"), "?[query]"),
    (re.compile(r"\b(?!127\.)\d{1,3}(?:\.\d{1,3}){3}\b"), "[ip]"),
    (re.compile(r"(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])", re.I), "[ip]"),
]


def without_people(text: str) -> str:
    """The text without e-mail addresses, links, keys, queries and addresses of machines."""
    for pattern, instead in _TAKEN_OUT:
        text = pattern.sub(instead, text)
    return text


def chain_of(error: BaseException | None) -> list[BaseException]:
    """The error and those that it came from."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def words_of(error: BaseException) -> list[str]:
    """What an error says, in all the ways in which others quote it; longest first."""
    texts = {str(error), repr(error), *map(str, error.args), *map(repr, error.args)}
    return sorted((text for text in texts if len(text) >= SHORTEST_QUOTE), key=len, reverse=True)


def frames_of(trace: TracebackType | None) -> list[str]:
    """Where it happened: file, line and function of each call, the innermost last."""
    frames = traceback.extract_tb(trace)[-MOST_FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


class Discreet(logging.Formatter):
    """One sentence a line, and of an error only its kind and where it happened."""

    def sentence(self, record: logging.LogRecord) -> str:
        """What the record says, without people and without the words of its error."""
        text = record.getMessage()
        for error in self.errors(record):
            for words in words_of(error):
                text = text.replace(words, f"[{type(error).__name__}]")
        return without_people(text)

    def errors(self, record: logging.LogRecord) -> list[BaseException]:
        """The errors that the record tells of."""
        return chain_of(record.exc_info[1]) if record.exc_info else []

    def format(self, record: logging.LogRecord) -> str:
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
        lines = [f"{moment:%F %T} {record.levelname} {record.name} {self.sentence(record)}"]
        for error in self.errors(record):
            lines += [type(error).__name__, *(f"  {at}" for at in frames_of(error.__traceback__))]
        return "\n".join(lines)


class Json(Discreet):
    """The same as one JSON document a line, for what collects logs.

    Fields: at, level, logger, text, process, and of an error `error` and `where`.
    """

    def format(self, record: logging.LogRecord) -> str:
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
        told: dict[str, object] = {
            "at": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "text": self.sentence(record),
            "process": record.process,
        }
        if errors := self.errors(record):
            told["error"] = [type(error).__name__ for error in errors]
            told["where"] = frames_of(errors[0].__traceback__)
        return json.dumps(told, ensure_ascii=False)
