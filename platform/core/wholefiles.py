"""Files in folders that are whole or not there: a full disk or a kill leaves no half one."""

import os
import uuid
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """Django's storage, with each file written beside its place and put there when it is whole."""

    def _save(self, name: str, content: Any) -> str:
        part = f"{name}.{uuid.uuid4().hex}.part"
        try:
            super()._save(part, content)  # type: ignore[misc]
            return self._put(part, name)
        finally:
            Path(self.path(part)).unlink(missing_ok=True)

    def _put(self, part: str, name: str) -> str:
        """A link never replaces: of two files of one name, the second gets another."""
        while True:
            try:
                os.link(self.path(part), self.path(name))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name
