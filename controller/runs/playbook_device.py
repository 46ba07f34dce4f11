"""One device while a playbook runs on it: before, after, and back where it must not stay.

The device's own timer cannot run meanwhile, so whoever puts it back is this program: by replacing
the whole configuration, for which the timer runs again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from controller.connections.session import DeviceSession
from controller.errors import DeviceError, InputError, Text
from controller.plans.outcome import RunDevice
from controller.plans.plan import SNMP_HEALTH
from controller.runs.checks import Checked, Sight, Watch, run_checks
from controller.runs.errand import Errand
from controller.runs.ledger import Book, Ending
from controller.runs.prove import Proof
from controller.runs.transaction import Work, push
from controller.runs.wording import (
    CONFIRMED,
    DRIFTED,
    INTERRUPTED,
    NO_SNAPSHOT,
    NOT_BACK,
    NOT_FINISHED,
    NOT_PUT_BACK,
    NOTHING,
    OTHER_LINES,
    PENDING_ALREADY,
    RESTORED,
    Why,
    both,
    check_failed,
    playbook_failed,
    unreachable,
)

Ran = Literal["", "ok", "failed", "unreachable", "not-run"]


@dataclass
class PlaybookWork(Work):
    """The work on one device.

    `ran` is how Ansible ended here, empty while that is not known; `strays` what it sent and nobody
    approved; `words` what a task that failed said. `left` is the fingerprint the playbook left,
    once the device goes back, and `back` what is known of the way back. `closed` says why nothing
    is to stay any more, when the gate is shut. `kept` gives the earlier configuration by its
    fingerprint.
    """

    ran: Ran = ""
    strays: tuple[str, ...] = ()
    words: str = ""
    left: str = ""
    back: dict[str, Any] = field(default_factory=dict)
    closed: Why = NOTHING
    kept: Callable[[str], str] = lambda _: ""

    def remember(self, row: RunDevice) -> None:
        """Take over what an earlier attempt wrote down."""
        super().remember(row)
        kept = _read(row.evidence)
        self.ran = kept.get("ran", "")
        self.strays = tuple(kept.get("strays", ()))
        self.words = kept.get("words", "")
        self.left = kept.get("left", "")
        self.back = kept.get("back", {})

    def evidence(self) -> dict[str, Any]:
        """What the store keeps beside the state."""
        more = {
            "ran": self.ran,
            "strays": list(self.strays[:5]),
            "words": self.words,
            "left": self.left,
            "back": self.back,
        }
        return super().evidence() | {name: value for name, value in more.items() if value}

    def reason(self) -> Why:
        """Why the device is not to stay as the playbook left it; nothing where it is."""
        if self.strays:
            told = self.strays[0]
            return both(OTHER_LINES, Text(th=told, en=told))
        if self.ran == "ok":
            return self.closed
        if self.ran in ("failed", "unreachable"):
            return playbook_failed(Text(th=self.words or self.ran, en=self.words or self.ran))
        return NOT_FINISHED


class _BackBook(Book):
    """Writes of the way back are notes beside what the playbook did, which stays in its place."""

    def __init__(self, work: PlaybookWork) -> None:
        book = work.book
        super().__init__(book.ledger, book.device, book.platform, book.fence, book.state)
        self._work = work

    def write(self, state: Any, evidence: dict[str, Any], before: str = "") -> None:
        """Errors: `Fenced`: then leave the device alone."""
        del state, before
        self._work.back = evidence
        super().write("pushed", self._work.evidence())


def prepare(work: PlaybookWork) -> Ending | None:
    """Look at the device before the playbook; None when it may run there. Nothing is changed.

    Errors: `Fenced`, `StoreError`.
    """
    try:
        with work.connect() as session:
            running = session.running()
            fingerprint = work.platform.fingerprint(running)
            if fingerprint != work.errand.before:
                return Ending("drifted", DRIFTED, after=fingerprint)
            if session.pending():
                return Ending("refused", PENDING_ALREADY)
            work.up = session.interfaces_up()
    except DeviceError as error:
        return Ending("failed", unreachable(error.message))
    except InputError as error:
        return Ending("refused", unreachable(error.message))
    if SNMP_HEALTH in work.errand.checks:
        work.vitals = work.ask()
    work.book.keep(work.path(), running, fingerprint, "before")
    return None


def begin(work: PlaybookWork) -> None:
    """Write down that the playbook begins, in the last moment before it does.

    Whoever finds this and no more never runs the playbook again. Errors: `Fenced`, `StoreError`.
    """
    work.book.write("intended", work.evidence(), before=work.errand.before)


def was_begun(row: RunDevice) -> bool:
    """Whether the playbook may have run on the device already."""
    return bool(row.before)


def finish(work: PlaybookWork) -> Ending:
    """After Ansible has ended: prove on a new connection that the change stands, or put it back.

    Errors: `Fenced`, `StoreError`.
    """
    if work.back:
        return _put_back(work)
    looking = _Looking(work)
    while True:
        ending = looking.once()
        if ending is not None:
            return ending
        if work.left:
            return _put_back(work)
        work.sleep(work.patience.poll)


class _Looking:
    """Looks at one device after the playbook, until it stays, is to go back, or time is over."""

    def __init__(self, work: PlaybookWork) -> None:
        now = time.monotonic()
        self._work = work
        self._why = work.reason()
        self._until = now + work.timer()
        self._settle_until = now + work.patience.settle
        self._lost = False

    def once(self) -> Ending | None:
        """What became of the device; None to look again, or to go back where `left` is set."""
        work = self._work
        try:
            with work.connect() as session:
                return self._look(session)
        except (DeviceError, InputError) as error:
            self._lost = True
            work.said.append(error.message.en)
            if time.monotonic() <= self._until:
                return None
            first = self._why if self._why.code else check_failed("reachable", error.message)
            work.why = both(first, NOT_BACK.words)
            return Ending("unknown", work.why, lost=True)

    def _look(self, session: DeviceSession) -> Ending | None:
        work = self._work
        running = session.running()
        fingerprint = work.platform.fingerprint(running)
        if not self._why.code:
            failed = _failed_check(work, session, running, fingerprint)
            if failed is None:
                return _keep(work, session, running, fingerprint)
            if time.monotonic() < self._settle_until:
                return None
            self._why = check_failed(failed.check, failed.words)
        work.why = self._why
        if fingerprint == work.errand.before:
            return Ending("failed", both(self._why, RESTORED.words), lost=self._lost)
        work.left = fingerprint
        return None


def look_again(work: PlaybookWork, *, may_keep: bool) -> Ending:
    """Settle a device of which nobody knows how it ended, by what is on it; nothing is pushed.

    One that is neither as it was nor as approved stays `unknown`, with its fingerprint: taking the
    case back puts it back as long as nobody changes it. Errors: `Fenced`, `StoreError`.
    """
    if work.back:
        proof = Proof(_way_back(work), may_keep=True, wait=0.0, touched=True)
        found = proof.find()
        if found is not None and found.state == "confirmed":
            return Ending("rolled_back", both(work.reason(), RESTORED.words))
    why = work.reason() if work.ran else INTERRUPTED
    try:
        with work.connect() as session:
            running = session.running()
            fingerprint = work.platform.fingerprint(running)
            if work.ran == "ok" and not work.strays and may_keep:
                failed = _failed_check(work, session, running, fingerprint)
                if failed is None:
                    return _keep(work, session, running, fingerprint)
                why = check_failed(failed.check, failed.words)
            work.why = why
            if fingerprint == work.errand.before:
                return Ending("rolled_back", both(why, RESTORED.words))
            return Ending("unknown", why, after=fingerprint)
    except (DeviceError, InputError) as error:
        work.said.append(error.message.en)
        return Ending("unknown", both(why, error.message), lost=True)


def interrupted(work: PlaybookWork) -> Ending:
    """A device on which the playbook was cut off with its process: looked at, never run again.

    `unknown` whatever is found: that its configuration is as before does not prove that nothing
    was done. Errors: `Fenced`, `StoreError`.
    """
    work.why = INTERRUPTED
    try:
        with work.connect() as session:
            fingerprint = work.platform.fingerprint(session.running())
    except (DeviceError, InputError) as error:
        work.said.append(error.message.en)
        return Ending("unknown", INTERRUPTED, lost=True)
    return Ending("unknown", INTERRUPTED, after=fingerprint)


def _failed_check(
    work: PlaybookWork, session: DeviceSession, running: str, fingerprint: str
) -> Checked | None:
    demanded = SNMP_HEALTH in work.platform.usual_checks
    watch = Watch(work.vitals, work.ask, work.health, demanded=demanded)
    sight = Sight(work.errand, session, running, fingerprint, work.up, sure=True, watch=watch)
    work.checks = run_checks(sight)
    return next((check for check in work.checks if not check.passed), None)


def _keep(work: PlaybookWork, session: DeviceSession, running: str, fingerprint: str) -> Ending:
    work.book.write("verified", work.evidence())
    session.save()
    work.why = CONFIRMED
    blob = work.book.store_text(work.path(), running)
    return Ending("confirmed", CONFIRMED, after=fingerprint, blob=blob)


def _way_back(work: PlaybookWork) -> Work:
    errand = work.errand
    back = Work(
        errand=_back_errand(errand, work.left, work.kept(errand.before)),
        platform=work.platform,
        connect=work.connect,
        book=_BackBook(work),
        patience=work.patience,
        sleep=work.sleep,
        ask=work.ask,
        health=work.health,
        up=work.up,
        vitals=work.vitals,
        token=work.back.get("token", ""),
    )
    back.committed = bool(work.back)
    return back


def _back_errand(errand: Errand, left: str, earlier: str) -> Errand:
    return replace(
        errand,
        operation="replace",
        before=left,
        candidate=earlier,
        diff=None,
        goal=errand.before,
        rollback="commit-confirm",
        checks=tuple(check for check in errand.checks if check != "applied"),
    )


def _put_back(work: PlaybookWork) -> Ending:
    """Replace what the playbook left by what was there before it.

    What an earlier attempt at it began is looked at first, never pushed blindly again.
    """
    why = work.why if work.why.code else work.reason()
    back = _way_back(work)
    if not back.errand.candidate:
        return Ending("unknown", both(why, NO_SNAPSHOT.words), after=work.left)
    found = Proof(back).find() if work.back else None
    if found is None:
        found = push(back) or Proof(back).find()
    work.checks = back.checks
    work.said += back.said
    work.why = why
    if found is not None and found.state == "confirmed":
        return Ending("rolled_back", both(why, RESTORED.words), lost=found.lost)
    detail = found.why.words if found is not None else NOT_PUT_BACK.words
    lost = found.lost if found is not None else False
    return Ending("unknown", both(both(why, NOT_PUT_BACK.words), detail), lost=lost)


def _read(evidence: str) -> dict[str, Any]:
    return dict(json.loads(evidence)) if evidence else {}
