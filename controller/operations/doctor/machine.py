"""The machine: Python, libraries, disk, fonts, files a process may open, the clock, Ansible."""

from __future__ import annotations

import platform
import resource
import shutil
import sys
import time
from collections.abc import Iterator
from importlib import metadata, resources
from pathlib import Path

import controller
from controller.errors import Text
from controller.operations.doctor.check import Check, Installation, Need
from controller.thai import BANGKOK

PYTHON = Need("machine.python", Text(th="โปรแกรมและ Python", en="program and Python"))
LIBRARIES = Need("machine.libraries", Text(th="ไลบรารี", en="libraries"))
TEXT = Need("machine.text", Text(th="ภาษาไทยในชื่อไฟล์", en="Thai in file names"))
FONTS = Need("machine.fonts", Text(th="แบบอักษรของเอกสาร", en="fonts of documents"))
OPEN_FILES = Need("machine.open_files", Text(th="จำนวนแฟ้มที่เปิดได้", en="open files"))
CLOCK = Need("machine.clock", Text(th="นาฬิกา", en="clock"))
DISK = Need("machine.disk", Text(th="พื้นที่ดิสก์", en="disk"))
ANSIBLE = Need("machine.ansible", Text(th="Ansible", en="Ansible"))

_OLDEST = (3, 11)
_FILES = 1024
_LITTLE, _TOO_LITTLE = 2_000_000_000, 200_000_000
_FONTS = ("Regular", "Bold", "Italic", "BoldItalic")
# No right clock shows a day before this program was written.
_YEAR = 2026


def machine(at: Installation) -> Iterator[Check]:
    """Every check of the machine."""
    yield _python()
    yield _libraries()
    yield _text()
    yield _fonts()
    yield _open_files()
    yield _clock(at)
    yield _disk(at.folder)
    yield _ansible(at.root)


def _python() -> Check:
    found = f"khaen {controller.__version__}, Python {platform.python_version()}"
    if sys.version_info >= _OLDEST:
        return PYTHON.ok(found, found)
    return PYTHON.fail(
        Text(th=found, en=found),
        Text(th="ติดตั้ง Python 3.11 ขึ้นไป", en="install Python 3.11 or later"),
    )


def _libraries() -> Check:
    from packaging.requirements import Requirement

    try:
        wanted = [Requirement(line) for line in metadata.requires("khaen") or ()]
    except metadata.PackageNotFoundError:
        return LIBRARIES.unknown(
            Text(th="โปรแกรมไม่ได้ติดตั้งด้วย pip", en="the program was not installed by pip"),
            Text(th="ติดตั้งด้วย make setup", en="install it with make setup"),
        )
    needed = [one for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})]
    wrong = [f"{one.name} {said}" for one in needed if (said := _wrong(one.name, one.specifier))]
    if not wrong:
        return LIBRARIES.ok(f"ครบ {len(needed)} รายการ", f"all {len(needed)} are right")
    names = ", ".join(wrong)
    return LIBRARIES.fail(
        Text(th=f"ขาดหรือผิดรุ่น: {names}", en=f"missing or of another version: {names}"),
        Text(th="ติดตั้งใหม่ด้วย make setup", en="install again with make setup"),
    )


def _wrong(name: str, specifier: object) -> str | None:
    """What is wrong with an installed library: `-` when it is missing, else its version."""
    from packaging.specifiers import SpecifierSet

    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        return "-"
    return None if SpecifierSet(str(specifier)).contains(found, prereleases=True) else found


def _text() -> Check:
    if sys.getfilesystemencoding().lower() == "utf-8":
        return TEXT.ok("UTF-8", "UTF-8")
    found = sys.getfilesystemencoding()
    return TEXT.fail(
        Text(th=f"ระบบใช้ {found}", en=f"the system uses {found}"),
        Text(th="ตั้ง LANG=C.UTF-8", en="set LANG=C.UTF-8"),
    )


def _fonts() -> Check:
    folder = resources.files("controller.documents").joinpath("fonts")
    missing = [s for s in _FONTS if not folder.joinpath(f"SPMSaraban-{s}.ttf").is_file()]
    if not missing:
        return FONTS.ok("มากับโปรแกรมครบ", "all come with the program")
    names = ", ".join(missing)
    return FONTS.fail(
        Text(th=f"ขาด {names}", en=f"missing: {names}"),
        Text(th="ติดตั้งใหม่ด้วย make setup", en="install again with make setup"),
    )


def _open_files() -> Check:
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if soft == resource.RLIM_INFINITY or soft >= _FILES:
        count = "∞" if soft == resource.RLIM_INFINITY else str(soft)
        return OPEN_FILES.ok(count, count)
    return OPEN_FILES.warn(
        Text(th=f"{soft} แฟ้ม น้อยเกินไปสำหรับอุปกรณ์จำนวนมาก", en=f"{soft}, few for many devices"),
        Text(th="สั่ง ulimit -n 4096 หรือตั้ง LimitNOFILE", en="ulimit -n 4096, or LimitNOFILE"),
    )


def _clock(at: Installation) -> Check:
    now = at.clock()
    here = f"{now.astimezone(BANGKOK):%Y-%m-%d %H:%M} (UTC+7)"
    zone = time.strftime("%z")
    if now.year < _YEAR:
        return CLOCK.fail(
            Text(th=f"นาฬิกาแสดง {here}", en=f"the clock says {here}"),
            Text(th="ตั้งนาฬิกาด้วย NTP", en="set the clock by NTP"),
        )
    return CLOCK.ok(
        f"{here} เครื่องตั้งเขตเวลา {zone} ส่วนโปรแกรมใช้เวลาไทยเสมอ",
        f"{here}; the machine's zone is {zone}, the program always uses Thai time",
    )


def _disk(folder: Path) -> Check:
    place = next(p for p in (folder, *folder.parents) if p.exists())
    free = shutil.disk_usage(place).free
    found = Text(th=f"ว่าง {free / 1e9:.1f} GB ที่ {place}", en=f"{free / 1e9:.1f} GB free at {place}")
    room = Text(
        th="เพิ่มพื้นที่ หรือย้ายโฟลเดอร์ข้อมูลด้วย KHAEN_DATA",
        en="make room, or move the var folder (KHAEN_DATA)",
    )
    if free < _TOO_LITTLE:
        return DISK.fail(found, room)
    return DISK.warn(found, room) if free < _LITTLE else DISK.ok(found.th, found.en)


def _ansible(root: Path) -> Check:
    from controller.connections.ansible.tools import missing, tools

    found = tools(())
    if found is not None:
        core = next(one.version for one in found if one.name == "ansible-core")
        return ANSIBLE.ok(f"ansible-core {core}", f"ansible-core {core}")
    if any((root / "playbooks").glob("*.yml")):
        error = missing()
        return ANSIBLE.warn(error.message, error.hint or error.message)
    return ANSIBLE.ok("ไม่ได้ติดตั้ง และไม่มีเพลย์บุ๊กที่ต้องใช้", "not installed, and no playbook needs it")
