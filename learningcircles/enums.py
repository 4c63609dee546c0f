"""The closed lists of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.enums import Role

LEADING_ROLES = (Role.FACILITATOR, Role.COORDINATOR)
"""Who prepares and leads sessions in a programme, and therefore sees what is said there."""

OWN_ROLES = (Role.PARTICIPANT, Role.MANAGEMENT)
"""Who in an organisation sees the actions that it agreed to."""


ESCALATE_AFTER = 30
"""Days past its date after which an action goes to management, where a circle set no other time."""


class SessionKind(models.TextChoices):
    LEARNING_CIRCLE = "learning_circle", _("learning circle")
    INTERPRETATION = "interpretation", _("interpretation session of one organisation")
    JOINT_INTERPRETATION = "joint_interpretation", _("joint interpretation session")
    ROUND_TABLE = "round_table", _("round table")
    WORKING_VISIT = "working_visit", _("working visit")
    WORKSHOP = "workshop", _("workshop")


class SessionState(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class Reply(models.TextChoices):
    """What somebody says beforehand."""

    NONE = "", _("no answer yet")
    COMING = "coming", _("is coming")
    NOT_COMING = "not_coming", _("can't come")


class Presence(models.TextChoices):
    """What was recorded at the session itself."""

    NOT_RECORDED = "", _("not recorded")
    PRESENT = "present", _("present")
    SUBSTITUTE = "substitute", _("sent a substitute")
    EXCUSED = "excused", _("excused")
    ABSENT = "absent", _("absent")


class CircleForm(models.TextChoices):
    """How often a circle meets."""

    SERIES = "series", _("a series of meetings")
    SINGLE = "single", _("a single meeting")


class PlaceKind(models.TextChoices):
    """Where people meet: travel time is a reason to stay away."""

    ON_SITE = "on_site", _("on site")
    ONLINE = "online", _("online")
    CONGRESS = "congress", _("inside a congress")


class AgendaSection(models.TextChoices):
    """The parts of an agenda, in the order in which they come."""

    OPENING = "opening", _("opening")
    LOOKING_BACK = "looking_back", _("looking back")
    FIGURES = "figures", _("the figures")
    TOPICS = "topics", _("topics")
    DEFINITIONS = "definitions", _("definitions")
    CLOSING = "closing", _("closing")


class AgendaOrigin(models.TextChoices):
    """Where an item of an agenda comes from."""

    STANDING = "standing", _("standing item")
    ACTIONS = "actions", _("actions due and carried over")
    STANDS_OUT = "stands_out", _("a figure that stands out")
    DEFINITION = "definition", _("an open definition issue")
    TOPIC = "topic", _("a topic that was proposed")
    ORGANISATION = "organisation", _("the agenda of an organisation")
    OUTSIDE = "outside", _("from outside")


class MinutesState(models.TextChoices):
    """The life of minutes."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent for approval")
    FINAL = "final", _("final")


class PaperKind(models.TextChoices):
    """What is made as a PDF."""

    MINUTES = "minutes", _("minutes")
    HANDOVER = "handover", _("handover brief")


class FeedbackBand(models.TextChoices):
    """How many said yes afterwards, so roughly that nobody's own answer follows from it."""

    MOST = "most", _("most said yes")
    HALF = "half", _("about half said yes")
    FEW = "few", _("most said no")


PRIVATE_PARTS = (SessionKind.JOINT_INTERPRETATION,)
"""Kinds of session in which each organisation has a part of its own beside the shared record."""


class NoteKind(models.TextChoices):
    """What may be noted in one line, besides a signal and an action."""

    READING = "reading", _("reading of a figure")
    SIGNAL = "signal", _("signal")
    DECISION = "decision", _("decision")
    DEFINITION_ISSUE = "definition_issue", _("definition issue, to be settled outside the talk")


class IssueState(models.TextChoices):
    """Where a definition issue stands."""

    PARKED = "parked", _("parked")
    SETTLED = "settled", _("settled")


class TopicOrigin(models.TextChoices):
    """Where a topic of a circle comes from."""

    CIRCLE = "circle", _("the circle itself")
    SIGNAL = "signal", _("a signal")
    ORGANISATION = "organisation", _("the agenda of an organisation")
    OUTSIDE = "outside", _("from outside")


class Horizon(models.TextChoices):
    SHORT = "short", _("short term")
    LONG = "long", _("long term")


class ActionStatus(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    AGREED = "agreed", _("agreed")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", pgettext_lazy("action", "done")
    DROPPED = "dropped", _("dropped")
    HANDED_OVER = "handed_over", _("handed to management")


OPEN_STATUSES = (
    ActionStatus.PROPOSED,
    ActionStatus.AGREED,
    ActionStatus.UNDER_WAY,
    ActionStatus.HANDED_OVER,
)


class ChangedField(models.TextChoices):
    """What a line of an action's history is about."""

    STATUS = "status", _("status")
    DUE = "due", _("date")
    OWNER = "owner", _("owner")
    TITLE = "title", _("what")
    WHY = "why", _("why")
    HORIZON = "horizon", _("horizon")
    INDICATOR = "indicator", _("figure that it should move")
    DIRECTION = "direction", _("in which direction")
    MOVE_BY = "move_by", _("figure moved by")


class Direction(models.TextChoices):
    """Which way an action should move its indicator."""

    UNSAID = "", _("not said")
    UP = "up", _("upwards")
    DOWN = "down", _("downwards")


class ReminderKind(models.TextChoices):
    """Why somebody is written to about an action; the digest has a part for each."""

    SOON = "soon", _("due soon")
    OVERDUE = "overdue", _("past its date")
    INCOMPLETE = "incomplete", _("nobody named, or no date")
    ESCALATED = "escalated", _("long past its date")


class ManagementAnswer(models.TextChoices):
    """What management answers when an action is handed to it."""

    ENDORSED = "endorsed", _("endorsed")
    SUPPORTED = "supported", _("supported with means")
    DECLINED = "declined", _("declined")


class EvidenceStrength(models.TextChoices):
    """How much stands behind a good practice, of one kind of evidence."""

    NONE = "none", pgettext_lazy("evidence", "none")
    SOME = "some", pgettext_lazy("evidence", "some")
    FULL = "full", pgettext_lazy("evidence", "full")


class AdoptionLevel(models.TextChoices):
    """How far an organisation has made a good practice its own."""

    RECOGNISED = "recognised", _("recognised")
    CONSIDERED = "considered", _("considered")
    ADAPTED = "adapted", _("adapted")
    CARRIED_OUT = "carried_out", _("carried out")
    EMBEDDED = "embedded", _("embedded")
    REJECTED = "rejected", _("rejected")
    STOPPED = "stopped", _("stopped")


ADOPTED = (AdoptionLevel.ADAPTED, AdoptionLevel.CARRIED_OUT, AdoptionLevel.EMBEDDED)
"""From here on a practice is the organisation's own: a link of the chain."""
