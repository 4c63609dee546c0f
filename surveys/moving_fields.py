"""What some fields of this room look like in the file of a programme, and the order of responses.

Nothing in the file may lead from a person to an answer: not the order of the rows, which follows
from what they say; not a pseudonym, which gets another name; not a key or a moment.
"""

import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import batched
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone

from core.moving.kinds import Translation
from core.recordings import check_recording
from surveys.domain.links import digest_of, make_token
from surveys.domain.locked_files import ending_of, kind_of, vault_of
from surveys.enums import WaveState
from surveys.keys import KeyMissing, make_share, whole_key
from surveys.models import Answer, Instrument, RemarkReview, Response, Vault
from surveys.models.waves import new_link_key, new_nonce
from surveys.vaults import Unreadable, lock, unlock

ITEM, CANDIDATE = "surveys.Item", "surveys.Candidate"
AT_ONCE = 500

# --- Links: made anew where the file arrives ------------------------------------------------------


def _key_of_a_wave(row: Any) -> str:
    return "" if row.state == WaveState.CLOSED else new_link_key()


def _share_of_a_wave(row: Any) -> str:
    return "" if row.state == WaveState.CLOSED else make_share()


def _digest_of_a_candidate(row: Any) -> str:
    key = whole_key(row.round.link_key, row.round.key_share)
    return digest_of(make_token(key, row.nonce))


KEYS_OF_A_WAVE = {"link_key": _key_of_a_wave, "key_share": _share_of_a_wave}
KEYS_OF_A_ROUND = {"link_key": lambda row: new_link_key(), "key_share": lambda row: make_share()}
LINK_OF_A_CLOSED_WAVE = {"token_digest": lambda row: secrets.token_hex(32)}
LINK_OF_A_CANDIDATE = {"nonce": lambda row: new_nonce(), "token_digest": _digest_of_a_candidate}

# --- Questionnaires -------------------------------------------------------------------------------


def _draft_out(row: Any, desk: Any) -> Any:
    """What stands in the editor now; earlier editions stay behind."""
    draft = row.get_latest_revision_as_object()
    return draft._meta.get_field("body").get_prep_value(draft.body)


def _draft_into(value: Any, row: Any, desk: Any) -> Any:
    return row._meta.get_field("body").to_python(json.dumps(list(value)))


def _same_code(row: Any, desk: Any) -> str:
    return str(row.code)


def _free_code(value: Any, row: Any, desk: Any) -> str:
    """The code; with a number behind it where another questionnaire has it."""
    code, number = str(value), 1
    while _is_taken(code if number == 1 else f"{code[:36]}-{number}", row.programme_id):
        number += 1
    return code if number == 1 else f"{code[:36]}-{number}"


def _is_taken(code: str, programme_id: int | None) -> bool:
    there = Instrument._base_manager.filter(code=code).first()
    shipped = there is not None and there.programme_id is None and programme_id is None
    return there is not None and not shipped


DRAFT = Translation(_draft_out, _draft_into, {"type": "array", "description": "blocks of pages"})
FREE_CODE = Translation(_same_code, _free_code, {"type": "string"})

# --- Numbers inside a document --------------------------------------------------------------------


def _order_out(row: Any, desk: Any) -> dict[str, list[int | None]]:
    return {
        page: [desk.number(ITEM, item) for item in items] for page, items in row.shown_order.items()
    }


def _order_into(value: Any, row: Any, desk: Any) -> dict[str, list[int | None]]:
    return {
        str(page): [desk.key(ITEM, number) for number in numbers] for page, numbers in value.items()
    }


SHOWN_ORDER = Translation(
    _order_out, _order_into, {"type": "object", "description": "page: numbers of items, as shown"}
)


def candidates(field: str) -> Translation:
    """A list of primary keys of candidates."""

    def out(row: Any, desk: Any) -> list[int | None]:
        return [desk.number(CANDIDATE, key) for key in getattr(row, field)]

    def into(value: Any, row: Any, desk: Any) -> list[int | None]:
        return [desk.key(CANDIDATE, number) for number in value]

    told = {"type": "array", "description": "numbers of candidates; null for one that is gone"}
    return Translation(out, into, told, late=True, at_first=[])


# --- What is locked -------------------------------------------------------------------------------


def _opened(row: Any, locked: bytes, desk: Any) -> bytes | None:
    """What is locked, or None where its key is gone: that is noted in the file."""
    try:
        return unlock(Vault.objects.get(interview=row.interview_id), locked)
    except (KeyMissing, Unreadable, Vault.DoesNotExist):
        desk.miss(row._meta.label)
        return None


def _locked_out(row: Any, desk: Any) -> str | None:
    if not row.stored_as:
        return None
    with storages["private"].open(row.stored_as) as stored:
        plain = _opened(row, stored.read(), desk)
    if plain is None:
        return None
    name = f"{desk.number(row._meta.label, row.pk)}.{ending_of(row.name)}"
    return str(desk.add_file(row._meta.label, name, ContentFile(plain)))


def _locked_into(value: Any, row: Any, desk: Any) -> str:
    if not value:
        row.removed_at = row.removed_at or timezone.now()
        return ""
    raw = desk.content(row._meta.label, value)
    kind_of(row.name)
    check_recording(raw, ending_of(row.name))
    return str(desk.keep(f"interviews/{secrets.token_hex(16)}", lock(vault_of(row.interview), raw)))


def _names_out(row: Any, desk: Any) -> Any:
    if not row.names or not desk.leave.private:
        return None
    plain = _opened(row, bytes(row.names), desk)
    return None if plain is None else json.loads(plain)


def _names_into(value: Any, row: Any, desk: Any) -> bytes:
    if value is None:
        return b""
    return lock(vault_of(row.interview), json.dumps(dict(value), ensure_ascii=False).encode())


LOCKED = Translation(
    _locked_out,
    _locked_into,
    {"type": ["string", "null"], "description": "the name of a part of this file, not locked"},
)
NAMES = Translation(
    _names_out,
    _names_into,
    {"type": ["object", "null"], "description": "whom the pseudonyms in the report stand for"},
)

# --- Responses ------------------------------------------------------------------------------------

SAID = ("value", "not_applicable", "text", "number", "day", "chosen")
KNOWN = ("role", "department", "function", "channel", "state", "pages_done", "submitted_on")


def order_of_responses(keys: Sequence[int], picked: Any) -> Mapping[int, Any]:
    """A sort key for each response: its wave, what it says, and for those that say the same the
    rank of the pseudonym, which only tells them apart."""
    digests = _digests(keys, picked)
    rows = Response._base_manager.order_by().values_list("pk", "wave", "pseudonym")
    found: dict[int, tuple[int, str]] = {}
    told_by: dict[str, list[tuple[int, str]]] = defaultdict(list)
    whose = {}
    for some in batched(keys, AT_ONCE):
        for key, wave, pseudonym in rows.filter(pk__in=some):
            found[key] = (picked.number("surveys.Wave", wave), digests[key])
            whose[key] = pseudonym
            if pseudonym:
                told_by[pseudonym].append(found[key])
    names = sorted(told_by, key=lambda name: (sorted(told_by[name]), name))
    picked.pseudonyms = {name: str(rank) for rank, name in enumerate(names, start=1)}
    rank = {name: place for place, name in enumerate(names, start=1)} | {"": 0}
    return {key: (*found[key], rank[whose[key]]) for key in keys}


def _digests(keys: Sequence[int], picked: Any) -> dict[int, str]:
    """A hash of what each response says, and of nothing that tells who or when."""
    sums: dict[int, str] = {}
    for some in batched(keys, AT_ONCE):
        sums |= _digests_of(list(some), picked)
    return sums


def _digests_of(keys: list[int], picked: Any) -> dict[int, str]:
    said: dict[int, list[Any]] = {key: [] for key in keys}
    responses = Response._base_manager.filter(pk__in=keys).order_by()
    for key, organisation, invitation, minutes, order, *rest in responses.values_list(
        "pk", "organisation", "invitation", "minutes", "shown_order", *KNOWN
    ):
        places = {
            page: [picked.number(ITEM, item) for item in items] for page, items in order.items()
        }
        numbers = (
            picked.number("people.Organisation", organisation),
            picked.number("surveys.Invitation", invitation),
        )
        said[key] += [*numbers, minutes, places, *rest]
    for key, rows in _answers_of(keys, picked).items():
        said[key] += sorted(rows)
    return {key: hashlib.sha256(_text(told)).hexdigest() for key, told in said.items()}


def _answers_of(keys: list[int], picked: Any) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    reviews = RemarkReview._base_manager.filter(answer=models.OuterRef("pk"))
    told = models.Subquery(reviews.values("state")[:1])
    words = models.Subquery(reviews.values("text")[:1])
    rows = Answer._base_manager.filter(response__in=keys).order_by()
    for response, item, *rest in rows.annotate(review_state=told, review_words=words).values_list(
        "response", "item", *SAID, "review_state", "review_words"
    ):
        found[response].append((picked.number(ITEM, item), _text(rest).decode()))
    return found


def _text(told: list[Any]) -> bytes:
    return json.dumps(told, sort_keys=True, default=str, ensure_ascii=False).encode()


def _pseudonym_out(row: Any, desk: Any) -> str:
    return desk.picked.pseudonyms[row.pseudonym] if row.pseudonym else ""


def _pseudonym_into(value: Any, row: Any, desk: Any) -> str:
    return str(value)


PSEUDONYM = Translation(
    _pseudonym_out,
    _pseudonym_into,
    {"type": "string", "description": "the same in each wave of this file for the same person"},
)
