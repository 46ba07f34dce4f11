"""Reading a platform's folder of data files; whatever is wrong in them is told with its file."""

from __future__ import annotations

import re
from importlib.resources.abc import Traversable
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from controller.platforms.grammar import read_grammar
from controller.platforms.platform import CAPABILITIES, Capability, Platform
from controller.platforms.rules import Change, DiffStyle, SafetyRules
from controller.platforms.texts import read_text_rules


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _PlatformFile(_File):
    title: str
    napalm: str
    netmiko: str
    ansible: str
    transport_port: int = Field(ge=1, le=65535)
    sysobjectids: tuple[str, ...]
    capabilities: dict[str, str]
    rollback: Literal["commit-confirm", "watchdog", "none"]
    rollback_requires: str = ""
    rollback_lines: str = ""
    usual_checks: tuple[str, ...]
    diff_style: dict[Literal["merge", "replace"], DiffStyle]
    diff_noise: tuple[str, ...]
    optional_args: dict[str, object]


class _Change(_File):
    section: str | None = None
    changes: tuple[str, ...]
    when_replacing: bool = False
    th: str = ""
    en: str = ""


class _SafetyFile(_File):
    cuts: tuple[_Change, ...]
    logins: tuple[_Change, ...]
    commands: tuple[str, ...]
    trunk_allowed: str
    management_vlan: str
    address_line: str
    complete: tuple[str, ...]
    own: tuple[str, ...] = ()


_Shape = TypeVar("_Shape", bound=_File)


def read_platform(folder: Traversable) -> Platform:
    """The platform that the files of `folder` describe.

    Errors: `ValueError` with folder and file name when a file is missing, is no YAML, has an
    unknown word, a pattern that does not compile or lacks its group.
    """
    about = _read(folder, "platform.yaml", _PlatformFile)
    where = f"{folder.name}/platform.yaml"
    required = about.rollback_requires
    return Platform(
        name=folder.name,
        title=about.title,
        napalm_driver=about.napalm,
        netmiko_type=about.netmiko,
        ansible_os=about.ansible,
        sysobjectids=about.sysobjectids,
        transport_port=about.transport_port,
        rollback=about.rollback,
        rollback_requires=_compiled(where, required, re.MULTILINE) if required else None,
        rollback_lines=about.rollback_lines,
        capabilities=_capabilities(where, about.capabilities),
        texts=read_text_rules(folder),
        diff_noise=tuple(_compiled(where, p) for p in about.diff_noise),
        diff_style={str(operation): style for operation, style in about.diff_style.items()},
        optional_args=about.optional_args,
        usual_checks=about.usual_checks,
        grammar=read_grammar(folder),
        safety=_safety_rules(
            f"{folder.name}/safety.yaml", _read(folder, "safety.yaml", _SafetyFile)
        ),
    )


def _read(folder: Traversable, name: str, shape: type[_Shape]) -> _Shape:
    where = f"{folder.name}/{name}"
    try:
        text = (folder / name).read_text(encoding="utf-8")
        content: Any = yaml.load(text, Loader=yaml.CSafeLoader)
        return shape.model_validate(content)
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ValueError(f"{where}: {error}") from error


def _compiled(where: str, pattern: str, flags: int = 0) -> re.Pattern[str]:
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise ValueError(f"{where}: pattern {pattern!r}: {error}") from error


def _any_of(where: str, patterns: tuple[str, ...], ending: str = "") -> re.Pattern[str]:
    return _compiled(where, f"(?:{'|'.join(patterns)}){ending}")


def _capabilities(where: str, told: dict[str, str]) -> dict[str, tuple[Capability, str]]:
    if missing := set(CAPABILITIES) ^ set(told):
        raise ValueError(f"{where}: capabilities missing or unknown: {sorted(missing)}")
    found: dict[str, tuple[Capability, str]] = {}
    for name, text in told.items():
        word, _, why = text.partition(":")
        if word == "done" and not why:
            found[name] = ("done", "")
        elif (word == "todo" or word == "exempt") and why.strip():
            found[name] = ("todo" if word == "todo" else "exempt", why.strip())
        else:
            raise ValueError(f"{where}: {name}: write done, todo: why, or exempt: why")
    return found


def _safety_rules(where: str, told: _SafetyFile) -> SafetyRules:
    for change in (*told.cuts, *told.logins):
        for pattern in (*change.changes, change.section or ""):
            _compiled(where, pattern)
    for pattern in told.own:
        _compiled(where, pattern)
    if any(not cut.th or not cut.en for cut in told.cuts):
        raise ValueError(f"{where}: every entry of cuts needs th and en")
    return SafetyRules(
        cuts=tuple(_change(c) for c in told.cuts),
        logins=tuple(_change(c) for c in told.logins),
        commands=_any_of(where, told.commands),
        trunk_allowed=_compiled(where, told.trunk_allowed),
        management_vlan=_compiled(where, told.management_vlan),
        address_line=told.address_line,
        complete=told.complete,
        own=told.own,
    )


def _change(told: _Change) -> Change:
    return Change(told.section, told.changes, told.when_replacing, told.th, told.en)
