"""Changes to a site file by its lines: what a person wrote, comments and order too, stays."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from controller.workspace.files import SITES
from controller.workspace.yaml_lines import Document, Place, read_yaml

_ITEM = re.compile(r"( *)- ")
_VALUE = re.compile(
    r"(?P<head> *(?:- )?[a-z_]+: *)(?P<value>\"[^\"]*\"|'[^']*'|[^#\s][^#]*?)(?P<rest>\s*(?:#.*)?)"
)


class NotEditableError(Exception):
    """The file is written in a way lines cannot be put into; a person must do it."""


@dataclass(frozen=True)
class NewDevice:
    """A device to add: keys as the file has them, in order; `why` becomes the comment before it."""

    values: Mapping[str, str]
    why: str
    notes: Mapping[str, str]


def site_path(site: str) -> str:
    """Where the site's file is in a workspace."""
    return f"{SITES}{site}.yaml"


def with_devices(path: str, text: str, devices: Sequence[NewDevice]) -> str:
    """The file with these devices at the end of its list. Errors: `NotEditableError`."""
    document = read_yaml(path, text)
    lines = text.rstrip("\n").split("\n")
    value = document.value if isinstance(document.value, dict) else {}
    if not isinstance(value, dict) or document.problems:
        raise NotEditableError
    if not value.get("devices"):
        at, margin = _empty_list(document, value, lines), 2
    else:
        at, margin = _end_of_list(document, lines)
    new = [line for device in devices for line in _written(device, margin)]
    return "\n".join([*lines[:at], *new, *lines[at:]]) + "\n"


def with_moved(
    path: str, text: str, to_path: str, to_text: str, device: str, why: str
) -> tuple[str, str]:
    """Both files after a device's lines have gone from one to the other, `why` above them.

    Errors: `NotEditableError`.
    """
    document, lines = read_yaml(path, text), text.split("\n")
    places = [place for place, told in document.mappings("devices") if told.get("name") == device]
    if not places:
        raise NotEditableError
    start, end, margin = item_lines(document, lines, places[0])
    target, wanted = read_yaml(to_path, to_text), to_text.rstrip("\n").split("\n")
    value = target.value if isinstance(target.value, dict) else {}
    if target.problems:
        raise NotEditableError
    if value.get("devices"):
        at, depth = _end_of_list(target, wanted)
    else:
        at, depth = _empty_list(target, value, wanted), 2
    taken = [" " * depth + line[margin:] if line.strip() else line for line in lines[start:end]]
    wanted[at:at] = [f"{' ' * depth}# {why}", *taken]
    return "\n".join([*lines[:start], *lines[end:]]), "\n".join(wanted) + "\n"


def with_value(path: str, text: str, device: str, key: str, value: str, why: str) -> str:
    """The file with another value of a device's key, or with the key put in after its name.

    A comment behind the value stays where it is; `why` stands above. Errors: `NotEditableError`.
    """
    document = read_yaml(path, text)
    lines = text.split("\n")
    for place, told in document.mappings("devices"):
        if told.get("name") != device:
            continue
        line = document.position((*place, "name"))[0] - 1
        match = re.match(r"( *)(- )?", lines[line])
        margin = len(match[0]) if match else 4
        note = f"{' ' * margin}# {why}"
        if key not in told:
            lines[line + 1 : line + 1] = [note, f"{' ' * margin}{key}: {quoted(value)}"]
            return "\n".join(lines)
        at = document.position((*place, key))[0] - 1
        found = _VALUE.fullmatch(lines[at])
        if found is None or not found["head"].strip(" -").startswith(f"{key}:"):
            raise NotEditableError
        lines[at] = f"{found['head']}{quoted(value)}{found['rest']}"
        if not found["head"].lstrip().startswith("-"):
            lines.insert(at, note)
        return "\n".join(lines)
    raise NotEditableError


def quoted(value: str) -> str:
    """The value as YAML has it on one line: bare where that is read back as the same text."""
    written = yaml.safe_dump(value, allow_unicode=True, width=10_000).split("\n")[0]
    read = read_yaml("", f"a: {written}").value
    return written if read == {"a": value} else yaml.safe_dump(value, default_style='"').strip()


def item_lines(document: Document, lines: list[str], place: Place) -> tuple[int, int, int]:
    """The first line of an item of a list, the line after its last one, how far in its dash stands.

    Errors: `NotEditableError`.
    """
    start = document.position(place)[0] - 1
    match = _ITEM.match(lines[start])
    if match is None:
        raise NotEditableError
    margin, at = len(match[1]), start + 1
    last = at
    while at < len(lines):
        here = lines[at]
        deep = len(here) - len(here.lstrip(" "))
        if here.strip() and deep <= margin:
            break
        at += 1
        if here.strip():
            last = at
    return start, last, margin


def difference(path: str, before: str, after: str) -> str:
    """The two texts of a file as a unified diff that `git apply` takes."""
    return "".join(
        line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"
        for line in difflib.unified_diff(
            before.splitlines(keepends=True),
            after.splitlines(keepends=True),
            f"a/{path}",
            f"b/{path}",
        )
    )


def _written(device: NewDevice, margin: int) -> list[str]:
    pad = " " * margin
    lines = [f"{pad}# {device.why}"]
    for number, (key, value) in enumerate(device.values.items()):
        note = f"  # {device.notes[key]}" if key in device.notes else ""
        lines.append(f"{pad}{'  ' if number else '- '}{key}: {quoted(value)}{note}")
    return lines


def _empty_list(document: Document, value: Mapping[str, object], lines: list[str]) -> int:
    """Make room for the first device: the line number after `devices:`."""
    if "devices" not in value:
        lines += ["", "devices:"]
        return len(lines)
    line = document.position(("devices",), key=True)[0] - 1
    if not re.fullmatch(r"devices:\s*(\[\]|null|~)?\s*(#.*)?", lines[line]):
        raise NotEditableError
    lines[line] = "devices:"
    return line + 1


def _end_of_list(document: Document, lines: list[str]) -> tuple[int, int]:
    """The line after the last device, and how far in its dash stands."""
    items = list(document.mappings("devices"))
    if not items:
        raise NotEditableError
    _, end, margin = item_lines(document, lines, items[-1][0])
    return end, margin
