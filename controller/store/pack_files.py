"""Packs of a git folder: many objects in one file, some only as their difference from another.

A pack of ours is whole in itself, and lies beside a note (`khaen/NAME`) of which of its objects had
a predecessor elsewhere: packed together later, those need only their difference too.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import secrets
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dulwich.pack import write_pack_index_v2

COMMIT, TREE, BLOB, _OFFSET_DELTA = 1, 2, 3, 6
_NAME = 20
# Where an index says how many objects there are: the last of 256 numbers after 8 bytes.
_COUNT = 8 + 255 * 4
# Two such packs together still fit the simple form of an index.
_MOST_BYTES = 1 << 30


@dataclass(frozen=True)
class Packed:
    """An object as a pack keeps it: `content` compressed, `size` bytes without.

    With `base`, the content is a difference from that object, and `kind` the base's.
    """

    kind: int
    size: int
    content: bytes
    base: bytes | None = None


def squeezed(kind: int, content: bytes, base: bytes | None = None) -> Packed:
    """An object, or its difference from `base`, ready for a pack."""
    return Packed(kind, len(content), zlib.compress(content), base)


class PackFolder:
    """The packs in a git folder, and the notes of those that are ours. Raises `OSError`."""

    def __init__(self, folder: Path) -> None:
        self._packs = folder / "objects" / "pack"
        self._notes = folder / "khaen"

    def ours(self) -> dict[str, int]:
        """Names of the packs made here, with their number of objects, small ones first.

        Packs above a gigabyte are left out: they are large enough.
        """
        found = {}
        for note in self._notes.glob("pack-*"):
            index = self._packs / f"{note.name}.idx"
            if index.exists() and index.with_suffix(".pack").stat().st_size < _MOST_BYTES:
                found[note.name] = _count(index)
        return dict(sorted(found.items(), key=lambda item: item[1]))

    def others(self) -> int:
        """How many packs somebody else made, git itself for example."""
        return len(list(self._packs.glob("*.idx"))) - len(self.ours())

    def read(self, name: str) -> Iterator[tuple[bytes, Packed]]:
        """Every object of one of our packs, in an order in which none comes before its base."""
        places = _places(self._packs / f"{name}.idx")
        names = dict(places)
        kinds: dict[bytes, int] = {}
        with (self._packs / f"{name}.pack").open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            with data:
                ends = [offset for offset, _ in places[1:]] + [len(data) - _NAME]
                for (offset, sha), end in zip(places, ends, strict=True):
                    packed = _read_entry(data, offset, end, names, kinds)
                    kinds[sha] = packed.kind
                    yield bytes(sha), packed

    def predecessors(self, name: str) -> dict[bytes, bytes]:
        """Object -> the one it followed, which is in another pack."""
        content = (self._notes / name).read_bytes()
        return {
            content[at : at + _NAME]: content[at + _NAME : at + 2 * _NAME]
            for at in range(0, len(content) - _NAME, 2 * _NAME)
        }

    def write(
        self, count: int, objects: Iterator[tuple[bytes, Packed]], follows: Mapping[bytes, bytes]
    ) -> str:
        """Make a pack of `count` objects, none before its base; durable when this returns its name.

        `follows` names predecessors of objects kept whole. Errors: `ValueError` for another number.
        """
        self._notes.mkdir(exist_ok=True, mode=0o700)
        new = self._packs / f".new-{secrets.token_hex(8)}"
        with _create(new) as file:
            index, checksum = _write_entries(file, count, objects)
            _sync(file)
        name = f"pack-{checksum.hex()}"
        note = self._notes / f".new-{secrets.token_hex(8)}"
        with _create(note) as file:
            file.write(b"".join(sha + base for sha, base in follows.items()))
            _sync(file)
        note.replace(self._notes / name)
        sync_folder(self._notes)
        new.replace(self._packs / f"{name}.pack")
        with _create(new) as file:
            write_pack_index_v2(file, sorted(index), checksum)
            _sync(file)
        # With its index the pack is there for everybody; before, nobody sees it.
        sync_folder(self._packs)
        new.replace(self._packs / f"{name}.idx")
        sync_folder(self._packs)
        return name

    def remove(self, name: str) -> None:
        """Take a pack away whose objects are in another one. Who reads it still can go on."""
        (self._packs / f"{name}.idx").unlink(missing_ok=True)
        (self._packs / f"{name}.pack").unlink(missing_ok=True)
        (self._notes / name).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what a killed packing left. Call it while nobody else packs."""
        for folder in (self._packs, self._notes):
            for file in folder.glob(".new-*"):
                file.unlink(missing_ok=True)
        for note in self._notes.glob("pack-*"):
            if not (self._packs / f"{note.name}.idx").exists():
                self.remove(note.name)


def sync_folder(path: Path) -> None:
    """Make new names in a folder durable."""
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _create(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _write_entries(
    file: BinaryIO, count: int, objects: Iterator[tuple[bytes, Packed]]
) -> tuple[list[tuple[bytes, int, int | None]], bytes]:
    """The rows of the index, unsorted, and the checksum."""
    head = b"PACK" + (2).to_bytes(4, "big") + count.to_bytes(4, "big")
    total = hashlib.sha1(head, usedforsecurity=False)
    file.write(head)
    offset, offsets = len(head), {}
    index: list[tuple[bytes, int, int | None]] = []
    for sha, packed in objects:
        offsets[sha] = offset
        entry = (
            _head(packed) if packed.base is None else _head(packed, offset - offsets[packed.base])
        )
        entry += packed.content
        total.update(entry)
        file.write(entry)
        index.append((sha, offset, zlib.crc32(entry)))
        offset += len(entry)
    if len(index) != count:
        raise ValueError(f"{len(index)} objects instead of {count}")
    file.write(total.digest())
    return index, total.digest()


def _count(index: Path) -> int:
    with index.open("rb") as file:
        file.seek(_COUNT)
        return int.from_bytes(file.read(4), "big")


def _places(index: Path) -> list[tuple[int, bytes]]:
    """Where each object begins in the pack, in the order of the pack."""
    content = index.read_bytes()
    count = int.from_bytes(content[_COUNT : _COUNT + 4], "big")
    names = _COUNT + 4
    offsets = names + (_NAME + 4) * count
    places = struct.unpack(f">{count}L", content[offsets : offsets + 4 * count])
    return sorted(
        (place, content[names + _NAME * n : names + _NAME * (n + 1)])
        for n, place in enumerate(places)
    )


def _head(packed: Packed, back: int = 0) -> bytes:
    """Kind and size of an entry; of a difference also how far `back` its base begins."""
    size = packed.size
    out = bytearray([(_OFFSET_DELTA if back else packed.kind) << 4 | size & 0xF])
    size >>= 4
    while size:
        out[-1] |= 0x80
        out.append(size & 0x7F)
        size >>= 7
    if back:
        told = [back & 0x7F]
        back >>= 7
        while back:
            back -= 1
            told.append(back & 0x7F | 0x80)
            back >>= 7
        out += bytes(reversed(told))
    return bytes(out)


def _read_entry(
    data: mmap.mmap, offset: int, end: int, names: Mapping[int, bytes], kinds: Mapping[bytes, int]
) -> Packed:
    at = offset
    byte = data[at]
    kind, size, shift = byte >> 4 & 7, byte & 0xF, 4
    while byte & 0x80:
        at += 1
        byte = data[at]
        size |= (byte & 0x7F) << shift
        shift += 7
    at += 1
    if kind != _OFFSET_DELTA:
        return Packed(kind, size, data[at:end])
    byte = data[at]
    back = byte & 0x7F
    while byte & 0x80:
        at += 1
        byte = data[at]
        back = (back + 1) << 7 | byte & 0x7F
    base = bytes(names[offset - back])
    return Packed(kinds[base], size, data[at + 1 : end], base)
