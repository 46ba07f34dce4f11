"""Read the whole workspace and name everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from controller.accounts.actor import Actor, require
from controller.errors import Problem
from controller.workspace.load import check_workspace
from controller.workspace.workspace import Workspace

if TYPE_CHECKING:
    # It brings the database along, which validating a folder never needs.
    from controller.operations.context import Context


@dataclass(frozen=True)
class Validation:
    """What was found; no problems means the workspace may be used.

    `counts` says how much was read: sites, devices, assets, templates, models, playbooks; empty
    when it could not be.
    """

    problems: tuple[Problem, ...]
    counts: dict[str, int]


def validate_workspace(root: Path) -> Validation:
    """Check every file; needs no permission, database or network, and changes nothing."""
    workspace, problems = check_workspace(root)
    return Validation(problems, _counts(workspace) if workspace else {})


def validate_own_workspace(context: Context, actor: Actor) -> Validation:
    """The same of the workspace that is served, for those who read history."""
    require(actor, "read_history")
    return validate_workspace(context.root)


def _counts(workspace: Workspace) -> dict[str, int]:
    inventory = workspace.inventory
    return {
        "sites": len(inventory.sites),
        "devices": len(inventory.devices),
        "assets": len(inventory.assets),
        "templates": len(workspace.parsed),
        "models": len(workspace.models),
        "baselines": len(workspace.baselines.baselines),
        "playbooks": len(workspace.playbooks),
    }
