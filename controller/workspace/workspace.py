"""The workspace as one frozen value: what the files said when they were read, and nothing later."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from controller.compliance.rulebook import RuleBook
from controller.errors import InputError, Problem, Text
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.plans.plan import InputFile
from controller.plans.provenance import Provenance
from controller.playbooks.catalogue import Playbooks
from controller.schedules.schedule import Schedule
from controller.settings import Settings
from controller.specs.baseline import Baselines
from controller.specs.models import Models
from controller.workspace.files import GROUPS, SITES, TEMPLATES
from controller.workspace.templates import Template, closure, template_name


@dataclass(frozen=True)
class Workspace:
    """Everything below `root` that says what should be.

    `files` holds the bytes by path relative to `root`; `parsed` the templates by name,
    `models` the facts of models of equipment, `baselines` the price criteria by edition,
    `playbooks` the catalogue of playbooks, `schedule` what is done by itself, and when nothing is
    changed.
    """

    root: Path
    settings: Settings
    inventory: Inventory
    files: Mapping[str, bytes]
    parsed: Mapping[str, Template]
    rulebook: RuleBook = field(default_factory=RuleBook)
    models: Models = field(default_factory=dict)
    baselines: Baselines = field(default_factory=Baselines)
    playbooks: Playbooks = field(default_factory=Playbooks)
    schedule: Schedule = field(default_factory=Schedule)

    @cached_property
    def templates(self) -> Mapping[str, str]:
        """The text of every template by name (`cisco_ios/access.j2`)."""
        return {name: template.text for name, template in self.parsed.items()}

    def template(self, platform: str, role: str) -> tuple[str, str]:
        """Name and text of the template for devices of a platform in a role."""
        name = template_name(platform, role)
        return name, self.parsed[name].text

    def render(self, device: Device) -> str:
        """The intended configuration of a device, secrets as references.

        Errors: `InputError` with the template's file and line.
        """
        # Rendering needs an engine that validating does not, and validating shall be quick.
        from controller.configuration.render import render

        name = template_name(device.platform, device.role)
        variables = self.inventory.variables(device)
        try:
            return render(name, self.templates, variables, secrets=self.settings.secrets)
        except InputError as error:
            problems = tuple(replace(p, path=TEMPLATES + p.path) for p in error.problems)
            raise _not_rendered(device, problems) from None

    def digest(self, path: str) -> str | None:
        """SHA-256 (hexadecimal) of a file as it was read; None when there is none."""
        content = self.files.get(path)
        return None if content is None else hashlib.sha256(content).hexdigest()

    def inputs_for(self, devices: Iterable[Device]) -> tuple[InputFile, ...]:
        """The files the intended configuration of `devices` comes from, by path.

        Their sites' files, the groups, and their templates with all those include.
        """
        chosen = tuple(devices)
        names = {template_name(d.platform, d.role) for d in chosen}
        paths = {self.parsed[n].path for name in names for n in closure(name, self.parsed)}
        paths |= {f"{SITES}{d.site}.yaml" for d in chosen}
        paths |= {GROUPS}
        digests = ((path, self.digest(path)) for path in sorted(paths))
        return tuple(InputFile(path=path, sha256=sha) for path, sha in digests if sha)

    def playbook_inputs(self, name: str) -> tuple[InputFile, ...]:
        """Everything that runs with a playbook, by path. Errors: `NotFound`."""
        digests = self.playbooks.known(name).digests
        return tuple(InputFile(path=path, sha256=sha) for path, sha in sorted(digests.items()))

    def provenance(self) -> Provenance:
        """The git commit the files are of, and which of them differ from it."""
        from controller.workspace.provenance import provenance_of

        return provenance_of(self.root, self.files)


def _not_rendered(device: Device, problems: tuple[Problem, ...]) -> InputError:
    return InputError(
        Text(
            th=f"สร้างการตั้งค่าของ {device.name} จากแม่แบบไม่ได้",
            en=f"the configuration of {device.name} cannot be rendered",
        ),
        problems=problems,
    )
