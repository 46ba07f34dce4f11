"""Proves an export before anything of it is believed: whole, unaltered, its audit log one chain."""

from __future__ import annotations

import hashlib
import json
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from controller.errors import InputError, Problem, Text
from controller.store import audit_words as words
from controller.store.audit_chain import check
from controller.store.audit_entry import Anchor, Entry, signature_fits
from controller.store.audit_keeper import parse_anchor
from controller.store.canonical import time_value
from controller.store.export.shape import (
    ANCHORS,
    FOLDERS,
    FORMAT,
    HEAD,
    HEADER,
    KEY_NAMES,
    KEYS,
    LOG,
    MANIFEST,
    SIGNATURE,
    TABLES,
    Hashing,
    Manifest,
    Member,
    manifest_of,
    signed_bytes,
)

_NAMED = 20


@dataclass(frozen=True)
class Export:
    """A file whose every byte its manifest names, signed by `manifest.public_key`.

    `log_problems` is what is wrong with the audit log in it, as whoever exported it already said;
    empty when the log is one chain with a signed head.
    """

    file: Path
    sha256: str
    manifest: Manifest
    log_problems: tuple[Text, ...]


def check_export(file: Path, public_key: str | None = None) -> Export:
    """Read the whole file and prove it.

    `public_key` is the key the office gave out; without it the key in the file is believed. Errors:
    `InputError` when it is no export, or with every part that was changed, is missing or too much.
    """
    walk = _Walk()
    with opened(file) as tar:
        for info in tar:
            walk.step(info, tar)
    manifest = walk.finish(file, public_key)
    return Export(file, _sha256(file), manifest, walk.log_problems)


@contextmanager
def opened(file: Path) -> Iterator[tarfile.TarFile]:
    """The tar in the file, to be read in one go. Errors: `InputError`, also while reading."""
    try:
        with tarfile.open(file, "r|gz") as tar:
            yield tar
    except (tarfile.TarError, zlib.error, EOFError) as error:
        raise InputError(
            Text(
                th=f"แฟ้ม {file} ไม่สมบูรณ์ หรือไม่ใช่แฟ้มส่งออกของระบบนี้",
                en=f"{file} is cut off or damaged, or is no export of an installation",
            ),
            hint=_MAKE_ONE,
        ) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(
            Text(th=f"อ่านแฟ้ม {file} ไม่ได้: {why}", en=f"cannot read the file {file}: {why}"),
            hint=_MAKE_ONE,
        ) from error


class _Walk:
    """One pass over the members; `step` for each in order, then `finish`."""

    def __init__(self) -> None:
        self.log_problems: tuple[Text, ...] = ()
        self._members: dict[str, Member] = {}
        self._small: dict[str, bytes] = {}
        self._twice: list[str] = []

    def step(self, info: tarfile.TarInfo, tar: tarfile.TarFile) -> None:
        """Hash one member, and look into those that prove something."""
        name = info.name
        if not self._members and name != HEADER:
            raise _not_ours()
        content = tar.extractfile(info) if info.isreg() and is_safe(name) else None
        if content is None or name in self._members:
            self._twice.append(name)
            return
        hashing = Hashing(content)
        if name in (HEADER, HEAD, ANCHORS, MANIFEST, SIGNATURE):
            self._small[name] = hashing.read()
        elif name == LOG:
            self._look_at_log(hashing)
        hashing.rest()
        self._members[name] = hashing.member
        if name == HEADER and self._said(HEADER).get("format") != FORMAT:
            raise _not_ours()

    def finish(self, file: Path, public_key: str | None) -> Manifest:
        """The manifest, once everything fits it. Errors: `InputError`."""
        content = self._small.get(MANIFEST)
        if content is None or SIGNATURE not in self._small:
            raise _changed(file, [_problem(MANIFEST, _MISSING)])
        signature = self._small[SIGNATURE].decode("ascii", "replace")
        try:
            manifest = manifest_of(json.loads(content))
        except (ValueError, TypeError, KeyError):
            raise _changed(file, [_problem(MANIFEST, _ALTERED)]) from None
        if public_key is not None and public_key != manifest.public_key:
            raise _other_key(manifest.public_key)
        fits = signature_fits(manifest.public_key, signature, signed_bytes(content))
        if not fits or self._said(HEADER).get("public_key") != manifest.public_key:
            raise _changed(file, [_problem(MANIFEST, _UNSIGNED)])
        problems = self._against(manifest)
        if problems:
            raise _changed(file, problems)
        return manifest

    def _against(self, manifest: Manifest) -> list[Problem]:
        listed, found = manifest.members, dict(self._members)
        for own in (MANIFEST, SIGNATURE):
            found.pop(own, None)
        problems = [_problem(n, _MISSING) for n in listed if n not in found]
        problems += [_problem(n, _TOO_MUCH) for n in [*found, *self._twice] if n not in listed]
        problems += [_problem(n, _TWICE) for n in self._twice if n in listed]
        return problems + [
            _problem(n, _ALTERED) for n in listed if n in found and found[n] != listed[n]
        ]

    def _look_at_log(self, log: Hashing) -> None:
        head = self._said(HEAD)
        if isinstance(head.get("problems"), list):
            self.log_problems = tuple(Text(th=p["th"], en=p["en"]) for p in head["problems"])
            return
        anchors = [parse_anchor(self._small.get(HEAD, b""), 0)]
        lines = self._small.get(ANCHORS, b"").splitlines()
        anchors += [parse_anchor(line, number) for number, line in enumerate(lines, 1)]
        # Later anchors are of entries that came while the export was being made.
        last = anchors[0].seq if anchors[0] else 0
        known: list[Anchor] = [a for a in anchors if a is not None and a.seq <= last]
        key = str(self._said(HEADER).get("public_key"))
        verdict = check(_entries(log), known, public_key=key)
        self.log_problems = tuple(p.message for p in verdict.problems)

    def _said(self, name: str) -> dict[str, Any]:
        try:
            said = json.loads(self._small.get(name, b""))
        except ValueError:
            return {}
        return said if isinstance(said, dict) else {}


def _entries(log: Hashing) -> Iterator[Entry]:
    for number, line in enumerate(log.lines(), 1):
        try:
            row = json.loads(line)
            content = json.loads(row["content"])
            yield Entry(
                int(row["seq"]), time_value(row["at"]), row["actor"], row["action"],
                row["subject"], content, row["previous"], row["hash"],
            )  # fmt: skip
        except (ValueError, TypeError, KeyError):
            raise InputError(words.unreadable(number, LOG)) from None


def is_safe(name: str) -> bool:
    """Whether a member may be written below the var folder, and to nowhere else."""
    if name in (HEADER, HEAD, ANCHORS, MANIFEST, SIGNATURE):
        return True
    path = PurePosixPath(name)
    plain = path.as_posix() == name and not path.is_absolute() and ".." not in path.parts
    if not plain or len(path.parts) < 2:
        return False
    if path.parts[0] == KEYS:
        return path.parts[1:] in {(key,) for key in KEY_NAMES}
    return f"{path.parts[0]}/" == TABLES or path.parts[0] in FOLDERS


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


_MAKE_ONE = Text(
    th="สร้างแฟ้มด้วย khaen export-history FILE แล้วคัดลอกมาให้ครบทั้งแฟ้ม",
    en="make one with khaen export-history FILE, and copy it whole",
)
_MISSING = Text(th="หายไปจากแฟ้ม", en="is missing from the file")
_TOO_MUCH = Text(th="ไม่ใช่ของที่ส่งออกมา", en="was not exported, and stands in the file")
_TWICE = Text(th="มีซ้ำในแฟ้ม หรือไม่ใช่แฟ้มธรรมดา", en="stands there twice, or is no plain file")
_ALTERED = Text(th="ถูกแก้ไขหลังส่งออก", en="was altered after the export")
_UNSIGNED = Text(
    th="ถูกแก้ไขหลังส่งออก: ลายมือชื่อดิจิทัลไม่ตรง",
    en="was altered after the export: its signature does not fit",
)


def _problem(name: str, message: Text) -> Problem:
    return Problem(path=name, line=0, column=0, message=message)


def _changed(file: Path, problems: list[Problem]) -> InputError:
    return InputError(
        Text(
            th=f"แฟ้ม {file} ไม่เหมือนตอนที่ส่งออก ({len(problems)} จุด) จึงไม่นำเข้า",
            en=f"{file} is not what was exported ({len(problems)} parts), so nothing is imported",
        ),
        hint=Text(
            th="ใช้สำเนาอื่นของแฟ้มนี้ และตรวจว่าผู้ใดแก้ไข",
            en="use another copy of the file, and find out who changed this one",
        ),
        problems=tuple(problems[:_NAMED]),
    )


def _other_key(found: str) -> InputError:
    return InputError(
        Text(
            th=f"แฟ้มนี้ลงนามด้วยกุญแจอื่น: {found}",
            en=f"the file is signed with another key: {found}",
        ),
        hint=Text(
            th="ตรวจว่าแฟ้มมาจากสำนักงานใด ก่อนใช้กุญแจนั้น",
            en="find out which office the file is from before believing that key",
        ),
    )


def _not_ours() -> InputError:
    return InputError(
        Text(
            th="แฟ้มนี้ไม่ใช่แฟ้มส่งออกของระบบนี้",
            en="this file is no export of an installation, or of a newer program",
        ),
        hint=_MAKE_ONE,
    )


__all__ = ["Export", "check_export", "is_safe", "opened"]
