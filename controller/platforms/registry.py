"""The platforms we know: one folder of data each, found beside this file."""

from __future__ import annotations

from importlib.resources import files

from controller.errors import NotFound, Text
from controller.language import nearest
from controller.platforms.platform import Platform
from controller.platforms.reading import read_platform


def _read_all() -> dict[str, Platform]:
    here = files("controller.platforms")
    folders = [f for f in here.iterdir() if f.is_dir() and (f / "platform.yaml").is_file()]
    return {f.name: read_platform(f) for f in sorted(folders, key=lambda f: f.name)}


PLATFORMS: dict[str, Platform] = _read_all()


def platform_title(name: str) -> str:
    """What people call the platform, also one we only watch; the name itself of an unknown one."""
    if name in PLATFORMS:
        return PLATFORMS[name].title
    # All those we watch are read from some hundred files: not before one of them is to be named.
    from controller.platforms.systems import systems

    watched = systems().by_name.get(name)
    return watched.title if watched else name


def platform(name: str) -> Platform:
    """The platform with this folder name.

    Errors: `NotFound`, with the nearest name.
    """
    if name in PLATFORMS:
        return PLATFORMS[name]
    near = nearest(name, PLATFORMS)
    also = (
        Text(th=f" หมายถึง {near} ใช่หรือไม่", en=f"; did you mean {near}?") if near else Text("", "")
    )
    known = ", ".join(PLATFORMS)
    raise NotFound(
        Text(th=f"ไม่รู้จักแพลตฟอร์ม “{name}”{also.th}", en=f"unknown platform “{name}”{also.en}"),
        hint=Text(th=f"ที่รองรับ: {known}", en=f"known platforms: {known}"),
    )
