"""What became of one device in a run: the states, and which of them are final."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

State = Literal[
    "waiting",
    "intended",
    "pushed",
    "verified",
    "confirmed",
    "drifted",
    "refused",
    "failed",
    "rolled_back",
    "unknown",
]
STATES: tuple[str, ...] = get_args(State)
FINAL = frozenset({"confirmed", "drifted", "refused", "failed", "rolled_back", "unknown"})
BAD = frozenset({"refused", "failed", "rolled_back", "unknown"})
RunKind = Literal["apply", "rollback"]
RunState = Literal["running", "finished", "stopped"]


class Run(BaseModel):
    """One carrying-out of an approved plan, or its taking back."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: RunKind
    case: str
    plan: str
    by: str
    state: RunState
    executor: str
    started: datetime
    ended: datetime | None = None
    note: str = ""


class RunDevice(BaseModel):
    """One device in a run. `batch` 0 is the canary; `before` and `after` are fingerprints."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    run: str
    device: str
    batch: int
    state: State
    reason: str = ""
    fence: int = 0
    before: str = ""
    after: str = ""
    evidence: str = ""
    changed: datetime | None = None
