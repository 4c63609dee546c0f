"""Recordings and transcripts: does a file begin as its kind does?

They are locked away as they come and are only ever downloaded, so nothing is decoded here. What
claims to be sound and is a page, a program or an archive is refused.
"""

from core.exceptions import InvalidInput
from core.scanning import check_for_viruses
from core.uploads import DAMAGED, accepted_raw

LAYER = 0b110
"""The two bits of an MPEG audio frame that tell its layer; none of them is set in no such frame."""


def check_recording(raw: bytes, ending: str) -> None:
    """Raise InvalidInput unless these bytes are of the kind that this ending (without dot) says,
    and without a virus; ScannerAway when that can't be told now."""
    check_for_viruses(raw)
    if ending in _BEGINS:
        if not _BEGINS[ending](raw):
            raise InvalidInput(DAMAGED)
        return
    accepted_raw(raw, ".txt" if ending in ("srt", "vtt") else f".{ending}")
    if ending == "vtt" and not raw.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        raise InvalidInput(DAMAGED)
    if ending == "srt" and b"-->" not in raw:
        raise InvalidInput(DAMAGED)


def _mp3(raw: bytes) -> bool:
    frame = len(raw) > 1 and raw[0] == 0xFF and raw[1] & 0xE0 == 0xE0 and bool(raw[1] & LAYER)
    return raw.startswith(b"ID3") or frame


def _mp4(raw: bytes) -> bool:
    return raw[4:8] == b"ftyp"


def _ogg(raw: bytes) -> bool:
    return raw.startswith(b"OggS")


def _opus(raw: bytes) -> bool:
    return _ogg(raw) and b"OpusHead" in raw[:128]


def _wav(raw: bytes) -> bool:
    return raw[:4] in (b"RIFF", b"RF64") and raw[8:12] == b"WAVE"


def _webm(raw: bytes) -> bool:
    return raw.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in raw[:4096]


_BEGINS = {
    "mp3": _mp3,
    "m4a": _mp4,
    "mp4": _mp4,
    "ogg": _ogg,
    "opus": _opus,
    "wav": _wav,
    "webm": _webm,
}
