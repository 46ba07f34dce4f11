"""Files of NetBox device types as people hand them over: YAML, or a ZIP of it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from controller.errors import InputError, Problem, Text
from controller.specs.described_kind import described_kind
from controller.specs.device_type import NoDeviceTypeError, read_device_type
from controller.specs.model import Model
from controller.specs.models import model_key
from controller.workspace.files import text_of
from controller.workspace.yaml_lines import read_yaml

LARGEST = 5_000_000
"""Bytes of all the files together, unpacked."""
MOST = 2_000
SUFFIXES = (".yaml", ".yml")
# RuntimeError: packed with a password, or in a way that cannot be unpacked.
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError)


@dataclass(frozen=True)
class Told:
    """A model that a file tells of, and what that file does not tell. `name` is the file's.

    `described` is the kind its description speaks of, empty for none.
    """

    name: str
    model: Model
    notes: tuple[Text, ...] = ()
    described: str = ""


def read_device_types(files: Mapping[str, bytes]) -> tuple[tuple[Told, ...], tuple[Problem, ...]]:
    """The models of these files (name -> content), by name, and everything wrong in them.

    Of a ZIP the YAML files in it are read. Errors: `InputError` for no or too many files.
    """
    told: list[Told] = []
    faults: list[Problem] = []
    seen: dict[str, str] = {}
    for name, content in sorted(_unpacked(files).items()):
        read = _read(name, content)
        if not isinstance(read, Told):
            faults += read
            continue
        before = seen.setdefault(model_key(read.model.model), name)
        if before == name:
            told.append(read)
        else:
            faults.append(Problem(name, 0, 0, _twice(before), found=read.model.model))
    return tuple(told), tuple(faults)


def _unpacked(files: Mapping[str, bytes]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name, content in files.items():
        if name.lower().endswith(".zip"):
            found |= dict(_packed(name, content))
        else:
            found[name] = content
        if len(found) > MOST or sum(map(len, found.values())) > LARGEST:
            raise _TOO_MANY
    if not found:
        raise _NOTHING
    return found


def _packed(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The YAML files in a ZIP, never more of them than may be handed over."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            wanted = [i for i in packed.infolist() if i.filename.lower().endswith(SUFFIXES)]
            if len(wanted) > MOST or sum(one.file_size for one in wanted) > LARGEST:
                raise _TOO_MANY
            for one in wanted:
                # What a ZIP says of its sizes may be untrue: read no more than was said.
                with packed.open(one) as opened:
                    yield f"{name} ▸ {one.filename}", opened.read(one.file_size)
    except _BROKEN:
        raise InputError(
            Text(th=f"{name} ไม่ใช่ ZIP ที่อ่านได้", en=f"{name} is no ZIP that can be read"),
            hint=Text(
                th="บีบอัดใหม่เป็น ZIP ธรรมดา ไม่มีรหัสผ่าน", en="pack it again as a plain ZIP, no password"
            ),
        ) from None


def _read(name: str, content: bytes) -> Told | tuple[Problem, ...]:
    text = text_of(name, content)
    if not isinstance(text, str):
        return (text,)
    document = read_yaml(name, text)
    if document.problems:
        return document.problems
    if not isinstance(document.value, dict):
        return (Problem(name, 1, 1, _NO_MAPPING),)
    try:
        model, notes = read_device_type(document.value)
    except NoDeviceTypeError as error:
        return (document.problem((error.key,), error.text),)
    return Told(name, model, notes, described_kind(document.value, model))


def _twice(before: str) -> Text:
    return Text(th=f"รุ่นนี้มีแล้วใน {before}", en=f"{before} tells of this model already")


_NO_MAPPING = Text(
    th="ไม่ใช่ device type ของ NetBox ต้องเป็นกลุ่มของ “หัวข้อ: ค่า”",
    en="no NetBox device type: it must be a group of “key: value”",
)
_TOO_MANY = InputError(
    Text(
        th=f"รับ device type ครั้งละไม่เกิน {MOST:,} ไฟล์ รวมไม่เกิน 5 MB",
        en=f"at most {MOST:,} files of device types at a time, 5 MB in all, are taken",
    ),
    hint=Text(th="แบ่งนำเข้าเป็นหลายครั้ง", en="import them in several parts"),
)
_NOTHING = InputError(
    Text(th="ไม่มีไฟล์ device type (.yaml)", en="there is no file of a device type (.yaml)"),
    hint=Text(th="เลือกไฟล์ .yaml หรือ .zip ของไฟล์เหล่านั้น", en="choose .yaml files, or a .zip of them"),
)
