"""The web process that gunicorn runs: it leaves nobody in front of a door that is shut."""

import ctypes
import os
import socket
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

UNDER_WAY = 0.1
"""Seconds in which who had knocked before the others were held back comes in."""
SO_ATTACH_FILTER = 26
"""Linux, socket(7); Python has no name for it."""
FLAGS, SYN = 13, 0x02
"""Where the flags of a TCP segment stand, and the one of a first knock (RFC 9293, 3.1)."""
WITHOUT_FIRST_KNOCK = (
    (0x30, 0, 0, FLAGS),  # load that byte
    (0x45, 0, 1, SYN),  # is the flag set?
    (0x06, 0, 0, 0),  # then drop it
    (0x06, 0, 0, 0xFFFFFFFF),  # otherwise take all of it
)
"""A filter of Linux (classic BPF: code, jump if true, jump if false, value)."""


class FinishingWorker(ThreadWorker):
    """Told to stop, it lets in who stands at the door, and then shuts it before it finishes.

    gunicorn's own keeps its listening socket open until the last request is answered, so that
    visitors go on queueing where nobody lets them in, and are cut off at the end. To a shut door
    the proxy says at once: then the next one. Who comes between the last look and the shutting
    would be cut off too, and on a busy machine that can be a while. So newcomers are held back
    first: the kernel doesn't hear them, they knock again after a second, and find the door shut.
    """

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            if self._is_left_by_parent(listener):
                self.hold_back(listener)
        last = time.monotonic() + UNDER_WAY
        while time.monotonic() < last:
            for listener in self.sockets:
                self._let_in(listener)
            time.sleep(UNDER_WAY / 10)
        for listener in self.sockets:
            self.shut(listener)

    def shut(self, listener: socket.socket) -> None:
        """Nobody is let in by this process any more."""
        listener.close()

    def hold_back(self, listener: socket.socket) -> None:
        """Newcomers, where the kernel can do that; else the door is shut all the same."""
        try:
            hold_back_newcomers(listener)
        except OSError as error:
            self.log.warning("Newcomers can't be held back before the door is shut: %s", error)

    def _is_left_by_parent(self, listener: socket.socket) -> bool:
        """Whether all of gunicorn stops, and not this process alone: the parent has closed its own
        hold of the door then, before it told anybody. When that can't be seen, it has not."""
        mine = f"socket:[{os.fstat(listener.fileno()).st_ino}]"
        try:
            return mine not in held_by(self.ppid)
        except PermissionError:
            return False

    def _let_in(self, listener: socket.socket) -> None:
        """Everybody who is connected already."""
        inside = -1
        while inside != self.nr_conns:
            inside = self.nr_conns
            self.accept(listener)


def held_by(process: int) -> set[str]:
    """What a process has open, as /proc names it; nothing when it is gone."""
    found = set()
    with suppress(FileNotFoundError):
        for one in Path(f"/proc/{process}/fd").iterdir():
            with suppress(FileNotFoundError):
                found.add(str(one.readlink()))
    return found


def hold_back_newcomers(listener: socket.socket) -> None:
    """Let the kernel drop the first knock of every new visitor, for whoever shares this socket.

    Who has knocked already still comes in. Does nothing where that isn't Linux
    or the socket isn't of TCP. Raises OSError where the kernel can't.
    """
    if sys.platform != "linux" or listener.family not in (socket.AF_INET, socket.AF_INET6):
        return
    code = b"".join(struct.pack("HBBI", *step) for step in WITHOUT_FIRST_KNOCK)
    kept = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("HL", len(WITHOUT_FIRST_KNOCK), ctypes.addressof(kept))
    listener.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, program)
