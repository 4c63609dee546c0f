"""Reading XLSForm workbooks (.xlsx), the format of Kobo and ODK, with pyxform.

pyxform says whether the workbook is a valid form; its rows are then read into ours.
"""

import io
import logging
import re
from typing import Any

from django.utils.translation import gettext as _

from core.csvfiles import InvalidFile
from surveys.enums import ItemKind, Occasion
from surveys.formats.assembling import Assembly, Page, is_scale, options_of
from surveys.formats.languages import language_of
from surveys.formats.reading import Imported, Reading, check_workbook
from surveys.specs import ConstructSpec, InstrumentSpec, ItemSpec, LimitsSpec, OptionSpec

MOST_ROWS = 5000
PLAIN = {
    "text": ItemKind.SHORT_TEXT,
    "string": ItemKind.SHORT_TEXT,
    "integer": ItemKind.NUMBER,
    "int": ItemKind.NUMBER,
    "decimal": ItemKind.NUMBER,
    "date": ItemKind.DATE,
    "note": ItemKind.EXPLANATION,
}
CHOICES = {
    "select_one": ItemKind.SINGLE,
    "select_multiple": ItemKind.MULTIPLE,
    "rank": ItemKind.RANKING,
}
NOT_CARRIED = (
    "default",
    "calculation",
    "constraint_message",
    "choice_filter",
    "read_only",
    "trigger",
    "repeat_count",
)
BOUND = re.compile(r"\.\s*(>=|<=)\s*(?:'|\")?(-?\d+(?:\.\d+)?|\d{4}-\d\d-\d\d)(?:'|\")?")
NOT_APPLICABLE = "na"


def read_xlsform(raw: bytes) -> Imported:
    """The questionnaire of an XLSForm workbook. Raises InvalidFile."""
    # pyxform brings numpy along (by way of openpyxl): only where a workbook is read.

    check_workbook(raw)
    return _Form(_sheets(raw)).read()


def _sheets(raw: bytes) -> dict[str, list[dict[str, Any]]]:
    """The rows of the three sheets, when pyxform says that together they are a form."""
    # It brings openpyxl, and that numpy: a web process has neither before somebody imports a file.
    from pyxform.errors import PyXFormError  # noqa: PLC0415
    from pyxform.xls2json_backends import get_xlsform  # noqa: PLC0415
    from pyxform.xls2xform import convert  # noqa: PLC0415

    logging.getLogger("pyxform").setLevel(logging.ERROR)
    try:
        book = get_xlsform(io.BytesIO(raw), file_type=".xlsx")
        sheets = {
            name: list(getattr(book, name) or []) for name in ("survey", "choices", "settings")
        }
        if not sheets["survey"]:
            raise InvalidFile([_("The workbook has no sheet “survey” with rows.")])
        if any(len(rows) > MOST_ROWS for rows in sheets.values()):
            raise InvalidFile([_("A sheet has more than 5,000 rows.")])
        convert(io.BytesIO(raw), validate=False, file_type=".xlsx")
    except InvalidFile:
        raise
    except PyXFormError as error:
        raise InvalidFile([f"XLSForm: {error}"]) from error
    except Exception as error:  # a broken workbook brings up anything
        raise InvalidFile([_("The workbook can't be read as an XLSForm.")]) from error
    return sheets


class _Form:
    """The three sheets, being read."""

    def __init__(self, sheets: dict[str, list[dict[str, Any]]]) -> None:
        self.reading = Reading()
        self.survey = sheets["survey"]
        self.settings = sheets["settings"][0] if sheets["settings"] else {}
        default = str(self.settings.get("default_language") or "")
        self.default = language_of(default)
        self.lists: dict[str, list[tuple[str, str, str]]] = {}
        for row in sheets["choices"]:
            name = str(row.get("list_name") or row.get("list name") or "").strip()
            code = str(row.get("name") or row.get("value") or "").strip()
            if name and code:
                code = self.reading.text(code, name)
                self.lists.setdefault(name, []).append((code, *self.words(row, "label", name)))
        self.form = Assembly(self.reading)
        self.constructs: dict[str, ConstructSpec] = {}

    def read(self) -> Imported:
        title = self.words(self.settings, "form_title", "form_title")
        english = self.words(self.settings, "title_en", "title_en")
        title = (title[0], title[1] or english[0] or english[1])
        code = re.sub(r"[^A-Za-z0-9_-]+", "-", str(self.settings.get("form_id") or ""))[:40]
        title = title if any(title) else (code, code)
        self.form.title = title
        self.rows()
        blocks = self.form.blocks()
        self.reading.refuse()
        constructs = tuple(self.constructs.values())
        spec = InstrumentSpec(code.strip("-"), title[0][:120], title[1][:120], blocks, constructs)
        return Imported(spec, tuple(self.reading.findings))

    def words(self, row: dict[str, Any], column: str, where: str) -> tuple[str, str]:
        """A text in Dutch and in English, from `column` and `column::Language (code)`."""
        found = {"nl": "", "en": ""}
        for name, value in row.items():
            base, _colons, language = str(name).partition("::")
            if base.strip().lower() != column or value in (None, ""):
                continue
            target = language_of(language) if language else self.unnamed(column)
            if not target:
                self.reading.left_out("", _("texts in %(language)s") % {"language": language})
            elif not found[target] or language:
                found[target] = self.reading.text(value, where)
        return found["nl"], found["en"]

    def unnamed(self, column: str) -> str:
        if not self.default and column == "label":
            said = _("the file doesn't say its language; its texts are taken to be Dutch")
            self.reading.changed("", said)
        return self.default or "nl"

    def rows(self) -> None:
        """Walk the survey sheet: groups become pages, what can't be asked is left out."""
        open_groups: list[tuple[str, str]] = []
        page: Page | None = None
        skipping = 0
        for row in self.survey:
            kind = re.sub(r"[\s_]+", " ", str(row.get("type") or "").strip().lower())
            if not kind:
                continue
            name = str(row.get("name") or "").strip()
            if kind in ("end repeat", "end group"):
                skipping = max(0, skipping - 1) if kind == "end repeat" else skipping
                page = None
                if open_groups and kind == "end group":
                    open_groups.pop()
            elif kind == "begin repeat":
                skipping += 1
                self.reading.left_out(name, _("a part that is asked several times (repeat)"))
            elif skipping:
                self.reading.left_out(name, _("stands in a part that is asked several times"))
            elif kind == "begin group":
                open_groups.append((name, str(row.get("relevant") or "")))
                page = self.begin(row, name, tuple(text for _name, text in open_groups))
            else:
                if page is None:
                    page = self.begin({}, "", tuple(text for _name, text in open_groups))
                self.item(row, name, page)
        self.form.pages = [page for page in self.form.pages if page.items]

    def begin(self, row: dict[str, Any], name: str, relevance: tuple[str, ...]) -> Page:
        if len(relevance) > 1 and name:
            self.reading.changed(name, _("a group within a group becomes a page of its own"))
        title, intro = self.words(row, "label", name), self.words(row, "hint", name)
        shuffled = str(row.get("random_order") or "").lower() in ("yes", "true")
        page = Page(*title, *intro, random_order=shuffled, relevance=relevance)
        self.form.pages.append(page)
        return page

    def item(self, row: dict[str, Any], name: str, page: Page) -> None:
        """One row of the survey sheet."""
        typed = str(row.get("type")).split()
        key = "_".join(typed[:2]).lower() if typed[0].lower() == "select" else typed[0].lower()
        options: tuple[OptionSpec, ...] = ()
        limits, allow_na = LimitsSpec(), False
        if key in CHOICES:
            kind: str = CHOICES[key]
            options, allow_na = self.options(typed, name)
            appearance = str(row.get("appearance") or "")
            if kind == ItemKind.SINGLE and "likert" in appearance and is_scale(options):
                kind = ItemKind.STATEMENT
        elif key in PLAIN:
            kind = PLAIN[key]
            if key == "text" and "multiline" in str(row.get("appearance") or ""):
                kind = ItemKind.OPEN_TEXT
            limits = self.limits(row, name, kind, 6 if key == "decimal" else 0)
        else:
            return self.reading.left_out(name, _("“%(type)s” isn't asked here") % {"type": key})
        self.unsaid(row, name)
        text, hint = self.words(row, "label", name), self.words(row, "hint", name)
        construct = re.sub(r"[^A-Za-z0-9_-]+", "_", str(row.get("construct") or ""))[:40]
        item = ItemSpec(
            code=name,
            construct=construct,
            text_nl=text[0],
            text_en=text[1],
            occasion=self.occasion(row),
            kind=kind,
            allow_na=allow_na,
            mandatory=str(row.get("required") or "").lower() in ("yes", "true", "true()"),
            reversed=str(row.get("direction") or "").lower() == "reversed",
            hint_nl=hint[0],
            hint_en=hint[1],
            options=options,
            limits=limits,
        )
        return self.form.add(page, item, str(row.get("relevant") or ""))

    def occasion(self, row: dict[str, Any]) -> str:
        said = str(row.get("occasion") or "")
        return said if said in Occasion.values else Occasion.NONE

    def options(self, typed: list[str], name: str) -> tuple[tuple[OptionSpec, ...], bool]:
        rest = [part for part in typed[1:] if part.lower() not in ("one", "multiple", "or_other")]
        if "or_other" in [part.lower() for part in typed]:
            self.reading.left_out(name, _("the option “other, namely ...”"))
        rows = self.lists.get(rest[-1] if rest else "", [])
        allow_na = any(code.lower() == NOT_APPLICABLE for code, *_labels in rows)
        return options_of([row for row in rows if row[0].lower() != NOT_APPLICABLE]), allow_na

    def limits(self, row: dict[str, Any], name: str, kind: str, decimals: int) -> LimitsSpec:
        said = str(row.get("constraint") or "").strip()
        decimals = decimals if kind == ItemKind.NUMBER else 0
        if not said:
            return LimitsSpec(decimals=decimals)
        said = re.sub(r"date\(([^)]*)\)", r"\1", said)
        bounds = dict(BOUND.findall(said))
        if re.sub(BOUND, "", said).replace("and", "").strip(" ()") or kind not in (
            ItemKind.NUMBER,
            ItemKind.DATE,
        ):
            self.reading.left_out(name, _("its constraint: %(text)s") % {"text": said[:120]})
            return LimitsSpec(decimals=decimals)
        return LimitsSpec(bounds.get(">=", ""), bounds.get("<=", ""), decimals)

    def unsaid(self, row: dict[str, Any], name: str) -> None:
        """Name the columns of a row that ask for what can't be done here."""
        for column, value in row.items():
            base = str(column).partition("::")[0].strip().lower()
            if value not in (None, "") and (base in NOT_CARRIED or base in ("media", "parameters")):
                self.reading.left_out(name, _("its %(column)s") % {"column": column})
