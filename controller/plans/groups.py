"""Devices with the same difference form one change group: the approver reads groups, not devices.

Small groups come first, because what happens to two devices out of eighty is what one would miss.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from controller.configuration.edits import Edit
from controller.errors import NotFound
from controller.plans.difference import Difference, read_difference
from controller.plans.plan import DevicePlan, Plan, TaskPlan
from controller.plans.typed import read_typed
from controller.platforms.registry import PLATFORMS, platform

OUTLIER_SHARE = 10
"""A group is an outlier when it has at most this percentage of the largest group's devices."""


@dataclass(frozen=True)
class ChangeGroup:
    """One difference and all the devices it reaches, by name.

    `diff` shows the lines that come and go under their sections; `added` and `removed` count them
    for one device. `tasks` are those of a playbook: the same on each of its devices.
    """

    diff: str
    platform: str
    operation: str
    devices: tuple[str, ...]
    sites: tuple[str, ...]
    roles: tuple[str, ...]
    added: int
    removed: int
    outlier: bool
    tasks: tuple[TaskPlan, ...] = ()

    @property
    def shown_tasks(self) -> tuple[TaskPlan, ...]:
        """The tasks without those skipped only because they are another platform's."""
        ours = _collection(platform(self.platform).ansible_os) if self.tasks else ""
        theirs = {_collection(known.ansible_os) for known in PLATFORMS.values()} - {ours, ""}
        return tuple(
            task
            for task in self.tasks
            if task.effect != "skipped" or _collection(task.module) not in theirs
        )


@dataclass(frozen=True)
class Reach:
    """How far a plan reaches: counts of devices, sites, groups, and lines over all devices."""

    devices: int
    sites: int
    groups: int
    added: int
    removed: int
    left_out: int


def group(plan: Plan) -> tuple[ChangeGroup, ...]:
    """The change groups of a plan, outliers first, then by size; each device is in exactly one.

    Differences are the same when the same lines come and go in the same sections; what else a
    device shows around them does not matter. One that cannot be read is only the same as itself.
    """
    return _grouped(_Named(plan.id, plan))


@dataclass(frozen=True)
class _Named:
    """A plan by its id, which says everything about what is in it."""

    id: str
    plan: Plan = field(compare=False)


@lru_cache(maxsize=8)
def _grouped(named: _Named) -> tuple[ChangeGroup, ...]:
    """As `group`; a plan of 1,500 devices takes a third of a second and is asked for often."""
    plan = named.plan
    members: dict[object, list[DevicePlan]] = {}
    told: dict[object, Difference] = {}
    for device in plan.devices:
        difference = difference_of(device, predicted=plan.predicted)
        key = _identity(device, difference)
        told[key] = difference
        members.setdefault(key, []).append(device)
    largest = max((len(m) for m in members.values()), default=0)
    groups = [_group(devices, told[key], largest) for key, devices in members.items()]
    return tuple(sorted(groups, key=lambda g: (not g.outlier, len(g.devices), g.devices)))


def reach(plan: Plan) -> Reach:
    """The numbers of a plan's reach."""
    return reach_of(plan, group(plan))


def reach_of(plan: Plan, groups: tuple[ChangeGroup, ...]) -> Reach:
    """The same, of a plan whose groups are known already: finding them is the costly part."""
    return Reach(
        devices=len(plan.devices),
        sites=len({device.site for device in plan.devices}),
        groups=len(groups),
        added=sum(g.added * len(g.devices) for g in groups),
        removed=sum(g.removed * len(g.devices) for g in groups),
        left_out=len(plan.left_out),
    )


def difference_of(device: DevicePlan, *, predicted: bool) -> Difference:
    """The device's difference as edits; unreadable when its platform is not known."""
    if predicted:
        return read_difference(device.diff, "unified")
    try:
        known = platform(device.platform)
    except NotFound:
        return Difference((), readable=False)
    if device.operation == "playbook":
        return read_typed(device.diff, known.grammar)
    style = known.diff_style[device.operation]
    return read_difference(device.diff, style, device.sections)


def _collection(name: str) -> str:
    return name.rpartition(".")[0]


def _identity(device: DevicePlan, difference: Difference) -> tuple[object, ...]:
    about: tuple[object, ...] = (device.platform, device.operation, device.tasks)
    edits: tuple[Edit, ...] | str = difference.edits
    return (*about, edits) if difference.readable else (*about, device.device, device.diff)


def _group(devices: list[DevicePlan], difference: Difference, largest: int) -> ChangeGroup:
    first = devices[0]
    size = len(devices)
    return ChangeGroup(
        diff=difference.text() if difference.readable else first.diff,
        platform=first.platform,
        operation=first.operation,
        devices=tuple(sorted(device.device for device in devices)),
        sites=tuple(sorted({device.site for device in devices})),
        roles=tuple(sorted({device.role for device in devices})),
        added=difference.added,
        removed=difference.removed,
        outlier=size < largest and size * 100 <= max(largest * OUTLIER_SHARE, 100),
        tasks=first.tasks,
    )
