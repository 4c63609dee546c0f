"""What somebody gave for an item, read from what a browser posted. Pure; nothing is stored here."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.exceptions import InvalidInput
from surveys.enums import LONGEST_REMARK, NOT_APPLICABLE
from surveys.structure import AskedItem

_VALUES = {str(value): value for value in range(1, 6)}


@dataclass(frozen=True, slots=True)
class Given:
    """One answer, in one of these: as the columns of models.Answer.

    `value` is a point of the scale or an option, `chosen` several options (in rank where they are
    ranked), `text` a remark or short text.
    """

    value: int | None = None
    not_applicable: bool = False
    text: str = ""
    number: Decimal | None = None
    day: dt.date | None = None
    chosen: tuple[int, ...] = ()

    @property
    def posted(self) -> str:
        """The answer as a browser posts it."""
        if self.not_applicable:
            return NOT_APPLICABLE
        return self.text if self.value is None else str(self.value)


def join_chosen(values: Iterable[int]) -> str:
    """Several options as they stand in the column: (1, 4) is ",1,4,"; no options are ""."""
    joined = ",".join(str(value) for value in values)
    return f",{joined}," if joined else ""


def split_chosen(stored: str) -> tuple[int, ...]:
    """The options that stand in the column: ",1,4," is (1, 4)."""
    return tuple(int(value) for value in stored.strip(",").split(",") if value)


def read_given(item: AskedItem, posted: str) -> Given | None:
    """The answer that was posted for an item; None when it was left open.

    Raises InvalidInput with a sentence for the respondent when it can't be an answer to this item.
    """
    if not item.is_statement:
        return _read_remark(posted)
    if not posted:
        return None
    if posted in _VALUES:
        return Given(value=_VALUES[posted])
    if posted == NOT_APPLICABLE and item.allow_na:
        return Given(not_applicable=True)
    raise InvalidInput(_("Choose one of the answers shown."))


def _read_remark(posted: str) -> Given | None:
    """Browsers send line ends as two characters; they count as one, as in the browser."""
    text = posted.replace("\r\n", "\n").strip()
    if "\x00" in text:
        raise InvalidInput(_("Your remark holds a character that can't be stored; take it out."))
    if len(text) > LONGEST_REMARK:
        raise InvalidInput(_("Your remark is too long; at most 4,000 characters fit."))
    return Given(text=text) if text else None
