"""Files a person hands to a command: YAML, read with the place of every value."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from controller.errors import InputError, NotFound, Problem, Text
from controller.workspace.explain import read_model
from controller.workspace.files import text_of
from controller.workspace.yaml_lines import Document, read_yaml

M = TypeVar("M", bound=BaseModel)
STANDARD_INPUT = "-"
_LARGEST = 5_000_000


def input_text(path: str) -> str:
    """The text of a file, or of standard input for `-`: UTF-8.

    Errors: `NotFound`; `InputError` for a file that is too large or not UTF-8, with the place.
    """
    try:
        content = sys.stdin.buffer.read() if path == STANDARD_INPUT else _bytes(Path(path))
    except FileNotFoundError:
        raise NotFound(Text(th=f"ไม่พบไฟล์ {path}", en=f"there is no file {path}")) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(
            Text(th=f"อ่าน {path} ไม่ได้: {why}", en=f"cannot read {path}: {why}")
        ) from None
    text = text_of(path, content)
    if isinstance(text, Problem):
        raise wrong_input(path, (text,))
    return text


def input_document(path: str) -> Document:
    """A YAML file that is a mapping or a list, with positions.

    Errors: as `input_text`, and `InputError` with everything wrong with its YAML.
    """
    document = read_yaml(path, input_text(path))
    if document.problems:
        raise wrong_input(path, document.problems)
    return document


def input_value(model: type[M], path: str) -> M:
    """A YAML file as a value of `model`. Errors: as `input_document`, with every problem."""
    document = input_document(path)
    value, problems = read_model(model, document)
    if value is None:
        raise wrong_input(path, tuple(problems))
    return value


def wrong_input(path: str, problems: tuple[Problem, ...]) -> InputError:
    """The error that lists everything wrong with a file somebody handed over."""
    return InputError(
        Text(
            th=f"{path} มีข้อผิดพลาด {len(problems)} แห่ง",
            en=f"{path} has {len(problems)} problem{'s' if len(problems) > 1 else ''}",
        ),
        problems=problems,
    )


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST:
        raise InputError(
            Text(
                th=f"{path} ใหญ่เกิน {_LARGEST // 1_000_000} MB",
                en=f"{path} is larger than {_LARGEST // 1_000_000} MB",
            )
        )
    return path.read_bytes()
