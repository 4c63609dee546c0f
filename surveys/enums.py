"""The closed lists of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemKind(models.TextChoices):
    """What an item asks for. How each is stored in an `Answer` stands in models/responses.py."""

    STATEMENT = "statement", _("statement on a scale")
    SINGLE = "single", _("one choice")
    MULTIPLE = "multiple", _("several choices")
    NUMBER = "number", _("number")
    DATE = "date", _("date")
    RANKING = "ranking", _("ranking")
    SHORT_TEXT = "short_text", _("short text")
    OPEN_TEXT = "open_text", _("open remark")
    EXPLANATION = "explanation", _("explanation")


KINDS_WITH_OPTIONS = frozenset({ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.RANKING})
"""These bring their own options; a statement without any is answered on the five-point scale."""

KINDS_UNNUMBERED = frozenset({ItemKind.OPEN_TEXT, ItemKind.EXPLANATION})
"""Not counted as "question 3 of 9", and kept in their place when a block is shuffled."""


class Comparison(models.TextChoices):
    """What a condition asks of an earlier answer. An open answer passes only `IS_OPEN`."""

    IS = "is", _("is")
    IS_NOT = "is_not", _("was answered, and is not")
    AT_LEAST = "at_least", _("is at least")
    AT_MOST = "at_most", _("is at most")
    ANSWERED = "answered", _("was answered")
    NOT_APPLICABLE = "not_applicable", _("is not applicable")
    IS_OPEN = "is_open", _("was left open")


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
    """What is kept of who said what; modes.py has the words for respondents."""

    BY_NAME = "by_name", _("by name")
    PSEUDONYMOUS = "pseudonymous", _("under a pseudonym")
    ANONYMOUS = "anonymous", _("anonymous")


class InvitationState(models.TextChoices):
    """May this link still be used? Who answered is not kept here: see UsedLink."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class ResponseState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")


class MailKind(models.TextChoices):
    INVITATION = "invitation", _("invitation")
    REMINDER = "reminder", _("reminder")


class ReminderBasis(models.TextChoices):
    AFTER_OPENING = "after_opening", _("days after opening")
    BEFORE_LAST_DAY = "before_last", _("days before the last day")


class Channel(models.TextChoices):
    """How an answer came in. `UNTOLD`: closing an anonymous wave took away which of the two, for
    too few answered in one of these ways (domain/sealing.py)."""

    LINK = "link", _("by link")
    PAPER = "paper", _("on paper")
    IMPORT = "import", _("from a file")
    UNTOLD = "untold", _("by link or on paper")


class Agreement(models.IntegerChoices):
    """The five-point scale; the middle is neutral."""

    STRONGLY_DISAGREE = 1, _("strongly disagree")
    DISAGREE = 2, _("disagree")
    NEUTRAL = 3, _("neutral")
    AGREE = 4, _("agree")
    STRONGLY_AGREE = 5, _("strongly agree")


class ExportFormat(models.TextChoices):
    XLSX = "xlsx", _("Excel (.xlsx)")
    CSV = "csv", _("CSV, for any program (.csv)")
    SAV = "sav", _("SPSS (.sav)")
    DTA = "dta", _("Stata (.dta)")
    PARQUET = "parquet", _("Parquet, for R and Python (.parquet)")
    DDI = "ddi", _("codebook only (DDI, .xml)")


class ExportShape(models.TextChoices):
    WIDE = "wide", _("a row for each respondent")
    LONG = "long", _("a row for each answer")


class RoundState(models.TextChoices):
    """A round of interviews: people can be asked and can book only while it is open."""

    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class Standing(models.TextChoices):
    """How far it came with somebody who could be interviewed."""

    OUT_OF_REACH = "out_of_reach", _("can't be reached")
    NOT_APPROACHED = "not_asked", _("not approached")
    APPROACHED = "approached", _("approached")
    DECLINED = "declined", _("said no")
    AGREED = "agreed", _("said yes")
    HELD = "held", _("held")


class Way(models.TextChoices):
    """How an interview is held."""

    ON_SITE = "on_site", _("on site")
    PHONE = "phone", _("by telephone")
    VIDEO = "video", _("by video")


class InterviewState(models.TextChoices):
    BOOKED = "booked", _("booked")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("called off")


class WhyOutOfReach(models.TextChoices):
    NO_ADDRESS = "no_address", _("no address known")
    LEFT = "left", _("left the organisation")
    ABSENT = "absent", _("away for long")


class WhyNotApproached(models.TextChoices):
    NOT_CHOSEN = "not_chosen", _("not chosen yet")
    NOT_DRAWN = "not_drawn", _("not drawn")
    ENOUGH = "enough", _("enough people of this organisation")
    SPARED = "spared", _("asked a lot already")
    NOT_INVOLVED = "not_involved", _("not involved in the benchmark")


class WhyDeclined(models.TextChoices):
    NO_TIME = "no_time", _("no time")
    NO_FIT = "no_fit", _("none of the times fits")
    CHANGED_JOB = "changed_job", _("changed job")
    NO_PROJECT = "no_project", _("no project any more")
    NO_WISH = "no_wish", _("doesn't want to")
    COLLEAGUE = "colleague", _("a colleague instead")
    NO_ANSWER = "no_answer", _("no answer")
    OTHER = "other", _("another reason")


REASONS: dict[str, type[models.TextChoices]] = {
    Standing.OUT_OF_REACH: WhyOutOfReach,
    Standing.NOT_APPROACHED: WhyNotApproached,
    Standing.DECLINED: WhyDeclined,
}
"""The standings that need a reason, and which there are."""


NOT_APPLICABLE = "na"
"""How "not applicable" is posted, beside the digits of the scale."""

LONGEST_REMARK = 4000
LONGEST_SHORT_TEXT = 200
FEWEST_POINTS, MOST_POINTS = 2, 11
MOST_OPTIONS = 60

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
