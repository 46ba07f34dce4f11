"""Write JSON Schemas, so that editors complete and check the workspace's files."""

from __future__ import annotations

from pathlib import Path

from controller.errors import InputError, Text
from controller.workspace.schema import FOLDER, json_schemas, schema_text


def write_schemas(target: Path = Path(FOLDER)) -> tuple[Path, ...]:
    """Write every schema into `target`, made if missing; the files written.

    Errors: `InputError` when the folder cannot be written.
    """
    written: list[Path] = []
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, schema in sorted(json_schemas().items()):
            path = target / name
            path.write_text(schema_text(schema), encoding="utf-8")
            written.append(path)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(
            Text(th=f"เขียน {target} ไม่ได้: {why}", en=f"cannot write {target}: {why}")
        ) from None
    return tuple(written)
