"""What somebody sees on *Now* besides the deeds: by role, where to go and what will come."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from benchmarks.rows import ProgrammeRow
from people.enums import Role


@dataclass(frozen=True, slots=True)
class Start:
    """The words for somebody of whom nothing is expected at this moment."""

    title: str | Promise
    text: str | Promise


@dataclass(frozen=True, slots=True)
class Door:
    """Where a role mostly goes within a programme."""

    role: Role
    label: str | Promise
    url_name: str


NOTHING = _("Nothing is expected of you now")

STARTS: dict[str, Start] = {
    Role.COORDINATOR: Start(
        NOTHING,
        _(
            "Surveys to close, sessions to plan and mail that failed appear here in order of time. "
            "To begin something new, open the benchmark below."
        ),
    ),
    Role.FACILITATOR: Start(
        NOTHING,
        _(
            "Sessions that you are to prepare or to record appear here in order of time. To make "
            "a circle or plan a session, open the learning circles below."
        ),
    ),
    Role.EVALUATOR: Start(
        NOTHING,
        _(
            "A report that has been computed for you appears here. The variables, tables and "
            "reports of a benchmark are always open to you below."
        ),
    ),
    Role.MANAGEMENT: Start(
        NOTHING,
        _(
            "What is handed to you to decide appears here, and you get a mail. What became of "
            "the actions of your organisation is in the follow-up below."
        ),
    ),
    Role.PARTICIPANT: Start(
        NOTHING,
        _(
            "When a survey opens, a session is planned or an action of yours is due, it appears "
            "here and you get a mail. You need not keep an eye on this page."
        ),
    ),
    Role.ADMINISTRATOR: Start(
        _("You run this installation"),
        _(
            "Under Manage pages, in the menu with your name, you keep the home page and the "
            "accounts. What was answered and agreed in a benchmark is not shown to you."
        ),
    ),
}

NOBODY = Start(
    _("You are not in a benchmark yet"),
    _(
        "When your organisation takes part, the coordinator adds you and you get a mail. Did you "
        "expect to see something here? Ask the coordinator which address they have of you."
    ),
)

DOORS = (
    Door(Role.MANAGEMENT, _("Follow-up of our actions"), "follow_up"),
    Door(Role.PARTICIPANT, _("Learning circles"), "circle_list"),
    Door(Role.FACILITATOR, _("Learning circles"), "circle_list"),
    Door(Role.COORDINATOR, _("Participation"), "participation_list"),
    Door(Role.COORDINATOR, _("Learning-effect report"), "report"),
    Door(Role.EVALUATOR, _("Learning-effect report"), "report"),
)


def start_for(user: Any, rows: Iterable[ProgrammeRow]) -> Start:
    """The words for the weightiest role that somebody holds."""
    held = {role for row in rows for role in row.roles}
    if user.is_superuser:
        held.add(Role.ADMINISTRATOR)
    return next((start for role, start in STARTS.items() if role in held), NOBODY)


def _address(url_name: str, code: str) -> str:
    """The address of a higher room's page; empty in an installation without that room."""
    try:
        return reverse(url_name, args=[code])
    except NoReverseMatch:
        return ""


def doors_of(row: ProgrammeRow) -> list[tuple[str | Promise, str]]:
    """Label and address of where somebody with these roles mostly goes, each address once."""
    doors: dict[str, str | Promise] = {}
    for door in DOORS:
        url = _address(door.url_name, row.programme.code)
        if door.role in row.roles and url:
            doors.setdefault(url, door.label)
    return [(label, url) for url, label in doors.items()]
