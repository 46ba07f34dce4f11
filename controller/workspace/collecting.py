"""Reads files of one folder in one pass: what is wrong is collected, and the rest goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel

from controller.errors import Problem
from controller.workspace.explain import read_model
from controller.workspace.files import text_of
from controller.workspace.yaml_lines import Document, read_yaml

M = TypeVar("M", bound=BaseModel)


@dataclass
class Collecting:
    """A pass over files; everything that is wrong is added to `problems`."""

    problems: list[Problem] = field(default_factory=list, kw_only=True)

    def document(self, path: str, content: bytes) -> Document | None:
        """The YAML of a file; None when there is none to go on with."""
        text = text_of(path, content)
        if isinstance(text, Problem):
            self.problems.append(text)
            return None
        document = read_yaml(path, text)
        self.problems.extend(document.problems)
        return None if document.root is None else document

    def model(self, model: type[M], document: Document, found: list[Problem]) -> M | None:
        """The value, when nothing was found wrong; a place is named once, by who says it best."""
        value, problems = read_model(model, document)
        named = {(p.line, p.column) for p in (*document.problems, *found)}
        found += [p for p in problems if (p.line, p.column) not in named]
        self.problems.extend(found)
        return None if found or document.problems else value
