"""Turn what was found into changes of site files that load, for a person to accept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from controller.errors import Problem, Text
from controller.health.discovering import Addition, Compared, Correction, Doubt
from controller.language import Language, pick
from controller.operations.context import Context
from controller.platforms.told_ids import as_words
from controller.platforms.watched import only_watched
from controller.workspace.files import text_of
from controller.workspace.load import check_workspace
from controller.workspace.site_edits import (
    NewDevice,
    NotEditableError,
    difference,
    site_path,
    with_devices,
    with_value,
)
from controller.workspace.templates import template_name
from controller.workspace.workspace import Workspace


@dataclass(frozen=True)
class SiteChange:
    """What one site file would become: its text, and the difference as `git apply` takes it."""

    site: str
    path: str
    text: str
    diff: str
    added: tuple[str, ...]
    corrected: tuple[str, ...]


def propose_inventory(
    context: Context, compared: Compared
) -> tuple[tuple[SiteChange, ...], tuple[Doubt, ...]]:
    """The changes by site, each checked by the workspace's own rules; and what did not pass them.

    Nothing is written.
    """
    workspace = context.workspace()
    language = context.settings.language
    additions: dict[str, list[Addition]] = defaultdict(list)
    corrections: dict[str, list[Correction]] = defaultdict(list)
    for added in compared.additions:
        additions[added.site].append(added)
    for corrected in compared.corrections:
        corrections[corrected.site].append(corrected)
    changes: list[SiteChange] = []
    doubts: list[Doubt] = []
    for site in sorted({*additions, *corrections}):
        path = site_path(site)
        before = text_of(path, workspace.files[path])
        if not isinstance(before, str):
            continue
        try:
            after = _changed(workspace, language, path, before, additions[site], corrections[site])
        except NotEditableError:
            doubts.append(Doubt(path, _NOT_BY_LINES))
            continue
        accepted = {change.path: change.text.encode() for change in changes}
        _, problems = check_workspace(context.root, instead={**accepted, path: after.encode()})
        if problems:
            doubts.extend(_told(path, problems))
            continue
        changes.append(
            SiteChange(
                site, path, after, difference(path, before, after),
                tuple(a.name for a in additions[site]),
                tuple(dict.fromkeys(c.device for c in corrections[site])),
            )
        )  # fmt: skip
    return tuple(changes), tuple(doubts)


def _changed(
    workspace: Workspace,
    language: Language,
    path: str,
    text: str,
    additions: list[Addition],
    corrections: list[Correction],
) -> str:
    for one in corrections:
        told = pick(_corrected(one), language)
        text = with_value(path, text, one.device, one.key, one.after, told)
    if additions:
        new = [_new_device(workspace, language, added) for added in additions]
        text = with_devices(path, text, new)
    return text


def _new_device(workspace: Workspace, language: Language, added: Addition) -> NewDevice:
    found, told = added.found, added.found.identity
    values = {
        "name": added.name,
        "platform": added.platform,
        "role": _role(workspace, added),
        "address": found.address,
    }
    more = {"model": told.model, "serial": told.serial, "management_interface": found.interface}
    values |= {key: value for key, value in more.items() if value}
    if found.access != "default":
        values["snmp"] = found.access
    notes = {"role": pick(_ROLE, language)}
    if not told.name:
        notes["name"] = pick(_NAME, language)
    return NewDevice(values, as_words(pick(_answered(added), language)), notes)


def _role(workspace: Workspace, added: Addition) -> str:
    """The first role it may have that there is a template for, where templates matter."""
    platform = added.platform
    if platform in only_watched():
        return added.roles[0]
    fitting = (r for r in added.roles if template_name(platform, r) in workspace.templates)
    return next(fitting, added.roles[0])


def _told(path: str, problems: tuple[Problem, ...]) -> Iterator[Doubt]:
    for problem in problems[:20]:
        where = f"{problem.path or path}:{problem.line}"
        yield Doubt(where, problem.message)


def _answered(added: Addition) -> Text:
    told = added.found.identity
    about = f"{told.vendor} {told.model} {told.version}".strip()
    return Text(
        th=f"พบในเครือข่ายที่ {added.found.address}: {about}",
        en=f"found in the network at {added.found.address}: {about}",
    )


def _corrected(one: Correction) -> Text:
    before = as_words(one.before)
    if not before:
        return Text(th="อุปกรณ์บอกเอง เดิมไม่ได้ระบุ", en="told by the device; was not said before")
    return Text(th=f"อุปกรณ์บอกเอง เดิมคือ {before}", en=f"told by the device; was {before}")


_ROLE = Text(th="โปรดตรวจบทบาท", en="please check the role")
_NAME = Text(th="อุปกรณ์ไม่บอกชื่อ โปรดตั้งชื่อ", en="it has no sysName; please give it a name")
_NOT_BY_LINES = Text(
    th="รูปแบบของไฟล์นี้แทรกบรรทัดอัตโนมัติไม่ได้ ให้แก้เอง",
    en="this file is written so that lines cannot be put in by program; change it by hand",
)
