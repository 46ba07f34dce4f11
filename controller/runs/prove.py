"""After a commit: prove on new connections that the change stands, or that it is gone again.

Also the only way on for a device that was begun by a process that died: what was meant is written
down, what was done is asked of the device, and nothing is pushed before that is known.
"""

from __future__ import annotations

import time

from controller.connections.session import DeviceSession
from controller.errors import DeviceError, InputError
from controller.plans.plan import SNMP_HEALTH
from controller.runs.checks import Checked, Sight, Watch, run_checks
from controller.runs.ledger import Ending
from controller.runs.transaction import Work
from controller.runs.wording import (
    CANNOT_TELL,
    CONFIRMED,
    NOT_BACK,
    OWN_TIMER,
    PARTLY,
    RESTORED,
    Why,
    both,
    check_failed,
)

# How often in a row a device must be seen neither here nor there, with nothing pending, before
# nobody waits any longer: a device that goes back by its timer may take a while to get there.
_SIGHTS = 3


class Proof:
    """Looking at one device until it is known how it ended, or the time is over."""

    def __init__(
        self,
        work: Work,
        *,
        may_keep: bool = True,
        wait: float | None = None,
        touched: bool = False,
    ) -> None:
        """`may_keep` False: a change that waits for confirmation goes back instead.

        `wait`: how long to look, in seconds, when not until after the device's own timer.
        `touched`: a change is known to have been on the device.
        """
        now = time.monotonic()
        self._work = work
        self._may_keep = may_keep
        self._until = now + (work.timer() if wait is None else wait)
        self._settle_until = now + work.patience.settle
        self._lost = False
        self._touched = touched or work.committed
        self._undecided = 0

    def find(self) -> Ending | None:
        """How the device ended; None when it is as if nothing had ever been pushed to it.

        Errors: `Fenced`, `StoreError`.
        """
        while True:
            found = self._attempt()
            if found is not None:
                return found if found.state != "waiting" else None
            if self._undecided >= _SIGHTS:
                return self._unknown(CANNOT_TELL)
            if time.monotonic() > self._until:
                return self._unknown(NOT_BACK)
            self._work.sleep(self._work.patience.poll)

    def _attempt(self) -> Ending | None:
        work = self._work
        try:
            with work.connect() as session:
                return self._look(session)
        except (DeviceError, InputError) as error:
            # Whatever was acknowledged before, the line is cut now: look closely next time.
            work.sure = False
            work.said.append(error.message.en)
            if not work.why.code:
                work.why = check_failed("reachable", error.message)
            self._lost = True
            return None

    def _look(self, session: DeviceSession) -> Ending | None:
        work = self._work
        running = session.running()
        fingerprint = work.platform.fingerprint(running)
        if fingerprint == work.errand.before:
            if not session.pending():
                return self._back()
            # The timer was set and nothing came of it: taken off, the device is as it was.
            session.revert(work.token)
            return None
        self._touched = True
        demanded = SNMP_HEALTH in work.platform.usual_checks
        watch = Watch(work.vitals, work.ask, work.health, demanded=demanded)
        sight = Sight(work.errand, session, running, fingerprint, work.up, work.sure, watch)
        work.checks = run_checks(sight)
        failed = next((check for check in work.checks if not check.passed), None)
        if failed is None and (self._may_keep or not session.pending()):
            return self._keep(session, running, fingerprint)
        return self._take_back(session, failed)

    def _keep(self, session: DeviceSession, running: str, fingerprint: str) -> Ending:
        work = self._work
        work.book.write("verified", work.evidence())
        # A confirmation whose answer is lost is not given twice: the next look asks first.
        acknowledged, work.sure = work.sure, False
        if acknowledged or session.pending():
            session.confirm(work.token)
        session.save()
        work.why = RESTORED if work.errand.goal else CONFIRMED
        blob = work.book.store_text(work.path(), running)
        return Ending("confirmed", work.why, after=fingerprint, blob=blob)

    def _take_back(self, session: DeviceSession, failed: Checked | None) -> Ending | None:
        work = self._work
        if failed is not None and time.monotonic() < self._settle_until:
            return None
        self._may_keep = False
        if failed is not None:
            partly = failed.check == "applied"
            work.why = PARTLY if partly else check_failed(failed.check, failed.words)
        if not session.pending():
            self._undecided += 1
            return None
        session.revert(work.token)
        if work.platform.fingerprint(session.running()) == work.errand.before:
            return self._back()
        return None

    def _back(self) -> Ending:
        work = self._work
        if not self._touched:
            return Ending("waiting", work.why)
        why = work.why if work.why.code else OWN_TIMER
        return Ending("rolled_back", both(why, RESTORED.words), lost=self._lost)

    def _unknown(self, why: Why) -> Ending:
        work = self._work
        why = both(work.why, why.words) if work.why.code else why
        return Ending("unknown", why, lost=self._lost)
