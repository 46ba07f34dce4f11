"""What a module of Ansible does to a device: product knowledge, `modules.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from controller.errors import Text
from controller.playbooks.nodes import Spot, templated

Does = Literal["reads", "predicts", "runs"]
DOES: dict[Does, Text] = {
    "reads": Text(th="อ่านอย่างเดียว", en="only reads"),
    "predicts": Text(th="บอกล่วงหน้าได้", en="tells beforehand"),
    "runs": Text(th="คาดการณ์ไม่ได้", en="not predictable"),
}
_BUILTIN = "ansible.builtin."


@dataclass(frozen=True)
class _Known:
    does: Mapping[str, Does]
    short: Mapping[str, str]
    types: Mapping[str, str]
    reading: tuple[str, ...]
    writing: tuple[str, ...]
    filters: tuple[str, ...]
    looking: tuple[str, ...]


def full_name(module: str) -> str:
    """The full name of a module: `debug` is `ansible.builtin.debug`; unknown ones stay."""
    name = module.replace("ansible.legacy.", _BUILTIN, 1)
    return name if "." in name else _known().short.get(name, name)


def does(module: str, arguments: Spot) -> Does:
    """What a task with this module and these arguments does; `runs` when nobody can say."""
    known = _known()
    name = full_name(module)
    if name in known.types:
        return "reads" if _only_reads(name, arguments, known) else "runs"
    told = known.does.get(name, "runs")
    # A state that is worked out when it runs is none of these.
    return "reads" if told == "predicts" and arguments.at("state").word in known.looking else told


def _only_reads(name: str, arguments: Spot, known: _Known) -> bool:
    where = arguments.at(known.types[name])
    items = tuple(where.items()) if where.is_list else (where,)
    commands = [item.at("command").word if item.is_mapping else item.word for item in items]
    return bool(commands) and all(_reads(command, known) for command in commands)


def _reads(command: str, known: _Known) -> bool:
    # A condition may put in a line of its own; a value alone cannot begin the command anew.
    if not command.startswith(known.reading) or "{%" in command:
        return False
    fixed = _fixed(command)
    passed_on = [(piece.split() or [""])[0] for piece in fixed.split("|")[1:]]
    return not any(word in fixed for word in known.writing) and all(
        word in known.filters for word in passed_on
    )


def _fixed(command: str) -> str:
    """The command without what is put in when it runs."""
    kept = command
    while templated(kept) and "}}" in kept.partition("{{")[2]:
        before, _, rest = kept.partition("{{")
        kept = before + rest.partition("}}")[2]
    return kept


@cache
def _known() -> _Known:
    told = yaml.safe_load(files("controller.playbooks").joinpath("modules.yaml").read_text("utf-8"))
    does_: dict[str, Does] = {}
    sorts: tuple[Does, ...] = ("reads", "predicts")
    for sort in sorts:
        for collection, names in told[sort].items():
            does_ |= {f"{collection}.{name}": sort for name in names}
    types = dict(told["types"])
    known = (*does_, *types)
    return _Known(
        does=does_,
        short={name.rpartition(".")[2]: name for name in known if name.startswith(_BUILTIN)},
        types=types,
        reading=tuple(told["reading"]),
        writing=tuple(told["writing"]),
        filters=tuple(told["filters"]),
        looking=tuple(told["looking"]),
    )


def likely(module: str) -> str:
    """The full name meant by a short one of a collection, such as `ios_config`; else empty."""
    if "." in module:
        return ""
    names = (*_known().does, *_known().types)
    return next((name for name in names if name.rpartition(".")[2] == module), "")
