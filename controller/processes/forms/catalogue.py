"""The forms of the manual, one YAML file each, read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from controller.errors import InputError, NotFound, Problem, Text
from controller.language import nearest
from controller.processes.forms.definition import FormDefinition

FOLDER = "definitions"
_ENDING = ".yaml"


@lru_cache(maxsize=1)
def slugs() -> tuple[str, ...]:
    """The slugs of every form there is, in order of the alphabet."""
    names = (entry.name for entry in files(__package__).joinpath(FOLDER).iterdir())
    return tuple(sorted(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING)))


@lru_cache(maxsize=64)
def form(slug: str) -> FormDefinition:
    """The form with this slug; reads its one file.

    Errors: `NotFound`, naming the nearest slug; `InputError` when the file is wrong.
    """
    if slug not in slugs():
        raise _no_form(slug)
    name = f"{slug}{_ENDING}"
    text = files(__package__).joinpath(FOLDER, name).read_text(encoding="utf-8")
    return read_definition(text, name)


def read_definition(text: str, path: str) -> FormDefinition:
    """The form that `text` (YAML) defines. `path` names it in messages.

    Errors: `InputError` with every problem found, each with its line and column.
    """
    try:
        loader = yaml.CSafeLoader(text)
        root = loader.get_single_node()
        content = loader.construct_document(root) if root is not None else None
    except yaml.YAMLError as error:
        raise _unreadable(path, (_syntax(path, error),)) from error
    problems = tuple(_repeated(path, root))
    if problems:
        raise _unreadable(path, problems)
    try:
        return FormDefinition.model_validate(content)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        raise _unreadable(path, tuple(_fault(path, root, fault) for fault in faults)) from error


def _no_form(slug: str) -> NotFound:
    near = nearest(slug.strip().lower().replace("-", "_"), slugs())
    return NotFound(
        Text(th=f"ไม่มีแบบฟอร์ม “{slug}”", en=f"there is no form “{slug}”"),
        hint=Text(
            th=(f"หมายถึง {near} หรือไม่ " if near else "") + "ดูชื่อแบบทั้งหมดด้วย khaen manual",
            en=(f"did you mean {near}? " if near else "") + "khaen manual lists them all",
        ),
    )


def _syntax(path: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    why = getattr(error, "problem", None) or type(error).__name__
    return Problem(
        path, line, column, Text(th=f"เขียน YAML ไม่ถูกต้อง: {why}", en=f"not valid YAML: {why}")
    )


def _repeated(path: str, node: yaml.Node | None) -> Iterator[Problem]:
    """A key written twice, of which YAML silently keeps the last."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                message = Text(th=f"หัวข้อ “{key.value}” ซ้ำ", en=f"“{key.value}” stands twice")
                yield _at(path, key, message, found=str(key.value))
            seen.add(key.value)
            yield from _repeated(path, value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated(path, item)


def _fault(path: str, root: yaml.Node | None, fault: ErrorDetails) -> Problem:
    place = ".".join(str(part) for part in fault["loc"]) or "-"
    what = fault["msg"].removeprefix("Value error, ")
    found = fault["input"] if isinstance(fault["input"], str | int | float) else ""
    message = Text(th=f"ที่ {place}: {what}", en=f"at {place}: {what}")
    return _at(path, _node(root, fault["loc"]), message, found=str(found)[:80])


def _at(path: str, node: yaml.Node | None, message: Text, *, found: str = "") -> Problem:
    if node is None:
        return Problem(path, 0, 0, message, found)
    return Problem(path, node.start_mark.line + 1, node.start_mark.column + 1, message, found)


def _node(node: yaml.Node | None, place: tuple[int | str, ...]) -> yaml.Node | None:
    """The node at `place`, or the nearest one around it."""
    for step in place:
        if isinstance(node, yaml.MappingNode):
            inner = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            inner = node.value[step] if step < len(node.value) else None
        else:
            inner = None
        if inner is None:
            break
        node = inner
    return node


def _unreadable(path: str, problems: tuple[Problem, ...]) -> InputError:
    places = "; ".join(f"{problem.where} {problem.message.en}" for problem in problems)
    return InputError(
        Text(
            th=f"อ่านนิยามแบบฟอร์ม {path} ไม่ได้: {places}",
            en=f"cannot read the form definition {path}: {places}",
        ),
        problems=problems,
    )
