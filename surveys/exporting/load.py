"""A wave's responses as a table that may leave the house: loaded, shuffled and guarded."""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.disclosure import enough
from core.exceptions import NotNow
from people.models import Organisation
from surveys.enums import Channel, ResponseState, WaveMode
from surveys.exporting.answers import load_columns
from surveys.exporting.conditions import mark_not_asked
from surveys.exporting.guard import (
    NOBODY,
    guard_organisations,
    is_large_enough,
    withhold_small_cells,
)
from surveys.exporting.items import ItemColumn, columns_of, in_both, items_of
from surveys.exporting.order import order_columns
from surveys.exporting.remarks import remarks_stand_apart
from surveys.exporting.table import Array, Column, Table, full_column, text_column
from surveys.exporting.variables import Kind, Missing, Variable
from surveys.models import Response, Wave
from surveys.tabulating import hidden_before, kept_tables, tabulate

RESPONSE, ORGANISATION, PSEUDONYM = "response", "organisation", "pseudonym"
NAME, EMAIL, CHANNEL = "name", "email", "channel"
BACKGROUND = ("role", "department", "function")
OWN = (RESPONSE, ORGANISATION, PSEUDONYM, NAME, EMAIL, CHANNEL, *BACKGROUND)
"""Names of columns that aren't items."""

LABELS = {
    RESPONSE: _("Number of the response, in no order"),
    ORGANISATION: _("Organisation"),
    PSEUDONYM: _("Pseudonym: the same in each wave"),
    NAME: _("Name"),
    EMAIL: _("E-mail address"),
    CHANNEL: _("How the answers came in"),
    "role": _("Role"),
    "department": _("Department"),
    "function": _("Function"),
}
type Step = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Respondents:
    """What is known of each response beside its answers, in the order of their primary keys."""

    keys: Array
    organisations: Array
    known: dict[str, Sequence[str]]
    """by name of the column: role, department, function, channel, pseudonym, name, email"""


def load_table(wave: Wave, *, identified: bool, moderated: bool, step: Step) -> Table:
    """The responses of a wave, a row each, in an order of chance.

    `identified` adds who answered, in a wave by name only; then nothing is withheld, for whoever
    may see that sees it all. `moderated` leaves texts out, for who may read only what the
    coordinator released. Raises NotNow when fewer answered than the smallest group.
    """
    respondents = load_respondents(wave)
    minimum = wave.cycle.programme.minimum_group
    if not enough(len(respondents.keys), minimum):
        raise NotNow(
            _("Fewer than %(minimum)d people answered; their answers can't be given to anyone.")
            % {"minimum": minimum}
        )
    identified = identified and wave.mode == WaveMode.BY_NAME
    items = items_of(wave.version_id)
    asked = columns_of(items, taken=OWN)
    columns = load_columns(wave, asked, respondents.keys, step=step)
    mark_not_asked(asked, columns)
    if identified:
        about = _about(wave, respondents, respondents.organisations, (NAME, EMAIL, *BACKGROUND))
    else:
        about, columns = _guarded(wave, respondents, asked, columns, minimum)
    if moderated:
        columns = [column for column in columns if column.variable.kind != Kind.TEXT]
    taken = [*OWN, *(column.variable.code for column in asked)]
    columns = columns + order_columns(wave, items, respondents.keys, taken=taken)
    order = order_of(wave, len(respondents.keys))
    shuffled = [_in_order(column, order) for column in (*about, *columns)]
    numbers = np.arange(1, len(order) + 1, dtype=np.int32)
    first = full_column(_variable(RESPONSE, Kind.CODED), numbers)
    return Table(_title(wave), [first, *shuffled], len(order), _notes(wave, identified))


def load_respondents(wave: Wave) -> Respondents:
    """The submitted responses of a wave, by primary key."""
    person = ("invitation__name", "invitation__email")
    names = ("pk", "organisation_id", *BACKGROUND, CHANNEL, PSEUDONYM, *person)
    rows = Response.objects.filter(wave=wave, state=ResponseState.SUBMITTED).order_by("pk")
    found = list(rows.values_list(*names).iterator(chunk_size=10_000))
    keys, organisations, *known = zip(*found, strict=True) if found else [()] * len(names)
    return Respondents(
        keys=np.array(keys, np.int64),
        organisations=np.array([key or NOBODY for key in organisations], np.int64),
        known=dict(zip((*BACKGROUND, CHANNEL, PSEUDONYM, NAME, EMAIL), known, strict=True)),
    )


def order_of(wave: Wave, rows: int) -> Array:
    """An order of chance that tells nothing of when somebody answered; the same in each export of
    the wave, so that its files can be laid beside each other."""
    seed = hmac.digest(settings.SECRET_KEY.encode(), f"export:{wave.pk}".encode(), sha256)
    return np.random.default_rng(list(seed)).permutation(rows)


def _guarded(
    wave: Wave,
    respondents: Respondents,
    asked: Sequence[ItemColumn],
    columns: list[Column],
    minimum: int,
) -> tuple[list[Column], list[Column]]:
    """What may be told of respondents, and the answers that may be told with it."""
    tables = kept_tables(wave) or tabulate(wave, hidden_before=hidden_before(wave))
    groups = guard_organisations(respondents.organisations, tables)
    withhold_small_cells(asked, columns, groups, tables)
    respondents.known[PSEUDONYM] = _pseudonyms(respondents, groups)
    # A pseudonym leads to other files, where the same person's background may be told: beside it
    # none is, for the two together could be few people.
    with_pseudonyms = any(respondents.known[PSEUDONYM])
    further = () if with_pseudonyms else _further(respondents, groups, columns, minimum)
    if not remarks_stand_apart(wave):
        return _about(wave, respondents, groups, (PSEUDONYM, *further)), columns
    kept = [column for column in columns if column.variable.kind != Kind.TEXT]
    return _about(wave, respondents, groups, further), kept


def _pseudonyms(respondents: Respondents, groups: Array) -> list[str]:
    """A pseudonym each, but of whose organisation isn't named: in the file of another wave it may
    stand beside the name."""
    unnamed = (groups == NOBODY) & (respondents.organisations != NOBODY)
    pairs = zip(respondents.known[PSEUDONYM], unnamed.tolist(), strict=True)
    return ["" if hidden else code for code, hidden in pairs]


def _further(
    respondents: Respondents, groups: Array, columns: list[Column], minimum: int
) -> tuple[str, ...]:
    """The background that may stand beside the organisation: each combination is large enough."""
    found: list[str] = []
    for name in (CHANNEL, *BACKGROUND):
        _words, codes = np.unique(np.array(respondents.known[name], object), return_inverse=True)
        crossed = groups * (codes.max(initial=0) + 1) + codes
        if len(_words) > 1 and is_large_enough(crossed, columns, minimum):
            found.append(name)
            _names, groups = np.unique(crossed, return_inverse=True)
    return tuple(found)


def _about(
    wave: Wave, respondents: Respondents, groups: Array, names: Sequence[str]
) -> list[Column]:
    """The organisation, and these further columns, where anything is known."""
    found = [_organisations(groups)] if (groups != NOBODY).any() else []
    for name in names:
        texts = [text or "" for text in respondents.known[name]]
        if name == CHANNEL:
            texts = [str(Channel(text)) for text in texts]
        if any(texts):
            found.append(_category(name, texts))
    return found


def _organisations(groups: Array) -> Column:
    keys, places = np.unique(groups, return_inverse=True)
    codes = dict(Organisation.objects.filter(pk__in=keys.tolist()).values_list("pk", "code"))
    names = [codes.get(key, "") for key in keys.tolist()]
    missing = np.where(groups == NOBODY, Missing.WITHHELD, Missing.PRESENT).astype(np.int8)
    return Column(_variable(ORGANISATION), places.astype(np.int32), missing, names)


def _category(name: str, texts: Sequence[str]) -> Column:
    words, codes = np.unique(np.array(texts, object), return_inverse=True)
    if len(words) == len(texts):
        return text_column(_variable(name, Kind.TEXT), texts)
    missing = np.array([Missing.NOT_ANSWERED if not text else 0 for text in words], np.int8)
    return Column(_variable(name), codes.astype(np.int32), missing[codes], list(words))


def _in_order(column: Column, order: Array) -> Column:
    return Column(column.variable, column.values[order], column.missing[order], column.categories)


def _variable(name: str, kind: Kind = Kind.CATEGORY) -> Variable:
    return Variable(name, name, kind, in_both(LABELS[name]))


def _title(wave: Wave) -> dict[str, str]:
    instrument = wave.version.instrument
    return {
        "nl": f"{instrument.title_nl}: {wave.name}",
        "en": f"{instrument.title_en}: {wave.name}",
    }


def _notes(wave: Wave, identified: bool) -> list[str]:
    minimum = wave.cycle.programme.minimum_group
    notes: list[Any] = [_("The order of the rows is one of chance.")]
    if identified:
        notes.append(_("This file says who answered what. Keep it to those who may know."))
    else:
        notes.append(
            _(
                "Answers of fewer than %(minimum)d people, and what would give these away, are "
                "withheld; organisations with fewer aren't named."
            )
            % {"minimum": minimum}
        )
    return [str(note) for note in notes]
