"""One thing an installation needs: how it stands with it, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from controller.errors import KhaenError, Text
from controller.inventory.device import Device
from controller.settings import Settings

if TYPE_CHECKING:
    from controller.connections.snmp.engine import SnmpTarget
    from controller.connections.target import Target

State = Literal["ok", "warn", "fail", "unknown"]


@dataclass(frozen=True)
class Check:
    """How it stands with one need. `name` is for programs and stays; `found` is never a secret.

    `warn` works today and will hurt some day; `fail` does not work; `unknown` could not be found
    out, mostly as something before it failed. `todo` says what to do, None when nothing is.
    """

    name: str
    title: Text
    state: State
    found: Text
    todo: Text | None = None


@dataclass(frozen=True)
class Installation:
    """An installation to look at: nothing of it is opened, and it may be broken anywhere.

    `settings()` and what needs them raise `InputError` when `khaen.toml` is broken. `folder` is
    the var folder, which need not be there.
    """

    root: Path
    folder: Path
    environment: Mapping[str, str]
    clock: Callable[[], datetime]
    settings: Callable[[], Settings]
    database_url: Callable[[], str]
    target: Callable[[str], Target]
    snmp_target: Callable[[Device], SnmpTarget | None]


@dataclass(frozen=True)
class Need:
    """The name and title that the checks of one need have in common."""

    name: str
    title: Text

    def ok(self, th: str, en: str) -> Check:
        """It is as it should be."""
        return Check(self.name, self.title, "ok", Text(th=th, en=en))

    def warn(self, found: Text, todo: Text) -> Check:
        """It works, and somebody should look at it."""
        return Check(self.name, self.title, "warn", found, todo)

    def fail(self, found: Text, todo: Text | None) -> Check:
        """It does not work."""
        return Check(self.name, self.title, "fail", found, todo)

    def unknown(self, found: Text, todo: Text | None = None) -> Check:
        """It could not be found out."""
        return Check(self.name, self.title, "unknown", found, todo)

    def failed(self, error: KhaenError) -> Check:
        """It does not work, in the words of the error."""
        return self.fail(error.message, error.hint)


NOT_ASKED = Text(
    th="ยังตรวจไม่ได้ เพราะข้อก่อนหน้าไม่ผ่าน", en="not found out, as something before it failed"
)
