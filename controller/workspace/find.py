"""Where the workspace is: the nearest folder upwards that holds `khaen.toml`."""

from __future__ import annotations

from pathlib import Path

from controller.errors import InputError, Text

SETTINGS_FILE = "khaen.toml"


def find_workspace(start: Path) -> Path:
    """The workspace `start` lies in, as an absolute path.

    Errors: `InputError` when neither `start` nor a folder above it holds `khaen.toml`.
    """
    folder = start.absolute()
    for candidate in (folder, *folder.parents):
        if (candidate / SETTINGS_FILE).is_file():
            return candidate
    raise InputError(
        Text(
            th=f"ไม่พบ {SETTINGS_FILE} ใน {folder} และโฟลเดอร์ที่อยู่เหนือขึ้นไป",
            en=f"no {SETTINGS_FILE} in {folder} or a folder above it",
        ),
        hint=Text(
            th="สร้างพื้นที่ทำงานใหม่ด้วย khaen init โฟลเดอร์ หรือย้ายเข้าไปในโฟลเดอร์ที่มีอยู่แล้ว",
            en="make a new workspace with khaen init DIR, or change into an existing one",
        ),
    )
