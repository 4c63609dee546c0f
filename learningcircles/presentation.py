"""Stored values as people read them: the lines of an action's history, and both versions of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from benchmarks.models import Indicator, IndicatorDefinition
from learningcircles.enums import ActionStatus, ChangedField, Direction, Horizon
from learningcircles.models import Action


def in_words(field: str, value: str, action: Action) -> str:
    """A stored value of an action's history: a status, an ISO date, a horizon, the code of an
    indicator of the action's programme, or plain words."""
    if not value:
        return _("nothing")
    if field == ChangedField.INDICATOR:
        indicator = Indicator.objects.filter(programme=action.programme_id, code=value).first()
        return value if indicator is None else name_of(indicator)
    if field == ChangedField.STATUS and value in ActionStatus.values:
        return str(ActionStatus(value).label)
    if field == ChangedField.HORIZON and value in Horizon.values:
        return str(Horizon(value).label)
    if field == ChangedField.DIRECTION and value in Direction.values:
        return str(Direction(value).label)
    if field in (ChangedField.DUE, ChangedField.MOVE_BY):
        return formats.date_format(date.fromisoformat(value), "j F Y")
    return value


def meaning_of(definition: IndicatorDefinition) -> str:
    """What an indicator means, in the language of the moment."""
    return (definition.meaning_en if get_language() == "en" else "") or definition.meaning


def name_of(indicator: Indicator) -> str:
    """What an indicator means by its newest definition, or its code."""
    newest = next(iter(indicator.definitions.all()), None)
    return meaning_of(newest) if newest else indicator.code


@dataclass(frozen=True, slots=True)
class BothVersions:
    """One thing that two people changed: as it stands, and as the second one wanted it."""

    label: str
    now: str
    wanted: str

    @property
    def differ(self) -> bool:
        return self.now != self.wanted


def _of(action: Action, name: str, value: Any) -> str:
    """A value of an action's field in words."""
    if isinstance(value, date):
        value = value.isoformat()
    if name == "owner" and value is not None:
        value = value.user
    field = ChangedField.OWNER if name == "owner_name" else name
    return in_words(field, str(value or ""), action)


def both_versions(action: Action, wanted: dict[str, Any]) -> list[BothVersions]:
    """What the editor wanted beside how it stands, the owner's name only where there is one."""
    labels = {"owner_name": str(_("owner without an account"))}
    return [
        BothVersions(
            label=labels.get(name) or str(ChangedField(name).label),
            now=_of(action, name, getattr(action, name)),
            wanted=_of(action, name, value),
        )
        for name, value in wanted.items()
        if name != "owner_name" or value or action.owner_name
    ]
