"""One variable as a file has it, checked: what is wrong is told with its place and its column."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.csvfiles import InvalidFile
from surveys.codebooks.spec import NOMINAL, ORDINAL, VariableSpec
from surveys.formats.reading import CONTROL, DANGEROUS

MOST_VARIABLES = 500
MOST_VALUES = 200
LONGEST_VALUE = 60
LONGEST_TEXT = 4000
LONGEST_MEANING = 200
CODE = re.compile(r"[A-Za-z0-9_-]{1,60}")
TRUE = {"yes", "true", "1", "ja"}
FALSE = {"", "no", "false", "0", "nee"}
TEXTS = ("definition", "definition_en", "rule", "rule_en", "example", "example_en")


@dataclass
class Checking:
    """A codebook being read: the variables so far, and everything that is wrong with it."""

    errors: list[str] = field(default_factory=list)
    variables: list[VariableSpec] = field(default_factory=list)

    def wrong(self, where: str, column: str, what: str) -> None:
        """Note what is wrong with one cell."""
        self.errors.append(
            _("%(where)s, %(column)s: %(what)s") % {"where": where, "column": column, "what": what}
        )

    def add(self, where: str, row: Mapping[str, Any]) -> None:
        """Take a variable, or note what is wrong with it."""
        before = len(self.errors)
        spec = VariableSpec(
            code=self._code(where, row.get("code")),
            meaning=self._text(where, "meaning", row.get("meaning"), LONGEST_MEANING, needed=True),
            meaning_en=self._text(where, "meaning_en", row.get("meaning_en"), LONGEST_MEANING),
            level=self._level(where, row.get("level")),
            values=self._values(where, row.get("values"), row.get("level")),
            several=self._several(where, row.get("several")),
            dimension=self._text(where, "dimension", row.get("dimension"), LONGEST_VALUE),
            **{name: self._text(where, name, row.get(name), LONGEST_TEXT) for name in TEXTS},
        )
        if len(self.errors) == before:
            self.variables.append(spec)

    def done(self) -> list[VariableSpec]:
        """All variables. Raises InvalidFile with everything that is wrong."""
        if not self.variables and not self.errors:
            self.errors.append(_("The file has no variables."))
        if len(self.variables) > MOST_VARIABLES:
            self.errors.append(_("The file has more than %d variables.") % MOST_VARIABLES)
        if self.errors:
            raise InvalidFile(self.errors)
        return self.variables

    def _code(self, where: str, given: Any) -> str:
        code = _plain(given)
        if not CODE.fullmatch(code):
            self.wrong(where, "code", _("a code has 1 to 60 letters, digits, “_” or “-”."))
        elif code.casefold() in {known.code.casefold() for known in self.variables}:
            self.wrong(where, "code", _("“%s” is there already.") % code)
        return code

    def _level(self, where: str, given: Any) -> str:
        level = _plain(given).lower()
        if level not in (NOMINAL, ORDINAL):
            self.wrong(where, "level", _("“%s” is neither nominal nor ordinal.") % level[:60])
        return level

    def _several(self, where: str, given: Any) -> bool:
        if isinstance(given, bool):
            return given
        said = _plain(given).lower()
        if said not in TRUE | FALSE:
            self.wrong(where, "several", _("“%s” is neither yes nor no.") % said[:60])
        return said in TRUE

    def _values(self, where: str, given: Any, level: Any) -> tuple[str, ...]:
        values = [_plain(value) for value in _listed(given)]
        fewest = 2 if _plain(level).lower() == ORDINAL else 1
        if not fewest <= len(values) <= MOST_VALUES:
            what = _("%(count)d values; there must be %(fewest)d to %(most)d.")
            counts = {"count": len(values), "fewest": fewest, "most": MOST_VALUES}
            self.wrong(where, "values", what % counts)
        for value in values:
            if not 1 <= len(value) <= LONGEST_VALUE or _unsafe(value):
                what = _("“%(value)s”: a value is a text of 1 to %(most)d characters.")
                self.wrong(where, "values", what % {"value": value[:60], "most": LONGEST_VALUE})
        for value in _repeated(values):
            self.wrong(where, "values", _("“%s” is there twice.") % value)
        return tuple(values)

    def _text(self, where: str, column: str, given: Any, most: int, *, needed: bool = False) -> str:
        text = _plain(given)
        if needed and not text:
            self.wrong(where, column, _("this can't be empty."))
        if len(text) > most:
            self.wrong(where, column, _("longer than %d characters.") % most)
        if _unsafe(text):
            self.wrong(where, column, _("the text holds a script, mark-up or control characters."))
        return text


def _plain(given: Any) -> str:
    """What stands in a cell, as text; a whole number as a spreadsheet shows it."""
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    return "" if given is None else str(given).replace("\r\n", "\n").strip()


def _listed(given: Any) -> Sequence[Any]:
    """Values of a list, or of one cell with “;”, “|”, line ends or commas between."""
    if isinstance(given, list | tuple):
        return [value for value in given if value is not None]
    text = _plain(given)
    between = next((mark for mark in (";", "|", "\n", ",") if mark in text), None)
    parts = text.split(between) if between else [text]
    return [part for part in parts if part.strip()]


def _unsafe(text: str) -> bool:
    return bool(CONTROL.search(text) or DANGEROUS.search(text))


def _repeated(values: Iterable[str]) -> list[str]:
    listed = list(values)
    return [value for value in dict.fromkeys(listed) if listed.count(value) > 1]
