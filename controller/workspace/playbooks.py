"""The folder `playbooks/`: Ansible playbooks, each with its catalogue entry, and their roles."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from controller.errors import InputError, Problem, StalePlan, Text
from controller.inventory.device import NAME, ROLE_NAMES
from controller.language import nearest, shown
from controller.playbooks.catalogue import Playbook, Playbooks
from controller.playbooks.judging import faults, oddities, steering
from controller.playbooks.meta import Meta
from controller.playbooks.nodes import Spot
from controller.playbooks.parameter import NAME as PARAMETER
from controller.playbooks.parameter import faults_of
from controller.playbooks.tasks import PlayReader
from controller.workspace.collecting import Collecting
from controller.workspace.files import PLAYBOOKS, ROLES, files_below, read_files, text_of
from controller.workspace.yaml_lines import Document, compose_yaml

META = ".meta.yaml"
PLAYBOOK = ".yml"
_COLLECTIONS = f"{PLAYBOOKS}collections/"
_STEERING = b"ansible_"
_READABLE = 200_000
_ENCRYPTED_FILE = b"$ANSIBLE_VAULT"
_TAKEN = ("ansible_", "khaen_")
_WORDS = frozenset({
    "environment", "group_names", "groups", "hosts", "hostvars", "inventory_hostname", "item",
    "name", "omit", "play_hosts", "playbook_dir", "role_name", "role_path", "roles", "tasks",
    "vars", "when",
})  # fmt: skip


def playbook_paths(root: Path) -> list[Path]:
    """Every file below `playbooks/`, sorted; none where the folder is missing."""
    return files_below(root, PLAYBOOKS)


def read_playbooks(root: Path) -> Playbooks:
    """The playbooks of the workspace at `root`, without reading the rest of it.

    Whether parameters name secrets that khaen.toml has is not looked at.

    Errors: `InputError` with every problem of these files.
    """
    from controller.platforms.registry import PLATFORMS

    files, problems = read_files(root, playbook_paths(root))
    reading = PlaybookFiles(sorted(PLATFORMS))
    playbooks = reading.read(files)
    found = list(dict.fromkeys([*problems, *reading.problems]))
    if not found:
        return playbooks
    raise InputError(
        Text(
            th=f"เพลย์บุ๊กมีข้อผิดพลาด {len(found)} แห่ง",
            en=f"the playbooks have {len(found)} problems",
        ),
        hint=Text(th="ดูทั้งหมดด้วย khaen validate", en="see them all with khaen validate"),
        problems=tuple(found),
    )


def playbook_bytes(root: Path, playbook: Playbook) -> dict[str, bytes]:
    """The files of a playbook by path, exactly those of the catalogue.

    Errors: `StalePlan` when one has changed since the catalogue was read, or is gone.
    """
    found, _ = read_files(root, [root / path for path in playbook.files if (root / path).is_file()])
    for path, digest in playbook.digests.items():
        if path not in found or _sha256(found[path]) != digest:
            raise StalePlan(
                Text(
                    th=f"{path} เปลี่ยนไประหว่างเตรียมรัน",
                    en=f"{path} changed while the run was prepared",
                ),
                hint=Text(th="สั่งใหม่อีกครั้ง", en="ask for it again"),
            )
    return found


@dataclass(frozen=True)
class Source:
    """A file of a playbook. `text` is None for one that is no text, or too long to be read."""

    path: str
    size: int
    text: str | None


def playbook_sources(root: Path, playbook: Playbook) -> tuple[Source, ...]:
    """The files of a playbook as they are now: itself, its entry, then the others by path."""
    paths = [root / path for path in playbook.files if (root / path).is_file()]
    found, _ = read_files(root, paths)
    first = (playbook.path, playbook.path.removesuffix(PLAYBOOK) + META)
    ordered = sorted(found, key=lambda path: (path not in first, path.endswith(META), path))
    return tuple(_source(path, found[path]) for path in ordered)


def _source(path: str, content: bytes) -> Source:
    text = text_of(path, content) if len(content) <= _READABLE else None
    readable = isinstance(text, str) and "\0" not in text
    return Source(path, len(content), text if isinstance(text, str) and readable else None)


@dataclass
class PlaybookFiles(Collecting):
    """One pass over the files below playbooks/; what is wrong is added to `problems`.

    `platforms` are those we can push to; `secrets` the names in khaen.toml, None when unknown.
    """

    platforms: Collection[str]
    secrets: Collection[str] | None = None
    _tops: dict[str, Spot] = field(default_factory=dict)
    _files: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, files: Mapping[str, bytes]) -> Playbooks:
        """The playbooks of these files, by path; broken ones are not in it."""
        self._files = {path: files[path] for path in sorted(files) if path.startswith(PLAYBOOKS)}
        digests = {path: _sha256(content) for path, content in self._files.items()}
        self.problems.extend(self._misnamed())
        self.problems.extend(self._steering())
        names = sorted({_name(p) for p in self._files if _is_top(p, PLAYBOOK) or _is_top(p, META)})
        entries: dict[str, Playbook] = {}
        for name in names:
            playbook = self._playbook(name, digests)
            if playbook is not None:
                entries[name] = playbook
        return Playbooks(entries)

    def _playbook(self, name: str, digests: Mapping[str, str]) -> Playbook | None:
        path, about = f"{PLAYBOOKS}{name}{PLAYBOOK}", f"{PLAYBOOKS}{name}{META}"
        meta = self._meta(about) if about in self._files else None
        if path not in self._files:
            self.problems.append(Problem(about, 0, 0, _NO_PLAYBOOK, suggestion=path))
            return None
        if about not in self._files:
            self.problems.append(Problem(path, 0, 0, _NO_META, suggestion=about))
        reader = PlayReader(tuple(self._files), self._top)
        plays = reader.playbook(path)
        self.problems.extend(plays.problems)
        if not self._top(path) and not any(p.path == path for p in self.problems):
            self.problems.append(Problem(path, 0, 0, _EMPTY))
        if meta is None:
            return None
        wrong = list(faults(meta, plays))
        self.problems.extend(wrong)
        own = {path, about, *plays.imported}
        groups = (*self.platforms, *ROLE_NAMES)
        return Playbook(
            name=name,
            meta=meta,
            path=path,
            digests={p: sha for p, sha in digests.items() if _belongs(p, own, plays.roles)},
            tasks=plays.tasks,
            roles=tuple(sorted(plays.roles)),
            remarks=tuple(dict.fromkeys((*plays.remarks, *oddities(meta, plays, groups)))),
        )

    def _top(self, path: str) -> Spot:
        """The top of a file as YAML; what is wrong with it is told once."""
        if path not in self._tops:
            self._tops[path] = Spot(path, self._compose(path))
        return self._tops[path]

    def _compose(self, path: str) -> yaml.Node | None:
        if self._files[path].startswith(_ENCRYPTED_FILE):
            return None
        text = text_of(path, self._files[path])
        found = text if isinstance(text, Problem) else compose_yaml(path, text)
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        return found

    def _meta(self, path: str) -> Meta | None:
        document = self.document(path, self._files[path])
        if document is None:
            return None
        found = [*self._check(document)]
        meta = self.model(Meta, document, found)
        if meta is None:
            return None
        wrong = [
            document.problem(("parameters", name, key), message)
            for name, parameter in meta.parameters.items()
            for key, message in faults_of(parameter)
        ]
        self.problems.extend(wrong)
        return None if wrong else meta

    def _check(self, document: Document) -> Iterator[Problem]:
        told = document.value if isinstance(document.value, dict) else {}
        risk, process = told.get("risk"), told.get("process")
        if risk == "change" and process is None:
            yield document.problem(("risk",), _NEEDS_PROCESS, allowed=("2.2", "2.3"))
        if risk == "read" and process is not None:
            yield document.problem(("process",), _NO_PROCESS, key=True)
        if isinstance(process, float | int):
            yield document.problem(("process",), _QUOTE_PROCESS, suggestion=f'"{process}"')
        names = told.get("platforms")
        for index, name in enumerate(names if isinstance(names, list) else ()):
            if isinstance(name, str) and name not in self.platforms:
                yield document.problem(
                    ("platforms", index),
                    _NO_PLATFORM,
                    allowed=shown(name, self.platforms),
                    suggestion=nearest(name.lower().replace("-", "_"), self.platforms),
                )
        parameters = told.get("parameters")
        for name, about in parameters.items() if isinstance(parameters, dict) else ():
            yield from self._check_parameter(document, name, about)

    def _check_parameter(self, document: Document, name: str, about: object) -> Iterator[Problem]:
        place = ("parameters", name)
        if not re.fullmatch(PARAMETER, name):
            meant = re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_")
            near = meant if re.fullmatch(PARAMETER, meant) else ""
            yield document.problem(place, _NO_NAME, key=True, suggestion=near)
        elif name in _WORDS or name.startswith(_TAKEN):
            yield document.problem(place, _TAKEN_NAME, key=True)
        default = about.get("default") if isinstance(about, dict) else None
        secret = isinstance(about, dict) and about.get("kind") == "secret"
        if secret and default and self.secrets is not None and default not in self.secrets:
            near = nearest(str(default), self.secrets)
            yield document.problem((*place, "default"), _NO_SECRET, suggestion=near)

    def _misnamed(self) -> Iterator[Problem]:
        for path, content in self._files.items():
            if content.startswith(_ENCRYPTED_FILE):
                yield Problem(path, 1, 1, _ENCRYPTED)
            if "/" in path.removeprefix(PLAYBOOKS):
                continue
            for wrong, right in ((".meta.yml", META), (".yaml", PLAYBOOK)):
                if path.endswith(wrong) and not path.endswith(META):
                    meant = path.removesuffix(wrong) + right
                    yield Problem(path, 0, 0, _SUFFIX, suggestion=meant)
                    break
            else:
                if path.endswith((PLAYBOOK, META)) and not re.fullmatch(NAME, _name(path)):
                    yield Problem(path, 0, 0, _FILE_NAME)

    def _steering(self) -> Iterator[Problem]:
        """Variables in files, whatever takes them in, that say how devices are reached."""
        for path, content in self._files.items():
            if path.endswith((".yml", ".yaml")) and _STEERING in content:
                found = compose_yaml(path, content.decode(errors="replace"))
                if not isinstance(found, Problem):
                    yield from steering(Spot(path, found))
            if path.startswith(_COLLECTIONS):
                yield Problem(path, 0, 0, _NO_COLLECTIONS)


def _is_top(path: str, suffix: str) -> bool:
    inner = path.removeprefix(PLAYBOOKS)
    return "/" not in inner and inner.endswith(suffix) and not inner.endswith(".meta.yml")


def _name(path: str) -> str:
    inner = path.removeprefix(PLAYBOOKS)
    return inner.removesuffix(META) if inner.endswith(META) else inner.removesuffix(PLAYBOOK)


def _belongs(path: str, own: Collection[str], roles: Collection[str]) -> bool:
    """Whether a file runs with a playbook whose own files and roles these are."""
    if path in own:
        return True
    if path.startswith(ROLES):
        return path.removeprefix(ROLES).split("/")[0] in roles
    return not (_is_top(path, PLAYBOOK) or _is_top(path, META))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


_NO_PLAYBOOK = Text(th="ไม่มีเพลย์บุ๊กของไฟล์นี้", en="there is no playbook for this entry")
_NO_META = Text(
    th="เพลย์บุ๊กนี้ไม่มีไฟล์ .meta.yaml บอกว่าใช้ทำอะไร (ไฟล์ตัวแปรให้เก็บไว้ในโฟลเดอร์ย่อย)",
    en="no .meta.yaml tells what this playbook is for; files of variables belong in a folder below",
)
_EMPTY = Text(th="ไฟล์ว่างเปล่า", en="the file is empty")
_NEEDS_PROCESS = Text(
    th="เพลย์บุ๊กที่เปลี่ยนแปลงอุปกรณ์ต้องบอก process ที่ใช้ขออนุมัติ",
    en="a playbook that changes devices names the `process` under which it is approved",
)
_NO_PROCESS = Text(
    th="เพลย์บุ๊กที่อ่านอย่างเดียวไม่ต้องขออนุมัติ จึงไม่มี process",
    en="a playbook that only reads needs no approval, so it has no `process`",
)
_QUOTE_PROCESS = Text(th="ให้ใส่เครื่องหมายคำพูดคร่อม", en="put it in quotes")
_NO_PLATFORM = Text(th="ไม่รองรับแพลตฟอร์มนี้ในเพลย์บุ๊ก", en="playbooks cannot run on this platform")
_NO_NAME = Text(
    th="ชื่อค่าที่กำหนดใช้ได้เฉพาะ a–z ตัวพิมพ์เล็ก ตัวเลข และ _ โดยขึ้นต้นด้วยตัวอักษร",
    en="the name of a parameter is made of lower case a–z, digits and _, and begins with a letter",
)
_TAKEN_NAME = Text(
    th="Ansible หรือโปรแกรมนี้ใช้ชื่อนี้อยู่แล้ว ให้ใช้ชื่ออื่น",
    en="Ansible or the program itself uses this name; choose another",
)
_NO_SECRET = Text(th="khaen.toml ไม่มีรหัสลับชื่อนี้ใน [secrets]", en="khaen.toml has no such secret")
_ENCRYPTED = Text(
    th="ไม่ใช้ ansible-vault ให้เก็บรหัสลับใน [secrets] ของ khaen.toml แล้วรับเป็นค่าที่กำหนดชนิด secret",
    en="ansible-vault is not used; keep the secret in `[secrets]` of khaen.toml and take it as a "
    "parameter of kind `secret`",
)
_SUFFIX = Text(
    th="เพลย์บุ๊กลงท้ายด้วย .yml และไฟล์อธิบายลงท้ายด้วย .meta.yaml",
    en="a playbook ends in .yml, and its entry in .meta.yaml",
)
_NO_COLLECTIONS = Text(
    th="ชุดโมดูล (collection) มาจากชุดติดตั้งเท่านั้น เพราะแผนบันทึกรุ่นของชุดติดตั้งไว้",
    en="collections come from the installation only: a plan states their versions",
)
_FILE_NAME = Text(
    th="ชื่อเพลย์บุ๊กใช้ได้เฉพาะ a–z ตัวพิมพ์เล็ก ตัวเลข และ - โดยห้ามขึ้นต้นด้วย -",
    en="a playbook is called by lower case a–z, digits and -; - may not come first",
)
