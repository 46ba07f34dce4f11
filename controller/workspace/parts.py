"""The two files a command needs before it knows whether it needs the rest: settings and office.

Reading 1,500 devices to learn who is signed in would make every command slow.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from controller.errors import InputError, Problem, Text
from controller.inventory.office import Office
from controller.settings import Settings
from controller.workspace.explain import read_model
from controller.workspace.files import OFFICE, text_of
from controller.workspace.find import SETTINGS_FILE
from controller.workspace.office_checks import check_office
from controller.workspace.toml_lines import read_toml
from controller.workspace.yaml_lines import read_yaml

T = TypeVar("T")


def read_settings(root: Path) -> Settings:
    """The settings of the workspace at `root`. Errors: `InputError` with every problem."""
    document = read_toml(SETTINGS_FILE, _text(root, SETTINGS_FILE))
    settings, problems = read_model(Settings, document) if not document.problems else (None, [])
    return _whole(settings, (*document.problems, *problems))


def read_office(root: Path) -> Office:
    """The office of the workspace at `root`. Errors: `InputError` with every problem."""
    document = read_yaml(OFFICE, _text(root, OFFICE))
    if document.root is None or document.problems:
        return _whole(None, tuple(document.problems))
    office, problems = read_model(Office, document)
    return _whole(office, (*check_office(document), *problems))


def _text(root: Path, path: str) -> str:
    try:
        content = (root / path).read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(
            Text(th=f"อ่าน {path} ไม่ได้: {why}", en=f"cannot read {path}: {why}")
        ) from None
    text = text_of(path, content)
    return text if isinstance(text, str) else _whole(None, (text,))


def _whole(value: T | None, problems: tuple[Problem, ...]) -> T:
    if value is not None and not problems:
        return value
    raise InputError(
        Text(
            th=f"ไฟล์ตั้งต้นมีข้อผิดพลาด {len(problems)} แห่ง",
            en=f"{len(problems)} problems in a file every command needs",
        ),
        hint=Text(th="ดูทั้งหมดด้วย khaen validate", en="see them all with khaen validate"),
        problems=problems,
    )
