"""What a personal link opens, and the reasons why it may open nothing."""

import datetime as dt
from dataclasses import dataclass
from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from core.exceptions import DomainError, Gone, NotNow
from surveys.structure import Questionnaire, questionnaire


class UnknownLink(DomainError):
    """No invitation has this link. What was guessed and what was mistyped look the same."""

    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(_("This link is not known."))


class LinkGone(Gone):
    """The link was good, and no longer is: the wave is closed or the last day has passed."""


class AlreadyAnswered(NotNow):
    """This link was used to submit a response; nothing can be added to it."""

    def __init__(self) -> None:
        super().__init__(_("Your answers were submitted already and can't be changed any more."))


class NotYet(NotNow):
    """A later page was posted while an earlier one still has to be done."""

    def __init__(self, page: int) -> None:
        super().__init__(_("An earlier page comes first."))
        self.page = page
        self.way_on = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What a personal link opens: all that its pages need, read in one query."""

    invitation_id: int
    state: str
    language: str
    organisation_id: int
    organisation: str
    role: str
    department: str
    function: str
    wave_id: int
    wave_state: str
    mode: str
    last_day: dt.date
    version_id: int
    programme: str
    programme_en: str
    programme_kind: str
    minimum_group: int
    draft_id: int | None
    pages_done: int | None
    is_answered: bool

    @property
    def asked(self) -> Questionnaire:
        return questionnaire(self.version_id)

    @property
    def next_page(self) -> int:
        """Where to go on; one more than there are pages means the summary."""
        return min((self.pages_done or 0), len(self.asked.blocks)) + 1
