"""A list of people is read whole, or every row that is wrong is named."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from core.csvfiles import InvalidFile
from surveys.audience import read_people

PLACES = {"voorbeeldstad": 1, "gemeente voorbeeldstad": 1}
HEADER = "name,email,organisation,department\n"


def read(text, name="people.csv"):
    raw = text if isinstance(text, bytes) else text.encode()
    return read_people(io.BytesIO(raw), name, PLACES)


def sheet(*rows):
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_people_are_read_from_csv_with_either_separator():
    comma = read(HEADER + "Anna,ANNA@example.org,Voorbeeldstad,Beleid\n")
    semicolon = read("organisation;email;name\nGemeente Voorbeeldstad;anna@example.org;Anna\n")
    assert comma[0].email == semicolon[0].email == "anna@example.org"
    assert (comma[0].organisation, comma[0].department) == (1, "Beleid")


def test_people_are_read_from_a_sheet():
    raw = sheet(["name", "email", "organisation"], ["Anna", "anna@example.org", "voorbeeldstad"])
    assert read(raw, "people.xlsx")[0].name == "Anna"


def test_every_row_that_is_wrong_is_named_with_its_number():
    with pytest.raises(InvalidFile) as caught:
        read(
            HEADER + "Anna,anna@example.org,voorbeeldstad,\n"
            ",nobody,elders,\n"
            "Again,anna@example.org,voorbeeldstad,\n"
        )
    first, second = caught.value.errors
    assert "3" in first
    assert "nobody" in first
    assert "elders" in first
    assert "4" in second


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"name,email\n",
        b"name,email,organisation,password\n",
        HEADER.encode(),
        b"name,email,organisation\n\xff\xfe,a@example.org,voorbeeldstad\n",
        b"name,email,organisation\n\0,a@example.org,voorbeeldstad\n",
        b"x" * 2_100_000,
    ],
)
def test_a_file_that_is_no_list_of_people_is_refused(raw):
    with pytest.raises(InvalidFile):
        read(raw)


def test_a_sheet_that_is_none_or_unpacks_to_a_flood_is_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 41_000_000)
    for raw in (b"not a sheet", bomb.getvalue()):
        with pytest.raises(InvalidFile):
            read(raw, "people.xlsx")
