"""Taking over the answers of another system: all of a file, or nothing."""

import datetime as dt
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.csvfiles import InvalidFile
from core.exceptions import NotNow
from core.models import log_activity
from surveys.bulk import NOTHING, insert_answers, insert_responses, insert_used, insert_values
from surveys.domain.finding import find_cycle, newest_version
from surveys.domain.links import key_of
from surveys.domain.pseudonyms import keep_pseudonym_key, make_pseudonym
from surveys.domain.waves import lock_wave, open_wave, prepare_wave
from surveys.enums import Channel, ItemKind, ResponseState, WaveMode, WaveState
from surveys.importing.cells import NOT_APPLICABLE
from surveys.importing.responses import MOST_ERRORS, Sheet, read_sheet
from surveys.keys import whole_key
from surveys.models import Block, Item, Response, Wave
from surveys.models.responses import new_row_id
from surveys.queries import participating_organisations, used_digests

DAYS_OPEN = dt.timedelta(days=28)


def import_responses(
    wave: Wave, path: Path, *, by: Any, on: dt.date, id_column: str | None = None
) -> int:
    """Take the responses of a csv file into an open wave, as completed; returns how many.

    Columns are codes of items; `organisation` may stand beside them with the code of a participant,
    and `id_column` with what tells respondents apart: nobody comes in twice. In a wave by name or
    under a pseudonym the id becomes a pseudonym, the same in each wave; in an anonymous one what is
    kept of it belongs to no response, and goes at closing. The order of the rows isn't kept either.
    Raises InvalidFile with what is wrong by row and column, NotNow when the wave isn't open.
    """
    _check_open(wave)
    asked = Item.objects.filter(block__version=wave.version_id)
    items = list(asked.exclude(kind=ItemKind.EXPLANATION))
    known = participating_organisations(wave.cycle).values_list("code", "pk")
    sheet = read_sheet(path, items, organisations=dict(known), id_column=id_column)
    with transaction.atomic():
        wave = lock_wave(wave)
        _check_open(wave)
        pseudonyms = _pseudonyms(wave, sheet, path, id_column)
        _note_ids(wave, sheet, path, id_column)
        _store(wave, sheet, pseudonyms, on)
        log_activity(wave, "imported", actor=by, responses=sheet.rows)
    return sheet.rows


def open_wave_for_import(
    instrument: str,
    *,
    programme: str,
    cycle: str | None,
    name: str,
    mode: str = WaveMode.ANONYMOUS,
    last_day: dt.date | None = None,
) -> Wave:
    """Prepare and open a wave of the newest published version of an instrument, without asking
    anyone; in the newest cycle unless one is named. Raises InvalidInput for what isn't there."""
    today = timezone.localdate()
    with transaction.atomic():
        wave = prepare_wave(
            find_cycle(programme, cycle),
            name=name,
            last_day=last_day or today + DAYS_OPEN,
            by=None,
            version=newest_version(instrument),
            mode=mode,
        )
        return open_wave(wave, by=None, on=today, for_import=True)


def _check_open(wave: Wave) -> None:
    if wave.state != WaveState.OPEN:
        raise NotNow(_("Answers can be taken over into an open wave only."))


def _pseudonyms(wave: Wave, sheet: Sheet, path: Path, id_column: str | None) -> list[str]:
    """A pseudonym for each row, empty ones in an anonymous wave; raises InvalidFile for somebody
    whose answers are in the wave already."""
    if not sheet.ids or wave.mode == WaveMode.ANONYMOUS:
        return [""] * sheet.rows
    halves = keep_pseudonym_key(wave.cycle.programme)
    key = whole_key(halves.half, halves.key_share)
    found = [make_pseudonym(key, given) for given in sheet.ids]
    known = Response.objects.filter(wave=wave).exclude(pseudonym="")
    taken = set(known.values_list("pseudonym", flat=True))
    pairs = zip(sheet.ids, found, strict=True)
    _refuse([given for given, code in pairs if code in taken], path, id_column)
    return found


def _note_ids(wave: Wave, sheet: Sheet, path: Path, id_column: str | None) -> None:
    """Of an anonymous wave, note whose answers are in: as of a link, by a digest under the wave's
    key that closing destroys. Raises InvalidFile for somebody whose answers are in already."""
    if wave.mode != WaveMode.ANONYMOUS or not sheet.ids:
        return
    key = key_of(wave)
    digests = {hmac.digest(key, f"id:{one}".encode(), "sha256").hex(): one for one in sheet.ids}
    used = used_digests(wave)
    _refuse([one for digest, one in digests.items() if digest in used], path, id_column)
    insert_used(wave.pk, sorted(digests))


def _refuse(known: list[str], path: Path, id_column: str | None) -> None:
    """Raise InvalidFile for ids of whom there are answers already."""
    message = _("%(file)s, column %(column)s: “%(id)s” has answered in this wave already.")
    place = {"file": path.name, "column": id_column}
    if known:
        raise InvalidFile([message % (place | {"id": one[:60]}) for one in known[:MOST_ERRORS]])


def _store(wave: Wave, sheet: Sheet, pseudonyms: list[str], on: dt.date) -> None:
    """Write the responses under primary keys of chance, in the order of these: nothing tells in
    which order they stood in the file."""
    keys: set[int] = set()
    while len(keys) < sheet.rows:
        keys.add(new_row_id())
    by_key = dict(zip(keys, range(sheet.rows), strict=True))
    order = sorted(keys)
    pages = Block.objects.filter(version=wave.version_id).count()
    fixed = (Channel.IMPORT.value, ResponseState.SUBMITTED.value, on, pages)
    organisations = sheet.organisations or [None] * sheet.rows
    insert_responses(
        (key, wave.pk, organisations[row], pseudonyms[row], *fixed)
        for key in order
        for row in (by_key[key],)
    )
    insert_values(_values(sheet, order, by_key))
    insert_answers(_other_answers(sheet, order, by_key))


def _values(
    sheet: Sheet, order: list[int], by_key: dict[int, int]
) -> Iterator[tuple[int, int, int]]:
    """Response, item and value of each answer that is one value."""
    values, width = sheet.values, len(sheet.items)
    items = [item.pk for item in sheet.items]
    for key in order:
        row = by_key[key]
        for item, value in zip(items, values[row * width : (row + 1) * width], strict=True):
            if value >= 0:
                yield key, item, value


def _other_answers(
    sheet: Sheet, order: list[int], by_key: dict[int, int]
) -> Iterator[tuple[Any, ...]]:
    """What isn't applicable, and the answers of other kinds, in all their columns."""
    absent = (None, True, *NOTHING[2:])
    width = len(sheet.items)
    for key in order:
        row = by_key[key]
        values = sheet.values[row * width : (row + 1) * width]
        if NOT_APPLICABLE in values:
            for item, value in zip(sheet.items, values, strict=True):
                if value == NOT_APPLICABLE:
                    yield (key, item.pk, *absent)
        for pk, given in sheet.others.items():
            if row in given:
                yield (key, pk, *given[row])
