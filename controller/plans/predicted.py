"""What a device would probably say to a candidate, computed from its backup.

For looking ahead at 1,500 devices without asking one. It follows the platform's merge rules and no
more; a plan made of it says so (`Plan.predicted`) and refuses itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from controller.configuration.edits import Edit
from controller.configuration.lines import read_lines
from controller.configuration.merging import Merge, hide
from controller.inventory.device import Device
from controller.plans.build import Observation
from controller.plans.difference import Difference, read_difference
from controller.plans.safety import cuts_management
from controller.plans.subject import Limits, Subject
from controller.platforms.manner import manner
from controller.platforms.platform import Platform
from controller.settings import Settings


def predict_observation(
    device: Device, platform: Platform, backup: str | None, candidate: str
) -> Observation:
    """An observation as if the device had been asked, from its stored configuration."""
    return Observation(
        device=device,
        platform=platform,
        running=backup,
        candidate=candidate,
        operation="merge",
        diff=None if backup is None else predict(platform, backup, candidate),
        unreachable="no backup" if backup is None else None,
    )


def predict(platform: Platform, running: str, candidate: str) -> str:
    """The difference that merging `candidate` into `running` makes, in the `unified` style.

    Lines that are there already make none; `no X` takes X away; a line that only one may stand of
    takes the other's place. Secrets are hidden, references shown. Empty when nothing changes.
    """
    before = read_lines(hide(platform.mask(running)), platform.grammar)
    wanted = read_lines(platform.mask(candidate), platform.grammar)
    merge = Merge(manner(platform.name), trunk_allowed=platform.safety.trunk_allowed)
    edits = _lasting(merge.into(before, wanted, ()))
    return platform.redact(Difference(edits, readable=True).text())


def would_cut(seen: Observation, settings: Settings) -> bool:
    """Whether the candidate would probably cut our own way to the device; asks no device."""
    running = seen.running or ""
    difference = read_difference(predict(seen.platform, running, seen.candidate), "unified")
    subject = Subject(
        device=seen.device,
        platform=seen.platform,
        operation=seen.operation,
        running=running,
        candidate=seen.candidate,
        difference=difference,
        limits=Limits(settings.safety.remove_percent, settings.credentials.username),
    )
    return cuts_management(subject) is not None


def _lasting(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Without lines that come and go again while the candidate is typed."""
    kept: list[Edit] = []
    for edit in edits:
        came = Edit("+", edit.path, edit.line)
        if edit.sign == "-" and came in kept:
            kept.remove(came)
        else:
            kept.append(edit)
    return tuple(kept)
