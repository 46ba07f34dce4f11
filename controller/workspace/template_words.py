"""Which words a template needs from the inventory, and whether every device has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from controller.errors import Problem, Text
from controller.inventory.device import Device
from controller.inventory.inventory import RESERVED, Groups, template_variables
from controller.inventory.site import Site
from controller.language import nearest
from controller.workspace.templates import Template, closure, template_name


def check_variables_used(
    templates: Mapping[str, Template], groups: Groups, sites: tuple[Site, ...]
) -> Iterator[Problem]:
    """Words of templates that some device has no value for; each once, with the first device."""
    needed: dict[str, dict[str, tuple[str, int]]] = {}
    told: set[tuple[str, str]] = set()
    for site in sites:
        for device in site.devices:
            name = template_name(device.platform, device.role)
            if name not in needed:
                needed[name] = _needs(name, templates)
            known = template_variables(groups, site, device)
            for word in needed[name].keys() - known.keys():
                place = needed[name][word]
                if (place[0], word) not in told:
                    told.add((place[0], word))
                    yield _no_value(templates[place[0]], place[1], word, device, known)


def _needs(name: str, templates: Mapping[str, Template]) -> dict[str, tuple[str, int]]:
    """Each word the template and all it includes expect from outside -> (template, line)."""
    parts = [templates[part] for part in closure(name, templates)]
    given = RESERVED.union(*(part.gives for part in parts))
    return {
        word: (part.name, line)
        for part in parts
        for word, line in part.needs.items()
        if word not in given
    }


def _no_value(
    template: Template, line: int, word: str, device: Device, known: Mapping[str, object]
) -> Problem:
    column = template.text.split("\n")[line - 1].find(word) + 1
    message = Text(
        th=f"อุปกรณ์ {device.name} ไม่มีตัวแปร “{word}” ที่แม่แบบใช้",
        en=f"the device {device.name} has no variable “{word}”, which the template uses",
    )
    near = nearest(word, known)
    return Problem(template.path, line, max(column, 1), message, word, tuple(sorted(known)), near)
