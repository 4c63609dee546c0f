"""Writing a questionnaire as XLSForm or as LimeSurvey's tab-separated structure.

What the other format can't hold comes back as findings, to be shown before the file is used.
"""

import csv
import io
import re
from collections.abc import Iterable

import xlsxwriter
from django.utils.translation import gettext as _

from surveys.enums import Agreement, ItemKind
from surveys.formats.expressions import write_expression
from surveys.formats.reading import Reading
from surveys.labels import agreement_in
from surveys.specs import ConditionSpec, InstrumentSpec, ItemSpec, LimitsSpec, OptionSpec

XLSFORM_TYPES = {
    ItemKind.STATEMENT: "select_one",
    ItemKind.SINGLE: "select_one",
    ItemKind.MULTIPLE: "select_multiple",
    ItemKind.RANKING: "rank",
    ItemKind.NUMBER: "integer",
    ItemKind.DATE: "date",
    ItemKind.SHORT_TEXT: "text",
    ItemKind.OPEN_TEXT: "text",
    ItemKind.EXPLANATION: "note",
}
SURVEY = [
    "type",
    "name",
    "label::Dutch_(nl)",
    "label::English_(en)",
    "hint::Dutch_(nl)",
    "hint::English_(en)",
    "required",
    "relevant",
    "constraint",
    "appearance",
    "construct",
    "direction",
    "occasion",
    "random_order",
]
CHOICES = ["list_name", "name", "label::Dutch_(nl)", "label::English_(en)"]
NOT_APPLICABLE = OptionSpec(0, "niet van toepassing", "not applicable", "na")


def all_options(item: ItemSpec) -> tuple[OptionSpec, ...]:
    """The options as another system must list them: the scale in full, and "not applicable"."""
    options = item.options
    if item.kind == ItemKind.STATEMENT and not options:
        options = tuple(
            OptionSpec(value, agreement_in("nl", value), agreement_in("en", value))
            for value in Agreement.values
        )
    return (*options, NOT_APPLICABLE) if options and item.allow_na else options


def code_of(option: OptionSpec) -> str:
    return option.code or str(option.value)


def _codes(spec: InstrumentSpec) -> dict[tuple[str, str], str]:
    return {(i.code, str(o.value)): code_of(o) for i in spec.items for o in i.options}


def write_xlsform(spec: InstrumentSpec, reading: Reading) -> bytes:
    """A workbook for Kobo or ODK; construct, direction and occasion go along in own columns."""
    codes = _codes(spec)
    lists: dict[tuple[OptionSpec, ...], str] = {}
    rows: list[dict[str, str]] = []
    for page, block in enumerate(spec.blocks, start=1):
        random = "yes" if block.random_order else ""
        texts = _both("label", block.title_nl, block.title_en)
        texts |= _both("hint", block.intro_nl, block.intro_en)
        rows.append({"type": "begin_group", "name": f"page_{page}", "random_order": random} | texts)
        rows += [_xlsform_row(item, lists, codes, reading) for item in block.items]
        rows.append({"type": "end_group"})
    choices = [
        {"list_name": name, "name": code_of(option)}
        | _both("label", option.label_nl or code_of(option), option.label_en or code_of(option))
        for options, name in lists.items()
        for option in options
    ]
    settings = [{"form_title": spec.title_nl or spec.title_en, "form_id": spec.code}]
    settings[0] |= {"default_language": "Dutch (nl)", "title_en": spec.title_en}
    header = [name.replace("_(", " (") for name in SURVEY]
    return _workbook(
        [
            ("survey", header, rows),
            ("choices", [name.replace("_(", " (") for name in CHOICES], choices),
            ("settings", list(settings[0]), settings),
        ]
    )


def _both(column: str, dutch: str, english: str) -> dict[str, str]:
    return {f"{column}::Dutch (nl)": dutch, f"{column}::English (en)": english}


def _xlsform_row(
    item: ItemSpec,
    lists: dict[tuple[OptionSpec, ...], str],
    codes: dict[tuple[str, str], str],
    reading: Reading,
) -> dict[str, str]:
    kind = XLSFORM_TYPES[ItemKind(item.kind)]
    options = all_options(item)
    if options:
        kind = f"{kind} {lists.setdefault(options, f'list_{len(lists) + 1}')}"
    elif item.kind == ItemKind.NUMBER and item.limits.decimals:
        kind = "decimal"
    if item.allow_na and not options:
        reading.left_out(item.code, _("“not applicable” as an answer"))
    appearance = {ItemKind.STATEMENT: "likert", ItemKind.OPEN_TEXT: "multiline"}
    return (
        {
            "type": kind,
            "name": item.code,
            "required": "yes" if item.mandatory else "",
            "relevant": write_expression(
                item.conditions,
                lambda name: f"${{{name}}}",
                lambda name, value: codes.get((name, value), value),
            ),
            "constraint": _constraint(item.limits, item, reading),
            "appearance": appearance.get(ItemKind(item.kind), ""),
            "construct": item.construct,
            "direction": "reversed" if item.reversed else "",
            "occasion": str(item.occasion),
        }
        | _both("label", item.text_nl, item.text_en)
        | _both("hint", item.hint_nl, item.hint_en)
    )


def _constraint(limits: LimitsSpec, item: ItemSpec, reading: Reading) -> str:
    quote = "date('{}')" if item.kind == ItemKind.DATE else "{}"
    if item.kind in (ItemKind.MULTIPLE, ItemKind.RANKING) and (limits.lowest or limits.highest):
        reading.left_out(item.code, _("how many options may be chosen"))
        return ""
    bounds = [(">=", limits.lowest), ("<=", limits.highest)]
    return " and ".join(f". {sign} {quote.format(bound)}" for sign, bound in bounds if bound)


def _workbook(sheets: Iterable[tuple[str, list[str], list[dict[str, str]]]]) -> bytes:
    file = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {"in_memory": True, **plain}) as book:
        for name, header, rows in sheets:
            sheet = book.add_worksheet(name)
            for column, title in enumerate(header):
                sheet.write_string(0, column, title)
                for place, row in enumerate(rows, start=1):
                    if row.get(title):
                        sheet.write_string(place, column, row[title])
    return file.getvalue()


LIMESURVEY_TYPES = {
    ItemKind.SINGLE: "L",
    ItemKind.MULTIPLE: "M",
    ItemKind.RANKING: "R",
    ItemKind.NUMBER: "N",
    ItemKind.DATE: "D",
    ItemKind.SHORT_TEXT: "S",
    ItemKind.OPEN_TEXT: "T",
    ItemKind.EXPLANATION: "X",
    ItemKind.STATEMENT: "F",
}
LIMESURVEY = [
    "id",
    "related_id",
    "class",
    "type/scale",
    "name",
    "relevance",
    "text",
    "help",
    "language",
    "validation",
    "mandatory",
    "encrypted",
    "other",
    "default",
    "same_default",
    "min_answers",
    "max_answers",
    "min_num_value_n",
    "max_num_value_n",
    "num_value_int_only",
    "date_min",
    "date_max",
    "random_group",
]


def write_limesurvey(spec: InstrumentSpec, reading: Reading) -> bytes:
    """LimeSurvey's structure. Its codes are letters and digits only, so ours lose their hyphens."""
    names = _short_names(spec, reading)
    rows: list[dict[str, str]] = [{"class": "S", "name": "language", "text": "nl"}]
    rows.append({"class": "S", "name": "additional_languages", "text": "en"})
    for language, title in (("nl", spec.title_nl), ("en", spec.title_en)):
        name = "surveyls_title"
        rows.append({"class": "SL", "name": name, "text": title, "language": language})
    for page, block in enumerate(spec.blocks, start=1):
        for language in ("nl", "en"):
            title, intro = getattr(block, f"title_{language}"), getattr(block, f"intro_{language}")
            group = {"class": "G", "type/scale": str(page), "name": title or spec.title_nl}
            rows.append(group | {"text": intro, "language": language, "relevance": "1"})
            for item in block.items:
                random = f"page{page}" if block.random_order else ""
                rows += _lime_rows(item, language, names, spec, random)
    for item in spec.items:
        if item.allow_na and not all_options(item):
            reading.left_out(item.code, _("“not applicable” as an answer"))
        if item.construct or item.reversed or item.occasion:
            reading.left_out(item.code, _("construct, direction and occasion"))
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, LIMESURVEY, delimiter="\t", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def _short_names(spec: InstrumentSpec, reading: Reading) -> dict[str, str]:
    names: dict[str, str] = {}
    for number, item in enumerate(spec.items, start=1):
        short = re.sub(r"[^A-Za-z0-9]", "", item.code)[:18]
        if short in names.values():
            short = f"{short[:14]}{number}"
        names[item.code] = short
        if short != item.code:
            reading.changed(item.code, _("is called %(name)s there") % {"name": short})
    return names


def _lime_rows(
    item: ItemSpec, language: str, names: dict[str, str], spec: InstrumentSpec, random: str
) -> list[dict[str, str]]:
    kinds = {other.code: other.kind for other in spec.items}
    codes = {(i.code, str(o.value)): _lime_code(o) for i in spec.items for o in i.options}

    def reference(code: str) -> str:
        if code not in kinds:  # an option of several, which is an item of its own there
            return f"{code}.NAOK"
        part = f"_{names[code]}" if kinds[code] == ItemKind.STATEMENT else ""
        return f"{'array' if part else ''}{names[code]}{part}.NAOK"

    def as_option(test: ConditionSpec) -> Iterable[ConditionSpec]:
        if kinds[test.item] != ItemKind.MULTIPLE or not test.values:
            return [test]
        parts = [f"{names[test.item]}_{codes[test.item, value]}" for value in test.values]
        return [ConditionSpec(part, test.test, ("Y",)) for part in parts]

    spread = tuple(tuple(o for t in group for o in as_option(t)) for group in item.conditions)
    relevance = write_expression(
        spread, reference, lambda name, value: codes.get((name, value), value)
    )
    text, hint = getattr(item, f"text_{language}"), getattr(item, f"hint_{language}")
    shared = {"language": language, "relevance": relevance.replace(" = ", " == ") or "1"}
    name, is_row = names[item.code], item.kind == ItemKind.STATEMENT
    question = shared | {
        "class": "Q",
        "type/scale": LIMESURVEY_TYPES[ItemKind(item.kind)],
        "name": f"array{name}" if is_row else name,
        "text": "" if is_row else text,
        "help": hint,
        "mandatory": "Y" if item.mandatory else "N",
        "random_group": random,
    }
    rows = [question | _lime_limits(item)]
    if is_row:
        rows.append(shared | {"class": "SQ", "type/scale": "0", "name": name, "text": text})
    part = "SQ" if item.kind == ItemKind.MULTIPLE else "A"
    for option in all_options(item):
        label = getattr(option, f"label_{language}") or code_of(option)
        code = _lime_code(option)
        rows.append(shared | {"class": part, "type/scale": "0", "name": code, "text": label})
    return rows


def _lime_code(option: OptionSpec) -> str:
    """LimeSurvey's codes of answers are at most five letters and digits."""
    code = code_of(option)
    return code if re.fullmatch(r"[A-Za-z0-9]{1,5}", code) else str(option.value)


def _lime_limits(item: ItemSpec) -> dict[str, str]:
    low, high = item.limits.lowest, item.limits.highest
    if item.kind == ItemKind.NUMBER:
        whole = "" if item.limits.decimals else "1"
        return {"min_num_value_n": low, "max_num_value_n": high, "num_value_int_only": whole}
    if item.kind == ItemKind.DATE:
        return {"date_min": low, "date_max": high}
    return {"min_answers": low, "max_answers": high}
