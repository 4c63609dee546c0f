"""The groups of which the results of a wave may be shown, with their names."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.enums import Role
from people.models import Organisation
from surveys.tables import BREAKDOWNS, Group, Tables

BREAKDOWN_LABELS: dict[str, str | Promise] = {
    "organisation": _("Organisations"),
    "role": _("Roles"),
    "department": _("Departments"),
    "function": _("Functions"),
}

type Choice = tuple[str, Group, str]
"""What stands in the address, the group, and its name."""


def groups_shown(tables: Tables) -> dict[str, list[Choice]]:
    """Groups of which the results may be shown, by breakdown and name."""
    organisations = Organisation.objects.filter(pk__in=tables.groups("organisation"))
    found: dict[str, list[Choice]] = {
        "organisation": [
            (f"organisation:{each.code}", ("organisation", str(each.pk)), each.name)
            for each in organisations.order_by("name")
        ]
    }
    for breakdown in BREAKDOWNS[1:]:
        found[breakdown] = sorted(
            (
                (f"{breakdown}:{value}", (breakdown, value), _label(breakdown, value))
                for value in tables.groups(breakdown)
            ),
            key=lambda choice: choice[2],
        )
    return found


def _label(breakdown: str, value: str) -> str:
    return str(Role(value).label) if breakdown == "role" else value
