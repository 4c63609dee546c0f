"""Which organisations there are."""

from typing import Any

from core.records import keep
from people.enums import OrganisationKind
from people.models import Organisation


def register_organisation(
    code: str, *, name: str, cbs_code: str = "", **fields: Any
) -> Organisation:
    """Make an organisation known. A municipality that is there under its CBS code is that one:
    its name and other fields stay as they are, whatever a file calls it."""
    if cbs_code:
        known = Organisation.objects.filter(cbs_code=cbs_code).first()
        if known is not None:
            return known
    kind = fields.pop("kind", OrganisationKind.MUNICIPALITY)
    return keep(Organisation, {"code": code}, name=name, cbs_code=cbs_code, kind=kind, **fields)
