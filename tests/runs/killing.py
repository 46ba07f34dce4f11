"""Carrying a case out while its processes are killed at random moments."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path

from controller.plans.outcome import FINAL
from controller.store import audit_log, runs
from tests.runs.lab import wait_until
from tests.runs.scene import Scene

HERE = Path(__file__).resolve().parents[2]
CARRIER = (sys.executable, "-m", "tests.runs.carrier")


@dataclass
class Killing:
    """What was seen: `settled` maps a device to its number of commits when it had ended."""

    scene: Scene
    number: str
    chance: random.Random
    settled: dict[str, int] = field(default_factory=dict)

    def go(self, kills: int, longest: float) -> str:
        """Kill so many processes, each up to `longest` seconds after it has the run in hand.

        Then let two at once finish it; gives the id of the run.
        """
        for _ in range(kills):
            process = self._begin()
            try:
                wait_until(partial(self._has_it, process), "a process having the run in hand")
                time.sleep(self.chance.uniform(0, longest))
            finally:
                process.kill()
                process.communicate()
            self._look()
        both = [self._begin(), self._begin()]
        told = [process.communicate(timeout=120)[1] for process in both]
        failed = [t for p, t in zip(both, told, strict=True) if p.returncode != 0]
        # One may have carried all of it out before the other had started.
        assert len(failed) < len(both), told
        assert all("does not stand at the step" in errors for errors in failed), failed
        self._look()
        return self._run()

    def _begin(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.runs.carrier",
                str(self.scene.root),
                self.number,
                "-",
                "-",
            ],
            cwd=HERE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def _has_it(self, process: subprocess.Popen[str]) -> bool:
        if process.poll() is not None:
            return True
        with self.scene.store.read() as conn:
            going_on = runs.open_runs(conn)
        return any(f"-{process.pid}-" in run.executor for run in going_on)

    def _look(self) -> None:
        """Whatever had ended before has not been touched since; remember what has ended now."""
        commits = {device.name: device.commits() for device in self.scene.devices}
        again = {d: (n, commits[d]) for d, n in self.settled.items() if commits[d] != n}
        assert not again, again
        rows = self.scene.rows(self._run())
        self.settled = {d: commits[d] for d, row in rows.items() if row.state in FINAL}

    def _run(self) -> str:
        with self.scene.store.read() as conn:
            (run,) = runs.runs_of(conn, self.number)
        return run.id

    def handovers(self) -> list[tuple[str, str]]:
        """From which executor to which the run went, in order."""
        with self.scene.store.read() as conn:
            entries = audit_log.about(conn, self.number)
        return [
            (str(e.content["from"]), str(e.content["to"]))
            for e in entries
            if e.action == "run_taken_over"
        ]


def assert_all_well(killing: Killing, run: str) -> None:
    """Every device final and as approved, pushed once; one process at a time; the log whole."""
    scene = killing.scene
    rows = scene.rows(run)
    assert {row.state for row in rows.values()} == {"confirmed"}, rows
    assert scene.run(run).state == "finished"
    for device in scene.devices:
        assert device.running().count("description Staff room") == 2
        assert device.startup() == device.running()
        assert not device.pending()
        assert device.commits() == 1
    handed = killing.handovers()
    assert all(to == start for (_, to), (start, _) in pairwise(handed))
    assert scene.keeper.verify(scene.store).ok is True
