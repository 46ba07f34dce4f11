"""Forms and answers as people hand them in: YAML, or a sheet with one answer in each row."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import yaml

from controller.errors import Problem, Text
from controller.processes.forms.typed import Place, Typed, typed
from controller.workspace.inputs import input_text, wrong_input
from controller.workspace.yaml_lines import read_yaml


def typed_form(path: str) -> Typed:
    """A form filled in as YAML; every value is the text that stands there.

    Errors: `NotFound`, and `InputError` for what is not YAML. What is wrong with the values is
    told by filling the form.
    """
    return typed(_root(path, input_text(path)), path)


def typed_answers(path: str) -> tuple[Typed, ...]:
    """Answers to a survey: one, or a list of them, as YAML; or CSV with the fields' names on top.

    Errors: as `typed_form`, and `InputError` with each row of a CSV file that does not fit its top.
    """
    text = input_text(path)
    if path.lower().endswith(".csv"):
        return tuple(_rows(path, text))
    root = _root(path, text)
    if isinstance(root, yaml.SequenceNode):
        return tuple(typed(node, path) for node in root.value)
    return (typed(root, path),)


def _root(path: str, text: str) -> yaml.Node:
    document = read_yaml(path, text)
    if document.root is None:
        raise wrong_input(path, document.problems)
    return document.root


def _rows(path: str, text: str) -> Iterator[Typed]:
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    names: list[str] = []
    problems: list[Problem] = []
    found: list[Typed] = []
    line = 1
    try:
        for cells in reader:
            if not names:
                names = [cell.strip() for cell in cells]
                problems += _header(path, names)
            elif len(cells) != len(names) and any(cell.strip() for cell in cells):
                problems.append(Problem(path, line, 1, _MISCOUNTED, found=str(len(cells))))
            elif any(cell.strip() for cell in cells):
                found.append(_row(path, line, names, cells))
            line = reader.line_num + 1
    except csv.Error:
        problems.append(Problem(path, line, 1, _TORN))
    if not names:
        problems.append(Problem(path, 0, 0, _EMPTY))
    if problems:
        raise wrong_input(path, tuple(problems))
    yield from found


def _header(path: str, names: list[str]) -> Iterator[Problem]:
    for column, name in enumerate(names, 1):
        if not name:
            yield Problem(path, 1, column, _NAMELESS)
        elif name in names[: column - 1]:
            yield Problem(path, 1, column, _TWICE, found=name)


def _row(path: str, line: int, names: list[str], cells: list[str]) -> Typed:
    """One answer. A column of a problem is the number of the cell, as a sheet counts them."""
    values = {name: cell.strip() or None for name, cell in zip(names, cells, strict=True)}
    places: dict[Place, tuple[int, int]] = {(): (line, 1)}
    places |= {(name,): (line, column) for column, name in enumerate(names, 1)}
    keys: dict[Place, tuple[int, int]] = {(n,): (1, c) for c, n in enumerate(names, 1)}
    return Typed(values, path, places, keys)


_EMPTY = Text(th="ไฟล์ว่างเปล่า", en="the file is empty")
_NAMELESS = Text(th="หัวตารางไม่มีชื่อช่อง", en="a column without a name")
_TWICE = Text(th="ชื่อช่องในหัวตารางซ้ำ", en="two columns with one name")
_MISCOUNTED = Text(
    th="จำนวนช่องในแถวไม่เท่ากับหัวตาราง", en="the row has not as many cells as the top of the table"
)
_TORN = Text(
    th="อ่านแถวนี้ไม่ได้ เครื่องหมายคำพูดไม่ครบคู่ ให้บันทึกจากตารางคำนวณเป็น CSV อีกครั้ง",
    en="cannot read this row: a quotation mark is not closed; save it as CSV again",
)
