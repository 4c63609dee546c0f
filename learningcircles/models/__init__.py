"""The records of this room, a file a noun."""

from learningcircles.models.actions import Action, ActionChange, ActionNote, ManagementDecision
from learningcircles.models.circles import Circle, CircleMember
from learningcircles.models.decisions import Decision
from learningcircles.models.definition_issues import DefinitionIssue
from learningcircles.models.following import (
    ActionReminder,
    FollowUpRound,
    FollowUpRule,
    GroupStanding,
)
from learningcircles.models.practices import AdoptionStep, PracticePage
from learningcircles.models.readings import Reading
from learningcircles.models.sessions import Attendance, Session
from learningcircles.models.signals import Signal
from learningcircles.models.topics import Topic

__all__ = [
    "Action",
    "ActionChange",
    "ActionNote",
    "ActionReminder",
    "AdoptionStep",
    "Attendance",
    "Circle",
    "CircleMember",
    "Decision",
    "DefinitionIssue",
    "PracticePage",
    "Reading",
    "FollowUpRound",
    "FollowUpRule",
    "GroupStanding",
    "ManagementDecision",
    "Session",
    "Signal",
    "Topic",
]
