"""The gated rollout against a plain Nornir script and against Ansible, on the same devices.

Rounds are interleaved: plain, ours, plain, ours, ... Each pushes another description to the same
ports, so each does the same real work. Reported are medians and their ratios.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import ansible_playbook, measure
from bench.fleet import NAPALM, USERNAME, BenchDevice, fleet, lines_of
from bench.gated import GatedOffice
from bench.report import Row, say, table

HERE = Path(__file__).resolve().parent
PLAIN = "plain Nornir + NAPALM"
PLAN = "khaen plan"
APPLY = "khaen apply"
ANSIBLE = "ansible-playbook"


class Rounds:
    """What was measured, by name, and the number of the round that comes next."""

    def __init__(self, devices: tuple[BenchDevice, ...], lines: int, workers: int) -> None:
        self.devices = devices
        self.lines = lines
        self.workers = workers
        self.number = 0
        self.costs: dict[str, list[measure.Cost]] = {}
        self.shares: dict[str, float] = {}

    def changed(self) -> tuple[BenchDevice, ...]:
        """The devices, with the lines of a change nobody has pushed yet."""
        self.number += 1
        return tuple(
            replace(d, lines=lines_of(d.platform, self.lines, self.number)) for d in self.devices
        )

    def keep(self, name: str, cost: measure.Cost) -> None:
        """Remember one measurement and show it, so that the run is seen to go on."""
        self.costs.setdefault(name, []).append(cost)
        say(f"  {name}: {cost.wall:.1f} s, {cost.cpu:.1f} s CPU, {cost.peak_mb:.0f} MB")

    def median(self, name: str, what: str = "wall") -> float:
        """The median of one figure over the rounds."""
        return float(statistics.median(getattr(cost, what) for cost in self.costs[name]))


def plain(rounds: Rounds, office: GatedOffice) -> None:
    """One round of the plain script."""
    hosts = [
        {
            "name": d.name,
            "driver": NAPALM[d.platform],
            "hostname": d.address,
            "port": d.port,
            "lines": d.lines,
        }
        for d in rounds.changed()
    ]
    told = {
        "username": USERNAME,
        "password": office.device_password,
        "workers": rounds.workers,
        "hosts": hosts,
    }
    script = [sys.executable, str(HERE / "plain_nornir.py")]
    rounds.keep(PLAIN, measure.run(script, typed=json.dumps(told), beside=office.lab_process))


def ours(rounds: Rounds, office: GatedOffice) -> None:
    """One round through plan, case, approval and apply."""
    rounds.changed()
    plan, planning = office.plan(rounds.number)
    case = office.approve(plan)
    applying = office.apply(case)
    office.close(case)
    rounds.keep(PLAN, planning)
    rounds.keep(APPLY, applying)


def watched(rounds: Rounds, office: GatedOffice) -> None:
    """One more round of ours, not measured, to see where the devices' time goes."""
    rounds.changed()
    plan, _ = office.plan(rounds.number)
    case = office.approve(plan)
    rounds.shares = office.watched_apply(case)
    office.close(case)


def ansible(rounds: Rounds, office: GatedOffice, count: int) -> None:
    """One round of the playbook on the first `count` IOS devices."""
    devices = [d for d in rounds.changed() if d.platform == "cisco_ios"][:count]
    rounds.keep(ANSIBLE, ansible_playbook.push(office, devices, rounds.workers))


def measured(options: argparse.Namespace) -> Rounds:
    """Run every round asked for."""
    devices = fleet(options.platform, options.devices)
    rounds = Rounds(devices, options.lines, options.workers)
    with_ansible = options.ansible and options.platform != "eos" and ansible_playbook.installed()
    with TemporaryDirectory(prefix="khaen-bench-") as folder:
        office = GatedOffice(Path(folder), devices, options.lines, options.workers)
        say(f"{len(devices)} devices ({options.platform}), {options.lines} lines, "
            f"{options.workers} workers, {options.latency} ms latency")  # fmt: skip
        office.start(options.latency)
        try:
            for _ in range(options.rounds):
                plain(rounds, office)
                ours(rounds, office)
            watched(rounds, office)
            if with_ansible:
                ansible(rounds, office, options.ansible)
        finally:
            office.stop()
    return rounds


def rows(rounds: Rounds, ansible_devices: int) -> list[Row]:
    """The table: each way's medians, and how it stands against the plain script."""
    base = rounds.median(PLAIN) / len(rounds.devices)
    counts = {ANSIBLE: ansible_count(rounds, ansible_devices)}
    return [
        Row(
            name=name,
            devices=counts.get(name, len(rounds.devices)),
            wall=rounds.median(name),
            cpu=rounds.median(name, "cpu"),
            peak_mb=rounds.median(name, "peak_mb"),
            lab=rounds.median(name, "beside"),
            plain=base,
        )
        for name in rounds.costs
    ]


def ansible_count(rounds: Rounds, wanted: int) -> int:
    """How many devices Ansible was given."""
    return min(wanted, sum(d.platform == "cisco_ios" for d in rounds.devices))


def main(words: list[str] | None = None) -> None:
    """`python -m bench.rollout [--platform ios|eos|mix] [--devices N] ...`."""
    parser = argparse.ArgumentParser(prog="python -m bench.rollout", description=__doc__)
    parser.add_argument("--platform", choices=("ios", "eos", "mix"), default="ios")
    parser.add_argument("--devices", type=int, default=200)
    parser.add_argument("--workers", type=int, default=50)
    parser.add_argument("--lines", type=int, default=20)
    parser.add_argument("--latency", type=int, default=0, help="ms before each device's answer")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ansible", type=int, default=50, help="devices for Ansible, 0: none")
    options = parser.parse_args(words)
    rounds = measured(options)
    table(rows(rounds, options.ansible))
    apply, plain_script = rounds.median(APPLY), rounds.median(PLAIN)
    say(
        f"apply takes {apply / plain_script:.2f} x the plain script's wall time (goal: at most 1.6)"
    )
    where = ", ".join(f"{share:.0%} {name}" for name, share in rounds.shares.items())
    say(f"where a device's time goes in apply: {where}")
    say(f"peak memory of apply: {rounds.median(APPLY, 'peak_mb'):.0f} MB (goal: under 400)")
    if ANSIBLE in rounds.costs:
        hosts = ansible_count(rounds, options.ansible)
        per_device = rounds.median(ANSIBLE) / hosts
        faster = per_device / (apply / len(rounds.devices))
        say(f"apply is {faster:.1f} x as fast as Ansible, per device (goal: at least 8)")


if __name__ == "__main__":
    main()
