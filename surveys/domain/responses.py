"""Decisions of a respondent: saving answers, going on, submitting, choosing a language.

A personal link is all there is: no account, no session, no cookie. Whatever writes first holds
the invitation's row, so that two tabs, two devices, or closing the wave come one after another.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet, Subquery
from django.db.models.sql import Query
from django.utils.translation import gettext_lazy as _

from core.exceptions import InvalidInput
from surveys.asking import CHANCE, Asked, asked_of, draw_orders
from surveys.domain.answers import read_answers, starting_draft, storing_answers
from surveys.domain.durations import hidden_moment, time_fields
from surveys.domain.links import digest_of, draft_digest_of, used_digest_of
from surveys.domain.opened import AlreadyAnswered, Link, LinkGone, NotYet, UnknownLink
from surveys.domain.ties import kept_of
from surveys.enums import InvitationState, ResponseState, WaveState
from surveys.given import Given
from surveys.models import Answer, Invitation, Response, UsedLink
from surveys.prepared import Prepared, PreparedInsert, change_together, update_of
from surveys.structure import AskedBlock, AskedItem

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
KEPT_MARKERS = {
    "state": "submitted",
    "draft_digest": "digest",
    "submitted_on": dt.date.min,
    "role": "role",
    "department": "department",
    "function": "function",
    "pseudonym": "pseudonym",
    "invitation": 30_000,
}
"""What stands for the fields of ties.kept_of while the ORM writes the update."""
LAST_DAY = LINK_FIELDS.index("wave__last_day")
IS_USED = LINK_FIELDS.index("is_used")


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


def _going_on(page: int, draft: int) -> Query:
    return update_of(Response.objects.filter(pk=draft, pages_done__lt=page), pages_done=page)


READ_LINK = Prepared(_links, "draft", "used", "digest")
HOLD_INVITATION = Prepared(_invitations_to_hold, "digest")
GO_ON = Prepared(_going_on, 30_000, 30_001)
INSERT_USED = PreparedInsert(UsedLink, ("wave", "digest"), unique=("digest",), update=("wave",))


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


def hold_link(token: str) -> Link:
    """The link, with the invitation's row held until the transaction ends."""
    if connection.features.has_select_for_update:  # else the transaction itself waits for others
        HOLD_INVITATION.rows(digest_of(token))
    # Read after waiting, in a statement of its own: one that waits still sees the draft, or its
    # absence, as it was before.
    return find_link(token)


def _hold_open(token: str, *, today: dt.date) -> Link:
    link = hold_link(token)
    check_open(link, today=today)
    return link


def save_page(
    token: str,
    *,
    page: int,
    given: Mapping[AskedItem, Given | None],
    done: bool,
    today: dt.date,
    order: Sequence[int] = (),
    link: Link | None = None,
) -> Link:
    """Keep the answers of a page; `done` lets the respondent go on to the next.

    What was emptied is taken away; a choice that is None stays as it was, for a browser can't take
    back a choice. `order` is how a shuffled page was shown. A `link` that is held already isn't
    read again. Raises NotYet when an earlier page wasn't done.
    """
    if link is None:
        with transaction.atomic():
            link = _hold_open(token, today=today)
            return save_page(
                token, page=page, given=given, done=done, today=today, order=order, link=link
            )
    next_page = asked_by(link).page_after(link.pages_done or 0)
    if page > next_page:
        raise NotYet(next_page)
    draft_id, steps = link.draft_id, []
    if draft_id is None:
        draft_id, starting = starting_draft(
            wave_id=link.wave_id,
            organisation_id=link.organisation_id,
            draft_digest=draft_digest_of(token),
            pages_done=page if done else 0,
            shown_order=draw_orders(link.asked, {page: order}),
            begun=hidden_moment(token),
        )
        steps.append(starting)
    steps += storing_answers(draft_id, given, is_new=link.draft_id is None)
    if done and link.draft_id and page > (link.pages_done or 0):
        steps.append(GO_ON.step(page, draft_id))
    if steps:
        change_together(*steps)
    return link


def save_answer(
    token: str,
    *,
    item: AskedItem,
    page: int,
    given: Given | None,
    today: dt.date,
    **further: Any,
) -> None:
    """Keep one answer as it is given. Raises NotYet for an item on a page not reached yet."""
    save_page(token, page=page, given={item: given}, done=False, today=today, **further)


def order_of(link: Link, block: AskedBlock) -> list[int]:
    """The order in which a shuffled page was shown first; a new one before anything was given."""
    drafts = Response.objects.filter(pk=link.draft_id) if link.draft_id else Response.objects.none()
    kept = drafts.values_list("shown_order", flat=True).first()
    return (kept or draw_orders(link.asked)).get(str(block.page)) or block.draw_order(CHANCE)


def submit_response(token: str, *, today: dt.date, link: Link | None = None) -> bool:
    """Make the draft a response, tied to the person only as far as the wave's mode says; False if
    that was done before.

    Two submits, or two at once, give one response: the second finds the invitation answered.
    Answers to what is not asked any more, since an earlier answer changed, are dropped. Raises
    NotYet when a page was skipped, InvalidInput when nothing was answered at all.
    """
    if link is None:
        try:
            with transaction.atomic():
                link = _hold_open(token, today=today)
                return submit_response(token, today=today, link=link)
        except AlreadyAnswered:
            return False
    answers = answers_of(link)
    asked = asked_of(link.asked, answers)
    _check_complete(link, asked)
    if dropped := answers.keys() - asked.answers.keys():
        Answer.objects.filter(response=link.draft_id, item__in=dropped).delete()
    assert link.draft_id is not None
    kept = kept_of(link, today=today)
    used = INSERT_USED.step([(link.wave_id, used_digest_of(token))])
    change = _submitting(tuple(kept)).step(*kept.values(), hidden_moment(token), link.draft_id)
    # A draft that is none any more was submitted, so that its link is a used one either way.
    return bool(change_together(used, change))


@cache
def _submitting(fields: tuple[str, ...]) -> Prepared:
    """Sets these fields of a response that is still a draft, and how long it took."""

    def build(*markers: Any) -> Query:
        *values, moment, draft = markers
        mine = Response.objects.filter(pk=draft, state=ResponseState.DRAFT)
        return update_of(mine, **dict(zip(fields, values, strict=True)), **time_fields(moment))

    return Prepared(build, *(KEPT_MARKERS[name] for name in fields), 30_001, 30_002)


def _check_complete(link: Link, asked: Asked) -> None:
    page = asked.page_after(link.pages_done or 0)
    if link.draft_id is None or page <= len(asked.pages):
        raise NotYet(page)
    if unfinished := asked.unfinished_page():
        raise NotYet(unfinished)
    if not asked.answers:
        raise InvalidInput(_("You haven't answered anything yet."))


def choose_language(token: str, *, language: str) -> None:
    """Show the survey behind this link in another language from now on."""
    if language not in ("nl", "en"):
        raise InvalidInput(_("The survey is there in Dutch and English."))
    Invitation.objects.filter(token_digest=digest_of(token)).update(language=language)


def answers_of(link: Link) -> dict[int, Given]:
    """What was given so far, by item; one query, none when nothing was."""
    if link.draft_id is None:
        return {}
    return read_answers(link.draft_id)


def asked_by(link: Link) -> Asked:
    """What is asked of this respondent; a query only where that depends on answers."""
    return asked_of(link.asked, answers_of(link) if link.asked.has_conditions else {})
