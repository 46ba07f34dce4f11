"""Three years of nightly backups of 1,500 devices, then list, show, diff and search.

`python -m bench.history [--days 1095] [--devices 1500]`. Each night 5 % of the devices have changed
some lines. What is kept goes through the operation that keeps backups, what is packed through the
one that packs. On most nights only the changed devices are handed to it; on measured ones all of
them, as if each had just been fetched. The disk is not waited for (fsync) but on measured nights.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from bench.generate_workspace import generate
from bench.grown_configs import Grown
from bench.report import say
from controller.accounts.actor import Actor
from controller.app import open_app
from controller.inventory.device import Device
from controller.operations.back_up_devices import keep_backups
from controller.operations.context import Context
from controller.operations.export_configurations import export_configurations
from controller.operations.index_configurations import index_configurations
from controller.operations.pack_backups import pack_backups
from controller.operations.search_configurations import search_configurations
from controller.operations.show_configuration import (
    compare_configurations,
    list_configurations,
    show_configuration,
)

LAST = datetime(2026, 11, 26, 19, 0, tzinfo=UTC)  # two in the morning in Thailand
ENGINEER = Actor("engineer1", "engineer", frozenset({"engineer"}))
MEASURED = 5
ASKED = 60


@dataclass
class Cost:
    """Seconds of one thing that was done."""

    wall: float = 0.0
    cpu: float = 0.0


def main() -> None:
    """Grow the history, print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=1095)
    parser.add_argument("--devices", type=int, default=1500)
    parser.add_argument("--keep", type=Path, help="a new folder to leave everything in")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="khaen-history-") as name:
        folder = given.keep or Path(name) / "office"
        folder.mkdir()
        generate(folder, sites=84, devices=given.devices, assets=84, network="127.24.0.0")
        secret = folder / "var" / "lab" / "snmp_ro"
        secret.parent.mkdir(parents=True)
        secret.write_text("bench-community\n", encoding="utf-8")
        with open_app(folder, apart=True) as context:
            _grow(context, given.days)
            _look(context)
            _search(context)
            _anew(context)


def _grow(context: Context, days: int) -> None:
    devices = context.inventory().devices
    grown = {d.name: Grown(d, n) for n, d in enumerate(devices)}
    sizes = sorted(g.text(LAST).count("\n") for g in grown.values())
    say(
        f"{len(devices)} devices, {sizes[0]} to {sizes[-1]} lines, half of them above "
        f"{sizes[len(sizes) // 2]}; {days} nights; load {os.getloadavg()[0]:.1f}\n"
    )
    draw = random.Random(2569)
    measured = {days - 1 - n * (days // (2 * MEASURED) or 1) for n in range(MEASURED)}
    nights: list[tuple[Cost, Cost, int]] = []
    packings: list[float] = []
    versions, began, spent = 0, time.perf_counter(), time.process_time()
    for day in range(days):
        at = LAST - timedelta(days=days - 1 - day)
        changed = [d for d in devices if day == 0 or draw.random() < 0.05]
        for device in changed if day else ():
            grown[device.name].change(at)
        versions += len(changed)
        whole = day in measured
        with _no_waiting(not whole):
            kept = _night(context, devices if whole else tuple(changed), grown, at)
            with _spent() as packing:
                pack_backups(context, ENGINEER)
        packings.append(packing.cpu)
        if whole:
            nights.append((kept, packing, len(changed)))
    took, cpu = time.perf_counter() - began, time.process_time() - spent
    say(f"{versions} versions kept in {took:.0f} s ({cpu:.0f} s of CPU)\n")
    _told(context, nights, packings)


def _night(
    context: Context, devices: tuple[Device, ...], grown: dict[str, Grown], at: datetime
) -> Cost:
    running = {d.name: grown[d.name].text(at) for d in devices}
    with _spent() as cost:
        keep_backups(replace(context, clock=lambda: at), "bench", devices, dict(running))
    return cost


def _told(context: Context, nights: list[tuple[Cost, Cost, int]], packings: list[float]) -> None:
    say("| a night, all devices fetched | changed | keep and index: CPU s | wall s | pack: CPU s |")
    say("|---|---|---|---|---|")
    for n, (kept, packing, changed) in enumerate(reversed(nights), 1):
        say(f"| {n} | {changed} | {kept.cpu:.2f} | {kept.wall:.2f} | {packing.cpu:.2f} |")
    say(
        f"\nPacking: {statistics.mean(packings):.2f} s of CPU a night on average, "
        f"{max(packings):.2f} s the worst night (goal of the whole night: < 60 s)\n"
    )
    repository = _size(context.folder / "backups")
    database = sum(f.stat().st_size for f in context.folder.glob("khaen.db*"))
    say("| kept | MB |")
    say("|---|---|")
    say(f"| repository | {repository / 1e6:.1f} |")
    say(f"| whole database, the index with it | {database / 1e6:.1f} |")
    say(f"| together (goal: < 1,000) | {(repository + database) / 1e6:.1f} |\n")


def _look(context: Context) -> None:
    draw = random.Random(1)
    names = [d.name for d in context.inventory().devices]
    say("| any device | median ms | slowest ms | CPU ms each | goal |")
    say("|---|---|---|---|---|")

    def oldest(name: str) -> None:
        versions = list_configurations(context, ENGINEER, name)
        show_configuration(context, ENGINEER, name, versions[len(versions) // 2].id)

    def across(name: str) -> None:
        versions = list_configurations(context, ENGINEER, name)
        compare_configurations(context, ENGINEER, name, versions[-1].id, versions[0].id)

    draw.shuffle(names)
    changed = (n for n in names if len(list_configurations(context, ENGINEER, n)) > 1)
    chosen = list(islice(changed, ASKED))
    asks: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("list its versions", partial(list_configurations, context, ENGINEER)),
        ("show the newest", partial(show_configuration, context, ENGINEER)),
        ("list, and show one from the middle", oldest),
        ("diff of the last two", partial(compare_configurations, context, ENGINEER)),
        ("list, and diff of the first and the last", across),
    )
    for what, ask in asks:
        _row(what, [partial(ask, name) for name in chosen], 200)
    say("")


def _search(context: Context) -> None:
    say("| search in all devices | devices | lines | median ms | slowest ms | CPU ms each | goal |")
    say("|---|---|---|---|---|---|---|")
    past = LAST - timedelta(days=200)
    asks: tuple[tuple[str, dict[str, Any]], ...] = (
        ("text, now", {"wanted": "10.0.0.1"}),
        ("text of one device", {"wanted": "hostname school-042-sw03"}),
        ("text, everywhere", {"wanted": "switchport mode access"}),
        ("text, at a date", {"wanted": "canteen-17", "at": past}),
        ("text, ever", {"wanted": "library-99 pc07", "ever": True}),
        ("Thai text, ever", {"wanted": "ห้องสมุด 7", "ever": True}),
        ("regex, now", {"wanted": r"permit tcp 10\.17\.\d+\.0 .* eq 3306$", "regex": True}),
        ("regex without a word in it, now", {"wanted": r"^\w+ \d+\.\d+\.\d+\.1$", "regex": True}),
        ("regex, at a date", {"wanted": r"vlan (40|99)$", "regex": True, "at": past}),
        ("regex, ever", {"wanted": r"by vendor-\w+$", "regex": True, "ever": True}),
        ("every line there ever was", {"wanted": ".", "regex": True, "ever": True}),
    )
    for what, words in asks:
        found = search_configurations(context, ENGINEER, **words)
        label = f"{what} | {found.matching} | {found.lines}"
        _row(label, [partial(search_configurations, context, ENGINEER, **words)] * 5, 2000)
    say("")


def _anew(context: Context) -> None:
    with _spent() as cost:
        found = export_configurations(context, ENGINEER)
    say(f"Export of all devices: {cost.cpu:.1f} s of CPU, {len(found.content) / 1e6:.1f} MB")
    with _spent() as cost, _no_waiting(True):
        index_configurations(context, ENGINEER, every=True)
    say(f"The whole index made anew: {cost.cpu:.0f} s of CPU, {cost.wall:.0f} s")


def _row(label: str, asks: list[Callable[[], object]], goal: int) -> None:
    walls, cpus = [], []
    for ask in asks:
        with _spent() as cost:
            ask()
        walls.append(1000 * cost.wall)
        cpus.append(1000 * cost.cpu)
    wall, cpu = statistics.median(walls), statistics.mean(cpus)
    say(f"| {label} | {wall:.0f} | {max(walls):.0f} | {cpu:.0f} | < {goal} |")


@contextmanager
def _spent() -> Iterator[Cost]:
    """Wall and CPU seconds, those of finished child processes counted."""
    cost = Cost()
    wall, cpu = time.perf_counter(), _cpu()
    yield cost
    cost.wall, cost.cpu = time.perf_counter() - wall, _cpu() - cpu


def _cpu() -> float:
    return sum(os.times()[:4])


@contextmanager
def _no_waiting(wanted: bool) -> Iterator[None]:
    real = os.fsync
    if wanted:
        os.fsync = lambda _: None  # type: ignore[assignment]
    try:
        yield
    finally:
        os.fsync = real


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


if __name__ == "__main__":
    main()
