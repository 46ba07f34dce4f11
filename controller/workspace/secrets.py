"""The values behind secret references. They are read at the last moment and kept nowhere."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from controller.errors import InputError, Text


def resolve_secret(root: Path, reference: str) -> str:
    """The value `env/NAME` or `file/PATH` (relative to the workspace) refers to.

    Errors: `InputError` naming the reference, never the value.
    """
    kind, _, name = reference.partition("/")
    value = os.environ.get(name) if kind == "env" else _read(root / name, reference)
    if value is None:
        raise InputError(
            Text(
                th=f"ยังไม่ได้ตั้งตัวแปร {name} ที่ {reference} อ้างถึง",
                en=f"{reference}: the environment has no {name}",
            )
        )
    value = value.removesuffix("\n").removesuffix("\r")
    if not value or not value.isprintable():
        raise _unusable(reference)
    return value


def resolve_secrets(root: Path, references: Mapping[str, str]) -> dict[str, str]:
    """The values of `settings.secrets`, by name.

    Errors: as `resolve_secret`, for the first one that has none.
    """
    return {name: resolve_secret(root, reference) for name, reference in references.items()}


def _read(path: Path, reference: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise _unusable(reference) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(
            Text(
                th=f"อ่านรหัสลับจาก {reference} ไม่ได้: {why}", en=f"{reference} cannot be read: {why}"
            ),
            hint=Text(
                th="สร้างไฟล์นั้น (chmod 600) หรือแก้ข้อความอ้างอิงใน khaen.toml",
                en="make that file (chmod 600), or mend the reference in khaen.toml",
            ),
        ) from None


def _unusable(reference: str) -> InputError:
    # A line end inside a secret would let it smuggle further commands into a configuration.
    return InputError(
        Text(
            th=f"รหัสลับที่ {reference} ว่างเปล่าหรือมีอักขระที่ใช้ไม่ได้ (ต้องมีบรรทัดเดียว)",
            en=f"the secret at {reference} is empty or not one line of printable text",
        )
    )
