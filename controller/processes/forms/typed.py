"""What somebody typed into a form, before anything is checked, with the place of every value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from controller.errors import Problem, Text

Place = tuple[str | int, ...]
"""The way from the top of a file to a value: keys and list positions."""

_NULL = "tag:yaml.org,2002:null"
_PLAIN = "tag:yaml.org,2002:"
_ALIAS = Text(
    th="ไม่ใช้ชื่ออ้างอิง (& และ *) ให้เขียนค่าออกมาตรง ๆ",
    en="anchors and aliases (& and *) are not used; write the value out",
)
_KEY = Text(th="ชื่อช่องต้องเป็นข้อความ", en="the name of a field must be plain text")
_TAG = Text(th="ไม่ใช้ป้ายชนิด (!)", en="tags (!) are not used")
_SHAPE = Text(
    th="แบบฟอร์มต้องเขียนเป็นบรรทัด “ชื่อช่อง: ค่า”",
    en="a form is written as lines of “field: value”",
)


@dataclass(frozen=True)
class Typed:
    """Raw values by field name, and where each stands in the file `path`.

    `places` maps the place of a value to its line and column, both from 1; `keys` does the same
    for the names the values stand under. `problems` are wrong already in how the file is written.
    """

    values: Mapping[str, object]
    path: str = ""
    places: Mapping[Place, tuple[int, int]] = field(default_factory=dict)
    keys: Mapping[Place, tuple[int, int]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def at(self, place: Place, *, key: bool = False) -> tuple[int, int]:
        """Line and column of the value at `place`, or with `key` of the name it stands under.

        What is missing from a row has the place of the row; what is missing altogether 0, 0.
        """
        if key and place in self.keys:
            return self.keys[place]
        for end in range(len(place), 0, -1):
            if place[:end] in self.places:
                return self.places[place[:end]]
        return 0, 0


def typed(root: yaml.Node, path: str) -> Typed:
    """What stands in a YAML file composed to `root`: every value is the text that was typed.

    A form knows the type of every field, so `0812345670` stays a telephone number and `10:30` a
    time, whatever YAML would make of them. Empty values are None.
    """
    reading = _Reading(path)
    content = reading.content(root, ())
    if not isinstance(content, dict):
        reading.add(root, _SHAPE)
        content = {}
    return Typed(content, path, reading.places, reading.keys, tuple(reading.problems))


@dataclass
class _Reading:
    path: str
    places: dict[Place, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Place, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def content(self, node: yaml.Node, place: Place) -> object:
        self.places[place] = (node.start_mark.line + 1, node.start_mark.column + 1)
        # An alias is the same node met again; refusing it also refuses endless loops.
        if id(node) in self.seen:
            self.add(node, _ALIAS)
            return None
        self.seen.add(id(node))
        if not node.tag.startswith(_PLAIN):
            self.add(node, _TAG, found=node.tag)
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.content(item, (*place, at)) for at, item in enumerate(node.value)]
        return None if node.tag == _NULL else str(node.value)

    def mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, object]:
        result: dict[str, object] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.add(key, _KEY)
            elif key.value in result:
                twice = Text(th=f"ช่อง “{key.value}” ซ้ำ", en=f"“{key.value}” stands twice")
                self.add(key, twice, found=key.value)
            else:
                inner = (*place, key.value)
                self.keys[inner] = (key.start_mark.line + 1, key.start_mark.column + 1)
                result[key.value] = self.content(value, inner)
        return result

    def add(self, node: yaml.Node, message: Text, *, found: str = "") -> None:
        mark = node.start_mark
        self.problems.append(Problem(self.path, mark.line + 1, mark.column + 1, message, found))
