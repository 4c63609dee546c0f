"""What is stored, held value by value against what visitors were told *yes* to."""

import datetime as dt
from collections import Counter

SAID = (
    "SELECT r.id, i.code, a.value FROM surveys_response r"
    " LEFT JOIN surveys_answer a ON a.response_id = r.id"
    " LEFT JOIN surveys_item i ON i.id = a.item_id WHERE r.state = 'submitted'"
)
BOOKED = (
    "SELECT s.candidate_id, i.starts_at FROM surveys_interview i"
    " LEFT JOIN surveys_seat s ON s.interview_id = i.id AND s.is_taken"
)
TWICE = (
    "SELECT count(*) FROM surveys_interview a JOIN surveys_interview b ON a.id < b.id"
    " AND a.interviewer_id = b.interviewer_id"
    " AND a.busy_from < b.busy_until AND b.busy_from < a.busy_until"
)
FILES = "SELECT file_name, file FROM learningcircles_actionfile"
MAILED = (
    "SELECT count(*) FROM core_outboxmail WHERE reference LIKE 'interview:%:booked'"
    " GROUP BY reference"
)


def answers(rows):
    """How often each whole set of answers is there."""
    said = {}
    for response, code, value in rows(SAID):
        said.setdefault(response, {})[code] = str(value)
    return Counter(tuple(sorted(each.items())) for each in said.values())


def bookings(rows):
    """The time of each candidate; an interview without anybody would stand under None."""
    return {(who, when.astimezone(dt.UTC).isoformat()) for who, when in rows(BOOKED)}


def files(rows, folder):
    """What is in each file that the database knows."""
    return {name: (folder / file).read_text() for name, file in rows(FILES)}


def compare(stage, visitors):
    """By what it is: what was acknowledged, and what is stored."""
    rows = stage.database.rows
    titles = rows("SELECT title FROM learningcircles_action WHERE title LIKE 'Do %'")
    [(interviews,)] = rows("SELECT count(*) FROM surveys_interview")
    [(waiting,)] = rows("SELECT count(*) FROM learningcircles_minuteedit WHERE settled_at IS NULL")
    minutes = rows("SELECT item_id, text, version FROM learningcircles_minutetext")
    mailed = Counter(many for (many,) in rows(MAILED))
    said = Counter(tuple(sorted(each.items())) for each in visitors.answers)
    booked = {(who, when) for who, when in visitors.bookings.items()}
    return {
        "answers": (said, answers(rows)),
        "actions": (Counter(visitors.actions), Counter(title for (title,) in titles)),
        "minutes": (visitors.minutes, {item: (text, at) for item, text, at in minutes}),
        "minutes that wait beside another's": (0, waiting),
        "bookings": (booked, bookings(rows)),
        "interviews": (len(booked), interviews),
        "interviews at one time of an interviewer": (0, rows(TWICE)[0][0]),
        "mails of each booking": (Counter({2: len(booked)}), mailed),
        "files": (visitors.files, files(rows, stage.private)),
    }


def differences(stage, visitors):
    """What was told and not stored, or stored and not told: nothing."""
    found = compare(stage, visitors)
    return {what: _apart(*both) for what, both in found.items() if both[0] != both[1]}


def _apart(told, stored):
    """Both, without what they have in common."""
    if isinstance(told, int):
        return told, stored
    if isinstance(told, Counter):
        return told - stored, stored - told
    told, stored = (each.items() if isinstance(each, dict) else each for each in (told, stored))
    return [one for one in told if one not in stored], [one for one in stored if one not in told]
