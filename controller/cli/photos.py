"""The photos a form names by file: read here, beside the form, and handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from controller.accounts.actor import Actor
from controller.errors import InputError, NotFound, Text
from controller.operations.context import Context
from controller.operations.keep_photo import keep_photo
from controller.processes.forms.catalogue import form
from controller.processes.forms.photos import LARGEST_PHOTO
from controller.processes.forms.typed import Typed


def with_photos(context: Context, actor: Actor, slug: str, typed: Typed) -> Typed:
    """`typed` with the photos it names by path handed in, and named by their hashes.

    Paths are relative to the form's file. Errors: `NotFound`; `InputError` as `keep_photo`.
    """
    folder = Path(typed.path).parent if typed.path not in {"", "-"} else Path()
    labels = {name for f in form(slug).fields if f.type == "photos" for name in (f.name, f.th)}
    values: dict[str, object] = dict(typed.values)
    for key in labels & set(values):
        given = values[key]
        named = [given] if isinstance(given, str) else given
        if isinstance(named, list):
            values[key] = [_handed_in(context, actor, folder, one) for one in named]
    return replace(typed, values=values)


def _handed_in(context: Context, actor: Actor, folder: Path, named: object) -> object:
    if named is None or isinstance(named, Mapping | list):
        return named
    file = folder / str(named)
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_PHOTO + 1)
    except FileNotFoundError:
        raise NotFound(
            Text(th=f"ไม่พบภาพ {file}", en=f"there is no photo {file}"),
            hint=Text(
                th="ชื่อแฟ้มนับจากโฟลเดอร์ของแบบฟอร์ม",
                en="the name is relative to the folder of the form",
            ),
        ) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(
            Text(th=f"อ่าน {file} ไม่ได้: {why}", en=f"cannot read {file}: {why}")
        ) from None
    return keep_photo(context, actor, file.name, content)
