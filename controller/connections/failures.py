"""From whatever a library raises to a `DeviceError` that says what happened and what to do."""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import Iterator
from http.client import HTTPException

from napalm.base.exceptions import NapalmException, UnsupportedVersion
from netmiko.exceptions import NetmikoBaseException, ReadTimeout
from paramiko.ssh_exception import (
    AuthenticationException,
    IncompatiblePeer,
    NoValidConnectionsError,
    SSHException,
)
from pyeapi.eapilib import CommandError, EapiError  # type: ignore[import-untyped]
from scp import SCPException  # type: ignore[import-untyped]

from controller.connections.hiding import Hiding
from controller.connections.pins import PinError
from controller.connections.session import OutcomeUnknown
from controller.connections.target import Target
from controller.connections.transcript import Transcript
from controller.connections.trouble import EFFECT_UNKNOWN, KINDS, TroubleError
from controller.errors import DeviceError, Text

LINE_FAILURES: tuple[type[Exception], ...] = (
    TroubleError,
    PinError,
    SSHException,
    SCPException,
    NetmikoBaseException,
    NapalmException,
    EapiError,
    HTTPException,
    OSError,
    EOFError,
)
"""Everything the libraries raise because of a device or a line; anything else is our own bug."""

ANSWER_FAILURES = (*LINE_FAILURES, ValueError, LookupError, TypeError, AttributeError)
"""Around calls of a driver that takes an answer apart without looking: garbage breaks it anyhow."""

DETAIL = 300


def device_error(
    target: Target,
    failure: Exception,
    hiding: Hiding,
    transcript: Transcript,
    *,
    connecting: bool = False,
    touched: bool = False,
    taken_back: bool = False,
) -> DeviceError:
    """The error for `failure`; an `OutcomeUnknown` when the configuration may be `touched`.

    `connecting` tells the time limits apart. Secrets are hidden in everything it carries.
    """
    name, detail = _sort(failure, connecting=connecting)
    kind = KINDS[name]
    limit = target.connect_timeout if connecting else target.answer_timeout
    words = {
        "where": f"{target.address}:{target.port}",
        "seconds": f"{limit:g}",
        "detail": hiding.hide(" ".join(detail.split()))[:DETAIL],
    }
    th, en = kind.th.format(**words), kind.en.format(**words)
    hint = Text(th=kind.hint_th, en=kind.hint_en) if kind.hint_en else None
    said = hiding.hide(transcript.text())
    if not touched:
        message = Text(th=f"{target.name}: {th}", en=f"{target.name}: {en}")
        return DeviceError(
            target.name, message, retryable=kind.retryable, transcript=said, hint=hint
        )
    message = Text(
        th=f"{target.name}: {EFFECT_UNKNOWN.th.format(trouble=th)}",
        en=f"{target.name}: {EFFECT_UNKNOWN.en.format(trouble=en)}",
    )
    return OutcomeUnknown(target.name, message, transcript=said, hint=hint, taken_back=taken_back)


def _sort(failure: Exception, *, connecting: bool) -> tuple[str, str]:
    """The kind and its detail; libraries wrap the cause, so the whole chain is looked at."""
    chain = tuple(_chain(failure))
    for cause in chain:
        found = _own_words(cause) or _login_words(cause) or _socket_words(cause)
        if found:
            return found
    # What paramiko says when the time for the key exchange ran out and it went on all the same.
    unfinished = any("No existing session" in str(cause) for cause in chain)
    if unfinished or any(isinstance(cause, TimeoutError | ReadTimeout) for cause in chain):
        return ("timeout" if connecting else "silent"), ""
    if any(isinstance(cause, EOFError | ConnectionError | HTTPException) for cause in chain):
        return "cut", ""
    if isinstance(failure, OSError):
        return "unreachable", failure.strerror or type(failure).__name__
    return "garbage", f"{type(failure).__name__}: {failure}"


def _own_words(cause: BaseException) -> tuple[str, str] | None:
    match cause:
        case TroubleError():
            return cause.kind, cause.detail
        case PinError():
            return "identity", str(cause)
        case CommandError():
            return "bad command", str(cause)
        case UnsupportedVersion():
            return "version", str(cause)
        case SCPException() if "space" in str(cause).lower():
            return "disk full", str(cause)
        case SCPException():
            return "no copy", str(cause)
    return None


def _login_words(cause: BaseException) -> tuple[str, str] | None:
    match cause:
        # paramiko reports a login that was never answered as a failed one.
        case AuthenticationException() if "timeout" in str(cause).lower():
            return "timeout", ""
        case AuthenticationException():
            return "login", ""
        case IncompatiblePeer():
            return "algorithms", str(cause)
    return None


def _socket_words(cause: BaseException) -> tuple[str, str] | None:
    match cause:
        case ConnectionRefusedError():
            return "refused", ""
        case NoValidConnectionsError():
            numbers = {getattr(each, "errno", None) for each in cause.errors.values()}
            return ("refused", "") if errno.ECONNREFUSED in numbers else ("unreachable", str(cause))
        case socket.gaierror():
            return "unreachable", str(cause.strerror)
        case OSError() if cause.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH):
            return "unreachable", str(cause.strerror)
    return None


def _chain(failure: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = failure
    for _ in range(8):
        if seen is None:
            return
        yield seen
        seen = seen.__cause__ or seen.__context__


def keep_quiet() -> None:
    """Keep the libraries' own logs out of ours: at their lowest level they hold configurations."""
    for name in ("paramiko", "netmiko", "pyeapi", "napalm", "nornir", "scp"):
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False
        logger.setLevel(logging.CRITICAL)
