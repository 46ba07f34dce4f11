"""What rules and waivers say about devices, beside the devices there are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import get_args

from controller.compliance.check import Check
from controller.compliance.rule import Rule
from controller.errors import Problem, Text
from controller.inventory.device import Device, Role
from controller.inventory.inventory import RESERVED, Groups, template_variables
from controller.inventory.selector import parse_selector
from controller.inventory.site import Site
from controller.language import nearest, shown
from controller.workspace.templates import Template, parse_template
from controller.workspace.yaml_lines import Document, Place

_TEXTS = ("required", "mend")
_LISTS = (
    *("given", "without", "within", "where", "unless"),
    *("patterns", "any_of", "forbidden", "golden"),
)
_KNOWN: dict[str, Callable[[Site], Collection[str]]] = {
    "site": lambda site: (site.site,),
    "district": lambda site: (site.district,),
    "name": lambda site: [device.name for device in site.devices],
    "role": lambda site: get_args(Role),
}


def check_selected(
    file: Document, place: Place, text: str, sites: tuple[Site, ...]
) -> Iterator[Problem]:
    """Sites, districts, devices and roles a selector names and the inventory does not have."""
    for condition in parse_selector(text).conditions:
        if condition.key not in _KNOWN:
            continue
        known = {word for site in sites for word in _KNOWN[condition.key](site)}
        for value in condition.values:
            if value not in known and not set("*?[") & set(value):
                yield file.problem(
                    (*place, "select"),
                    _nobody(condition.key, value),
                    allowed=shown(value, known),
                    suggestion=nearest(value, known),
                )


def check_words(
    file: Document,
    place: Place,
    rule: Rule,
    groups: Groups,
    sites: tuple[Site, ...],
    secrets: Collection[str] | None,
) -> Iterator[Problem]:
    """Variables of a rule that some device it is for does not have, and secrets nobody named."""
    selector = parse_selector(rule.select)
    for key, checks in (("checks", rule.checks), ("formerly", rule.formerly)):
        for index, check in enumerate(checks):
            parsed = [
                ((*place, key, index, *where), parse_template("", text))
                for where, text in _texts(check)
                if "{{" in text or "{%" in text
            ]
            for where, template in parsed:
                yield from _secrets(file, where, template, secrets)
            needed = {
                word: where
                for where, template in parsed
                for word in template.needs
                if word not in RESERVED
            }
            if needed:
                devices = [
                    (site, device)
                    for site in sites
                    for device in site.devices
                    if (not check.platform or device.platform in check.platform)
                    and selector.holds(device)
                ]
                yield from _without(file, needed, groups, devices)


def _texts(check: Check) -> Iterator[tuple[Place, str]]:
    """Every text of a check that may name variables, with its place."""
    if check.configuration is not None:
        for name in _TEXTS:
            yield ("configuration", name), getattr(check.configuration, name)
        for name in _LISTS:
            for index, text in enumerate(getattr(check.configuration, name)):
                yield ("configuration", name, index), text
    for name, value in check.fact.where.items() if check.fact is not None else ():
        if isinstance(value, str):
            yield ("fact", "where", name), value


def _secrets(
    file: Document, place: Place, template: Template, secrets: Collection[str] | None
) -> Iterator[Problem]:
    for _, name in template.secrets:
        if secrets is not None and name not in secrets:
            yield file.problem(place, _no_secret(name), suggestion=nearest(name, secrets))


def _without(
    file: Document,
    needed: dict[str, Place],
    groups: Groups,
    devices: Sequence[tuple[Site, Device]],
) -> Iterator[Problem]:
    told: set[str] = set()
    for site, device in devices:
        known = template_variables(groups, site, device)
        for word in needed.keys() - known.keys() - told:
            told.add(word)
            yield file.problem(
                needed[word], _no_value(word, device.name), suggestion=nearest(word, known)
            )


def _nobody(key: str, value: str) -> Text:
    return Text(
        th=f"ไม่มีอุปกรณ์ใดในทะเบียนที่ {key} เป็น {value}",
        en=f"no device of the inventory has {key}={value}",
    )


def _no_value(word: str, device: str) -> Text:
    return Text(
        th=f"อุปกรณ์ {device} ไม่มีตัวแปร “{word}” ที่เกณฑ์ใช้",
        en=f"the device {device} has no variable “{word}”, which the rule uses",
    )


def _no_secret(name: str) -> Text:
    return Text(
        th=f"ไม่มีรหัสลับ {name} ในหมวด [secrets] ของ khaen.toml",
        en=f"khaen.toml names no secret {name} under [secrets]",
    )
