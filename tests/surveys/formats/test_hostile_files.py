"""Whatever a file holds: a clear error, quickly, and nothing stored."""

import io
import json
import time
import zipfile

import pytest
from django.core.management import CommandError, call_command

from surveys.formats.json_format import write_json
from surveys.models import Instrument, InstrumentVersion
from tests.surveys.formats.test_formats import LIME, PERCEPTION
from tests.surveys.formats.workbooks import with_label, workbook

pytestmark = pytest.mark.django_db


def zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def bomb():
    return zipped(xl__workbook_xml=b" " * 50_000_000)


def entities():
    good = zipfile.ZipFile(io.BytesIO(workbook()))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        for name in good.namelist():
            content = good.read(name)
            if name == "xl/workbook.xml":
                content = b'<!DOCTYPE a [<!ENTITY b "ha">]>' + content
            book.writestr(name, content)
    return file.getvalue()


def as_json(**changes):
    held = json.loads(write_json(PERCEPTION))
    held["blocks"][0]["items"][0] |= changes
    return json.dumps(held).encode()


HOSTILE = {
    "formula.xlsx": lambda: with_label('=HYPERLINK("http://evil.example","x")'),
    "script.xlsx": lambda: with_label("<script>alert(1)</script>"),
    "event.xlsx": lambda: with_label('<img src=x onerror="alert(1)">'),
    "entity.xlsx": lambda: with_label("&lt;script&gt;alert(1)&lt;/script&gt;"),
    "bomb.xlsx": bomb,
    "entities.xlsx": entities,
    "text.xlsx": lambda: b"just text",
    "empty.xlsx": lambda: b"",
    "nosheet.xlsx": lambda: workbook(survey=[["type", "name", "label"]]),
    "noform.xlsx": lambda: workbook(survey=[["a", "b"], ["c", "d"]]),
    "unclosed.xlsx": lambda: workbook(
        survey=[["type", "name", "label"], ["begin_group", "g", "G"]]
    ),
    "old.xls": lambda: b"\xd0\xcf\x11\xe0",
    "binary.txt": lambda: b"class\0name",
    "latin.txt": lambda: LIME.replace("doet", "d\xe9et").encode("latin-1"),
    "script.txt": lambda: LIME.replace("Leiding", "<script>x</script>").encode(),
    "formula.txt": lambda: LIME.replace("Leiding", "=cmd|' /C calc'!A0").encode(),
    "nocolumns.txt": lambda: b"a\tb\n1\t2\n",
    "early.txt": lambda: b"class\tname\ttext\tlanguage\nQ\tQ1\tx\tnl\n",
    "early2.txt": lambda: b"class\tname\ttext\tlanguage\nG\tG1\tx\tnl\nA\tA1\tx\tnl\n",
    "script.json": lambda: as_json(text={"nl": "<ScRiPt >x", "en": ""}),
    "formula.json": lambda: as_json(text={"nl": "+cmd()", "en": ""}),
    "type.json": lambda: as_json(mandatory="yes"),
    "kind.json": lambda: as_json(kind="essay"),
    "control.json": lambda: as_json(text={"nl": "a\u0007b", "en": ""}),
    "surrogate.json": lambda: as_json(text={"nl": "a\ud800b", "en": ""}),
    "twice.json": lambda: as_json(code="saving"),
    "deep.json": lambda: b"[" * 100_000,
    "list.json": lambda: b"[]",
    "broken.json": lambda: b'{"format": ',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_a_clear_error_and_nothing_is_stored(name, tmp_path, capsys):
    file = tmp_path / name
    file.write_bytes(HOSTILE[name]())
    begun = time.monotonic()
    with pytest.raises(CommandError) as error:
        call_command("import-instrument", str(file), publish=True)
    assert 10 < len(str(error.value)) < 4000
    assert time.monotonic() - begun < 5
    assert not Instrument.objects.exists()
    assert not InstrumentVersion.objects.exists()


def test_a_hundred_megabytes_are_not_even_read(tmp_path):
    file = tmp_path / "huge.json"
    with file.open("wb") as huge:
        huge.truncate(100_000_000)
    with pytest.raises(CommandError, match="5 MB"):
        call_command("import-instrument", str(file))


def test_no_file_at_all(tmp_path):
    with pytest.raises(CommandError):
        call_command("import-instrument", str(tmp_path / "none.json"))
    with pytest.raises(CommandError):
        call_command("import-instrument", str(tmp_path), format="json")


def test_harmless_mark_up_is_taken_out_and_told(tmp_path, capsys):
    file = tmp_path / "bold.xlsx"
    file.write_bytes(with_label("Wat <b>doet</b> u?<br>Kies."))
    call_command("import-instrument", str(file), json=True)
    answer = json.loads(capsys.readouterr().out)
    assert {"item": "role", "level": "changed"}.items() <= answer["report"][0].items()
    draft = Instrument.objects.get().get_latest_revision_as_object()
    assert draft.body[0].value["items"][0].value["text_nl"] == "Wat doet u?\nKies."


def test_the_command_stores_a_draft_or_publishes_and_again_changes_nothing(tmp_path, capsys):
    file = tmp_path / "form.xlsx"
    file.write_bytes(workbook())
    call_command("import-instrument", str(file), check=True, json=True)
    assert not Instrument.objects.exists()
    capsys.readouterr()
    call_command("import-instrument", str(file), json=True)
    answer = json.loads(capsys.readouterr().out)
    assert (answer["instrument"], answer["items"], answer["published"]) == ("my_form", 4, False)
    assert not Instrument.objects.get().live
    for _time in range(2):
        call_command("import-instrument", str(file), publish=True, json=True)
        answer = json.loads(capsys.readouterr().out)
        assert (answer["version"], answer["published"]) == (1, True)
    assert InstrumentVersion.objects.get().published_on
    out = tmp_path / "out.json"
    call_command("export-instrument", "my_form", format="json", out=out)
    call_command("import-instrument", str(out), publish=True, json=True)
    assert InstrumentVersion.objects.count() == 1
