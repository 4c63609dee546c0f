"""What a browser is called, for who looks where they are signed in."""

from django.utils.translation import gettext as _
from ua_parser import parse

LONGEST = 60


def browser_words(user_agent: str) -> str:
    """ "Firefox on Windows"; what says nothing we know of itself is told as it said it, cut."""
    told = parse(user_agent)
    name = told.user_agent.family if told.user_agent else ""
    system = told.os.family if told.os else ""
    if name and system:
        return _("%(name)s on %(system)s") % {"name": name, "system": system}
    return name or user_agent[:LONGEST] or _("a browser that doesn't say what it is")
