"""Looking for viruses in a file that somebody brings, where an installation has a clamd for it.

The protocol is clamd's own (clamd(8), INSTREAM): a word, the file in pieces, each after its length,
and a piece of no length; then one line comes back. Without `CLAMD` nothing is looked at.
"""

import logging
import socket
import struct
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.exceptions import InvalidInput, NotNow

logger = logging.getLogger(__name__)

PIECE = 64 * 1024
CONNECTING, ANSWERING = 5.0, 60.0
"""Seconds."""
LONGEST_ANSWER = 4096
CLEAN, FOUND = "OK", "FOUND"


class ScannerAway(NotNow):
    """Nobody can say whether a file is harmless, so it isn't taken."""

    def __init__(self) -> None:
        super().__init__(
            _("Files can't be checked for viruses now. Try again in a while; nothing was kept.")
        )


def check_for_viruses(raw: bytes) -> None:
    """Raise InvalidInput for a file in which a virus was found, ScannerAway when nobody answers."""
    if not settings.CLAMD:
        return
    try:
        answer = _ask(_stream(raw), ANSWERING)
    except OSError as error:
        logger.warning("The virus scanner can't be reached: %s", type(error).__name__)
        raise ScannerAway from error
    if answer.endswith(FOUND):
        logger.warning("A file was refused: a virus was found in it.")
        raise InvalidInput(_("A virus was found in this file; it was not kept."))
    if not answer.endswith(CLEAN):
        logger.warning("The virus scanner could not look at a file of %d bytes.", len(raw))
        raise ScannerAway


def scanner_answers() -> str:
    """What the scanner calls itself; raises OSError when it is away."""
    if _ask(iter([b"zPING\0"]), CONNECTING) != "PONG":
        raise OSError("no PONG")
    return _ask(iter([b"zVERSION\0"]), CONNECTING)


def _stream(raw: bytes) -> Iterator[bytes]:
    yield b"zINSTREAM\0"
    for start in range(0, len(raw), PIECE):
        piece = raw[start : start + PIECE]
        yield struct.pack("!L", len(piece)) + piece
    yield struct.pack("!L", 0)


def _ask(pieces: Iterator[bytes], seconds: float) -> str:
    """Say these pieces to the scanner; its one line. What is cut short is no answer."""
    with _connected() as connection:
        connection.settimeout(seconds)
        for piece in pieces:
            connection.sendall(piece)
        told = b""
        while not told.endswith(b"\0"):
            more = connection.recv(LONGEST_ANSWER)
            if not more or len(told) > LONGEST_ANSWER:
                raise OSError("cut short")
            told += more
    return told.rstrip(b"\0").decode("ascii", "replace").strip()


def _connected() -> socket.socket:
    """`host:port`, or the path of a socket of this machine."""
    if settings.CLAMD.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(CONNECTING)
        try:
            connection.connect(settings.CLAMD)
        except OSError:
            connection.close()
            raise
        return connection
    host, _colon, port = settings.CLAMD.rpartition(":")
    if not port.isdecimal():
        raise OSError("no port")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECTING)
