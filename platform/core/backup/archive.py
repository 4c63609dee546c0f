"""One locked stream: a tar inside age (age-encryption.org), the library's or any other's.

The server knows the public half of the key and nothing more: it can write backups and can't read
them. Whoever restores brings the other half, which belongs nowhere near the server.
"""

import io
import os
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage
from django.utils.translation import gettext as _

from core.exceptions import InvalidInput

type Lock = Callable[[IO[bytes], IO[bytes]], None]


def new_identity(file: Path) -> str:
    """Make a key, write its secret half to a new file for its owner alone; the public half."""
    identity = pyrage.x25519.Identity.generate()
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise InvalidInput(str(error)) from error
    with os.fdopen(handle, "w") as out:
        out.write(f"{identity}\n")
    return str(identity.to_public())


@contextmanager
def writing(file: Path, recipient: str) -> Iterator[tarfile.TarFile]:
    """A tar to add to. The file is there when all went well, and not at all when it didn't."""
    try:
        public = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise InvalidInput(_("This is not the public half of a key: %s") % recipient) from error
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        with unfinished.open("xb") as out:
            os.fchmod(out.fileno(), 0o600)
            lock: Lock = lambda plain, locked: pyrage.encrypt_io(plain, locked, [public])  # noqa: E731
            with _through(lock, to=out) as plain, tarfile.open(fileobj=plain, mode="w|") as tar:
                yield tar
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _through(lock: Lock, *, to: IO[bytes]) -> Iterator[IO[bytes]]:
    """A file to write to; what is written comes out locked in `to`."""
    reads, writes = os.pipe()
    thread = _Work(lambda: lock(os.fdopen(reads, "rb"), to))
    with os.fdopen(writes, "wb") as plain:
        thread.start()
        yield plain
    thread.finish()


@contextmanager
def reading(file: Path, identity_file: Path) -> Iterator[tarfile.TarFile]:
    """A tar to read from its beginning to its end. Raises InvalidInput when the key is another one,
    or anything of the file was changed or is missing."""
    try:
        words = identity_file.read_text().split()
        [secret] = [word for word in words if word.startswith("AGE-SECRET-KEY-")]
        identity = pyrage.x25519.Identity.from_str(secret)
    except (OSError, ValueError, pyrage.IdentityError) as error:
        raise InvalidInput(_("There is no key in %s.") % identity_file) from error
    reads, writes = os.pipe()
    with file.open("rb") as locked:

        def unlock() -> None:
            with os.fdopen(writes, "wb") as plain:
                pyrage.decrypt_io(locked, plain, [identity])

        thread = _Work(unlock)
        thread.start()
        try:
            with os.fdopen(reads, "rb") as plain, tarfile.open(fileobj=plain, mode="r|") as tar:
                yield tar
                while plain.read(1 << 16):  # to the end: only there is the whole known to be true
                    continue
        except tarfile.TarError as error:
            thread.finish()
            raise InvalidInput(_("This backup is damaged: %s") % error) from error
        thread.finish()


class _Work(threading.Thread):
    """Locks or unlocks beside whoever reads or writes records; its error is theirs in the end."""

    def __init__(self, do: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self.do, self.error = do, None  # type: tuple[Callable[[], None], Exception | None]

    def run(self) -> None:
        try:
            self.do()
        except Exception as error:  # noqa: BLE001 - told to who waits, in `finish`
            self.error = error

    def finish(self) -> None:
        """Wait for the end. Raises InvalidInput with what went wrong."""
        self.join()
        if self.error is not None and not isinstance(self.error, BrokenPipeError):
            raise InvalidInput(
                _("The backup can't be locked or unlocked: %s") % self.error
            ) from self.error


def add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    """Add a small file."""
    add_stream(tar, name, io.BytesIO(content), len(content))


def add_stream(tar: tarfile.TarFile, name: str, content: Any, size: int) -> None:
    """Add a file of a known size."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    tar.addfile(member, content)
