"""From a template and a device's variables to the configuration the device should have.

Templates run in Jinja2's sandbox: they cannot reach Python, and nothing random or dated is in
there, so that the same input gives the same text on any machine. A word that is not defined is an
error, never an empty place in a configuration.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from types import TracebackType
from typing import Any, NoReturn, cast

from jinja2 import FunctionLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.exceptions import TemplateNotFound, TemplateRuntimeError, UndefinedError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from controller.errors import InputError, Problem, Text
from controller.language import nearest

SECRET = re.compile(r"⟦secret:([^⟦⟧]*)⟧")
LARGEST_POWER = 128
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
# What a template can break by asking for the impossible, `{{ 1 / 0 }}` or `{{ "a" + 1 }}`.
_BROKEN = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class _UnprintableError(TemplateRuntimeError):
    """A value that has no place in a device's configuration."""


class _MissingError(UndefinedError):
    """An undefined word, with what could have been meant."""

    word: str = ""
    known: tuple[str, ...] = ()


class _Missing(StrictUndefined):
    """Remembers what was asked for and what was there, for the message."""

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        def explain(message: str) -> UndefinedError:
            error = _MissingError(message)
            error.word = name if isinstance(name, str) else ""
            error.known = tuple(map(str, obj)) if isinstance(obj, Mapping) else ()
            return error

        super().__init__(hint, obj, name, cast("type[TemplateRuntimeError]", explain))


class _Sandbox(ImmutableSandboxedEnvironment):
    """Values cannot be changed, so that no device's text depends on which was rendered before it.

    Only numbers are multiplied, so that a slip cannot ask for all the memory there is.
    """

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if not isinstance(left, (int, float)) or not isinstance(right, (int, float)):
            raise _UnprintableError(type(left).__name__)
        if operator == "**" and abs(right) > LARGEST_POWER:
            raise OverflowError(right)
        return super().call_binop(context, operator, left, right)


def render(
    template_name: str,
    templates: Mapping[str, str],
    variables: Mapping[str, Any],
    *,
    secrets: Collection[str] | None = None,
) -> str:
    """The configuration that `template_name` makes of `variables`; secrets as references.

    `templates` maps names to texts and must hold every template that is included or imported.
    `{{ secret("name") }}` gives `⟦secret:name⟧`; when `secrets` is given the name must be in it.
    Trailing blanks go, the text ends in a newline.

    Errors: `InputError` with the template's file and line for a syntax error, an undefined word
    (with the nearest known one), a missing template, an unknown secret, or a value that cannot
    stand in a configuration (a list, a mapping, nothing, true or false).
    """
    environment = _environment(tuple(sorted(templates.items())))
    known_secrets = None if secrets is None else tuple(sorted(secrets))
    try:
        template = environment.get_template(template_name)
        text = template.render({**variables, "secret": _secret_function(known_secrets)})
    except TemplateSyntaxError as error:
        _refuse(error.name or template_name, error.lineno, _syntax(error))
    except TemplateNotFound as error:
        name = str(error.name or template_name)
        where, line = _place(error, templates, template_name)
        _refuse(where, line, _not_found(name), found=name, near=nearest(name, templates))
    except _MissingError as error:
        where, line = _place(error, templates, template_name)
        near = nearest(error.word, error.known or tuple(variables)) if error.word else ""
        _refuse(where, line, _undefined(error, near), found=error.word, near=near)
    except (TemplateError, *_BROKEN) as error:
        where, line = _place(error, templates, template_name)
        _refuse(where, line, _failed(error))
    return "\n".join(line.rstrip() for line in text.rstrip().split("\n")) + "\n"


def secret_names(text: str) -> tuple[str, ...]:
    """The names of the secrets a text refers to, each once, sorted."""
    return tuple(sorted(set(SECRET.findall(text))))


class Snippet:
    """A short text with words of the inventory in it, compiled once and filled in often.

    `finish` makes text of each value that is filled in; by default as `render` does.

    Errors: `TemplateSyntaxError` when the text is not well formed.
    """

    def __init__(self, text: str, finish: Callable[[Any], Any] | None = None) -> None:
        self.text = text
        self._template: Template | None = None
        if "{{" in text or "{%" in text:
            environment = _sandbox({}, finish or _printable)
            environment.globals["secret"] = _secret_function(None)
            self._template = environment.from_string(text)

    @property
    def is_fixed(self) -> bool:
        """Whether it is the same for every device."""
        return self._template is None

    def fill(self, variables: Mapping[str, Any]) -> str:
        """The text for these variables; secrets as references. Errors: `SnippetError`."""
        if self._template is None:
            return self.text
        try:
            return self._template.render(variables)
        except (TemplateError, *_BROKEN) as error:
            raise SnippetError(str(error)) from None


class SnippetError(ValueError):
    """A snippet that cannot be filled in: a word nobody knows, or something that is no text."""


@lru_cache(maxsize=16)
def _environment(templates: tuple[tuple[str, str], ...]) -> _Sandbox:
    """One environment for a set of templates: each is compiled once for 1,500 devices."""
    return _sandbox(dict(templates), _printable)


def _sandbox(sources: Mapping[str, str], finish: Callable[[Any], Any]) -> _Sandbox:
    """An environment in which these texts can be included by name."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = sources.get(name)
        return None if source is None else (source, name, lambda: True)

    # Configurations are for devices, not browsers: escaping `<` would corrupt them.
    environment = _Sandbox(
        autoescape=False,
        loader=FunctionLoader(load),
        undefined=_Missing,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=finish,
        cache_size=-1,
    )
    del environment.globals["lipsum"]
    del environment.filters["random"]
    return environment


def _printable(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (str, int, float, StrictUndefined)):
        raise _UnprintableError(type(value).__name__)
    return value


def _secret_function(known: tuple[str, ...] | None) -> Callable[[str], str]:
    def secret(name: str) -> str:
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise _MissingError(f"{name!r} is no name of a secret")
        if known is not None and name not in known:
            error = _MissingError(f"the secret {name!r} is not in the settings")
            error.word, error.known = name, known or ("",)
            raise error
        return f"⟦secret:{name}⟧"

    return secret


def _place(error: BaseException, templates: Mapping[str, str], default: str) -> tuple[str, int]:
    """The innermost template line that the error passed through."""
    place = (default, 0)
    step: TracebackType | None = error.__traceback__
    while step is not None:
        name = step.tb_frame.f_code.co_filename
        if name in templates:
            place = (name, step.tb_lineno)
        step = step.tb_next
    return place


def _refuse(path: str, line: int, message: Text, *, found: str = "", near: str = "") -> NoReturn:
    problem = Problem(path, line, 1 if line else 0, message, found=found, suggestion=near)
    raise InputError(
        Text(th=f"{problem.where}: {message.th}", en=f"{problem.where}: {message.en}"),
        problems=(problem,),
    ) from None


def _syntax(error: TemplateSyntaxError) -> Text:
    told = error.message or ""
    return Text(th=f"เขียนแม่แบบไม่ถูกต้อง: {told}", en=f"the template is not well formed: {told}")


def _not_found(name: str) -> Text:
    return Text(th=f"ไม่มีแม่แบบ “{name}”", en=f"there is no template “{name}”")


def _undefined(error: _MissingError, near: str) -> Text:
    told = error.message or ""
    also = (
        Text(th=f" หมายถึง {near} ใช่หรือไม่", en=f"; did you mean {near}?") if near else Text("", "")
    )
    return Text(th=f"ไม่มีค่าที่แม่แบบต้องใช้: {told}{also.th}", en=f"{told}{also.en}")


def _failed(error: BaseException) -> Text:
    if isinstance(error, _UnprintableError):
        kind = error.message
        return Text(
            th=f"ค่านี้ใส่ในการตั้งค่าอุปกรณ์ไม่ได้ เพราะเป็น {kind} ไม่ใช่ข้อความหรือตัวเลข",
            en=f"a {kind} cannot stand in a configuration: print a text or a number",
        )
    told = f"{type(error).__name__}: {error}"
    return Text(th=f"แม่แบบทำงานไม่สำเร็จ: {told}", en=f"the template failed: {told}")
