"""The nouns of the surveys room, a file a noun."""

from surveys.models.availability import Diary, OtherDay, WeeklyHours
from surveys.models.coded_texts import CodedText, CodingTask
from surveys.models.codings import Codebook, CodedVariable, Coding, How, Level
from surveys.models.exports import Export
from surveys.models.fieldwork import MailStop, MailText, OpenLink, Reminder
from surveys.models.guides import Topic, TopicGuide
from surveys.models.instruments import Instrument, InstrumentVersion
from surveys.models.interviews import Interview, Seat
from surveys.models.items import Block, Item
from surveys.models.reading import SecondReading
from surveys.models.remarks import RemarkReview
from surveys.models.responses import Answer, Response
from surveys.models.rounds import Candidate, Draw, InterviewRound
from surveys.models.tabulations import Tabulation
from surveys.models.thresholds import Thresholds
from surveys.models.waves import Invitation, PseudonymKey, UsedLink, Wave

__all__ = [
    "Answer",
    "Block",
    "Candidate",
    "Codebook",
    "CodedText",
    "CodedVariable",
    "Coding",
    "CodingTask",
    "Diary",
    "Draw",
    "Export",
    "How",
    "Instrument",
    "InstrumentVersion",
    "Interview",
    "InterviewRound",
    "Invitation",
    "Item",
    "Level",
    "MailStop",
    "MailText",
    "OpenLink",
    "OtherDay",
    "PseudonymKey",
    "Reminder",
    "RemarkReview",
    "Response",
    "Seat",
    "SecondReading",
    "Tabulation",
    "Thresholds",
    "Topic",
    "TopicGuide",
    "UsedLink",
    "Wave",
    "WeeklyHours",
]
