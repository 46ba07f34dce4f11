"""Draws HTML from templates. Everything put into one is escaped, whoever wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from nicegui import ui
from nicegui.elements.html import Html

from controller.errors import Text
from controller.language import Language
from controller.web.hints import on_page


class Reader(Protocol):
    """Whoever reads what is drawn: only the language matters."""

    @property
    def language(self) -> Language:
        """The reader's language."""
        ...


@dataclass(frozen=True)
class Stranger:
    """A reader of whom only the language is known: not signed in yet, or not to be told apart."""

    language: Language


def draw(reader: Reader, template: str, **values: object) -> Markup:
    """The template as HTML in the reader's language.

    A template has `t(th, en)` for words, `w(text)` for a `Text`, `hint(text)` for what to do next,
    and what a visit has: `day`, `when`, `who`.
    """
    language = reader.language

    def t(th: str, en: str) -> str:
        return th if language == "th" else en

    def w(text: Text) -> str:
        return t(text.th, text.en)

    def hint(text: Text) -> str:
        return on_page(w(text), language)

    told = {name: getattr(reader, name) for name in ("day", "when", "who") if hasattr(reader, name)}
    return Markup(  # noqa: S704  the environment escapes
        _environment()
        .get_template(template)
        .render(t=t, w=w, hint=hint, language=language, **told, **values)
    )


def put(reader: Reader, template: str, **values: object) -> Html:
    """Put the template on the page being built: one element, however much is in it."""
    return ui.html(draw(reader, template, **values), sanitize=False)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("controller.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
