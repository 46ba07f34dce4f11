"""An audit of 1,500 devices by 60 rules, and the peers' way to the same verdicts.

`python -m bench.audit` prints the tables. Everything is real but the devices: the operation that
`khaen audit` calls, the repository of backups, the database. CPU time is of this process alone.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import yaml

from bench.audit_peers import compare_with_peers
from bench.configurations import Configurations, a_days_work
from bench.generate_workspace import generate
from bench.report import say
from controller.accounts.actor import Actor
from controller.app import open_app
from controller.operations.audit_devices import Audit, audit_devices
from controller.operations.context import Context
from controller.operations.show_compliance import show_compliance
from controller.platforms.registry import platform
from controller.store import snapshots
from tests.rules.tree import ROOT

ENGINEER = Actor("engineer1", "bench", frozenset({"engineer"}))
RULES = 60


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=1500)
    parser.add_argument("--sites", type=int, default=84)
    parser.add_argument("--compared", type=int, default=40, help="configurations for the peers")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        _audits(Path(place) / "office", chosen.devices, chosen.sites)
    compare_with_peers(chosen.compared)


def _audits(folder: Path, devices: int, sites: int) -> None:
    folder.mkdir()
    generate(folder, sites=sites, devices=devices, assets=20000, network="10.200.0.0")
    rules = _write_rules(folder)
    with _opened(folder) as context:
        lines = _keep(context, {d.name: n for n, d in enumerate(context.inventory().devices)})
    say(
        f"{devices} devices, {rules} rules, {lines // devices} lines a configuration "
        f"({lines:,} in all)\n"
    )
    say("| what | CPU s | wall s | judged anew | findings | fail | score |")
    say("|---" * 7 + "|")
    with _opened(folder) as context:
        _measure("everything, for the first time", lambda: _audit(context))
        _measure("again, nothing has changed", lambda: _audit(context))
        _measure("everything anew", lambda: _audit(context, again=True))
        _measure("one school anew", lambda: _audit(context, "site=school-007", again=True))
        one = context.inventory().devices[devices // 2].name
        _keep(context, {one: devices // 2}, changed=True)
        _measure("after one device changed", lambda: _audit(context))
        start = time.process_time()
        show_compliance(context, ENGINEER)
        say(f"\nThe dashboard's figures: {1000 * (time.process_time() - start):.0f} ms of CPU")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"Peak memory: {peak:.0f} MB")


@contextmanager
def _opened(folder: Path) -> Iterator[Context]:
    with open_app(folder, apart=True) as context:
        # A worker has read the inventory long before the night's audit.
        context.inventory()
        context.store.migrate()
        yield context


def _write_rules(folder: Path) -> int:
    """The sample's rules, some of them twice where there are less than sixty."""
    shutil.copytree(ROOT / "compliance", folder / "compliance")
    shutil.copytree(ROOT / "specs", folder / "specs", dirs_exist_ok=True)
    (folder / "compliance" / "waivers.yaml").unlink(missing_ok=True)
    read = [
        rule
        for file in sorted((folder / "compliance" / "rules").glob("*.yaml"))
        for rule in yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]
    ]
    more = [{**rule, "id": f"{rule['id']}-2"} for rule in read[: max(0, RULES - len(read))]]
    if more:
        text = yaml.safe_dump({"rules": more}, allow_unicode=True)
        (folder / "compliance" / "rules" / "more.yaml").write_text(text, encoding="utf-8")
    return len(read) + len(more)


def _keep(context: Context, numbers: dict[str, int], *, changed: bool = False) -> int:
    """Keep a configuration of these devices; how many lines there are in all."""
    made = {name: Configurations(name) for name in ("cisco_ios", "arista_eos")}
    files: dict[str, str] = {}
    lines, now = 0, datetime.now(UTC)
    with context.store.begin() as conn:
        for name, number in numbers.items():
            device = context.inventory().device(name)
            if device is None:
                raise RuntimeError(name)
            text = made[device.platform].text(number)
            text = a_days_work(text, number) if changed else text
            lines += text.count("\n")
            path = f"{device.site}/{name}.cfg"
            files[path] = context.backups.write(path, text)
            print_ = platform(device.platform).fingerprint(text)
            snapshots.save_snapshot(conn, name, print_, files[path], now, "backup")
    context.backups.commit(files, "bench", now)
    return lines


def _audit(context: Context, selector: str = "all", *, again: bool = False) -> Audit:
    return audit_devices(context, ENGINEER, selector, again=again)


def _measure(what: str, work: Callable[[], Audit]) -> None:
    cpu, wall = time.process_time(), time.perf_counter()
    done = work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    tally = done.tally
    say(
        f"| {what} | {cpu:.2f} | {wall:.2f} | {done.judged} "
        f"| {tally.applies + tally.not_applicable} | {tally.failed} | {tally.score} % |"
    )


if __name__ == "__main__":
    main()
