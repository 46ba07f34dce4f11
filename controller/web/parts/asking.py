"""A form in a dialog: questions with labels, errors told in place, nothing typed lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from markupsafe import Markup
from nicegui import ui

from controller import thai
from controller.errors import InputError, KhaenError, Text
from controller.web.drawing import draw
from controller.web.parts.file_choice import put_file_choice
from controller.web.visit import Visit

Kind = Literal["line", "lines", "day", "number", "choice", "choices", "added", "password", "file"]
Answers = dict[str, Any]
# In these the Enter key ends the form, as people are used to.
_ENTERED = frozenset({"line", "day", "number", "password"})
_LARGEST = 20_000_000


@dataclass(frozen=True)
class Question:
    """One thing asked for. `kind` says what the answer is:

    a `line` or `lines` of text, a `day` (date or None), a `number` (Decimal or None), a `choice`
    of the `options` by key, `choices` of several, `added` choices to which others can be typed,
    a `password`, or a `file` (name and bytes, or None).
    """

    name: str
    label: Text
    kind: Kind = "line"
    value: Any = None
    options: Mapping[str, str] = field(default_factory=dict)
    hint: Text | None = None


@dataclass(frozen=True)
class Asked:
    """A whole form: what it is for, what it asks, and the word on the button that ends it."""

    title: Text
    button: Text
    questions: tuple[Question, ...] = ()
    intro: Markup | None = None
    grave: bool = False


@dataclass
class _Given:
    """What was sent as a file so far."""

    name: str = ""
    content: bytes | None = None


def ask_in_dialog(visit: Visit, asked: Asked, done: Callable[[Answers], Awaitable[None]]) -> None:
    """Open the form over the page. `done` is given the answers when the button is pressed.

    While `done` raises an expected error the form stays, with the error in it; only a password has
    to be typed again. Otherwise it closes.
    """
    with ui.dialog().props("no-backdrop-dismiss") as dialog, ui.card().classes("asking"):
        ui.html(draw(visit, "parts/asking.html", asked=asked), sanitize=False)
        fields = {question.name: _field(visit, question) for question in asked.questions}
        told = ui.element("div").props("role=alert aria-live=assertive").classes("wide")

        async def pressed() -> None:
            told.clear()
            button.props("loading")
            try:
                await done({q.name: _answer(q, fields[q.name]) for q in asked.questions})
            except KhaenError as error:
                _tell(visit, told, error)
                for question in asked.questions:
                    if question.kind == "password":
                        fields[question.name].value = ""
            else:
                dialog.close()
            finally:
                button.props(remove="loading")

        for question in asked.questions:
            if question.kind in _ENTERED:
                fields[question.name].on("keydown.enter", pressed)
        with ui.element("div").classes("ending"):
            ui.button(visit.t("ยกเลิก", "Cancel"), on_click=dialog.close).props("flat")
            button = ui.button(visit.w(asked.button), on_click=pressed)
            button.props("color=negative" if asked.grave else "color=primary")
    dialog.on("hide", dialog.delete)
    dialog.open()


def _field(visit: Visit, question: Question) -> Any:
    label = visit.w(question.label)
    element: Any
    match question.kind:
        case "lines":
            element = ui.textarea(label, value=question.value or "").props("autogrow")
        case "choice":
            element = ui.select(dict(question.options), label=label, value=question.value)
        case "choices":
            chosen = list(question.value or ())
            element = ui.select(
                dict(question.options), label=label, value=chosen, multiple=True, with_input=True
            ).props("use-chips")
        case "added":
            element = ui.select(
                dict(question.options),
                label=label,
                value=list(question.value or ()),
                multiple=True,
                with_input=True,
                new_value_mode="add-unique",
                key_generator=str,
            ).props("use-chips")
        case "password":
            element = ui.input(label, password=True, password_toggle_button=True)
            element.props("autocomplete=current-password")
        case "file":
            return _file(visit, question)
        case "day":
            element = ui.input(label, value=_shown(visit, question.value))
        case _:
            element = ui.input(label, value="" if question.value is None else str(question.value))
    hint = visit.w(question.hint) if question.hint else ""
    if question.kind == "day" and not hint:
        hint = visit.t("เช่น 22 พ.ย. 2569", "for example 2026-11-22, or 22 พ.ย. 2569")
    element.props("outlined stack-label hide-bottom-space")
    if hint:
        element.props["hint"] = hint
    return element.classes("wide")


def _file(visit: Visit, question: Question) -> _Given:
    given = _Given()

    async def took(name: str, content: bytes) -> None:
        given.name, given.content = name, content

    def too_large() -> None:
        visit.tell_error(InputError(Text(th="ไฟล์ใหญ่เกิน 20 MB", en="the file is larger than 20 MB")))

    with ui.element("div").classes("wide stack"):
        put_file_choice(visit.w(question.label), took, too_large, largest=_LARGEST)
    return given


def _answer(question: Question, element: Any) -> Any:
    """What was answered, read as its kind. Errors: `InputError` naming the question."""
    if isinstance(element, _Given):
        return None if element.content is None else (element.name, element.content)
    value = element.value
    match question.kind:
        case "day":
            return _day(question, str(value or ""))
        case "number":
            return _number(question, str(value or ""))
        case "choices" | "added":
            return tuple(str(one) for one in value or ())
        case "choice" | "password":
            return value or ""
    return str(value or "")


def _day(question: Question, typed: str) -> Any:
    if not typed.strip():
        return None
    try:
        return thai.read_date(typed)
    except InputError as error:
        raise _about(question, error) from None


def _number(question: Question, typed: str) -> Decimal | None:
    plain = thai.arabic_digits(typed.strip()).replace(",", "")
    if not plain:
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        wrong = Text(th=f"“{typed}” ไม่ใช่จำนวน", en=f"“{typed}” is no number")
        raise _about(question, InputError(wrong)) from None


def _about(question: Question, error: InputError) -> InputError:
    told = Text(
        th=f"{question.label.th}: {error.message.th}", en=f"{question.label.en}: {error.message.en}"
    )
    return InputError(told, hint=error.hint)


def _shown(visit: Visit, value: Any) -> str:
    return "" if value is None else visit.day(value)


@contextmanager
def tell_in(visit: Visit, place: ui.element) -> Iterator[None]:
    """Show an expected error of the block in `place`; what was typed stays where it is."""
    try:
        yield
    except KhaenError as error:
        _tell(visit, place, error)


def _tell(visit: Visit, place: ui.element, error: KhaenError) -> None:
    with place:
        problems = getattr(error, "problems", ())
        ui.html(
            draw(visit, "parts/told.html", error=error, problems=problems), sanitize=False
        ).classes("wide")
