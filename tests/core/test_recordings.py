"""What claims to be a recording or transcript begins as one."""

import io
import zipfile

import pytest

from core.exceptions import InvalidInput
from core.recordings import check_recording


def document():
    """The least that a Word document is."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return raw.getvalue()


GOOD = {
    "mp3": b"ID3\x04\x00" + bytes(20),
    "m4a": b"\x00\x00\x00\x20ftypM4A " + bytes(20),
    "mp4": b"\x00\x00\x00\x20ftypisom" + bytes(20),
    "ogg": b"OggS\x00\x02" + bytes(20),
    "opus": b"OggS\x00\x02" + bytes(22) + b"OpusHead\x01",
    "wav": b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(16),
    "webm": b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + bytes(20),
    "txt": b"Dat ging beter.",
    "srt": b"1\n00:00:01,000 --> 00:00:02,000\nDat ging beter.\n",
    "vtt": b"\xef\xbb\xbfWEBVTT\n\n00:01.000 --> 00:02.000\nBeter.\n",
    "docx": document(),
}
HOSTILE = [
    b"<!DOCTYPE html><script>alert(1)</script>",
    b"MZ\x90\x00\x03" + bytes(60),
    b"\x7fELF\x02\x01\x01" + bytes(60),
    b"%PDF-1.7\n" + bytes(60),
    b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(60),
    b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska" + bytes(60),
]


@pytest.mark.parametrize("ending", GOOD)
def test_each_kind_is_known_by_how_it_begins_and_passes_for_no_other(ending):
    check_recording(GOOD[ending], ending)
    texts = {"txt", "srt", "vtt"}
    for other, raw in GOOD.items():
        same_box = {ending, other} <= {"m4a", "mp4"} or (ending, other) == ("ogg", "opus")
        if other != ending and not same_box and ending not in texts:
            with pytest.raises(InvalidInput):
                check_recording(raw, ending)


def test_a_frame_of_sound_without_a_tag_before_it_is_an_mp3_too():
    check_recording(b"\xff\xfb\x90\x44" + bytes(20), "mp3")


@pytest.mark.parametrize("raw", HOSTILE)
def test_a_page_a_program_or_a_picture_is_no_recording(raw):
    for ending in GOOD:
        if ending == "txt" and b"\0" not in raw:
            continue  # a page is text, and is only ever downloaded
        with pytest.raises(InvalidInput):
            check_recording(raw, ending)
