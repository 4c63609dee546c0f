"""The web process that gunicorn runs: it leaves nobody in front of a door that is shut."""

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]


class FinishingWorker(ThreadWorker):
    """Told to stop, it lets in who stands at the door, and then shuts it before it finishes.

    gunicorn's own keeps its listening socket open until the last request is answered, so that
    visitors go on queueing where nobody lets them in, and are cut off at the end. To a shut door
    the proxy says at once: then the next one. Who connects between the last look and the shutting
    is still cut off.
    """

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            self._let_in(listener)
            listener.close()

    def _let_in(self, listener: object) -> None:
        """Everybody who is connected already."""
        inside = -1
        while inside != self.nr_conns:
            inside = self.nr_conns
            self.accept(listener)
