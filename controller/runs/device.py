"""One device's step of a run, whatever an earlier attempt at it left behind."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from controller.connections.connect import connect
from controller.connections.session import DeviceSession
from controller.health.rules import rules_of
from controller.plans.carrying import kept_values
from controller.plans.outcome import FINAL, RunDevice
from controller.platforms.registry import platform
from controller.runs.environment import RunEnvironment
from controller.runs.errand import Errand
from controller.runs.ledger import Book, Ending, Ledger
from controller.runs.prove import Proof
from controller.runs.transaction import Work, push
from controller.runs.wording import CANNOT_TELL, NO_SNAPSHOT, NOTHING


def carry(
    environment: RunEnvironment,
    ledger: Ledger,
    row: RunDevice,
    errand: Errand,
    *,
    may_push: bool,
    may_keep: bool | None = None,
) -> dict[str, Any]:
    """Bring one device to a final state and write it down; gives its state and whether it was lost.

    A device that is final already is left alone. Without `may_push` only what was begun is brought
    to an end; a device that is found untouched waits again. Without `may_keep`, by default the
    same as `may_push`, what waits for its confirmation goes back. Errors: `Fenced`, `StoreError`.
    """
    if row.state in FINAL:
        return {"state": row.state, "lost": was_lost(row)}
    book = ledger.claim(row, errand.platform, errand.site)
    if book is None:
        return {"state": "refused", "lost": False}
    work = working(environment, book, errand, may_push=may_push)
    ending = _bring(work, row, may_keep=may_push if may_keep is None else may_keep)
    book.end(ending, work.evidence() | ({"lost": True} if ending.lost else {}))
    return {"state": ending.state, "lost": ending.lost}


def working(environment: RunEnvironment, book: Book, errand: Errand, *, may_push: bool) -> Work:
    """The work on one device with everything it needs."""
    return Work(
        errand=errand,
        platform=platform(errand.platform),
        connect=reaching(environment, errand),
        book=book,
        patience=environment.patience,
        may_push=may_push,
        ask=lambda: environment.vitals(errand.device, errand.platform),
        health=lambda: rules_of(environment.watching()),
    )


def reaching(environment: RunEnvironment, errand: Errand) -> Callable[[], DeviceSession]:
    """How to log in to the errand's device, with the secrets that are to reach it."""

    def reach() -> DeviceSession:
        secrets = environment.secrets()
        rules = platform(errand.platform).texts
        kept = kept_values(rules, errand.candidate, secrets, environment.backups.read)
        return connect(environment.target(errand.device), {**secrets, **kept})

    return reach


def _bring(work: Work, row: RunDevice, *, may_keep: bool) -> Ending:
    if row.state != "waiting":
        work.remember(row)
        ending = Proof(work, may_keep=may_keep).find()
        if ending is not None:
            return ending
    if not work.may_push:
        return Ending("waiting", NOTHING)
    if not work.errand.candidate:
        return Ending("refused", NO_SNAPSHOT)
    return push(work) or Proof(work).find() or Ending("unknown", CANNOT_TELL)


def was_lost(row: RunDevice) -> bool:
    """Whether a device that reached a final state was out of reach after the push."""
    return bool(row.evidence) and "lost" in json.loads(row.evidence)
