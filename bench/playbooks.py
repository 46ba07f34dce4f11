"""A playbook through `khaen` against bare `ansible-playbook`, on the same devices, 20 forks.

Rounds are interleaved: bare, ours, bare, ours ... Each sets another line on every device, so each
does the same real work. Memory is that of all processes together, shared pages counted once.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from pydantic import SecretStr

from bench.report import say
from controller.connections.ansible.processes import end_descendants, hold_descendants
from controller.connections.ansible.run import run_playbook
from controller.connections.target import Target
from controller.platforms.registry import PLATFORMS
from tests.connections.ansible.playing import work

PLAYBOOK = """\
- hosts: all
  gather_facts: false
  tasks:
    - name: Look
      cisco.ios.ios_command:
        commands: [show version]
    - name: Place
      cisco.ios.ios_config:
        lines: ["snmp-server location {{ where }}"]
"""


@dataclass(frozen=True)
class Cost:
    """Seconds from start to exit, seconds of processor, and the most memory at once, in MB."""

    wall: float
    cpu: float
    peak_mb: float


def measured(command: Sequence[str | Path], environment: Mapping[str, str], typed: str) -> Cost:
    """What a command and everything below it costs. Errors: `CalledProcessError`."""
    start, before = time.perf_counter(), os.times()
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
        text=True,
    )
    done, peaks = Event(), [0.0]

    def watch() -> None:
        while not done.wait(1.0):
            peaks.append(memory_below(os.getpid()))

    watching = Thread(target=watch, daemon=True)
    watching.start()
    process.communicate(typed)
    wall = time.perf_counter() - start
    done.set()
    watching.join()
    # What Ansible leaves behind to keep connections open, so that its time counts too.
    end_descendants()
    with suppress(ChildProcessError):
        while os.waitpid(-1, 0)[0]:
            pass
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(map(str, command)))
    after = os.times()
    used = after.children_user + after.children_system
    return Cost(wall, used - before.children_user - before.children_system, max(peaks))


def memory_below(root: int) -> float:
    """MB of all processes below this one now; 0 where /proc does not tell."""
    below: dict[int, list[int]] = {}
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = each.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        below.setdefault(int(fields[1]), []).append(int(each.parent.name))
    found, waiting = list[int](), [root]
    while waiting:
        children = below.get(waiting.pop(), [])
        found += children
        waiting += children
    return sum(map(_shared_fairly, found)) / 1024


def _shared_fairly(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(errors="replace")
    except OSError:
        return 0
    return next((int(ln.split()[1]) for ln in text.splitlines() if ln.startswith("Pss:")), 0)


def bare(folder: Path, targets: Mapping[str, Target], forks: int, where: str) -> Cost:
    """`ansible-playbook`, told of the devices by a file."""
    hosts = {
        name: {"ansible_host": target.address, "ansible_port": target.port}
        for name, target in targets.items()
    }
    shared = {
        "ansible_user": "netadmin",
        "ansible_password": "{{ lookup('ansible.builtin.env', 'BENCH_PASSWORD') }}",
        "ansible_connection": "ansible.netcommon.network_cli",
        "ansible_network_os": "cisco.ios.ios",
        "ansible_network_cli_ssh_type": "paramiko",
        "ansible_become": True,
        "ansible_become_method": "ansible.netcommon.enable",
    }
    inventory, playbook = folder / "inventory.json", folder / "playbook.yml"
    inventory.write_text(json.dumps({"all": {"hosts": hosts, "vars": shared}}), encoding="utf-8")
    playbook.write_text(PLAYBOOK, encoding="utf-8")
    program = Path(sys.executable).with_name("ansible-playbook")
    options = ["-i", str(inventory), "-f", str(forks), "-e", f"where={where}", "--diff"]
    words: list[str | Path] = [program, *options, playbook]
    environment = {
        "ANSIBLE_CONFIG": str(Path(__file__).parent / "ansible/ansible.cfg"),
        "ANSIBLE_HOME": str(folder / "home"),
        "BENCH_PASSWORD": next(iter(targets.values())).password.get_secret_value(),
        "LC_ALL": "C.UTF-8",
    }
    return measured(words, environment, "")


def ours(folder: Path, targets: Mapping[str, Target], forks: int, where: str) -> Cost:
    """The same through `run_playbook`, in a process of its own."""
    told = {
        "devices": {name: [target.address, target.port] for name, target in targets.items()},
        "password": next(iter(targets.values())).password.get_secret_value(),
        "folder": str(folder),
        "forks": forks,
        "where": where,
    }
    return measured([sys.executable, "-m", "bench.playbooks", "--child"], {}, json.dumps(told))


def child() -> None:
    """The measured process of `ours`: every device must end well."""
    told = json.load(sys.stdin)
    targets = {
        name: target(name, place[0], place[1], told["password"], Path(told["folder"]))
        for name, place in told["devices"].items()
    }
    parameters = {"where": told["where"]}
    results: list[str] = []
    end = run_playbook(
        work(targets, PLAYBOOK, parameters=parameters, forks=told["forks"]),
        lambda result: results.append(result.status),
        lambda: False,
    )
    if set(end.devices.values()) != {"ok"} or results.count("changed") != len(targets):
        raise SystemExit(str(end))


def target(name: str, address: str, port: int, password: str, folder: Path) -> Target:
    """An IOS device of the lab."""
    return Target(
        name=name,
        platform=PLATFORMS["cisco_ios"],
        address=address,
        port=port,
        username="netadmin",
        password=SecretStr(password),
        folder=folder,
    )


def compared(devices: int, forks: int, rounds: int) -> dict[str, list[Cost]]:
    """Run every round; the costs by way."""
    # Not above: the process that is measured has no need of the tests' own libraries.
    from tests.lab.targets import device_row, run_lab, write_lab

    costs: dict[str, list[Cost]] = {"ansible-playbook": [], "khaen": []}
    with TemporaryDirectory(prefix="khaen-bench-") as name:
        folder = Path(name)
        rows = [
            device_row(f"bench-{n:03}", "cisco_ios", f"127.26.{1 + n // 200}.{1 + n % 200}")
            for n in range(devices)
        ]
        run_lab("up", str(write_lab(folder, rows))).check_returncode()
        try:
            places = json.loads((folder / "state/addresses.json").read_text(encoding="utf-8"))
            password = (folder / "password").read_text(encoding="utf-8").strip()
            targets = {
                n: target(n, place["address"], place["port"], password, folder)
                for n, place in places.items()
            }
            # From here on: the lab, which runs by itself, is not to be counted.
            hold_descendants()
            for number in range(1, rounds + 1):
                for way, run in (("ansible-playbook", bare), ("khaen", ours)):
                    cost = run(folder, targets, forks, f"{way}-{number}")
                    costs[way].append(cost)
                    say(f"  {way}: {cost.wall:.1f} s, {cost.cpu:.1f} s CPU, {cost.peak_mb:.0f} MB")
        finally:
            run_lab("down", str(folder / "state"))
    return costs


def main(words: list[str] | None = None) -> None:
    """`python -m bench.playbooks [--devices N] [--forks N] [--rounds N]`."""
    parser = argparse.ArgumentParser(prog="python -m bench.playbooks", description=__doc__)
    parser.add_argument("--devices", type=int, default=200)
    parser.add_argument("--forks", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    if options.child:
        return child()
    if find_spec("ansible_runner") is None:
        return say("skipped: Ansible is not installed here (make playbooks)")
    costs = compared(options.devices, options.forks, options.rounds)
    say("\n| way | wall s | CPU ms a task and device | MB |\n|---|---|---|---|")
    medians = {way: _median(each) for way, each in costs.items()}
    for way, cost in medians.items():
        per_task = 1000 * cost.cpu / (2 * options.devices)
        say(f"| {way} | {cost.wall:.1f} | {per_task:.0f} | {cost.peak_mb:.0f} |")
    plain, own = medians["ansible-playbook"], medians["khaen"]
    say(f"\nkhaen takes {100 * (own.wall / plain.wall - 1):.1f} % longer (goal: under 10)")
    say(f"and {own.peak_mb - plain.peak_mb:.0f} MB more (goal: under 100)")
    return None


def _median(costs: Sequence[Cost]) -> Cost:
    names = ("wall", "cpu", "peak_mb")
    return Cost(*(float(statistics.median(getattr(c, name) for c in costs)) for name in names))


if __name__ == "__main__":
    main()
