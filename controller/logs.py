"""Structured logs: one line an event, as JSON or for people, with the run and the case in hand.

Every part of the program writes by the standard library; here is decided how a line looks. What
`about` binds stands in each line written meanwhile, in this thread and those that copy its context.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from structlog.typing import EventDict, WrappedLogger

Format = Literal["text", "json"]
Level = Literal["debug", "info", "warning", "error"]
# Others' words at a lower level than this are of no use to an office, and some name secrets.
_OTHERS = logging.WARNING
_SECRET = re.compile(r"passw|secret|token|communit|authorization|api_?key|cookie", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"(://[^/\s:@]*):[^/\s@]+@")
HIDDEN = "***"


def set_up(form: Format = "text", level: Level = "info") -> None:
    """Write what this process logs to its standard error, from now on. Can be called again."""
    import structlog

    renderer: Any = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(),
        pad_event_to=0,
        exception_formatter=structlog.dev.plain_traceback,
    )
    last: list[Any] = [one_line, renderer]
    if form == "json":
        write = structlog.processors.JSONRenderer(ensure_ascii=False)
        last = [structlog.processors.format_exc_info, write]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(),
                structlog.processors.TimeStamper(fmt="iso", utc=False),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                hide,
                *last,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(_OTHERS)
    for name in ("controller", "khaen"):
        logging.getLogger(name).setLevel(level.upper())


def about(**ids: str) -> AbstractContextManager[Any]:
    """Name these in every line written meanwhile: `about(run=…, case=…)`."""
    from structlog.contextvars import bound_contextvars

    return bound_contextvars(**ids)


def hide(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The last look before a line is written: values under the names of secrets, and passwords
    inside addresses, do not stand in it.
    """
    return {name: _hidden(name, value) for name, value in event.items()}


def one_line(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """What a device or a visitor said cannot look like a line of ours."""
    event["event"] = str(event.get("event", "")).replace("\r", r"\r").replace("\n", r"\n")
    return event


def _hidden(name: str, value: Any) -> Any:
    if _SECRET.search(name):
        return HIDDEN
    if isinstance(value, str):
        return _IN_ADDRESS.sub(rf"\1:{HIDDEN}@", value)
    if isinstance(value, Mapping):
        return {key: _hidden(str(key), inner) for key, inner in value.items()}
    return value
