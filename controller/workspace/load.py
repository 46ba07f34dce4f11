"""Reads a whole workspace: one value, or all of its problems."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import get_args

from controller.errors import InputError, Problem, Text
from controller.inventory.device import Role
from controller.inventory.inventory import Groups, Inventory
from controller.inventory.office import Office
from controller.inventory.site import Site
from controller.language import nearest
from controller.settings import Settings
from controller.workspace.explain import M, read_model
from controller.workspace.files import ASSETS, GROUPS, OFFICE, SITES, TEMPLATES, read_files, text_of
from controller.workspace.find import SETTINGS_FILE
from controller.workspace.office_checks import check_office
from controller.workspace.register import Register
from controller.workspace.site_checks import SiteChecks, check_groups
from controller.workspace.templates import SUFFIX, Template, check_templates, parse_template
from controller.workspace.toml_lines import read_toml
from controller.workspace.workspace import Workspace
from controller.workspace.yaml_lines import Document, read_yaml

__all__ = ["Workspace", "check_workspace", "load_workspace"]


def load_workspace(root: Path, *, platforms: Collection[str] | None = None) -> Workspace:
    """The workspace at `root`.

    Errors: `InputError` with every problem of every file.
    """
    workspace, problems = check_workspace(root, platforms=platforms)
    if workspace is not None:
        return workspace
    count = len(problems)
    raise InputError(
        Text(th=f"พื้นที่ทำงานมีข้อผิดพลาด {count} แห่ง", en=f"the workspace has {count} problems"),
        problems=problems,
    )


def check_workspace(
    root: Path, *, platforms: Collection[str] | None = None
) -> tuple[Workspace | None, tuple[Problem, ...]]:
    """The workspace, or None with all problems, sorted by file, line and column.

    `platforms` are the known platforms' names; by default those of `platforms.registry`.
    """
    if platforms is None:
        from controller.platforms.registry import PLATFORMS

        platforms = tuple(PLATFORMS)
    files, problems = read_files(root)
    reading = _Reading(root, files, tuple(platforms), problems)
    workspace = reading.workspace()
    unique = {(p.path, p.line, p.column, p.message.en): p for p in problems}
    ordered = tuple(unique[key] for key in sorted(unique))
    return (None if ordered else workspace), ordered


@dataclass
class _Reading:
    """One pass over the files; every step adds its problems and goes on."""

    root: Path
    files: Mapping[str, bytes]
    platforms: Collection[str]
    problems: list[Problem]
    documents: dict[str, Document] = field(default_factory=dict)

    @cached_property
    def site_names(self) -> tuple[str, ...]:
        """Sites by the names of their files, whatever stands in them."""
        return tuple(PurePosixPath(path).stem for path in self._below(SITES, ".yaml"))

    def workspace(self) -> Workspace | None:
        self._check_places()
        settings = self._settings()
        templates = self._templates()
        self.problems.extend(check_templates(templates, settings.secrets if settings else ()))
        office = self._office()
        sites = self._sites(templates)
        groups = self._groups()
        register = self._register()
        if settings is None or office is None or groups is None:
            return None
        inventory = Inventory(office, sites, groups, tuple(register.assets))
        return Workspace(self.root, settings, inventory, self.files, templates)

    def _below(self, folder: str, suffix: str) -> list[str]:
        return [p for p in self.files if p.startswith(folder) and p.endswith(suffix)]

    def _text(self, path: str) -> str | None:
        text = text_of(path, self.files[path])
        if isinstance(text, str):
            return text
        self.problems.append(text)
        return None

    def _document(self, path: str) -> Document | None:
        text = self._text(path)
        if text is None:
            return None
        document = read_yaml(path, text)
        self.problems.extend(document.problems)
        return None if document.root is None else document

    def _model(self, model: type[M], document: Document) -> M | None:
        value, problems = read_model(model, document)
        # The reader has named these places already, and better.
        named = {(p.line, p.column) for p in document.problems}
        self.problems.extend(p for p in problems if (p.line, p.column) not in named)
        return value

    def _check_places(self) -> None:
        for path in (SETTINGS_FILE, OFFICE):
            if path not in self.files:
                self.problems.append(Problem(path, 0, 0, _NO_FILE))
        if not self.site_names:
            self.problems.append(Problem(SITES, 0, 0, _NO_SITES))
        self.problems.extend(_misplaced(self.files))

    def _settings(self) -> Settings | None:
        text = self._text(SETTINGS_FILE) if SETTINGS_FILE in self.files else None
        if text is None:
            return None
        document = read_toml(SETTINGS_FILE, text)
        self.problems.extend(document.problems)
        if document.problems:
            return None
        settings, problems = read_model(Settings, document)
        self.problems.extend(problems)
        return settings

    def _templates(self) -> dict[str, Template]:
        templates: dict[str, Template] = {}
        for path in self._below(TEMPLATES, SUFFIX):
            text = self._text(path)
            name = path.removeprefix(TEMPLATES)
            templates[name] = parse_template(name, text or "")
        return templates

    def _office(self) -> Office | None:
        document = self._document(OFFICE) if OFFICE in self.files else None
        if document is None:
            return None
        self.problems.extend(check_office(document))
        return self._model(Office, document)

    def _sites(self, templates: Mapping[str, Template]) -> tuple[Site, ...]:
        checks = SiteChecks(self.platforms, templates)
        sites: list[Site] = []
        for path in self._below(SITES, ".yaml"):
            document = self._document(path)
            if document is None:
                continue
            self.problems.extend(checks.check(document))
            self.documents[path] = document
            _fill_in(document)
            site = self._model(Site, document)
            if site is not None:
                sites.append(site)
        return tuple(sites)

    def _groups(self) -> Groups | None:
        if GROUPS not in self.files:
            return Groups()
        document = self._document(GROUPS)
        if document is None:
            return None
        districts = {d.text("district") or "" for d in self.documents.values()} - {""}
        self.problems.extend(check_groups(document, self.platforms, get_args(Role), districts))
        return self._model(Groups, document)

    def _register(self) -> Register:
        register = Register(self.site_names)
        for path in self._below(ASSETS, ".csv"):
            site = PurePosixPath(path).stem
            if site not in self.site_names:
                near = nearest(site, self.site_names)
                self.problems.append(Problem(path, 0, 0, _NO_SITE, site, self.site_names, near))
            text = self._text(path)
            if text is not None:
                register.read(path, site, text)
        self.problems.extend(register.problems)
        return register


def _fill_in(document: Document) -> None:
    """Give every device its site and district, which models hold and files do not."""
    name, district = document.text("site") or "", document.text("district") or ""
    for _, device in document.mappings("devices"):
        device.update(site=name, district=district)


def _misplaced(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Files nobody would read because of where they lie or how they are called."""
    for path in files:
        for folder, suffix in ((SITES, ".yaml"), (ASSETS, ".csv"), (TEMPLATES, SUFFIX)):
            if not path.startswith(folder):
                continue
            nested = folder != TEMPLATES and "/" in path.removeprefix(folder)
            if nested or not path.endswith(suffix):
                meant = folder + PurePosixPath(path).stem + suffix
                yield Problem(path, 0, 0, _misnamed(suffix), suggestion=meant)


def _misnamed(suffix: str) -> Text:
    return Text(
        th=f"ในโฟลเดอร์นี้อ่านเฉพาะแฟ้มที่ลงท้ายด้วย {suffix}",
        en=f"only files ending in {suffix} are read in this folder",
    )


_NO_FILE = Text(th="ไม่มีแฟ้มนี้", en="the file is missing")
_NO_SITES = Text(
    th="ยังไม่มีแฟ้มของสถานศึกษาหรือหน่วยงานใด", en="there is no file of any school or office"
)
_NO_SITE = Text(th="ไม่มีหน่วยงานนี้ใน inventory/sites", en="no such site in inventory/sites")
