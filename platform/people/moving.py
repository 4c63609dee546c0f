"""What of this room goes with a programme that moves: who is in it, and of which organisation."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.hashers import make_password

from core.audit import Deed, record
from core.moving.kinds import Kind, Translation, add_kinds

NOWHERE = "@benchlearn.invalid"
"""Addresses of who was erased: none is the same person at the other end."""
OF_THE_ACCOUNT = "belongs to the account, which its owner has or gets where the file arrives"


def _address(row: Any, desk: Any) -> str:
    if row.email.endswith(NOWHERE):
        return f"erased-{desk.number('people.User', row.pk)}{NOWHERE}"
    return str(row.email)


def _as_here(value: Any, row: Any, desk: Any) -> str:
    address = str(value).strip().lower()
    return f"erased-{uuid4().hex}{NOWHERE}" if address.endswith(NOWHERE) else address


def _was_given(row: Any) -> None:
    membership = row.membership
    record(Deed.ROLE_GIVEN, membership.user, role=row.role, organisation=membership.organisation_id)


KINDS = [
    Kind(
        "people.User",
        known_by=[["email"]],
        without={
            "password": OF_THE_ACCOUNT,
            "last_login": OF_THE_ACCOUNT,
            "phone": OF_THE_ACCOUNT,
            "factor_due_on": OF_THE_ACCOUNT,
            "is_superuser": "nobody becomes administrator by a file",
            "is_staff": "nobody becomes administrator by a file",
            "groups": "of the pages' editor, and of the installation",
            "user_permissions": "of the pages' editor, and of the installation",
        },
        fill={"password": lambda row: make_password(None)},
        translated={
            "email": Translation(_address, _as_here, {"type": "string", "format": "email"}),
        },
    ),
    Kind(
        "people.Organisation",
        known_by=[["code"], ["cbs_code"]],
        free=frozenset({"size_class"}),
    ),
    Kind("people.Membership", known_by=[["user", "organisation"]]),
    Kind(
        "people.MembershipRole",
        follows="membership",
        known_by=[["membership", "role"]],
        arrived=_was_given,
    ),
]

STAYING = {
    "people.SignInLink": "opens this installation, for half an hour",
    "people.AccessToken": "opens this installation; its owner makes another",
    "people.Invitation": "of an account here that nobody came for yet",
    "people.SignOn": "of an organisation and this installation, with a secret",
}


def offer() -> None:
    """Tell the floor."""
    add_kinds(KINDS, staying=STAYING)
