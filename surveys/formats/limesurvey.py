"""Reading LimeSurvey's tab-separated survey structure (.txt, .tsv).

Rows are of class S and SL (settings), G (group), Q (question), SQ (subquestion) and A (answer),
each once for a language; see LimeSurvey's manual, "Tab Separated Value survey structure".
"""

import csv
import io
import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.csvfiles import InvalidFile
from surveys.enums import ItemKind
from surveys.formats.assembling import Assembly, Page, is_scale, options_of
from surveys.formats.languages import language_of
from surveys.formats.reading import Imported, Reading, read_text
from surveys.specs import UNLIMITED, InstrumentSpec, ItemSpec, LimitsSpec, OptionSpec

MOST_ROWS = 20_000
COLUMNS = {"class", "name", "text", "language"}
KINDS = {
    "L": ItemKind.SINGLE,
    "!": ItemKind.SINGLE,
    "O": ItemKind.SINGLE,
    "M": ItemKind.MULTIPLE,
    "P": ItemKind.MULTIPLE,
    "R": ItemKind.RANKING,
    "N": ItemKind.NUMBER,
    "D": ItemKind.DATE,
    "S": ItemKind.SHORT_TEXT,
    "T": ItemKind.OPEN_TEXT,
    "U": ItemKind.OPEN_TEXT,
    "X": ItemKind.EXPLANATION,
    "5": ItemKind.STATEMENT,
}
FIXED = {
    "5": [(str(value), "", "") for value in range(1, 6)],
    "A": [(str(value), "", "") for value in range(1, 6)],
    "B": [(str(value), "", "") for value in range(1, 11)],
    "Y": [("Y", "Ja", "Yes"), ("N", "Nee", "No")],
    "G": [("F", "Vrouw", "Female"), ("M", "Man", "Male")],
    "C": [("Y", "Ja", "Yes"), ("U", "Weet niet", "Uncertain"), ("N", "Nee", "No")],
    "E": [("I", "Meer", "Increase"), ("S", "Gelijk", "Same"), ("D", "Minder", "Decrease")],
}
ARRAYS = {"A", "B", "C", "E", "F", "H"}
PARTS = {"K": ItemKind.NUMBER, "Q": ItemKind.SHORT_TEXT}
KNOWN = COLUMNS | {
    "id",
    "related_id",
    "type/scale",
    "relevance",
    "help",
    "validation",
    "mandatory",
    "encrypted",
    "other",
    "default",
    "same_default",
    "same_script",
    "question_theme_name",
    "min_answers",
    "max_answers",
    "min_num_value_n",
    "max_num_value_n",
    "num_value_int_only",
    "date_min",
    "date_max",
    "random_order",
    "random_group",
}


@dataclass
class Thing:
    """A group, question, subquestion or answer in all its languages."""

    row: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)
    helps: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    parts: dict[str, "Thing"] = field(default_factory=dict)
    answers: dict[str, "Thing"] = field(default_factory=dict)

    def in_both(self, which: str) -> tuple[str, str]:
        found = getattr(self, which)
        return found.get("nl", ""), found.get("en", "")


def read_limesurvey(raw: bytes) -> Imported:
    """The questionnaire of a tab-separated structure. Raises InvalidFile."""
    rows = _rows(read_text(raw))
    return _Survey(rows).read()


def _rows(text: str) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t")
    try:
        header = set(reader.fieldnames or ())
        if not header >= COLUMNS:
            missing = ", ".join(sorted(COLUMNS - header))
            raise InvalidFile([_("Row 1 lacks the columns %(names)s.") % {"names": missing}])
        rows: list[dict[str, str]] = []
        for row in reader:
            if len(rows) >= MOST_ROWS:
                raise InvalidFile([_("The file has more than 20,000 rows.")])
            if None in row:
                raise InvalidFile([_("Row %(row)d has too many columns.") % {"row": len(rows) + 2}])
            rows.append({key: value or "" for key, value in row.items()})
    except csv.Error as error:
        raise InvalidFile([_("The file can't be read: %(error)s.") % {"error": error}]) from error
    return rows


class _Survey:
    """The rows, being read: first gathered over the languages, then turned into items."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self.reading = Reading()
        self.form = Assembly(self.reading)
        settings = {row["name"]: row["text"] for row in rows if row["class"] == "S"}
        self.base = settings.get("language", "")
        self.titles = {"nl": "", "en": ""}
        self.groups: dict[str, Thing] = {}
        self.code = settings.get("sid", "")
        self.where: dict[str, str] = {}
        for row in rows:
            self.gather(row)

    def gather(self, row: dict[str, str]) -> None:
        """Put a row where it belongs; languages other than Dutch and English are left out."""
        kind = row["class"].strip().upper()
        language = language_of(row["language"] or self.base)
        if kind in ("S", "") or not (language or kind == "SL"):
            if kind not in ("S", ""):
                said = _("texts in %(language)s") % {"language": row["language"] or "?"}
                self.reading.left_out("", said)
            return
        if kind == "SL":
            if row["name"] == "surveyls_title" and language:
                self.titles[language] = self.reading.text(row["text"], "title")
        elif kind == "G":
            key = row.get("type/scale") or row.get("id") or row["name"]
            self.group = self.keep(self.groups, key, row, language)
        elif not self.groups:
            raise InvalidFile([_("A question stands before the first group.")])
        elif kind == "Q":
            self.question = self.keep(self.group.parts, row["name"], row, language)
        elif kind in ("SQ", "A"):
            if not self.group.parts:
                raise InvalidFile([_("An answer stands before the first question.")])
            holder = self.question.parts if kind == "SQ" else self.question.answers
            self.keep(holder, row["name"], row, language)

    def keep(self, holder: dict[str, Thing], key: str, row: dict[str, str], language: str) -> Thing:
        thing = holder.setdefault(key, Thing(row))
        thing.texts[language] = self.reading.text(row["text"], row["name"])
        thing.helps[language] = self.reading.text(row.get("help", ""), row["name"])
        thing.names[language] = self.reading.text(row["name"], row["class"])
        return thing

    def read(self) -> Imported:
        title = (self.titles["nl"], self.titles["en"])
        self.form.title = title
        for group in self.groups.values():
            names, intro = group.in_both("names"), group.in_both("texts")
            relevance = (self.relevance(group.row),)
            page = Page(*names, *intro, relevance=relevance)
            self.form.pages.append(page)
            for question in group.parts.values():
                self.question_of(question, page)
            shuffled = {q.row.get("random_group", "") for q in group.parts.values()}
            page.random_order = len(shuffled) == 1 and shuffled != {""}
            if not page.items:
                self.form.pages.remove(page)
        blocks = self.form.blocks(lambda name: self.where.get(name, name))
        self.reading.refuse()
        code = self.code or re.sub(r"[^a-z0-9]+", "-", (title[0] or title[1]).lower()).strip("-")
        code = f"limesurvey-{code}" if code.isdecimal() else code
        spec = InstrumentSpec(code[:40], title[0][:120], title[1][:120], blocks)
        return Imported(spec, tuple(self.reading.findings))

    def relevance(self, row: dict[str, str]) -> str:
        said = row.get("relevance", "").strip()
        return "" if said == "1" else said

    def question_of(self, question: Thing, page: Page) -> None:
        """One question: an item, or for an array one for each of its rows."""
        row, name = question.row, question.row["name"]
        kind = row.get("type/scale", "").strip()
        self.unsaid(row, name)
        if kind in ARRAYS or kind in PARTS:
            self.rows_of(question, page, kind)
        elif kind in KINDS or kind in FIXED:
            options, allow_na = self.options(question, kind)
            item_kind = KINDS.get(kind, ItemKind.SINGLE)
            limits = self.limits(row, item_kind)
            self.add(page, question, name, item_kind, options, allow_na, limits)
            if kind in ("O", "P"):
                self.reading.left_out(name, _("the comment beside the options"))
        else:
            self.reading.left_out(name, _("“%(type)s” isn't asked here") % {"type": kind})

    def options(self, question: Thing, kind: str) -> tuple[tuple[OptionSpec, ...], bool]:
        if kind in FIXED:
            return options_of(FIXED[kind]), False
        found = question.parts if kind in ("M", "P") else question.answers
        if kind == "R" and not found:
            found = question.parts
        rows = [(code, *thing.in_both("texts")) for code, thing in found.items()]
        kept = [row for row in rows if row[0].lower() != "na"]
        options = options_of(kept) if kept else ()
        for code, *_labels in kept if kind in ("M", "P") else ():
            self.where[f"{question.row['name']}_{code}"] = question.row["name"]
            self.form.ticked[f"{question.row['name']}_{code}"] = code
        return options, len(kept) < len(rows)

    def rows_of(self, question: Thing, page: Page, kind: str) -> None:
        """Each row of an array becomes an item, after the question itself as an explanation."""
        name = question.row["name"]
        options, allow_na = self.options(question, kind) if kind in ARRAYS else ((), False)
        item_kind = PARTS.get(kind, ItemKind.STATEMENT if is_scale(options) else ItemKind.SINGLE)
        if any(question.in_both("texts")):
            self.add(page, question, name, ItemKind.EXPLANATION, (), False)
            self.reading.changed(name, _("stands as an explanation above its rows"))
        for code, part in question.parts.items():
            own = f"{name}_{code}" if re.fullmatch(r"SQ\d+|\d+", code) else code
            own = f"{name}_{code}" if own in self.where.values() else own
            self.where[f"{name}_{code}"] = own
            part.row = question.row | {"relevance": self._and(question.row, part.row)}
            limits = self.limits(question.row, item_kind)
            self.add(page, part, own, item_kind, options, allow_na, limits)

    def _and(self, *rows: dict[str, str]) -> str:
        said = [f"({text})" for row in rows if (text := self.relevance(row))]
        return " and ".join(said)

    def add(
        self,
        page: Page,
        thing: Thing,
        code: str,
        kind: str,
        options: tuple[OptionSpec, ...],
        allow_na: bool,
        limits: LimitsSpec = UNLIMITED,
    ) -> None:
        text, hint = thing.in_both("texts"), thing.in_both("helps")
        self.where.setdefault(code, code)
        item = ItemSpec(
            code=code,
            construct="",
            text_nl=text[0],
            text_en=text[1],
            kind=kind,
            allow_na=allow_na,
            mandatory=thing.row.get("mandatory", "") == "Y" and kind != ItemKind.EXPLANATION,
            hint_nl=hint[0],
            hint_en=hint[1],
            options=options,
            limits=limits,
        )
        self.form.add(page, item, self.relevance(thing.row))

    def limits(self, row: dict[str, str], kind: Any) -> LimitsSpec:
        if kind == ItemKind.NUMBER:
            low, high = row.get("min_num_value_n", ""), row.get("max_num_value_n", "")
            return LimitsSpec(low, high, 0 if row.get("num_value_int_only") == "1" else 6)
        if kind == ItemKind.DATE:
            return LimitsSpec(row.get("date_min", "")[:10], row.get("date_max", "")[:10])
        if kind in (ItemKind.MULTIPLE, ItemKind.RANKING):
            return LimitsSpec(row.get("min_answers", ""), row.get("max_answers", ""))
        return UNLIMITED

    def unsaid(self, row: dict[str, str], name: str) -> None:
        """Name what a question asks for that can't be done here."""
        if row.get("other") == "Y":
            self.reading.left_out(name, _("the option “other, namely ...”"))
        if row.get("mandatory") == "S":
            self.reading.changed(name, _("was softly mandatory, and may be left open"))
        if row.get("random_order") == "1":
            self.reading.left_out(name, _("the random order of its options or rows"))
        extra = [key for key, value in row.items() if value and key not in KNOWN]
        for key in [*extra, *(key for key in ("validation", "default") if row.get(key))]:
            self.reading.left_out(name, _("its %(column)s") % {"column": key})
