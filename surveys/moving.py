"""What of this room goes with a programme that moves: questionnaires, waves, answers, interviews
and what was coded. What a field looks like in the file is in `moving_fields.py`.

Of waves only those that are closed come along, with what closing left of them: from an open one two
files laid beside each other would tell who answered in between, and its links lead nowhere else.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from core.moving.kinds import Kind, Leave, add_kinds, not_for_persons
from surveys import moving_fields as fields
from surveys.enums import Channel, WaveState
from surveys.models import (
    Block,
    Coding,
    Instrument,
    InstrumentVersion,
    Item,
    LockedFile,
    Response,
    Wave,
)
from surveys.models.responses import new_row_id

LINK = "makes links of this installation; others are made where the file arrives"
MOMENT = "a moment beside a name says more than who was asked"
OF_A_LINK = "of somebody who is answering"


def settled(rows: QuerySet[Wave], leave: Leave) -> QuerySet[Wave]:
    """Closed waves, and those that nobody was asked in: all their answers came from a file."""
    given_here = Response.objects.filter(wave=OuterRef("pk")).exclude(channel=Channel.IMPORT)
    from_a_file = Q(state=WaveState.OPEN, invitations=None) & ~Exists(given_here)
    return rows.filter(Q(state=WaveState.CLOSED) | from_a_file)


def _versions(programme: Any) -> QuerySet[InstrumentVersion]:
    """Those of the programme's own questionnaires, and the others that its waves ask."""
    asked = Wave._base_manager.filter(cycle__programme=programme).values("version")
    own = Q(instrument__programme=programme)
    return InstrumentVersion._base_manager.filter(own | Q(pk__in=asked))


def _instruments(programme: Any) -> QuerySet[Instrument]:
    asked = _versions(programme).values("instrument")
    return Instrument._base_manager.filter(Q(programme=programme) | Q(pk__in=asked))


def _parts(model: Any, way: str) -> Callable[[Any], QuerySet]:
    def rows(programme: Any) -> QuerySet:
        return model._base_manager.filter(**{f"{way}__in": _versions(programme).values("pk")})

    return rows


def _released(rows: QuerySet, leave: Leave) -> QuerySet:
    """What is still being coded is seen by its coder alone."""
    if leave.user is not None:
        return rows.filter(pk__in=Coding.objects.visible_to(leave.user).values("pk"))
    return rows if leave.private else rows.filter(pk__in=Coding.objects.released().values("pk"))


def _unlocked(rows: QuerySet, leave: Leave) -> QuerySet:
    """Recordings and transcripts until their last day; of those that went, that they were there."""
    gone = ~Q(removed_at=None)
    if not leave.private:
        return rows.filter(gone)
    there = Q(removed_at=None, last_day__gte=timezone.localdate())
    if leave.user is not None:
        there &= Q(pk__in=LockedFile.objects.visible_to(leave.user).values("pk"))
    return rows.filter(gone | there)


KINDS = [
    Kind(
        "surveys.Instrument",
        of=_instruments,
        fields=[
            *("created_at", "modified_at", "programme", "code", "title_nl", "title_en", "body"),
            *("live", "has_unpublished_changes", "first_published_at", "last_published_at"),
        ],
        known_by=[["code"]],
        same=["programme"],
        translated={"body": fields.DRAFT, "code": fields.FREE_CODE},
    ),
    Kind("surveys.InstrumentVersion", of=_versions, known_by=[["instrument", "number"]]),
    Kind(
        "surveys.Block",
        of=_parts(Block, "version"),
        known_by=[["version", "position"]],
        same=["random_order"],
    ),
    Kind(
        "surveys.Item",
        of=_parts(Item, "block__version"),
        known_by=[["block", "code"]],
        same=["position", "kind", "text_nl", "options", "conditions", "since", "reversed"],
    ),
    Kind(
        "surveys.Wave",
        of="cycle__programme",
        guard=settled,
        without={"link_key": LINK, "key_share": LINK},
        fill=fields.KEYS_OF_A_WAVE,
    ),
    Kind("surveys.MailText", of="wave__cycle__programme"),
    Kind("surveys.Reminder", of="wave__cycle__programme"),
    Kind("surveys.MailStop", of="programme"),
    Kind(
        "surveys.Invitation",
        of="wave__cycle__programme",
        without={
            "nonce": LINK,
            "token_digest": LINK,
            "created_at": MOMENT,
            "modified_at": MOMENT,
        },
        fill=fields.LINK_OF_A_CLOSED_WAVE,
    ),
    Kind(
        "surveys.Response",
        of="wave__cycle__programme",
        guard=not_for_persons,
        without={"draft_digest": OF_A_LINK, "begun": OF_A_LINK},
        fill={"id": lambda row: new_row_id()},
        translated={"pseudonym": fields.PSEUDONYM, "shown_order": fields.SHOWN_ORDER},
        order=fields.order_of_responses,
    ),
    Kind(
        "surveys.Answer",
        of="response__wave__cycle__programme",
        fill={"id": lambda row: new_row_id()},
        sort=["response", "item"],
    ),
    Kind(
        "surveys.RemarkReview",
        of="answer__response__wave__cycle__programme",
        without={"created_at": MOMENT, "modified_at": MOMENT},
        sort=["answer"],
    ),
    Kind("surveys.Thresholds", of="programme"),
    Kind("surveys.TopicGuide", of="programme"),
    Kind("surveys.Topic", of="guide__programme"),
    Kind(
        "surveys.InterviewRound",
        of="cycle__programme",
        without={"link_key": LINK, "key_share": LINK},
        fill=fields.KEYS_OF_A_ROUND,
    ),
    Kind(
        "surveys.Draw",
        of="round__cycle__programme",
        translated={"pool": fields.candidates("pool"), "drawn": fields.candidates("drawn")},
    ),
    Kind(
        "surveys.Candidate",
        of="round__cycle__programme",
        without={"nonce": LINK, "token_digest": LINK},
        fill=fields.LINK_OF_A_CANDIDATE,
    ),
    Kind("surveys.Interview", of="round__cycle__programme"),
    Kind("surveys.Seat", of="interview__round__cycle__programme"),
    Kind("surveys.TopicNote", of="interview__round__cycle__programme"),
    Kind(
        "surveys.LockedFile",
        of="interview__round__cycle__programme",
        guard=_unlocked,
        translated={"stored_as": fields.LOCKED},
    ),
    Kind(
        "surveys.InterviewReport",
        of="interview__round__cycle__programme",
        translated={"names": fields.NAMES},
    ),
    Kind("surveys.CodedText", of="cycle__programme"),
    Kind("surveys.CodingTask", of="text__cycle__programme"),
    Kind("surveys.Codebook", of="programme"),
    Kind("surveys.CodedVariable", of="codebook__programme"),
    Kind("surveys.Coding", of="variable__codebook__programme", guard=_released),
]

STAYING = {
    "surveys.UsedLink": "tells who answered while a wave is open; gone once it is closed",
    "surveys.PseudonymKey": "leads from an address to answers; waves held elsewhere get another",
    "surveys.OpenLink": LINK,
    "surveys.Export": "a file that somebody fetched here",
    "surveys.Tabulation": "counted anew from the answers",
    "surveys.Vault": "the key of this installation to what is locked; another is made",
    "surveys.Diary": "an interviewer's own, for all programmes",
    "surveys.WeeklyHours": "an interviewer's own, for all programmes",
    "surveys.OtherDay": "an interviewer's own, for all programmes",
    "surveys.SecondReading": "a step of the editor, the same in each installation",
}


def offer() -> None:
    """Tell the floor."""
    add_kinds(KINDS, staying=STAYING)
