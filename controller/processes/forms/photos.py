"""Reads the photos of a form: the hash of each stands among the values, so the form binds them.

The bytes themselves are kept elsewhere, under that hash.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from controller.processes.forms.definition import FormField
from controller.processes.forms.scalars import Wrong

MOST_PHOTOS = 5
LARGEST_PHOTO = 8_000_000
"""Bytes of a photo as it is handed in."""

Photo = dict[str, str]
"""`name` as people called it, `sha256` (hex) of the bytes that are kept."""

_HASH = re.compile(r"[0-9a-f]{64}")
_LONGEST_NAME = 120


def read_photos(
    asked: FormField, raw: object, kept: Collection[str] | None
) -> tuple[list[Photo], list[tuple[int, Wrong]]]:
    """The photos in their order, and what is wrong with the one at each place.

    `kept` are the hashes of the pictures there are; None when nobody asked.
    """
    if not isinstance(raw, list):
        return [], [(-1, _LIST)]
    photos: list[Photo] = []
    wrongs: list[tuple[int, Wrong]] = []
    for at, item in enumerate(raw):
        read = _read(item, kept)
        if isinstance(read, Wrong):
            wrongs.append((at, read))
        elif any(read["sha256"] == other["sha256"] for other in photos):
            wrongs.append((at, Wrong("ภาพนี้แนบไว้แล้ว", "is there already")))
        else:
            photos.append(read)
    if len(raw) > MOST_PHOTOS:
        told = Wrong(f"แนบได้ไม่เกิน {MOST_PHOTOS} ภาพ", f"holds at most {MOST_PHOTOS} photos")
        wrongs.append((-1, told))
    return photos, wrongs


def photos_of(value: object) -> tuple[Photo, ...]:
    """The photos in a value as `fill` gives it."""
    given = value if isinstance(value, list) else ()
    return tuple(
        {"name": str(one.get("name", "")), "sha256": str(one.get("sha256", ""))}
        for one in given
        if isinstance(one, Mapping)
    )


def _read(item: object, kept: Collection[str] | None) -> Photo | Wrong:
    if not isinstance(item, Mapping):
        return _PATH
    name, sha256 = str(item.get("name") or ""), str(item.get("sha256") or "")
    if set(item) - {"name", "sha256"} or not _HASH.fullmatch(sha256):
        return _SHAPE
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        return Wrong("ชื่อภาพใช้ไม่ได้", "has a name that cannot be printed, or none")
    if kept is not None and sha256 not in kept:
        return Wrong("ไม่พบภาพนี้ ให้ส่งภาพใหม่", "is not kept here; hand the picture in again")
    return {"name": name, "sha256": sha256}


_LIST = Wrong("เป็นรายการภาพ ให้เขียนแต่ละภาพขึ้นต้นด้วย “-”", "is a list of photos; begin each with “-”")
_PATH = Wrong(
    "เป็นชื่อแฟ้ม ยังไม่ใช่ภาพที่ส่งแล้ว ให้กรอกด้วย khaen form fill ซึ่งอ่านแฟ้มภาพให้",
    "is the name of a file, not of a picture that was handed in; khaen form fill reads the file",
)
_SHAPE = Wrong(
    "แต่ละภาพมี name และ sha256 ของภาพที่ส่งแล้ว",
    "is a name and the sha256 of a picture that was handed in",
    allowed=("name", "sha256"),
)
