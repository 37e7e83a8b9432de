"""Refusals: what may stop a change, with words for the person and a status for the protocol."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """A change was refused; nothing has been written. `message` is shown to the person."""

    status = 400
    code = "refused"

    def __init__(self, message: str = "", **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class Refused(Refusal):
    """This person may not do this now."""

    status = 403
    code = "forbidden"


class SignInNeeded(Refused):
    """Only someone signed in may do this."""

    status = 401
    code = "sign_in"


class NotFound(Refusal):
    """It is not there, or not for this person: the answer is the same."""

    status = 404
    code = "not_found"


class Conflict(Refusal):
    """Somebody else changed it first; `details` say who and what it is now."""

    status = 409
    code = "conflict"


class Gone(Refusal):
    """It was there, and has been removed."""

    status = 410
    code = "gone"


class Invalid(Refusal):
    """What was sent cannot be used; `details` may name the field."""

    status = 422
    code = "invalid"


class KeyReused(Invalid):
    """The same key came with another request."""

    code = "key_reused"


class TooMany(Refusal):
    """Too many attempts; try again later."""

    status = 429
    code = "too_many"


class Busy(Refusal):
    """The database or a worker pool could not be had in time; a retry may succeed."""

    status = 503
    code = "busy"
