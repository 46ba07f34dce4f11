"""The files of a workspace as bytes, and their text; nothing is read twice, so digests are true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from controller.errors import Problem, Text
from controller.workspace.find import SETTINGS_FILE

OFFICE = "inventory/office.yaml"
GROUPS = "inventory/groups.yaml"
HEALTH = "inventory/health.yaml"
SITES = "inventory/sites/"
ASSETS = "inventory/assets/"
TEMPLATES = "inventory/config/"
COMPLIANCE = "compliance"
RULES = "compliance/rules/"
WAIVERS = "compliance/waivers.yaml"
MODELS = "specs/models/"
BASELINES = "specs/baselines/"
EDITIONS = "specs/editions.yaml"
PLAYBOOKS = "playbooks/"
ROLES = "playbooks/roles/"
SCHEDULE = "schedules.yaml"
# Where the schedule stood in earlier versions; nothing reads it any more.
OLD_SCHEDULE = "compliance/schedule.yaml"

_FOLDERS = ("inventory", "specs", "compliance", "playbooks")
# What Python leaves behind beside modules of the office: never part of a workspace.
_LEFTOVERS = "__pycache__"
_LARGEST = 20_000_000
_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


def read_files(
    root: Path, paths: Iterable[Path] | None = None
) -> tuple[dict[str, bytes], list[Problem]]:
    """Every file the workspace is made of, by path relative to `root`, in order of path.

    With `paths` only these of them.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in workspace_files(root) if paths is None else paths:
        relative = path.relative_to(root).as_posix()
        try:
            if relative.startswith(PLAYBOOKS) and path.is_symlink():
                # Its text is shown, and handed to Ansible: nothing from elsewhere may be.
                problems.append(Problem(relative, 0, 0, _LINK))
            elif path.stat().st_size > _LARGEST:
                problems.append(_too_large(relative))
            else:
                files[relative] = path.read_bytes()
        except OSError as error:
            problems.append(_unreadable(relative, error))
    return files, problems


def workspace_files(root: Path) -> list[Path]:
    """The files a workspace is made of, sorted: settings, schedule, and what is in its folders."""
    return sorted(_candidates(root))


def files_below(root: Path, folder: str) -> list[Path]:
    """The files of one folder of the workspace and those below it, sorted; hidden ones left out."""
    return sorted(_below(root / folder))


def text_of(path: str, content: bytes) -> str | Problem:
    """The text of a file: UTF-8, with or without a byte order mark, any line ends.

    Anything else gives a problem at the first wrong byte.
    """
    if content.startswith(_UTF16_BOMS):
        return Problem(path, 1, 1, _SAVE_AS_UTF8, found="UTF-16", allowed=("UTF-8",))
    try:
        text = content.removeprefix(_UTF8_BOM).decode()
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1
        found = _legacy_thai(content) or f"0x{content[error.start]:02x}"
        return Problem(path, line, column, _SAVE_AS_UTF8, found=found, allowed=("UTF-8",))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _candidates(root: Path) -> Iterator[Path]:
    for single in (SETTINGS_FILE, SCHEDULE):
        if (root / single).is_file():
            yield root / single
    for name in _FOLDERS:
        yield from _below(root / name)


def _below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") or part == _LEFTOVERS for part in parts)
        if not hidden and not path.name.startswith("~$") and path.is_file():
            yield path


def _legacy_thai(content: bytes) -> str:
    try:
        text = content.decode("cp874")
    except UnicodeDecodeError:
        return ""
    thai = any("ก" <= letter <= "๛" for letter in text)
    return "TIS-620 / Windows-874" if thai else ""


_SAVE_AS_UTF8 = Text(
    th="ไฟล์นี้ไม่ได้เข้ารหัสแบบ UTF-8 โปรดบันทึกใหม่เป็น UTF-8 (ใน Excel เลือก “CSV UTF-8”)",
    en="the file is not UTF-8; save it again as UTF-8 (in Excel choose “CSV UTF-8”)",
)


_LINK = Text(
    th="ใน playbooks/ ไม่ใช้ลิงก์ไปยังไฟล์อื่น ให้คัดลอกไฟล์มาไว้",
    en="below playbooks/ no links are used; copy the file there",
)


def _too_large(path: str) -> Problem:
    return Problem(
        path, 0, 0, Text(th="ไฟล์ใหญ่เกิน 20 ล้านไบต์", en="the file is larger than 20 million bytes")
    )


def _unreadable(path: str, error: OSError) -> Problem:
    why = error.strerror or type(error).__name__
    return Problem(path, 0, 0, Text(th=f"เปิดอ่านไฟล์ไม่ได้: {why}", en=f"cannot be read: {why}"))
