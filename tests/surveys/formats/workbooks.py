"""Workbooks for the stories about XLSForm."""

import io

import openpyxl

SURVEY = [
    ["type", "name", "label::Dutch (nl)", "label::English (en)", "relevant", "required",
     "appearance", "constraint", "construct", "direction"],
    ["begin_group", "g1", "Groep een", "Group one"],
    ["select_one role", "role", "Wat doet u?", "What do you do?", None, "yes"],
    ["select_one agree", "s1", "Stelling", "Statement", None, None, "likert", None, "saving",
     "reversed"],
    ["integer", "hours", "Uren", "Hours", "${role} = 'do'", None, None, ". >= 0 and . <= 40"],
    ["geopoint", "where", "Waar", "Where"],
    ["end_group"],
    ["text", "more", "Meer", "More", "selected(${role}, 'do') or ${hours} > 3", None, "multiline"],
]  # fmt: skip
CHOICES = [
    ["list_name", "name", "label::Dutch (nl)", "label::English (en)"],
    ["role", "lead", "Leiding", "Lead"],
    ["role", "do", "Doen", "Do"],
    ["agree", "1", "Nee", "No"],
    ["agree", "2", "Half", "Half"],
    ["agree", "3", "Ja", "Yes"],
    ["agree", "na", "nvt", "na"],
]
SETTINGS = [["form_title", "form_id", "default_language"], ["Mijn", "my_form", "Dutch (nl)"]]


def workbook(survey=SURVEY, choices=CHOICES, settings=SETTINGS):
    """An .xlsx file of these rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in (("survey", survey), ("choices", choices), ("settings", settings)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_label(label):
    """The usual workbook with another label for its first item."""
    rows = [list(row) for row in SURVEY]
    rows[2][2] = label
    return workbook(rows)
