"""Errors, sorted by whose move it is, each with its exit code, its HTTP status and two languages.

`InputError`: yours, mend the input. `Refused`: we could, but must not. `DeviceError`: a device did
not do its part. `StoreError`: the history cannot be read or written. Anything else is our bug.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Text:
    """The same words in Thai and in English."""

    th: str
    en: str

    @property
    def both(self) -> tuple[str, str]:
        """Thai, then English."""
        return self.th, self.en

    def __str__(self) -> str:
        """Both languages on two lines, Thai first."""
        return f"{self.th}\n{self.en}"


@dataclass(frozen=True)
class Problem:
    """One thing wrong in an input file.

    `line` and `column` count from 1; 0 means the whole file. `found` is the offending text,
    `allowed` what may stand there, `suggestion` the nearest allowed word.
    """

    path: str
    line: int
    column: int
    message: Text
    found: str = ""
    allowed: tuple[str, ...] = ()
    suggestion: str = ""

    @property
    def where(self) -> str:
        """`file:line:column`, as editors and terminals link it."""
        return f"{self.path}:{self.line}:{self.column}"


class KhaenError(Exception):
    """What every expected error has: a message, what to do next, an exit code and a status."""

    exit_code: ClassVar[int] = 70
    http_status: ClassVar[int] = 500

    def __init__(self, message: Text, *, hint: Text | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint


class InputError(KhaenError):
    """The input is wrong; `problems` names every place when it came from files."""

    exit_code = 2
    http_status = 422

    def __init__(
        self, message: Text, *, hint: Text | None = None, problems: tuple[Problem, ...] = ()
    ) -> None:
        super().__init__(message, hint=hint)
        self.problems = problems


class NotFound(InputError):
    """The thing named does not exist."""

    http_status = 404


class Refused(KhaenError):
    """We could, but must not."""

    exit_code = 3
    http_status = 409


class NotAllowed(Refused):
    """The person is not signed in, or their role may not do this."""

    http_status = 403


class TooMany(NotAllowed):
    """Too many attempts of late; later it may go."""

    http_status = 429


class NotSignedIn(NotAllowed):
    """Nobody is signed in: there is no token, or it does not hold any more."""

    http_status = 401


class Outdated(Refused):
    """What the asker looked at has changed since, and they asked to be told."""

    http_status = 412


class UnsafePlan(Refused):
    """A safety function gave a reason against the plan."""


class StalePlan(Refused):
    """What the plan was computed from has changed since."""


class NotApproved(Refused):
    """There is no valid, unexpired decision on exactly this plan."""


class NotNow(Refused):
    """What was approved has its time, or the office a freeze: later it may go."""


class DeviceBusy(Refused):
    """Another open case or run holds the device."""


class DeviceError(KhaenError):
    """A device did not do its part.

    `retryable` is True only when trying again cannot make things worse. `transcript` is what was
    said on the line, secrets already redacted.
    """

    exit_code = 4
    http_status = 502

    def __init__(
        self,
        device: str,
        message: Text,
        *,
        retryable: bool = False,
        transcript: str = "",
        hint: Text | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.device = device
        self.retryable = retryable
        self.transcript = transcript


class StoreError(KhaenError):
    """The database or the archive cannot be read or written."""

    exit_code = 5
    http_status = 503


def as_problem(error: KhaenError) -> dict[str, Any]:
    """The error in the shape of RFC 9457 (problem details)."""
    content: dict[str, Any] = {
        "type": f"about:khaen/{type(error).__name__}",
        "status": error.http_status,
        "title": {"th": error.message.th, "en": error.message.en},
    }
    if error.hint:
        content["hint"] = {"th": error.hint.th, "en": error.hint.en}
    if isinstance(error, DeviceError):
        content["device"] = error.device
    if isinstance(error, InputError) and error.problems:
        content["problems"] = [problem_json(p) for p in error.problems]
    return content


def problem_json(problem: Problem) -> dict[str, Any]:
    """A workspace problem for programs."""
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "message": {"th": problem.message.th, "en": problem.message.en},
        "found": problem.found,
        "allowed": list(problem.allowed),
        "suggestion": problem.suggestion,
    }
