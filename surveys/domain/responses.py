"""Decisions of a respondent: saving answers, going on, submitting, choosing a language.

A personal link is all there is: no account, no session, no cookie. Whatever writes first holds
the invitation's row, so that two tabs, two devices, or closing the wave come one after another.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from core.exceptions import DomainError, Gone, InvalidInput, NotNow
from surveys.domain.links import digest_of, draft_digest_of, used_digest_of
from surveys.domain.ties import kept_of
from surveys.enums import InvitationState, ResponseState, WaveState
from surveys.given import Given
from surveys.models import Answer, Invitation, Response, UsedLink
from surveys.models.responses import new_row_id
from surveys.prepared import Prepared
from surveys.structure import AskedItem, Questionnaire, questionnaire

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


def _links(draft: str, draft_too: str, used: str, digest: str) -> QuerySet[Any, tuple[Any, ...]]:
    rows = Invitation.objects.filter(token_digest=digest).order_by()
    return rows.annotate(
        draft_pk=Subquery(Response.objects.filter(draft_digest=draft).order_by().values("pk")),
        draft_pages_done=Subquery(
            Response.objects.filter(draft_digest=draft_too).order_by().values("pages_done")
        ),
        is_used=Subquery(UsedLink.objects.filter(digest=used).order_by().values("pk")),
    ).values_list(*LINK_FIELDS)


def _invitations_to_hold(digest: str) -> QuerySet[Any, tuple[Any, ...]]:
    rows = Invitation.objects.filter(token_digest=digest).order_by().values_list("pk")
    return rows.select_for_update()


READ_LINK = Prepared(_links, "draft", "draft too", "used", "digest")
HOLD_INVITATION = Prepared(_invitations_to_hold, "digest")


def find_link(token: str) -> Link:
    """What the link opens. Reads only: mail scanners open links. Raises UnknownLink."""
    draft = draft_digest_of(token)
    return _link_of(READ_LINK.rows(draft, draft, used_digest_of(token), digest_of(token)))


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


def _hold_link(token: str, *, today: dt.date) -> Link:
    """The open link, with the invitation's row held until the transaction ends."""
    if connection.features.has_select_for_update:  # else the transaction itself waits for others
        HOLD_INVITATION.rows(digest_of(token))
    # Read after waiting, in a statement of its own: one that waits still sees the draft, or its
    # absence, as it was before.
    link = find_link(token)
    check_open(link, today=today)
    return link


@transaction.atomic
def save_page(
    token: str,
    *,
    page: int,
    given: Mapping[AskedItem, Given | None],
    done: bool,
    today: dt.date,
) -> Link:
    """Keep the answers of a page; `done` lets the respondent go on to the next.

    A remark that is None is taken away; a statement that is None stays as it was, for a browser
    can't take back a choice. Raises NotYet when an earlier page wasn't done.
    """
    link = _hold_link(token, today=today)
    if page > link.next_page:
        raise NotYet(link.next_page)
    draft_id = link.draft_id or _start_draft(token, link, pages_done=page if done else 0)
    _store(draft_id, given, is_new=link.draft_id is None)
    if done and link.draft_id and page > (link.pages_done or 0):
        Response.objects.filter(pk=draft_id).update(pages_done=Greatest(F("pages_done"), page))
    return link


def save_answer(
    token: str, *, item: AskedItem, page: int, given: Given | None, today: dt.date
) -> None:
    """Keep one answer as it is given. Raises NotYet for an item on a page not reached yet."""
    save_page(token, page=page, given={item: given}, done=False, today=today)


def _start_draft(token: str, link: Link, *, pages_done: int) -> int:
    draft = Response.objects.create(
        pk=new_row_id(),
        wave_id=link.wave_id,
        organisation_id=link.organisation_id,
        draft_digest=draft_digest_of(token),
        pages_done=pages_done,
    )
    return draft.pk


def _store(draft_id: int, given: Mapping[AskedItem, Given | None], *, is_new: bool) -> None:
    """Write what was given, over what was there; take away remarks that were emptied."""
    rows = [
        Answer(
            pk=new_row_id(),
            response_id=draft_id,
            item_id=item.id,
            value=answer.value,
            not_applicable=answer.not_applicable,
            text=answer.text,
        )
        for item, answer in given.items()
        if answer is not None
    ]
    emptied = [
        item.id for item, answer in given.items() if answer is None and not item.is_statement
    ]
    if rows:
        Answer.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["response", "item"],
            update_fields=["value", "not_applicable", "text"],
        )
    if emptied and not is_new:
        Answer.objects.filter(response=draft_id, item__in=emptied).delete()


@transaction.atomic
def submit_response(token: str, *, today: dt.date) -> bool:
    """Make the draft a response, tied to the person only as far as the wave's mode says; False if
    that was done before.

    Two submits, or two at once, give one response: the second finds the invitation answered.
    Raises NotYet when a page was skipped, InvalidInput when nothing was answered at all.
    """
    try:
        link = _hold_link(token, today=today)
    except AlreadyAnswered:
        return False
    if link.draft_id is None or link.next_page <= len(link.asked.blocks):
        raise NotYet(link.next_page)
    if not Answer.objects.filter(response=link.draft_id).exists():
        raise InvalidInput(_("You haven't answered anything yet."))
    mine = Response.objects.filter(pk=link.draft_id, state=ResponseState.DRAFT)
    if not mine.update(**kept_of(link, today=today)):
        return False
    UsedLink.objects.create(wave_id=link.wave_id, digest=used_digest_of(token))
    return True


def choose_language(token: str, *, language: str) -> None:
    """Show the survey behind this link in another language from now on."""
    if language not in ("nl", "en"):
        raise InvalidInput(_("The survey is there in Dutch and English."))
    Invitation.objects.filter(token_digest=digest_of(token)).update(language=language)


def _answers(draft_id: int) -> QuerySet[Any, tuple[Any, ...]]:
    rows = Answer.objects.filter(response=draft_id).order_by()
    return rows.values_list("item", "value", "not_applicable", "text")


READ_ANSWERS = Prepared(_answers, 0)


def answers_of(link: Link) -> dict[int, Given]:
    """What was given so far, by item; one query, none when nothing was."""
    if link.draft_id is None:
        return {}
    rows = READ_ANSWERS.rows(link.draft_id)
    return {item: Given(value, bool(na), text) for item, value, na, text in rows}
