"""Three workers as the program runs them, on PostgreSQL, with playbooks to carry out."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from controller.app import open_app
from controller.connections.ansible.processes import marked
from controller.operations.apply_plan import leave_apply
from controller.operations.context import Context
from controller.operations.plan_playbook import plan_playbook
from controller.plans.plan import Plan
from controller.store import executors, playbook_runs, runs
from tests.runs.lab import LabDevice, rows_of, running_lab
from tests.runs.played import write_playbooks
from tests.runs.scene import ENGINEER, Scene, open_scene
from tests.store.cluster import Cluster

HERE = Path(__file__).resolve().parents[2]
WORKERS = 3
LINE = "description Library"
"""What the playbook types, once on each device."""
LONGEST_SECONDS = 300
TAKEN_SECONDS = 60.0
QUIET_SECONDS = 3.0
LATEST_SECONDS = (15.0, 8.0)
"""Up to so long after a worker has the run in hand it is killed: the first, and the next one."""
_LOOK = """- hosts: all
  gather_facts: false
  tasks:
    - name: Version
      cisco.ios.ios_command: {commands: [show version]}
      when: ansible_network_os == "cisco.ios.ios"
    - name: Version
      arista.eos.eos_command: {commands: [show version]}
      when: ansible_network_os == "arista.eos.eos"
"""
_SETTINGS = "[playbooks]\nbatch = 2\nshare = 2\nforks = 2\n"

Look = Callable[[], tuple[str, bool]]
"""Who has a run now, and whether it goes on."""


@dataclass
class Crew:
    """The workers and the office they work for.

    `taken` is how long each run took to be taken over, `mid_play` how many died with an Ansible,
    `cut_off` the runs and devices on which the playbook had begun and nobody knew how it ended.
    """

    scene: Scene
    context: Context
    plan: Plan
    log: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)
    mid_play: int = 0
    cut_off: set[tuple[str, str]] = field(default_factory=set)

    def begin(self) -> None:
        """One worker more, as a person starts it."""
        khaen = [sys.executable, "-m", "controller.cli", "-C", str(self.scene.root)]
        with self.log.open("ab") as log:
            self.workers.append(
                subprocess.Popen(
                    [*khaen, "worker", "--queues", "runs"], cwd=HERE, stdout=log, stderr=log
                )
            )

    def full(self) -> None:
        """Wait until all of them are at work."""
        while len(self.workers) < WORKERS:
            self.begin()
        until(lambda: self.alive() >= {w.pid for w in self.workers}, "all workers")

    def alive(self) -> set[int]:
        """The processes that say they take work."""
        with self.scene.store.read() as conn:
            return {one.pid for one in executors.living(conn) if one.queues}

    def leave(self) -> tuple[str, str]:
        """A new case with the plan, left to the workers: its number and its run."""
        number = self.scene.approved_plan(self.plan)
        return number, leave_apply(self.context, ENGINEER, number)

    def holding(self, executor: str) -> subprocess.Popen[bytes] | None:
        """The worker this executor is of, if it is one of ours."""
        return next((w for w in self.workers if f"-{w.pid}-" in executor), None)

    def kill(self, holder: subprocess.Popen[bytes]) -> float:
        """`kill -9`, and another worker comes in its place; its Ansible is soon gone.

        Gives the moment of its death.
        """
        folder = self.scene.folder / "ansible"
        tokens = [one.name for one in folder.iterdir()] if folder.exists() else []
        mine = [token for token in tokens if _below(holder.pid, token)]
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        died = time.monotonic()
        with self.scene.store.read() as conn:
            rows = [row for run in runs.open_runs(conn) for row in runs.run_devices(conn, run.id)]
        self.cut_off |= {(row.run, row.device) for row in rows if row.state == "intended"}
        self.mid_play += bool(mine)
        self.workers.remove(holder)
        self.begin()
        while any(any(marked(token)) for token in mine):
            assert time.monotonic() < died + QUIET_SECONDS, mine
            time.sleep(0.05)
        return died

    def handed_on(self, before: str, died: float, at: Look) -> None:
        """Wait until another worker has what was the dead one's; the time is kept."""
        while (now := at())[0] == before:
            if not now[1]:
                return  # it had just been done
            assert time.monotonic() < died + TAKEN_SECONDS, before
            time.sleep(0.05)
        self.taken.append(time.monotonic() - died)

    def hunt(self, at: Look, chance: random.Random) -> list[float]:
        """Kill who has the run, at random moments, until it has ended; the times of taking over."""
        known = len(self.taken)
        until(lambda: bool(at()[0]), "a worker taking it")
        latest = list(LATEST_SECONDS)
        while at()[1]:
            time.sleep(chance.uniform(0.0, latest[0]) if latest else 0.1)
            executor, goes_on = at()
            holder = self.holding(executor)
            if latest and goes_on and holder is not None:
                latest.pop(0)
                self.handed_on(executor, self.kill(holder), at)
        return [round(seconds, 1) for seconds in self.taken[known:]]

    def applying(self, run: str) -> tuple[str, bool]:
        """Who has a run, and whether it goes on."""
        found = self.scene.run(run)
        return found.executor, found.state == "running"

    def reading(self, run: str) -> tuple[str, bool]:
        """The same of a playbook run that only reads."""
        with self.scene.store.read() as conn:
            record = playbook_runs.load_run(conn, run)
        return record.executor, record.ended is None

    def typed(self) -> dict[str, int]:
        """How often each device was told the line, by its own log."""
        return {device.name: device.typed(LINE) for device in self.scene.devices}

    def running(self) -> dict[str, str]:
        """What the devices run."""
        return {device.name: device.running() for device in self.scene.devices}


def until(happened: Callable[[], bool], what: str, seconds: float = LONGEST_SECONDS) -> None:
    """Wait until something is so; fails when it never is."""
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            pytest.fail(f"{what}: not within {seconds:g} seconds")
        time.sleep(0.05)


@contextmanager
def hired(folder: Path, cluster: Cluster, each: int) -> Iterator[Crew]:
    """The workers, and so many devices of each platform; all of it ends with the `with`."""
    rows = rows_of("cisco_ios", "ios", 17, each) + rows_of("arista_eos", "eos", 18, each)
    root = folder / "office"
    root.mkdir()
    with ExitStack() as ending:
        lab = ending.enter_context(running_lab(folder, rows))
        url = ending.enter_context(cluster.empty())
        patch = ending.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("KHAEN_DATABASE_URL", url)
        patch.delenv("KHAEN_DATA", raising=False)
        password = lab.password_file.read_text(encoding="utf-8").strip()
        scene = ending.enter_context(_scene(root, lab.devices, password, url))
        context = ending.enter_context(open_app(root))
        plan = plan_playbook(context, ENGINEER, "rooms", "all", {"room": "Library"})
        assert len(plan.devices) == len(rows), plan.left_out
        crew = Crew(scene, context, plan, folder / "workers.log")
        ending.callback(_end, crew)
        yield crew


@contextmanager
def _scene(root: Path, devices: tuple[LabDevice, ...], password: str, url: str) -> Iterator[Scene]:
    with open_scene(root, devices, password, url, confirm_minutes=60) as scene:
        write_playbooks(root)
        (root / "playbooks/look.yml").write_text(_LOOK, encoding="utf-8")
        meta = root / "playbooks/look.meta.yaml"
        both = meta.read_text(encoding="utf-8").replace("[cisco_ios]", "[cisco_ios, arista_eos]")
        meta.write_text(both, encoding="utf-8")
        (root / "password").write_text(password)
        (root / "snmp").write_text(scene.community)
        with (root / "khaen.toml").open("a", encoding="utf-8") as settings:
            settings.write(_SETTINGS)
        yield scene


def _below(worker: int, token: str) -> bool:
    """Whether a process of this run of Ansible was begun by the worker."""
    return any(worker in _parents(pid) for pid in marked(token))


def _parents(pid: int) -> set[int]:
    found: set[int] = set()
    while pid > 1:
        try:
            text = Path(f"/proc/{pid}/stat").read_text(errors="replace")
        except OSError:
            break
        pid = int(text.rpartition(")")[2].split()[1])
        found.add(pid)
    return found


def _end(crew: Crew) -> None:
    for worker in crew.workers:
        # One may be frozen still.
        os.kill(worker.pid, signal.SIGCONT)
        worker.kill()
        worker.wait()
