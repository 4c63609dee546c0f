"""Where django-formtools keeps the steps: in the database, an answer a row, under the link.

formtools' own storages keep a wizard's data as one document in a session or cookie, forget an
incomplete page, take a later step while an earlier one is missing and leave the document after the
end. Here each step's answers become rows at once through the domain, which holds the order.
"""

from typing import Any

from django.http import HttpRequest
from formtools.wizard.storage.base import BaseStorage

from surveys.days import local_today
from surveys.domain.responses import Link, answers_of, save_page
from surveys.given import Given


class DraftStorage(BaseStorage):
    """The draft behind one personal link; `link` and `token` are set by the view."""

    link: Link
    token: str

    def __init__(self, prefix: str, request: HttpRequest, file_storage: Any = None) -> None:
        # BaseStorage would prepend "wizard_" to the prefix; the key of a draft is its link.
        super().__init__(prefix, request, file_storage)
        self.init_data()
        self._answers: dict[int, Given] | None = None

    @property
    def answers(self) -> dict[int, Given]:
        """What was given so far, by item; read once a request."""
        if self._answers is None:
            self._answers = answers_of(self.link)
        return self._answers

    def get_step_data(self, step: str) -> dict[int, Given]:
        return self.answers

    def set_step_data(self, step: str, cleaned_data: dict[str, Any], *, done: bool = True) -> None:
        """Keep the answers of a page; `done` lets the respondent go on."""
        today = local_today()
        given = cleaned_data["given"]
        order = cleaned_data.get("order") or ()
        save_page(
            self.token,
            page=int(step),
            given=given,
            done=done,
            today=today,
            order=order,
            link=self.link,
        )
        self._answers = None

    def reset(self) -> None:
        """Nothing: opening a page never throws away what was given."""

    def update_response(self, response: Any) -> None:
        """Nothing: no cookie, no session, no files."""
