"""Check an exported plan file, with nothing but the file."""

from __future__ import annotations

from pathlib import Path

from controller.errors import InputError, NotFound, Text
from controller.plans.verify import PlanVerdict, check_plan_file


def verify_plan(file: Path, expected: str | None = None) -> PlanVerdict:
    """Whether the file holds a plan whose content has the id it states (and the one expected).

    Errors: `NotFound`, `InputError` for a file that cannot be read or is no plan.
    """
    try:
        content = file.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(Text(th=f"ไม่มีไฟล์ {file}", en=f"there is no file {file}")) from error
    except OSError as error:
        raise InputError(
            Text(
                th=f"อ่านไฟล์ {file} ไม่ได้: {error.strerror}",
                en=f"cannot read {file}: {error.strerror}",
            )
        ) from error
    return verify_plan_content(content, expected)


def verify_plan_content(content: bytes, expected: str | None = None) -> PlanVerdict:
    """The same of the bytes of such a file."""
    return check_plan_file(content, expected)
