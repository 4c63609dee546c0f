"""What of a wave's answers may leave the house, response by response.

The rows of an export hold no less than the results pages show, and no more: an organisation whose
response isn't shown there isn't named here, and where the answers of an organisation to a statement
are hidden there, they are withheld here, in its rows. What else is known of respondents (role,
department) comes along only if each combination with the organisation is a group that is large
enough, for each single item.
"""

from collections.abc import Sequence

import numpy as np

from surveys.enums import ItemKind
from surveys.exporting.items import ItemColumn
from surveys.exporting.table import Array, Column
from surveys.exporting.variables import Kind, Missing
from surveys.tables import WHOLE, Tables

ORGANISATION = "organisation"

NOBODY = -1
"""The group of those whose organisation isn't named."""


def guard_organisations(organisations: Array, tables: Tables) -> Array:
    """The organisation of each response, `NOBODY` where it may not be named."""
    shown = [int(value) for value in tables.groups(ORGANISATION)]
    return np.where(np.isin(organisations, shown), organisations, NOBODY)


def withhold_small_cells(
    asked: Sequence[ItemColumn], columns: Sequence[Column], groups: Array, tables: Tables
) -> None:
    """Take out the answers that the tables don't show: of an organisation to an item, and with them
    those of whoever isn't named, which would be what is left."""
    named = [int(name) for name in np.unique(groups) if name != NOBODY]
    for column, data in zip(asked, columns, strict=True):
        if data.variable.kind == Kind.TEXT or column.item.kind == ItemKind.DATE:
            continue
        shown = tables.items.get(column.item.pk, {})
        hidden = [name for name in named if (ORGANISATION, str(name)) not in shown]
        answered = (groups == NOBODY) & (data.missing == Missing.PRESENT)
        if hidden or 0 < np.count_nonzero(answered) < tables.minimum:
            hidden.append(NOBODY)
        rows = np.isin(groups, hidden) if WHOLE in shown else np.ones(len(groups), bool)
        data.missing[rows & (data.missing != Missing.NOT_ANSWERED)] = Missing.WITHHELD


def is_large_enough(groups: Array, columns: Sequence[Column], minimum: int) -> bool:
    """Does each group that occurs hold enough responses, and enough answers to each item?"""
    _names, places, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    if sizes.min(initial=minimum) < minimum:
        return False
    for data in columns:
        if data.variable.kind == Kind.TEXT:
            continue
        given = np.bincount(places[data.missing == Missing.PRESENT], minlength=len(sizes))
        if ((given > 0) & (given < minimum)).any():
            return False
    return True
