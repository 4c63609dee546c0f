"""What a personal link opens, read in one query, and held while something is written.

Whatever writes first holds the invitation's row, so that two tabs, two devices, or closing the wave
come one after another.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.db import connection
from django.db.models import CharField, Func, QuerySet, Subquery, Value
from django.utils.translation import gettext_lazy as _

from core.exceptions import DomainError, Gone, NotNow
from surveys.domain.links import digest_of, draft_digest_of, used_digest_of
from surveys.enums import InvitationState, WaveState
from surveys.models import Invitation, Response, UsedLink
from surveys.prepared import Prepared
from surveys.structure import Questionnaire, questionnaire

LINK_FIELDS = (
    "pk",
    "state",
    "language",
    "organisation_id",
    "organisation__name",
    "role",
    "department",
    "function",
    "wave_id",
    "wave__state",
    "wave__mode",
    "wave__last_day",
    "wave__version_id",
    "wave__cycle__programme__name",
    "wave__cycle__programme__name_en",
    "wave__cycle__programme__kind",
    "wave__cycle__programme__minimum_group",
    "draft_pk",
    "draft_pages_done",
    "is_used",
)
LAST_DAY = LINK_FIELDS.index("wave__last_day")
IS_USED = LINK_FIELDS.index("is_used")


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


def _links(draft: str, used: str, digest: str) -> QuerySet[Any, tuple[Any, ...]]:
    rows = Invitation.objects.filter(token_digest=digest).order_by()
    drafts = Response.objects.filter(draft_digest=draft).order_by()
    return rows.annotate(
        draft_pk=Subquery(drafts.values("pk")),
        draft_pages_done=Subquery(drafts.values("pages_done")),
        is_used=Subquery(UsedLink.objects.filter(digest=used).order_by().values("pk")),
    ).values_list(*LINK_FIELDS)


def _invitations_to_hold(digest: str) -> QuerySet[Any, tuple[Any, ...]]:
    rows = Invitation.objects.filter(token_digest=digest).order_by().values_list("pk")
    return rows.select_for_update()


def _invitations_for_draft(digest: str) -> QuerySet[Any, tuple[Any, ...]]:
    rows = Invitation.objects.filter(token_digest=digest).order_by()
    return rows.select_for_update().values_list(WRITTEN_SOON)


WRITTEN_SOON = Func(
    Value("synchronous_commit"),
    Value("off"),
    Value(True),
    function="set_config",
    output_field=CharField(),
)
"""For the rest of a transaction of PostgreSQL: its end doesn't wait for the disk."""

READ_LINK = Prepared(_links, "draft", "used", "digest")
HOLD_TO_SUBMIT = Prepared(_invitations_to_hold, "digest")
HOLD_FOR_DRAFT = Prepared(_invitations_for_draft, "digest")


def find_link(token: str) -> Link:
    """What the link opens. Reads only: mail scanners open links. Raises UnknownLink."""
    draft = draft_digest_of(token)
    return _link_of(READ_LINK.rows(draft, used_digest_of(token), digest_of(token)))


def _link_of(rows: Sequence[tuple[Any, ...]]) -> Link:
    if not rows:
        raise UnknownLink
    row = list(rows[0])
    if isinstance(row[LAST_DAY], str):  # SQLite keeps a date as text
        row[LAST_DAY] = dt.date.fromisoformat(row[LAST_DAY])
    row[IS_USED] = row[IS_USED] is not None
    link = Link(*row)
    if link.wave_state == WaveState.DRAFT:
        raise UnknownLink
    return link


def check_open(link: Link, *, today: dt.date) -> None:
    """Raise AlreadyAnswered, or LinkGone when the wave is closed or its last day has passed."""
    if link.is_answered:
        raise AlreadyAnswered
    if link.state == InvitationState.CLOSED or link.wave_state == WaveState.CLOSED:
        raise LinkGone(_("This survey is closed."))
    if today > link.last_day:
        raise LinkGone(_("The last day to answer has passed."))


def hold_link(token: str, *, to_submit: bool = False) -> Link:
    """The link, with the invitation's row held until the transaction ends.

    What is submitted is on the database's disk when the transaction has ended. A draft may follow
    within a second, with whatever is written next: only a crash of the database server could lose
    it, and waiting for the disk takes longer than all the rest of such a request.
    """
    if connection.features.has_select_for_update:  # else the transaction itself waits for others
        if to_submit:
            HOLD_TO_SUBMIT.rows(digest_of(token))
        else:
            HOLD_FOR_DRAFT.rows(digest_of(token))
    # Read after waiting, in a statement of its own: one that waits still sees the draft, or its
    # absence, as it was before.
    return find_link(token)
