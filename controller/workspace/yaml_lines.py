"""YAML into plain values that remember where they stood.

The subset is the one nobody misreads: no anchors, no tags, `true`/`false` are the only yes and no,
and what YAML would read as an octal or a base-60 number has to be quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from controller.errors import Problem, Text
from controller.workspace.dates import read_date, why_no_date

Place = tuple[str | int, ...]
"""The way from the top of a document to a value: keys and list positions."""

_DEEPEST = 200
_TAG = "tag:yaml.org,2002:"
_BOOLEANS = {"true": True, "True": True, "false": False, "False": False}
_FLOAT = re.compile(r"[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?|[-+]?[0-9]+\.")
# Line breaks to YAML, nothing to see in an editor: lines would be miscounted.
_HIDDEN_BREAK = re.compile("[\x85\u2028\u2029]")
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")


@dataclass(frozen=True)
class Document:
    """One YAML file: `value` is plain (dict, list, str, int, float, bool, date, None)."""

    path: str
    value: Any
    root: yaml.Node | None
    problems: tuple[Problem, ...] = ()

    def position(self, place: Place, *, key: bool = False) -> tuple[int, int, str]:
        """Line, column (from 1) and text at `place`; of the key itself with `key`.

        A place that does not exist gives the nearest one around it.
        """
        node, shown = self.root, self.root
        for step in place:
            entry = _step(node, step)
            if entry is None:
                break
            shown, node = entry
        else:
            shown = shown if key else node
        if shown is None:
            return 1, 1, ""
        found = shown.value if isinstance(shown, yaml.ScalarNode) else ""
        return shown.start_mark.line + 1, shown.start_mark.column + 1, found

    def problem(
        self,
        place: Place,
        message: Text,
        *,
        key: bool = False,
        allowed: tuple[str, ...] = (),
        suggestion: str = "",
    ) -> Problem:
        """A problem at `place`, with the text that stands there."""
        line, column, found = self.position(place, key=key)
        return Problem(self.path, line, column, message, found, allowed, suggestion)

    def mappings(self, *place: str | int) -> Iterator[tuple[Place, dict[str, Any]]]:
        """The mappings of the list at `place`, each with its own place; wrong ones left out."""
        value = self.value
        for step in place:
            value = value.get(step) if isinstance(value, dict) else None
        for index, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, dict):
                yield (*place, index), item

    def text(self, key: str) -> str | None:
        """The text at a key of the top, or None."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return value if isinstance(value, str) else None


def read_yaml(path: str, text: str) -> Document:
    """Parse one file; whatever is wrong with its YAML stands in `problems`."""
    root = compose_yaml(path, text)
    if isinstance(root, Problem):
        return Document(path, None, None, (root,))
    if root is None:
        return Document(path, None, None, (Problem(path, 0, 0, _EMPTY),))
    reading = _Reading(path)
    value = reading.value(root)
    return Document(path, value, root, tuple(reading.problems))


def compose_yaml(path: str, text: str) -> yaml.Node | Problem | None:
    """The nodes of one file, of any YAML; what is wrong with it; or None for an empty file."""
    hidden = _HIDDEN_BREAK.search(text)
    if hidden:
        return _forbidden(path, text, hidden.start())
    try:
        if _deep(text):
            return Problem(path, 1, 1, _TOO_DEEP)
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        return _syntax_problem(path, text, error)
    except yaml.reader.ReaderError as error:
        # The parser counts in bytes.
        before = text.encode()[: error.position].decode(errors="ignore")
        return _forbidden(path, text, len(before))


def _deep(text: str) -> bool:
    """Whether the nesting would overflow the C stack of the composer, which recurses."""
    shallow = all(text.count(opener) < _DEEPEST for opener in ("[", "{", "- - ", "? ? "))
    if shallow and "\n" + " " * _DEEPEST not in text:
        return False
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                return True
    except yaml.MarkedYAMLError as error:
        # The scanner looks ahead, and has a limit of its own since PyYAML 6.0.4.
        return "nesting depth" in (error.problem or "")
    return False


@dataclass
class _Reading:
    """Turns nodes into values and collects what is wrong on the way."""

    path: str
    problems: list[Problem] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def value(self, node: yaml.Node) -> Any:
        # An alias is the same node met again; refusing it also refuses endless loops.
        if id(node) in self.seen:
            self.add(node, _ALIAS)
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item) for item in node.value]
        return self.mapping(node)

    def mapping(self, node: yaml.Node) -> dict[str, Any]:
        result: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or key_node.tag == f"{_TAG}merge":
                self.add(key_node, _KEY)
                continue
            key = key_node.value
            if key in result:
                self.add(key_node, _twice(key, lines[key]), found=key)
                continue
            lines[key] = key_node.start_mark.line + 1
            result[key] = self.value(value_node)
        return result

    def scalar(self, node: yaml.ScalarNode) -> Any:
        text: str = node.value
        kind = node.tag.removeprefix(_TAG)
        if kind == "str":
            return text
        if kind == "null":
            return None
        if kind == "bool" and text in _BOOLEANS:
            return _BOOLEANS[text]
        if kind == "int" and _INTEGER.fullmatch(text):
            return int(text)
        if kind == "float" and _FLOAT.fullmatch(text):
            return float(text)
        if kind == "timestamp":
            return self.day(node)
        self.add(node, _AMBIGUOUS.get(kind, _TAGGED), found=text, suggestion=_clearer(kind, text))
        return text

    def day(self, node: yaml.ScalarNode) -> Any:
        day = read_date(node.value)
        if day is None:
            message, meant = why_no_date(node.value)
            self.add(node, message, found=node.value, suggestion=meant)
        return day

    def add(self, node: yaml.Node, message: Text, *, found: str = "", suggestion: str = "") -> None:
        mark = node.start_mark
        self.problems.append(
            Problem(self.path, mark.line + 1, mark.column + 1, message, found, (), suggestion)
        )


def _step(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """The key node (for a list: the item) and the value node one step down."""
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if k.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _clearer(kind: str, text: str) -> str:
    if kind == "bool":
        return "true" if text.lower() in {"yes", "on", "y"} or text == "TRUE" else "false"
    return f'"{text}"'


def _syntax_problem(path: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    reason = error.problem or ""
    # What is never closed is mended where it was opened.
    opened = error.context_mark if reason in _UNCLOSED else None
    mark = opened or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    rest = text.split("\n")[line - 1][column - 1 :] if line <= text.count("\n") + 1 else ""
    if rest.startswith("\t"):
        return Problem(path, line, column, _TAB, found="Tab")
    if rest and reason == "found character that cannot start any token":
        return Problem(path, line, column, _QUOTE, rest, suggestion=f'"{rest}"')
    message = _SYNTAX.get(reason) or Text(
        th=f"เขียน YAML ไม่ถูกต้อง: {reason}", en=f"not YAML: {reason}"
    )
    return Problem(path, line, column, message, found=rest.strip())


def _forbidden(path: str, text: str, position: int) -> Problem:
    before = text[:position]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Problem(path, line, column, _CONTROL, found=f"U+{ord(text[position]):04X}")


def _twice(key: str, line: int) -> Text:
    return Text(th=f"หัวข้อ “{key}” ซ้ำกับบรรทัด {line}", en=f"“{key}” stands already in line {line}")


_EMPTY = Text(th="ไฟล์ว่างเปล่า", en="the file is empty")
_TAB = Text(
    th="มีแท็บ (Tab) ในย่อหน้า YAML ให้ใช้เว้นวรรคเท่านั้น",
    en="a tab; YAML is indented with spaces only",
)
_CONTROL = Text(
    th="มีอักขระที่มองไม่เห็นซึ่ง YAML ไม่อนุญาต", en="an invisible character that YAML does not allow"
)
_QUOTE = Text(
    th="ข้อความขึ้นต้นด้วยอักขระนี้ไม่ได้ ให้ใส่เครื่องหมายคำพูดคร่อม",
    en="plain text may not begin with this character; put it in quotes",
)
_TOO_DEEP = Text(th="ซ้อนกันหลายชั้นเกินไป", en="nested too deeply")
_ALIAS = Text(
    th="ไม่ใช้ชื่ออ้างอิง (& และ *) ให้เขียนค่าออกมาตรง ๆ หรือวางไว้ใน groups.yaml",
    en="anchors and aliases (& and *) are not used; write the value out, or put it in groups.yaml",
)
_KEY = Text(th="ชื่อหัวข้อต้องเป็นข้อความ", en="a key must be plain text")
_TAGGED = Text(th="ไม่ใช้ป้ายชนิด (!) ใน YAML", en="tags (!) are not used")
_AMBIGUOUS = {
    "bool": Text(
        th="ใช่หรือไม่ใช่ ให้เขียน true หรือ false ถ้าตั้งใจให้เป็นข้อความ ให้ใส่เครื่องหมายคำพูด",
        en="write true or false; if text is meant, put it in quotes",
    ),
    "int": Text(
        th="YAML อ่านเลขนี้เป็นฐานอื่น ถ้าเป็นข้อความ (เช่น หมายเลขโทรศัพท์) ให้ใส่เครื่องหมายคำพูด",
        en="YAML reads this as a number of another base; if it is text, put it in quotes",
    ),
    "float": Text(
        th="YAML อ่านค่านี้เป็นเลขฐาน 60 ให้ใส่เครื่องหมายคำพูด",
        en="YAML reads this as a number of base 60; put it in quotes",
    ),
}
_UNCLOSED = (
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
    "found unexpected end of stream",
)
_SYNTAX = {
    "could not find expected ':'": Text(
        th="ขาดเครื่องหมาย : หลังชื่อหัวข้อ (บรรทัดนี้หรือบรรทัดก่อนหน้า)",
        en="“:” is missing after a key, here or in the line before",
    ),
    "mapping values are not allowed in this context": Text(
        th="มี : ในที่ที่วางไม่ได้ ตรวจย่อหน้า หรือใส่เครื่องหมายคำพูดคร่อมข้อความที่มี :",
        en="“:” may not stand here; check the indentation, or put text holding “:” in quotes",
    ),
    "did not find expected ',' or ']'": Text(
        th="วงเล็บ [ ไม่มี ] ปิด หรือขาดเครื่องหมาย , คั่น",
        en="“[” is not closed, or “,” is missing between items",
    ),
    "did not find expected ',' or '}'": Text(
        th="วงเล็บ { ไม่มี } ปิด หรือขาดเครื่องหมาย , คั่น",
        en="“{” is not closed, or “,” is missing between items",
    ),
    "found unexpected end of stream": Text(
        th="เครื่องหมายคำพูดเปิดแล้วไม่ได้ปิด", en="a quote is opened and never closed"
    ),
    "found undefined alias": Text(
        th="ข้อความขึ้นต้นด้วย * ไม่ได้ ให้ใส่เครื่องหมายคำพูดคร่อม",
        en="plain text may not begin with “*”; put it in quotes",
    ),
    "did not find expected key": Text(
        th="ย่อหน้าไม่ตรงกับหัวข้ออื่นในกลุ่มเดียวกัน",
        en="not indented like the other keys of the group",
    ),
    "did not find expected '-' indicator": Text(
        th="รายการนี้ย่อหน้าไม่ตรงกัน หรือขาดเครื่องหมาย -",
        en="the items of the list are not indented alike, or “-” is missing",
    ),
    "but found another document": Text(
        th="มีเครื่องหมาย --- คั่นกลางไฟล์ หนึ่งไฟล์มีได้เอกสารเดียว",
        en="“---” starts a second document; a file holds one",
    ),
}
