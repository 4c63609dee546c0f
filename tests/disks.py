"""A disk of a story's own that is soon full: memory mounted as one, where the system lets us."""

import os
import subprocess
from contextlib import contextmanager

BLOCK = 64 * 1024


def mounted(folder, size):
    """Mount a disk of this size on a folder; whether that may be done here."""
    folder.mkdir(parents=True, exist_ok=True)
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def unmount(folder):
    subprocess.run(["umount", str(folder)], check=True)


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
