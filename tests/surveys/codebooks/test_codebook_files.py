"""A codebook in three formats: what is written is read back the same, and bad files say why."""

import io
import json
import xml.etree.ElementTree as ET

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from core.csvfiles import InvalidFile
from surveys.codebooks.spec import VariableSpec
from surveys.domain.codebooks import READERS, WRITERS

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=12)
VALUES = st.lists(WORDS | st.sampled_from(["--", "+-", "++", "=1+1"]), min_size=2, max_size=5)


@st.composite
def variables(draw):
    return VariableSpec(
        code=draw(st.from_regex(r"[a-z][a-z0-9_]{0,11}", fullmatch=True)),
        meaning=draw(WORDS),
        meaning_en=draw(st.just("") | WORDS),
        values=tuple(dict.fromkeys(draw(VALUES)).keys() | {"a", "b"}),
        level=draw(st.sampled_from(["nominal", "ordinal"])),
        several=draw(st.booleans()),
        dimension=draw(st.sampled_from(["", "climate", "practices"])),
        definition=draw(st.just("") | WORDS),
        rule=draw(st.just("") | WORDS),
        example=draw(st.just("") | WORDS),
    )


BOOKS = st.lists(variables(), min_size=1, max_size=5, unique_by=lambda spec: spec.code)


@pytest.mark.parametrize("format", sorted(WRITERS))
@given(book=BOOKS)
@settings(max_examples=10, deadline=None)
def test_what_is_written_is_read_back_the_same(format, book):
    read = READERS[format](WRITERS[format](book))
    if format == "qdc":  # within a file, the variables of a dimension stand together
        read.sort(key=lambda spec: spec.code)
        book = sorted(book, key=lambda spec: spec.code)
    assert read == book


def test_a_codebook_of_another_programme_becomes_variables_with_their_values():
    raw = b"""<?xml version="1.0" encoding="utf-8"?>
    <CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Another 3.1"><Codes>
      <Code guid="11111111-1111-1111-1111-111111111111" name="Climate" isCodable="true">
        <Code guid="22222222-2222-2222-2222-222222222222" name="Room for ideas" isCodable="true">
          <Description>Are ideas welcome?
          level: ordinal</Description>
          <Code guid="33333333-3333-3333-3333-333333333333" name="--" isCodable="true"/>
          <Code guid="44444444-4444-4444-4444-444444444444" name="++" isCodable="true"/>
        </Code>
      </Code>
      <Code guid="55555555-5555-5555-5555-555555555555" name="Politics" isCodable="true"/>
    </Codes></CodeBook>"""
    ideas, politics = READERS["qdc"](raw)
    assert (ideas.code, ideas.level, ideas.values) == ("room_for_ideas", "ordinal", ("--", "++"))
    assert (ideas.dimension, ideas.meaning) == ("climate", "Are ideas welcome?")
    assert (politics.meaning, politics.values) == ("Politics", ("no", "yes"))


def test_a_written_qdc_keeps_to_the_standard():
    book = [VariableSpec("a", "A", "", ("1", "2"), level="ordinal", dimension="d")]
    root = ET.fromstring(WRITERS["qdc"](book))
    name = "{urn:QDA-XML:codebook:1.0}"
    codes = list(root.iter(f"{name}Code"))
    assert root.tag == f"{name}CodeBook" and [child.tag for child in root] == [
        f"{name}Codes",
        f"{name}Sets",
    ]
    assert len({code.get("guid") for code in codes}) == len(codes) == 4
    assert {code.get("isCodable") for code in codes} == {"true", "false"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "no variables"),
        ([{"code": "a b", "meaning": "A", "level": "nominal", "values": ["x"]}], "code"),
        ([{"code": "a", "meaning": "", "level": "nominal", "values": ["x"]}], "meaning"),
        ([{"code": "a", "meaning": "A", "level": "interval", "values": ["x"]}], "interval"),
        ([{"code": "a", "meaning": "A", "level": "ordinal", "values": ["x"]}], "values"),
        ([{"code": "a", "meaning": "A", "level": "nominal", "values": ["x", "x"]}], "twice"),
        ([{"code": "a", "meaning": "A", "level": "nominal", "values": "x"}], "list"),
        ([{"code": "a", "meaning": "<script>", "level": "nominal", "values": ["x"]}], "script"),
        ([{"code": "a", "meaning": "A", "level": "nominal", "values": ["x"], "w": 1}], "column"),
        ([{"code": c, "meaning": "A", "level": "nominal", "values": ["x"]} for c in "aA"], "there"),
    ],
)
def test_a_file_with_one_error_is_refused_with_its_place(rows, said):
    with translation.override("en"), pytest.raises(InvalidFile) as caught:
        READERS["json"](json.dumps({"variables": rows}).encode())
    assert said in str(caught.value)


def test_a_workbook_that_lacks_a_column_says_which():
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["code", "meaning", "values", "colour"])
    book.save(out)
    with pytest.raises(InvalidFile) as caught:
        READERS["xlsx"](out.getvalue())
    assert "level" in str(caught.value) and "colour" in str(caught.value)


def test_a_qdc_with_entities_is_refused():
    raw = b'<!DOCTYPE a [<!ENTITY e "x">]><CodeBook xmlns="urn:QDA-XML:codebook:1.0">&e;</CodeBook>'
    with pytest.raises(InvalidFile):
        READERS["qdc"](raw)
