"""What can go wrong in a decision, said in the user's language, with its HTTP status."""

from http import HTTPStatus

from django.utils.functional import Promise


class DomainError(Exception):
    """A decision that can't be taken. `message` is for the user, `status` for the browser."""

    status: HTTPStatus = HTTPStatus.BAD_REQUEST

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))
        self.message = message


class InvalidInput(DomainError):
    """What was given can't be right."""


class Unknown(DomainError):
    """Who asks is not known: nobody is signed in by what was sent."""

    status = HTTPStatus.UNAUTHORIZED


class Forbidden(DomainError):
    """Who asks is known, and what they ask with doesn't open this."""

    status = HTTPStatus.FORBIDDEN


class NotNow(DomainError):
    """Right in itself, but not in the present state (a closed wave, a held session)."""

    status = HTTPStatus.CONFLICT


class EditConflict(DomainError):
    """Somebody else changed the record in between; nothing was overwritten."""

    status = HTTPStatus.CONFLICT


class Gone(DomainError):
    """It was here and is not any more (an expired link, a closed wave)."""

    status = HTTPStatus.GONE


class TooOften(DomainError):
    """Asked more often than one person can; right again after a minute."""

    status = HTTPStatus.TOO_MANY_REQUESTS
