"""`benchlearn sign-on ORGANISATION ...`: let an organisation sign in its own people."""

import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from core.commands import BenchlearnCommand
from core.exceptions import InvalidInput
from people.domain.signons import end_sign_on, set_sign_on
from people.models import Organisation


class Command(BenchlearnCommand):
    help = (
        "Let an organisation sign in its own people by OpenID Connect; reads the secret as input."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", metavar="ORGANISATION", help="its code")
        parser.add_argument("--issuer", default="", help="https://... of its provider")
        parser.add_argument("--client-id", default="")
        parser.add_argument("--domain", default="", help="of its e-mail addresses, e.g. zwolle.nl")
        parser.add_argument("--end", action="store_true", help="nobody comes in by it any more")

    def answer(self, **options: Any) -> dict[str, Any]:
        organisation = Organisation.objects.filter(code=options["organisation"]).first()
        if organisation is None:
            raise InvalidInput(_("There is no such organisation."))
        if options["end"]:
            end_sign_on(organisation)
            return {"organisation": organisation.code, "active": False}
        sign_on = set_sign_on(
            organisation,
            issuer=options["issuer"],
            client_id=options["client_id"],
            domain=options["domain"].strip().lower(),
            secret=sys.stdin.readline().strip(),
        )
        return {"organisation": organisation.code, "domain": sign_on.domain, "active": True}
