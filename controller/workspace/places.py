"""Files nobody would read because of where they lie or how they are called."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath

from controller.errors import Problem, Text
from controller.language import nearest
from controller.workspace.files import (
    ASSETS,
    BASELINES,
    EDITIONS,
    GROUPS,
    HEALTH,
    MODELS,
    OFFICE,
    OLD_SCHEDULE,
    PLAYBOOKS,
    RULES,
    SCHEDULE,
    SITES,
    TEMPLATES,
    WAIVERS,
)
from controller.workspace.find import SETTINGS_FILE

_SUFFIXES = {
    SITES: ".yaml",
    ASSETS: ".csv",
    TEMPLATES: ".j2",
    RULES: ".yaml",
    MODELS: ".yaml",
    BASELINES: ".yaml",
}
_SINGLE = (OFFICE, GROUPS, HEALTH, WAIVERS, SCHEDULE, EDITIONS)
_NOTES = (".md", ".txt")


def check_places(paths: Collection[str], sites: Collection[str]) -> Iterator[Problem]:
    """What is missing, and what lies where it has no effect; `sites` are the site files' names."""
    for path in (SETTINGS_FILE, OFFICE):
        if path not in paths:
            yield Problem(path, 0, 0, _NO_FILE)
    if not sites:
        yield Problem(SITES, 0, 0, _NO_SITES)
    yield from _misplaced(path for path in paths if not path.endswith(_NOTES))


MOVED = Text(
    th=f"ไฟล์นี้ย้ายไปอยู่ที่ {SCHEDULE} แล้ว ให้พิมพ์ git mv {OLD_SCHEDULE} {SCHEDULE}",
    en=f"this file is {SCHEDULE} now; type git mv {OLD_SCHEDULE} {SCHEDULE}",
)


def check_register_files(paths: Iterable[str], sites: Collection[str]) -> Iterator[Problem]:
    """Register files that bear the name of no site."""
    for path in paths:
        site = PurePosixPath(path).stem
        if site not in sites:
            allowed = tuple(sorted(sites))
            yield Problem(path, 0, 0, _NO_SITE, site, allowed, nearest(site, sites))


def _misplaced(paths: Iterable[str]) -> Iterator[Problem]:
    for path in paths:
        # What lies below playbooks/ is Ansible's to name.
        if path == SETTINGS_FILE or path in _SINGLE or path.startswith(PLAYBOOKS):
            continue
        if path == OLD_SCHEDULE:
            yield Problem(path, 0, 0, MOVED, suggestion=SCHEDULE)
            continue
        folder = "/".join(path.split("/")[:2]) + "/"
        suffix = _SUFFIXES.get(folder)
        if suffix is None:
            yield _unread(path, folder)
            continue
        nested = folder != TEMPLATES and "/" in path.removeprefix(folder)
        if nested or not path.endswith(suffix):
            meant = folder + PurePosixPath(path).stem + suffix
            yield Problem(path, 0, 0, _misnamed(suffix), suggestion=meant)


def _unread(path: str, folder: str) -> Problem:
    below = path.count("/") > 1
    known = tuple(_SUFFIXES) if below else _SINGLE
    near = nearest(folder if below else path, known)
    meant = near + path.removeprefix(folder) if below and near else near
    return Problem(path, 0, 0, _NOT_READ, allowed=known, suggestion=meant)


def _misnamed(suffix: str) -> Text:
    return Text(
        th=f"ในโฟลเดอร์นี้อ่านเฉพาะไฟล์ที่ลงท้ายด้วย {suffix} และไม่อ่านโฟลเดอร์ย่อย",
        en=f"here only files ending in {suffix} are read, and no folders below",
    )


_NO_FILE = Text(th="ไม่มีไฟล์นี้", en="the file is missing")
_NO_SITES = Text(
    th="ยังไม่มีไฟล์ของสถานศึกษาหรือหน่วยงานใด", en="there is no file of any school or office"
)
_NO_SITE = Text(th="ไม่มีหน่วยงานนี้ใน inventory/sites", en="no such site in inventory/sites")
_NOT_READ = Text(
    th="โปรแกรมไม่อ่านไฟล์นี้ ตรวจชื่อไฟล์และโฟลเดอร์",
    en="nothing reads this file; check its name and folder",
)
