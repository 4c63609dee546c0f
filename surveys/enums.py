"""The closed lists of the perception survey."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemKind(models.TextChoices):
    STATEMENT = "statement", _("statement")
    OPEN_TEXT = "open_text", _("open remark")


class Occasion(models.TextChoices):
    """Which meeting a statement is about; some are asked for both."""

    NONE = "", _("the benchmark as a whole")
    CIRCLE = "circle", _("learning circle")
    SESSION = "session", _("interpretation session")


class WaveState(models.TextChoices):
    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class WaveMode(models.TextChoices):
    """What is kept of who said what. One mode so far: the promise respondents are given."""

    UNTRACEABLE = "untraceable", _("answers are cut loose from the person who gave them")


class InvitationState(models.TextChoices):
    """`answered` is forgotten when the wave closes: then every invitation is `closed`."""

    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed")


class ResponseState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")


class Agreement(models.IntegerChoices):
    """The five-point scale; the middle is neutral."""

    STRONGLY_DISAGREE = 1, _("strongly disagree")
    DISAGREE = 2, _("disagree")
    NEUTRAL = 3, _("neutral")
    AGREE = 4, _("agree")
    STRONGLY_AGREE = 5, _("strongly agree")


NOT_APPLICABLE = "na"
"""How "not applicable" is posted, beside the digits of the scale."""

LONGEST_REMARK = 4000

CONSTRUCTS = {
    "inviting_to_learn": _("Inviting to learn"),
    "room_for_ideas": _("Room for ideas"),
    "themes_and_topics": _("Themes and topics"),
    "knowledge_sharing": _("Knowledge sharing"),
    "feedback_on_outcomes": _("Feedback on the outcomes"),
    "time_to_reflect": _("Time to reflect"),
    "saving": _("Saving"),
    "steering": _("Steering"),
    "way_of_working": _("Way of working"),
    "goal_attainment": _("Reaching the goals"),
}
"""What the shipped statements measure, in words."""
