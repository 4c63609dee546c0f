"""Two people, one action: nothing is overwritten, and both versions are shown."""

from typing import Any

from django.utils.translation import gettext as _

from core.exceptions import EditConflict
from learningcircles.models import Action


class ActionConflict(EditConflict):
    """Somebody changed the action since the editor saw it.

    `action` is how it stands now, `wanted` what the editor wanted to store.
    """

    def __init__(self, action: Action, wanted: dict[str, Any]) -> None:
        super().__init__(
            _("Somebody else changed this action in between. Nothing of theirs was overwritten.")
        )
        self.action = action
        self.wanted = wanted
