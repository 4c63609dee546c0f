"""A folder as broker, for one machine with no server to install (`folder://`).

It is kombu's filesystem transport with its file handling made whole at any `kill -9`:

- kombu writes a message into the folder that others already read from; killed (or merely slow)
  halfway, it leaves a message that no worker can read. Here it is written beside and renamed.
- kombu fetches a message by a move to /tmp, which is a copy when that is another disk, so two
  workers may fetch the same one. Here it is a rename inside the same folder.
- kombu truncates the file of bindings before it writes it; killed in between, no process can
  start again. Here the bindings are replaced in one step.
"""

import fcntl
import json
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem, virtual
from kombu.utils.encoding import bytes_to_str
from kombu.utils.json import dumps, loads


class Channel(filesystem.Channel):
    """Kombu's channel on folders, with writes that are whole or not there."""

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:
        name = f"{time.time_ns():020d}_{uuid.uuid4().hex}.{queue}.msg"
        _write_whole(Path(self.data_folder_out), name, dumps(payload))

    def _get(self, queue: str) -> Any:
        folder = Path(self.data_folder_in)
        for name in sorted(os.listdir(folder)):  # noqa: PTH208 - names are all it needs
            if name.partition(".")[2] == f"{queue}.msg":
                text = _take(folder / name)
                if text is not None:
                    return loads(text)
        raise Empty

    def get_table(self, exchange: str) -> list[Any]:
        file = self._exchange_file(exchange)
        if not file.exists():
            return []
        return [filesystem.exchange_queue_t(*row) for row in json.loads(file.read_text())]

    def queue_bind(
        self,
        queue: str,
        exchange: str | None = None,
        routing_key: str = "",
        arguments: Any = None,
        **kwargs: Any,
    ) -> None:
        """Bind, and see that it stands in the file.

        kombu trusts the memory of its process, which another thread may have filled before the
        file was written; a message sent in between would find no queue.
        """
        super().queue_bind(queue, exchange, routing_key, arguments, **kwargs)
        name = exchange or "amq.direct"
        row = self.typeof(name).prepare_bind(queue, name, routing_key, arguments)
        self._queue_bind(name, *row)

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        row = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._alone():
            rows = self.get_table(exchange)
            if row not in rows:
                file = self._exchange_file(exchange)
                _write_whole(file.parent, file.name, json.dumps([row, *rows]))

    def _delete(
        self, queue: str, exchange: str, routing_key: str, pattern: str, *args: Any, **kwargs: Any
    ) -> None:
        row = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._alone():
            rows = self.get_table(exchange)
            if row in rows:
                file = self._exchange_file(exchange)
                rest = [other for other in rows if other != row]
                _write_whole(file.parent, file.name, json.dumps(rest))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time; the system itself gives the lock back when a process dies."""
        with (self.control_folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class Transport(filesystem.Transport):
    """The transport of `folder://`."""

    Channel = Channel
    global_state = virtual.BrokerState()


def _write_whole(folder: Path, name: str, text: str) -> None:
    unfinished = folder / f".{name}.{uuid.uuid4().hex}"
    unfinished.write_text(text)
    unfinished.rename(folder / name)


def _take(message: Path) -> str | None:
    """The text of a message, or None when somebody else was first."""
    taken = message.with_name(f".taken-{message.name}")
    try:
        message.rename(taken)
    except FileNotFoundError:
        return None
    text = bytes_to_str(taken.read_bytes())
    taken.unlink()
    return text


def register() -> None:
    """Make `folder://` known to kombu."""
    TRANSPORT_ALIASES["folder"] = f"{__name__}:Transport"
