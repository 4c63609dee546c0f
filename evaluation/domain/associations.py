"""How far the two variables of a cross table go together. Imports scipy: only for what computes."""

from collections.abc import Mapping
from typing import Any

from evaluation.domain.crosstabs import Crosstab
from evaluation.measures.association import (
    Association,
    NoAssociation,
    nominal_association,
    ordinal_association,
)
from evaluation.measures.resampling import SEED

SEVERAL = NoAssociation("several")


def associate(crosstab: Crosstab, *, seed: int = SEED) -> Association | NoAssociation:
    """Kendall's tau-b for two ordered variables, Cramér's V as soon as one has names only.

    An organisation that stands in several cells is no independent case, so a variable with
    several values an organisation has no association.
    """
    asked = ranks_of(crosstab)
    return SEVERAL if asked is None else associate_ranks(asked, seed=seed)


def ranks_of(crosstab: Crosstab) -> dict[str, Any] | None:
    """What an association rests on, as JSON, so that any worker may compute it; None where a
    variable has several values an organisation."""
    if crosstab.rows.several or crosstab.columns.several:
        return None
    rows, columns = crosstab.ranks()
    ordered = crosstab.rows.is_ordered and crosstab.columns.is_ordered
    return {"rows": rows, "columns": columns, "ordered": ordered}


def associate_ranks(asked: Mapping[str, Any], *, seed: int = SEED) -> Association | NoAssociation:
    """The association that `ranks_of` asks for."""
    ranks = asked["rows"], asked["columns"]
    if asked["ordered"]:
        return ordinal_association(*ranks, seed=seed)
    return nominal_association(*ranks, seed=seed)


def as_json(found: Association | NoAssociation) -> dict[str, Any]:
    """`association` as `--json` has it, with `association_reason` where there is none."""
    if isinstance(found, NoAssociation):
        return {"association": None, "association_reason": found.reason}
    return {
        "association": {
            "measure": found.measure,
            "value": round(found.value, 6),
            "interval": [round(end, 6) for end in found.interval] if found.interval else None,
            "p": round(found.p, 6),
            "method": found.method,
        }
    }
