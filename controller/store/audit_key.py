"""The private key of the audit log: made at its first use, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from controller.errors import StoreError, Text


def load_or_make_key(path: Path) -> Ed25519PrivateKey:
    """The Ed25519 key in a PEM file; a new one when there is none.

    Many processes may ask at once: one makes it, all get the same. Errors: `StoreError` when the
    file cannot be read, is no such key, or others than its owner may read it.
    """
    try:
        if not path.exists():
            make_key(path)
        mode = stat.S_IMODE(path.stat().st_mode)
        pem = path.read_bytes()
    except OSError as error:
        raise _trouble(path, error.strerror or "", error.strerror or "") from error
    if mode & 0o077:
        raise StoreError(
            Text(
                th=f"ผู้อื่นอ่านกุญแจของบันทึกตรวจสอบ {path} ได้",
                en=f"others may read the key of the audit log, {path}",
            ),
            hint=Text(th=f"สั่ง chmod 600 {path}", en=f"run chmod 600 {path}"),
        )
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise _trouble(path, "แฟ้มเสียหาย", "the file is damaged") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _trouble(path, "ไม่ใช่กุญแจ Ed25519", "it is no Ed25519 key")
    return key


def make_key(path: Path) -> None:
    """Write a new key, whole and at once, unless there is one by then. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    new = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(handle)
        # A link fails when the name is taken: of many first starts one wins, whole.
        os.link(new, path)
    except FileExistsError:
        pass
    finally:
        new.unlink()


def _trouble(path: Path, th: str, en: str) -> StoreError:
    return StoreError(
        Text(
            th=f"อ่านกุญแจของบันทึกตรวจสอบ {path} ไม่ได้: {th}",
            en=f"cannot read the key of the audit log, {path}: {en}",
        ),
        hint=Text(
            th="ตรวจสิทธิ์ของแฟ้ม หรือกู้คืนจากสำเนาสำรอง อย่าลบทิ้ง เพราะหลักหมุดเดิมลงนามด้วยกุญแจนี้",
            en="check the file's permissions or restore it from a backup; do not delete it, "
            "as the anchors so far are signed with it",
        ),
    )
