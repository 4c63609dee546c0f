"""The web process that gunicorn runs: it leaves nobody in front of a door that is shut."""

import sys

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

SHORTEST_TURN = 1e-6
"""Seconds that a thread keeps the interpreter while another one waits for it."""


class FinishingWorker(ThreadWorker):
    """Told to stop, it lets in who stands at the door, and then shuts it before it finishes.

    gunicorn's own keeps its listening socket open until the last request is answered, so that
    visitors go on queueing where nobody lets them in, and are cut off at the end. To a shut door
    the proxy says at once: then the next one. Between the last look and the shutting lie some
    instructions; other threads may not take their turn of 5 ms there.
    """

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        usual = sys.getswitchinterval()
        sys.setswitchinterval(SHORTEST_TURN)
        try:
            for listener in self.sockets:
                self._let_in(listener)
                listener.close()
        finally:
            sys.setswitchinterval(usual)

    def _let_in(self, listener: object) -> None:
        """Everybody who is connected already."""
        inside = -1
        while inside != self.nr_conns:
            inside = self.nr_conns
            self.accept(listener)
