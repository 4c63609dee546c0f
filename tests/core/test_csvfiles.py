"""A csv file is read strictly: everything that is wrong is said at once, with file and row."""

import re

import pytest

from core import csvfiles
from core.csvfiles import InvalidFile, read_csv

COLUMNS = {"town": ("Utrecht", "Zwolle"), "year": re.compile(r"\d{4}")}


@pytest.fixture
def read(tmp_path):
    def write_and_read(content, **options):
        path = tmp_path / "towns.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_csv(path, COLUMNS, **options)

    return write_and_read


def said(read, content, **options):
    with pytest.raises(InvalidFile) as raised:
        read(content, **options)
    return raised.value.errors


def test_rows_know_where_they_stand(read):
    (row,) = read("town,year\nUtrecht,2024\n")
    assert (row["town"], row.place, row.text) == ("Utrecht", "towns.csv, row 2", "Utrecht,2024")


def test_a_byte_order_mark_windows_line_ends_and_quotes_are_fine(read):
    rows = read('\ufefftown,year\r\n"Utrecht",2024\r\n')
    assert [row["town"] for row in rows] == ["Utrecht"]


@pytest.mark.parametrize(
    "header", ["", "year,town", "town", "town,year,more", "Town,year", " town,year", "town;year"]
)
def test_another_header_is_refused_and_both_are_named(read, header):
    (error,) = said(read, f"{header}\nUtrecht,2024\n")
    assert "towns.csv" in error
    assert "town,year" in error


def test_another_encoding_is_refused_with_its_row(read):
    (error,) = said(read, "town,year\nUtrecht,2024\nSúdwest,2024\n".encode("latin-1"))
    assert "3" in error
    assert "UTF-8" in error


def test_null_bytes_are_refused(read):
    (error,) = said(read, b"town,year\nUtrecht\0,2024\n")
    assert "towns.csv" in error


def test_a_file_that_is_too_large_is_not_read(read, monkeypatch):
    monkeypatch.setattr(csvfiles, "MAXIMUM_BYTES", 10)
    (error,) = said(read, "town,year\nUtrecht,2024\n")
    assert "5 MB" in error


def test_a_file_that_is_not_there_is_an_error_not_a_crash(tmp_path):
    with pytest.raises(InvalidFile, match=r"gone\.csv"):
        read_csv(tmp_path / "gone.csv", COLUMNS)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(InvalidFile):
        read_csv(tmp_path, COLUMNS)


def test_every_wrong_value_is_named_with_what_is_allowed(read):
    errors = said(read, "town,year\nParis,2024\nUtrecht,24\n")
    assert len(errors) == 2
    assert "Paris" in errors[0]
    assert "Utrecht, Zwolle" in errors[0]
    assert "24" in errors[1]


def test_a_value_with_a_space_around_it_is_another_value(read):
    assert len(said(read, "town,year\n Utrecht,2024\n")) == 1


def test_a_row_with_too_few_or_too_many_values_is_named(read):
    errors = said(read, "town,year\nUtrecht\nUtrecht,2024,x\n")
    assert len(errors) == 2


def test_a_broken_quote_is_an_error_not_a_row(read):
    assert said(read, 'town,year\n"Utrecht,2024\n')


def test_the_same_row_twice_is_refused_where_it_may_stand_once(read):
    twice = "town,year\nUtrecht,2024\nUtrecht,2024\n"
    assert len(read(twice)) == 2
    (error,) = said(read, twice, unique=("town", "year"))
    assert "Utrecht, 2024" in error


def test_of_very_many_errors_the_first_are_shown(read):
    with pytest.raises(InvalidFile) as raised:
        read("town,year\n" + "Paris,2024\n" * 500)
    assert len(raised.value.errors) == 500
    assert len(str(raised.value).splitlines()) == csvfiles.SHOWN_ERRORS + 1
