"""Reading a run's result: words for organisations, numbers and relations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.formats import get_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evaluation.words import variable_words

NONE = "–"


@dataclass(frozen=True)
class Reading:
    """A result as it is read by somebody: with or without the names of organisations."""

    result: Mapping[str, Any]
    is_study: bool
    names_organisations: bool = True

    @property
    def n(self) -> int:
        """How many organisations take part."""
        return len(self.result["organisations"])

    @property
    def period(self) -> str:
        """The cycle."""
        return str(self.result["cycle"]["name"])

    @cached_property
    def names(self) -> dict[str, str]:
        """How each organisation is called here: as in the study, or by its name."""
        return {
            row["reference"]: row["reference"] if self.is_study else row["name"]
            for row in self.result["organisations"]
        }

    def who(self, references: Sequence[str]) -> str:
        """These organisations: by name, or how many."""
        if not self.names_organisations:
            return str(len(references))
        return ", ".join(self.names.get(each, each) for each in references) or NONE

    def variable(self, name: str) -> str:
        """A variable in the middle of a sentence."""
        return variable_words(name, self.result)

    def title(self, name: str) -> str:
        """A variable at the beginning of a line."""
        return capfirst(self.variable(name))

    def has(self, *names: str) -> bool:
        """Are all these variables there with at least one value?"""
        return all(self.result["variables"].get(name, {}).get("n") for name in names)


def is_rated(spec: Mapping[str, Any]) -> bool:
    """Is it a variable of a dimension with one rating an organisation, and was any given?"""
    ordinal = spec["kind"] == "ordinal" and not spec["several"]
    return bool(spec["dimension"] and ordinal and spec["n"])


def number(value: float | None, decimals: int = 2) -> str:
    """A number in the language of the moment, with a real minus sign."""
    if value is None:
        return NONE
    # Written here: number_format cuts decimals off, and takes five times as long.
    written = f"{value:.{decimals}f}".replace("-", "−")
    return written.replace(".", get_format("DECIMAL_SEPARATOR"))


def p_words(p: float | None) -> str:
    """A p-value: three decimals, and never 0."""
    if p is None:
        return NONE
    return _("< %(p)s") % {"p": number(0.001, 3)} if p < 0.001 else number(p, 3)


def interval_words(interval: Sequence[float] | None) -> str:
    """An interval from low to high."""
    if interval is None:
        return _("none")
    low, high = interval
    return _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}


def share_words(share: Mapping[str, Any]) -> str:
    """A share as percent, with its interval."""
    if share["share"] is None:
        return NONE
    low, high = share["interval"]
    return f"{number(100 * share['share'], 0)}% ({number(100 * low, 0)}–{number(100 * high, 0)}%)"


def enumerate_words(items: Iterable[str]) -> str:
    """a, b and c."""
    *first, last = list(items) or [""]
    if not first:
        return last
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}


def statement(item: Mapping[str, Any]) -> str:
    """A statement in the language of the moment, with the meeting it was asked for."""
    text = item["text_en"] if get_language() == "en" else item["text_nl"]
    occasion = {"circle": _("learning circle"), "session": _("interpretation session")}
    where = occasion.get(item["occasion"])
    return f"{text} ({where})" if where else text
