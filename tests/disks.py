"""A disk of a story's own that is soon full: memory mounted as one, where the system lets us."""

import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

BLOCK = 64 * 1024


def mount(size):
    """The folder of a new disk of this size; None where none may be mounted.

    In no folder of pytest's: it takes old ones away, and a disk in them would be in the way.
    """
    folder = Path(tempfile.mkdtemp(prefix="benchlearn-disk-"))
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        done = subprocess.run(words, capture_output=True, check=False).returncode == 0
    except OSError:
        done = False
    if not done:
        folder.rmdir()
    return folder if done else None


def unmount(folder):
    """And take its folder away. Lazily: whoever was killed a moment ago may hold it still."""
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    folder.rmdir()


@contextmanager
def filled(folder):
    """The disk has no room meanwhile, not for a byte."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(BLOCK))
        except OSError:
            os.fsync(file.fileno())
    try:
        yield
    finally:
        filler.unlink()
