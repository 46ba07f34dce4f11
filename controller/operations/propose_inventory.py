"""Turn what was found into changes of site files that load, for a person to accept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from controller.errors import Problem, Text
from controller.health.discovering import Addition, Compared, Correction, Doubt, Move
from controller.language import Language, pick
from controller.operations.context import Context
from controller.platforms.told_ids import as_words
from controller.platforms.watched import only_watched
from controller.workspace.files import SITES, text_of
from controller.workspace.load import check_workspace
from controller.workspace.site_edits import (
    NewDevice,
    NotEditableError,
    difference,
    site_path,
    with_devices,
    with_moved,
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
    proposal = _Proposal(context, context.workspace())
    additions: dict[str, list[Addition]] = defaultdict(list)
    corrections: dict[str, list[Correction]] = defaultdict(list)
    for added in compared.additions:
        additions[added.site].append(added)
    for corrected in compared.corrections:
        corrections[corrected.site].append(corrected)
    for site in sorted({*additions, *corrections}):
        proposal.change(site, additions[site], corrections[site])
    for move in compared.moves:
        proposal.move(move)
    return proposal.changes(), tuple(proposal.doubts)


@dataclass
class _Proposal:
    """The texts of the site files as they would be; only what passes the checks gets in."""

    context: Context
    workspace: Workspace
    doubts: list[Doubt] = field(default_factory=list)
    _texts: dict[str, str] = field(default_factory=dict)
    _added: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _corrected: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def change(self, site: str, additions: list[Addition], corrections: list[Correction]) -> None:
        """Add and correct the devices of one site."""
        path, language = site_path(site), self.context.settings.language
        try:
            text = _changed(
                self.workspace, language, path, self._text(path), additions, corrections
            )
        except NotEditableError:
            self.doubts.append(Doubt(path, _NOT_BY_LINES))
            return
        if self._take({path: text}):
            self._added[site] += [added.name for added in additions]
            self._corrected[site] += dict.fromkeys(c.device for c in corrections)

    def move(self, move: Move) -> None:
        """Take a device's lines from the file of its site to that of the other."""
        path, to = site_path(move.site), site_path(move.to)
        told = pick(_moved(move), self.context.settings.language)
        try:
            both = with_moved(path, self._text(path), to, self._text(to), move.device, told)
        except NotEditableError:
            self.doubts.append(Doubt(path, _NOT_BY_LINES))
            return
        if self._take({path: both[0], to: both[1]}):
            self._corrected[move.site].append(move.device)
            self._added[move.to].append(move.device)

    def changes(self) -> tuple[SiteChange, ...]:
        """Every file that would be another one, by its path."""
        made = []
        for path, text in sorted(self._texts.items()):
            site = path.removeprefix(SITES).removesuffix(".yaml")
            diff = difference(path, self._before(path), text)
            added, corrected = tuple(self._added[site]), tuple(self._corrected[site])
            made.append(SiteChange(site, path, text, diff, added, corrected))
        return tuple(made)

    def _before(self, path: str) -> str:
        text = text_of(path, self.workspace.files[path])
        if not isinstance(text, str):
            raise NotEditableError
        return text

    def _text(self, path: str) -> str:
        return self._texts.get(path) or self._before(path)

    def _take(self, texts: dict[str, str]) -> bool:
        wanted = {**self._texts, **texts}
        _, problems = check_workspace(
            self.context.root, instead={path: text.encode() for path, text in wanted.items()}
        )
        if problems:
            self.doubts.extend(_told(min(texts), problems))
            return False
        self._texts = wanted
        return True


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


def _moved(move: Move) -> Text:
    return Text(
        th=f"ย้ายมาจาก {move.site} เพราะ {move.address} อยู่ในเครือข่ายของหน่วยงานนี้",
        en=f"moved from {move.site}: {move.address} is in a network of this site",
    )


_ROLE = Text(th="โปรดตรวจบทบาท", en="please check the role")
_NAME = Text(th="อุปกรณ์ไม่บอกชื่อ โปรดตั้งชื่อ", en="it has no sysName; please give it a name")
_NOT_BY_LINES = Text(
    th="รูปแบบของไฟล์นี้แทรกบรรทัดอัตโนมัติไม่ได้ ให้แก้เอง",
    en="this file is written so that lines cannot be put in by program; change it by hand",
)
