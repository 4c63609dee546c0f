"""A page of the survey as a form: read and checked in one pass, without a field object an item."""

from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.exceptions import InvalidInput
from surveys.given import Given, read_given
from surveys.structure import AskedBlock, AskedItem

CONTROLS = frozenset({"go", "language"})
"""What a page posts besides answers: which button was pressed."""

OPEN = _("This statement is still open.")


class PageForm(forms.BaseForm):
    """The answers of one page. `given` holds what can be kept, `wrong` what can't be an answer,
    `left_open` the statements without one. Valid when nothing is wrong, and nothing is left open
    unless the respondent chose to leave it.
    """

    base_fields: dict[str, forms.Field] = {}

    def __init__(self, data: Any = None, *, block: AskedBlock, may_leave_open: bool) -> None:
        super().__init__(data)
        self.block = block
        self.may_leave_open = may_leave_open
        self.given: dict[AskedItem, Given | None] = {}
        self.wrong: dict[str, Any] = {}
        self.typed: dict[int, Given] = {}
        self.left_open: list[AskedItem] = []
        self.has_strange_parts = False

    def full_clean(self) -> None:
        """Read every item once. `_errors` is what Django's is_valid() asks for."""
        errors: dict[str, Any] = {}
        for item in self.block.items:
            self._read(item)
        strange = set(self.data) - self.block.by_code.keys() - CONTROLS
        self.has_strange_parts = bool(strange)
        if strange:
            errors[""] = [_("The page held something that isn't asked here.")]
        for code, message in self.wrong.items():
            errors[code] = [message]
        if not self.may_leave_open:
            for item in self.left_open:
                errors[item.code] = [OPEN]
        self._errors = ErrorDict(errors)
        self.cleaned_data = {"given": self.given}

    def _read(self, item: AskedItem) -> None:
        posted = cast(QueryDict, self.data).getlist(item.code)
        try:
            if len(posted) > 1:
                raise InvalidInput(_("Choose one of the answers shown."))
            self.given[item] = read_given(item, posted[0] if posted else "")
        except InvalidInput as error:
            self.wrong[item.code] = error.message
            if not item.is_statement:  # what was typed comes back, to be put right
                self.typed[item.id] = Given(text=" ".join(posted).replace("\x00", ""))
            return
        if item.is_statement and self.given[item] is None:
            self.left_open.append(item)

    @property
    def can_be_kept(self) -> bool:
        """Nothing on the page is wrong; perhaps something is left open."""
        return not (self.errors and (self.wrong or self.has_strange_parts))

    @property
    def messages(self) -> dict[str, Any]:
        """What to say, by the code of the item; "" is about the page."""
        return {code: messages[0] for code, messages in self.errors.items()}

    @property
    def given_by_id(self) -> dict[int, Given]:
        """What to show again in the page."""
        kept = {item.id: given for item, given in self.given.items() if given is not None}
        return kept | self.typed
