"""The records of this room, a file a noun."""

from learningcircles.models.actions import Action, ActionChange, ActionNote
from learningcircles.models.circles import Circle, CircleMember
from learningcircles.models.sessions import Attendance, Session
from learningcircles.models.signals import Signal

__all__ = [
    "Action",
    "ActionChange",
    "ActionNote",
    "Attendance",
    "Circle",
    "CircleMember",
    "Session",
    "Signal",
]
