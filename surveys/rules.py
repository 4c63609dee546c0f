"""Who may edit questionnaires, and which addresses of Wagtail's admin that opens.

Wagtail's own permissions are about a whole model. Whose questionnaire it is, is asked for every
address of the editor that names one: to who doesn't run its programme it doesn't exist.
"""

from typing import Any

import rules
from django.http import Http404
from django.urls import ResolverMatch

from people.enums import Role
from surveys.models import Instrument

EDITOR = "wagtailsnippets_surveys_instrument"
SESSIONS = "wagtailadmin_editing_sessions"
TO_READ = {"copy", "overview", "export", "paper"}
NEVER = {"unpublish", "delete", "usage"}


@rules.predicate
def coordinates_something(user: Any) -> bool:
    """Does this person run a programme?"""
    if not user.is_authenticated:
        return False
    return user.appointments.filter(role=Role.COORDINATOR).exists()


for action in ("view", "add", "change", "publish", "lock", "unlock"):
    rules.add_perm(f"surveys.{action}_instrument", coordinates_something)
rules.add_perm("wagtailadmin.access_admin", coordinates_something)


def may_open_in_cms(user: Any, match: ResolverMatch) -> bool:
    """May somebody who isn't an administrator open this address of Wagtail's admin?

    Raises Http404 for a questionnaire of a programme they don't run.
    """
    if match.namespace == SESSIONS:
        return _is_a_session_of_ours(user, match)
    if match.namespace != EDITOR or not coordinates_something(user):
        return False
    if match.url_name in NEVER:
        raise Http404
    key = match.kwargs.get("pk")
    if key is None:
        return True
    mine = Instrument.objects
    seen = mine.visible_to(user) if match.url_name in TO_READ else mine.editable_by(user)
    if not str(key).isdecimal() or not seen.filter(pk=key).exists():
        raise Http404
    return True


def _is_a_session_of_ours(user: Any, match: ResolverMatch) -> bool:
    """Wagtail tells editors of each other; a session of one's own is ended by its number."""
    if match.url_name == "release":
        return bool(coordinates_something(user))
    names = (match.kwargs.get("app_label"), match.kwargs.get("model_name"))
    key = str(match.kwargs.get("object_id"))
    if names != ("surveys", "instrument") or not key.isdecimal():
        return False
    return Instrument.objects.editable_by(user).filter(pk=key).exists()
