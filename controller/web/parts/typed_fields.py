"""Fields that write what is typed straight into a value, at every keystroke."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from nicegui import events, ui

Changed = Callable[[], Awaitable[None]]
F = TypeVar("F", bound=ui.input | ui.textarea)
_PROPS = "outlined stack-label hide-bottom-space"
# While somebody types, the browser waits so long (ms) before it tells.
_PAUSE = 350


def put_line(label: str, of: Any, name: str, changed: Changed, *, hint: str = "") -> ui.input:
    """One line of text, kept in `of.name`."""
    field = ui.input(label, value=getattr(of, name), on_change=_setting(of, name, changed))
    return _dressed(field, hint)


def put_lines(label: str, of: Any, name: str, changed: Changed, *, hint: str = "") -> ui.textarea:
    """Several lines of text, kept in `of.name`."""
    field = ui.textarea(label, value=getattr(of, name), on_change=_setting(of, name, changed))
    field.props("autogrow")
    return _dressed(field, hint)


def put_choice(
    label: str, of: Any, name: str, options: Mapping[str, str], changed: Changed
) -> ui.select:
    """One of several, kept in `of.name` by its key."""
    value = getattr(of, name)
    known = dict(options) if value in options else {**options, value: value}
    field = ui.select(known, label=label, value=value, on_change=_setting(of, name, changed))
    field.props(_PROPS).classes("wide")
    return field


def put_entry(label: str, of: dict[str, str], key: str, changed: Changed) -> ui.textarea:
    """Several lines of text, kept in `of[key]`."""

    async def typed(event: events.ValueChangeEventArguments[Any]) -> None:
        of[key] = str(event.value or "")
        await changed()

    field = ui.textarea(label, value=of.get(key, ""), on_change=typed).props("autogrow")
    return _dressed(field, "")


def _setting(
    of: Any, name: str, changed: Changed
) -> Callable[[events.ValueChangeEventArguments[Any]], Awaitable[None]]:
    async def typed(event: events.ValueChangeEventArguments[Any]) -> None:
        setattr(of, name, str(event.value if event.value is not None else ""))
        await changed()

    return typed


def _dressed(field: F, hint: str) -> F:
    field.props(f"{_PROPS} debounce={_PAUSE}").classes("wide")
    if hint:
        field.props["hint"] = hint
    return field
