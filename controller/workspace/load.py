"""Reads a whole workspace: one value, or all of its problems."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from controller.errors import InputError, Problem, Text
from controller.inventory.inventory import Groups, Inventory
from controller.inventory.office import Office
from controller.inventory.site import Site
from controller.inventory.watching import Watching
from controller.playbooks.catalogue import Playbooks
from controller.schedules.schedule import Schedule
from controller.settings import SECRET_NAME, Settings
from controller.specs.models import Models
from controller.workspace.baselines import baselines_in
from controller.workspace.compliance import RuleFiles
from controller.workspace.explain import M, read_model
from controller.workspace.files import (
    ASSETS,
    GROUPS,
    HEALTH,
    MODELS,
    OFFICE,
    PLAYBOOKS,
    SCHEDULE,
    SITES,
    TEMPLATES,
    read_files,
    text_of,
)
from controller.workspace.find import SETTINGS_FILE
from controller.workspace.models import models_in
from controller.workspace.office_checks import check_office, check_schools
from controller.workspace.places import check_places, check_register_files
from controller.workspace.playbooks import PlaybookFiles
from controller.workspace.register import Register
from controller.workspace.schedule import schedule_of
from controller.workspace.site_checks import SiteChecks, check_groups
from controller.workspace.snmp_checks import access_names, check_accesses
from controller.workspace.template_words import check_variables_used
from controller.workspace.templates import SUFFIX, Template, check_templates, parse_template
from controller.workspace.toml_lines import read_toml
from controller.workspace.watching_checks import check_watching
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
    root: Path,
    *,
    platforms: Collection[str] | None = None,
    instead: Mapping[str, bytes] | None = None,
) -> tuple[Workspace | None, tuple[Problem, ...]]:
    """The workspace, or None with all problems, sorted by file, line and column.

    `platforms` are the known platforms' names; by default those of `platforms.registry`. With
    `instead`, path -> content, it is the workspace that would be if these files were like that.
    """
    if platforms is None:
        from controller.platforms.watched import watched_platforms

        platforms = tuple(sorted(watched_platforms()))
    files, problems = read_files(root)
    files |= instead or {}
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
    documents: list[Document] = field(default_factory=list)
    secrets: Collection[str] | None = None
    accesses: Collection[str] | None = None

    @cached_property
    def site_names(self) -> tuple[str, ...]:
        """Sites by the names of their files, whatever stands in them."""
        return tuple(PurePosixPath(path).stem for path in self._below(SITES, ".yaml"))

    def workspace(self) -> Workspace | None:
        self.problems.extend(check_places(self.files, self.site_names))
        settings = self._settings()
        templates = self._templates()
        self.problems.extend(check_templates(templates, self.secrets))
        office = self._office()
        checks = SiteChecks(self.platforms, templates, self.accesses)
        sites = self._sites(checks)
        groups = self._groups()
        watching = self._watching()
        rules = RuleFiles(self.platforms)
        rulebook = rules.read(self.files)
        self.problems.extend(rules.problems)
        models = self._models()
        baselines, found = baselines_in(self.files)
        self.problems.extend(found)
        playbooks = self._playbooks()
        schedule = self._schedule(sites, playbooks)
        register = self._register()
        if register.whole:
            self.problems.extend(checks.check_assets(register.numbers))
        if groups is not None and not any(p.path == GROUPS for p in self.problems):
            self.problems.extend(check_variables_used(templates, groups, sites))
            self.problems.extend(rules.check_devices(groups, sites, self.secrets))
        if settings is None or office is None or groups is None or watching is None:
            return None
        inventory = Inventory(office, sites, groups, tuple(register.assets), watching)
        return Workspace(
            self.root, settings, inventory, self.files, templates, rulebook, models, baselines,
            playbooks, schedule or Schedule(),
        )  # fmt: skip

    def _below(self, folder: str, suffix: str) -> list[str]:
        found = (p for p in self.files if p.startswith(folder) and p.endswith(suffix))
        return [p for p in found if folder == TEMPLATES or "/" not in p.removeprefix(folder)]

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

    def _settings(self) -> Settings | None:
        text = self._text(SETTINGS_FILE) if SETTINGS_FILE in self.files else None
        if text is None:
            return None
        document = read_toml(SETTINGS_FILE, text)
        self.problems.extend(document.problems)
        if document.problems:
            return None
        settings, problems = read_model(Settings, document)
        self.secrets = _secret_names(document.value, settings)
        self.accesses = access_names(document.value)
        problems = [*problems, *check_accesses(document)]
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
        self.problems.extend(check_schools(document, self.site_names))
        return self._model(Office, document)

    def _sites(self, checks: SiteChecks) -> tuple[Site, ...]:
        sites: list[Site] = []
        for path in self._below(SITES, ".yaml"):
            document = self._document(path)
            if document is None:
                continue
            self.problems.extend(checks.check(document))
            self.documents.append(document)
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
        whole = len(self.documents) == len(self.site_names)
        districts = {d.text("district") or "" for d in self.documents} - {""} if whole else None
        self.problems.extend(check_groups(document, self.platforms, districts))
        return self._model(Groups, document)

    def _watching(self) -> Watching | None:
        if HEALTH not in self.files:
            return Watching()
        document = self._document(HEALTH)
        if document is None:
            return None
        self.problems.extend(check_watching(document, self.platforms))
        return self._model(Watching, document)

    def _models(self) -> Models:
        documents: list[Document] = []
        for path in self._below(MODELS, ".yaml"):
            text = self._text(path)
            if text is not None:
                documents.append(read_yaml(path, text))
        models, problems = models_in(documents)
        self.problems.extend(problems)
        return models

    def _playbooks(self) -> Playbooks:
        if not any(path.startswith(PLAYBOOKS) for path in self.files):
            return Playbooks()
        # To which platforms there is a way is known of those whose folders say so.
        from controller.platforms.registry import PLATFORMS

        reading = PlaybookFiles(sorted(PLATFORMS), self.secrets)
        playbooks = reading.read(self.files)
        self.problems.extend(reading.problems)
        return playbooks

    def _schedule(self, sites: tuple[Site, ...], playbooks: Playbooks) -> Schedule | None:
        if SCHEDULE not in self.files:
            return Schedule()
        # Of a playbook that cannot be read nobody knows what it takes.
        whole = not any(problem.path.startswith(PLAYBOOKS) for problem in self.problems)
        schedule, problems = schedule_of(self.files[SCHEDULE], sites, playbooks if whole else None)
        self.problems.extend(problems)
        return schedule

    def _register(self) -> Register:
        register = Register(self.site_names)
        paths = self._below(ASSETS, ".csv")
        self.problems.extend(check_register_files(paths, self.site_names))
        for path in paths:
            text = self._text(path)
            if text is None:
                register.whole = False
            else:
                register.read(path, PurePosixPath(path).stem, text)
        self.problems.extend(register.problems)
        return register


def _secret_names(value: dict[str, Any], settings: Settings | None) -> Collection[str] | None:
    """The secrets' names, also beside other mistakes; None when the mistake is in their section."""
    if settings is not None:
        return settings.secrets
    names = value.get("secrets")
    sound = isinstance(names, dict) and all(re.match(SECRET_NAME, name) for name in names)
    return tuple(names) if sound and names else None


def _fill_in(document: Document) -> None:
    """Give every device its site and district, which models hold and files do not."""
    name, district = document.text("site") or "", document.text("district") or ""
    for _, device in document.mappings("devices"):
        device.update(site=name, district=district)
