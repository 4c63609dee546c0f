"""A page of the survey as a form: read and checked in one pass, without a field object an item."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.exceptions import InvalidInput
from surveys.enums import ItemKind
from surveys.given import Given
from surveys.reading import CHOICES, names_of, posted_for, read_given, what_is_missing
from surveys.structure import AskedBlock, AskedItem

CONTROLS = frozenset({"go", "language", "order"})
"""What a page posts besides answers: which button was pressed, and in what order it was shown."""

OPEN = _("This statement is still open.")
OPEN_QUESTION = _("This question is still open.")


@lru_cache(maxsize=512)
def _names(block: AskedBlock) -> frozenset[str]:
    return CONTROLS.union(*(names_of(item) for item in block.items))


class PageForm(forms.BaseForm):
    """The answers of one page. `given` holds what can be kept, `wrong` what can't be an answer,
    `missing` what can be kept and isn't enough, `left_open` the questions without an answer.

    Valid when nothing is wrong or missing, and nothing is left open unless the respondent chose to
    leave it. Who doesn't go on (`goes_on`) may leave anything.
    """

    base_fields: dict[str, forms.Field] = {}

    def __init__(
        self,
        data: Any = None,
        *,
        block: AskedBlock,
        items: Sequence[AskedItem],
        may_leave_open: bool,
        goes_on: bool = True,
    ) -> None:
        super().__init__(data)
        self.block, self.items = block, items
        self.may_leave_open, self.goes_on = may_leave_open, goes_on
        self.given: dict[AskedItem, Given | None] = {}
        self.wrong: dict[str, Any] = {}
        self.missing: dict[str, Any] = {}
        self.typed: dict[int, Given] = {}
        self.left_open: list[AskedItem] = []
        self.has_strange_parts = False

    def full_clean(self) -> None:
        """Read every item once. `_errors` is what Django's is_valid() asks for."""
        errors: dict[str, Any] = {}
        for item in self.items:
            self._read(item)
        self.has_strange_parts = not _names(self.block).issuperset(self.data)
        if self.has_strange_parts:
            errors[""] = [_("The page held something that isn't asked here.")]
        told = self.wrong | (self.missing if self.goes_on else {})
        if not self.may_leave_open:
            told = self._open_ones() | told
        for item in self.items:
            if item.code in told:
                errors[item.code] = [told[item.code]]
        self._errors = ErrorDict(errors)
        self.cleaned_data = {"given": self.given}

    def _open_ones(self) -> dict[str, Any]:
        return {item.code: OPEN if item.is_statement else OPEN_QUESTION for item in self.left_open}

    def _read(self, item: AskedItem) -> None:
        posted = posted_for(item, cast(QueryDict, self.data))
        try:
            given = read_given(item, posted)
        except InvalidInput as error:
            self.wrong[item.code] = error.message
            self.typed[item.id] = _as_typed(item, posted)
            return
        if item.is_answerable:
            self.given[item] = given
        if missing := what_is_missing(item, given):
            self.missing[item.code] = missing
        elif given is None and item.number:
            self.left_open.append(item)

    @property
    def can_be_kept(self) -> bool:
        """Nothing on the page is wrong; perhaps something is left open."""
        return not (self.errors and (self.wrong or self.has_strange_parts))

    @property
    def can_be_left(self) -> bool:
        """Is everything that stands in the way only open, and may be left so?"""
        return not (self.wrong or self.missing or self.has_strange_parts)

    @property
    def messages(self) -> dict[str, Any]:
        """What to say, by the code of the item; "" is about the page."""
        return {code: messages[0] for code, messages in self.errors.items()}

    @property
    def given_by_id(self) -> dict[int, Given]:
        """What to show again in the page."""
        kept = {item.id: given for item, given in self.given.items() if given is not None}
        return kept | self.typed


def _as_typed(item: AskedItem, posted: Any) -> Given:
    """What couldn't be read comes back as it was typed or chosen, to be put right."""
    if posted.places:
        known = sorted((place, value) for value, place in posted.places)
        return Given(chosen=tuple(value for _place, value in known))
    if item.kind in CHOICES:
        boxes = posted.values if item.kind == ItemKind.MULTIPLE else ()
        chosen = (item.by_posted[value] for value in boxes if value in item.by_posted)
        return Given(chosen=tuple(chosen))
    return Given(text=" ".join(posted.values).replace("\x00", ""))
