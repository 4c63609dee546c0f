"""The records of this room, a file a noun."""

from learningcircles.models.action_files import ActionFile
from learningcircles.models.actions import Action, ActionChange, ActionNote, ManagementDecision
from learningcircles.models.agenda import AgendaItem, ItemAction
from learningcircles.models.circles import Circle, CircleMember
from learningcircles.models.decisions import Decision
from learningcircles.models.definition_issues import DefinitionIssue
from learningcircles.models.feedback import SessionFeedback
from learningcircles.models.following import (
    ActionReminder,
    FollowUpRound,
    FollowUpRule,
    GroupStanding,
)
from learningcircles.models.intermediaries import Intermediary
from learningcircles.models.materials import Material, Preparation
from learningcircles.models.minutes import Addendum, Approval, MinuteEdit, Minutes, MinuteText
from learningcircles.models.own_readings import OwnReading, OwnReadingEdit
from learningcircles.models.papers import Paper
from learningcircles.models.practices import AdoptionStep, PracticePage
from learningcircles.models.readings import Reading
from learningcircles.models.sessions import Attendance, Session
from learningcircles.models.signals import Signal
from learningcircles.models.templates import AgendaTemplate, AgendaTemplateItem
from learningcircles.models.topics import Topic
from learningcircles.models.votes import TopicVote

__all__ = [
    "Action",
    "ActionChange",
    "ActionFile",
    "ActionNote",
    "Addendum",
    "AgendaItem",
    "AgendaTemplate",
    "AgendaTemplateItem",
    "Approval",
    "ActionReminder",
    "AdoptionStep",
    "Attendance",
    "Circle",
    "CircleMember",
    "Decision",
    "DefinitionIssue",
    "Intermediary",
    "ItemAction",
    "Material",
    "MinuteEdit",
    "MinuteText",
    "Minutes",
    "OwnReading",
    "OwnReadingEdit",
    "Paper",
    "Preparation",
    "PracticePage",
    "Reading",
    "FollowUpRound",
    "FollowUpRule",
    "GroupStanding",
    "ManagementDecision",
    "Session",
    "SessionFeedback",
    "Signal",
    "Topic",
    "TopicVote",
]
