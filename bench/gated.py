"""Our own way from YAML to the devices, through the command line, in a workspace of its own."""

from __future__ import annotations

import json
import secrets
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import measure
from bench.fleet import SITE_SIZE, USERNAME, BenchDevice, template

ROOT = Path(__file__).resolve().parents[1]
KHAEN = str(Path(sys.executable).with_name("khaen"))
PEOPLE = ("admin", "director", "engineer1")
SETTINGS = """\
language = "en"
workers = {workers}

[credentials]
username = "{username}"
password = "file/var/lab/password"

[rollout]
canary = 1
batch = {devices}
confirm_minutes = 5
"""


class GatedOffice:
    """A temporary office whose network is the benchmark's fleet."""

    def __init__(
        self, folder: Path, fleet: Sequence[BenchDevice], lines: int, workers: int
    ) -> None:
        self.folder = folder
        self._passwords = {name: secrets.token_urlsafe(12) for name in PEOPLE}
        self._write(fleet, lines, workers)

    def start(self, latency_ms: int = 0) -> None:
        """Give the people accounts, sign them in, switch the lab on.

        With `latency_ms` every device waits that long before each answer.
        """
        for name in PEOPLE:
            self.khaen("account", "add", name, "--password-stdin", by="admin", password=name)
            self.khaen("login", name, "--password-stdin", by=name, password=name)
        self.khaen("lab", "up", by="admin")
        if latency_ms:
            self.stop()
            file = self.folder / "var/lab/lab.json"
            lab = json.loads(file.read_text(encoding="utf-8")) | {"latency_ms": latency_ms}
            file.write_text(json.dumps(lab), encoding="utf-8")
            measure.run([sys.executable, "-m", "controller.lab", "up", file, "--wait"])

    def stop(self) -> None:
        """Switch the lab off."""
        self.khaen("lab", "down", by="admin")

    @property
    def device_password(self) -> str:
        """What the lab's devices are logged in to with."""
        return (self.folder / "var/lab/password").read_text(encoding="ascii").strip()

    @property
    def lab_process(self) -> Path:
        """The pid file of the process that simulates the devices."""
        return self.folder / "var/lab/lab.pid"

    def plan(self, round_number: int) -> tuple[str, measure.Cost]:
        """Want round `round_number` on every device; the plan's id and what planning cost."""
        groups = f"all:\n  round: {round_number}\n"
        (self.folder / "inventory/groups.yaml").write_text(groups, encoding="utf-8")
        cost = self.khaen("plan", "--select", "all", "--json", by="engineer1")
        return str(_json(cost)["id"]), cost

    def approve(self, plan: str) -> str:
        """Walk a case of process 2.3 up to the execution; the case's number."""
        number = str(_json(self._case("open", "2.3", "--plan", plan, "--title", "bench"))["number"])
        self._case(
            "appoint", number, "--order", "1/2569", "--dated", "2026-01-05", "--chair", "officer1",
            "--secretary", "engineer2", "--member", "engineer1",
        )  # fmt: skip
        self._case("submit", number)
        self.khaen(
            "case", "approve", number, "--comment", "bench", "--password-stdin",
            by="director", password="director",
        )  # fmt: skip
        self._case("notify", number, "--to", "schools", "--how", "letter", "--message", "bench")
        return number

    def apply(self, case: str) -> measure.Cost:
        """Carry the case out on every device."""
        return self.khaen("apply", case, "--json", by="engineer1")

    def watched_apply(self, case: str) -> dict[str, float]:
        """Carry the case out under a watcher: what share of the devices' time went where."""
        file = self.folder / "shares.json"
        khaen = [sys.executable, "-m", "bench.sampled", str(file)]
        self.khaen("apply", case, "--json", by="engineer1", program=khaen)
        shares: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))["shares"]
        return shares

    def close(self, case: str) -> None:
        """End the case, so that its devices are free for the next round."""
        self._case("evaluate", case, "--results", "bench")

    def khaen(
        self, *words: str, by: str, password: str = "", program: Sequence[str] = (KHAEN,)
    ) -> measure.Cost:
        """Run `khaen` as one of the people; `password` names whose password is typed."""
        return measure.run(
            [*program, "-C", str(self.folder), "--lang", "en", *words],
            typed=self._passwords[password] + "\n" if password else "",
            environment={
                "KHAEN_SESSION": str(self.folder / f"session-{by}"),
                "PYTHONPATH": str(ROOT),
            },
            beside=self.lab_process,
        )

    def _case(self, *words: str) -> measure.Cost:
        return self.khaen("case", *words, "--json", by="engineer1")

    def _write(self, fleet: Sequence[BenchDevice], lines: int, workers: int) -> None:
        inventory = self.folder / "inventory"
        (inventory / "sites").mkdir(parents=True)
        shutil.copy(ROOT / "inventory/office.yaml", inventory)
        (inventory / "groups.yaml").write_text("all:\n  round: 0\n", encoding="utf-8")
        filled = SETTINGS.format(workers=workers, username=USERNAME, devices=len(fleet))
        (self.folder / "khaen.toml").write_text(filled, encoding="utf-8")
        for platform in {device.platform for device in fleet}:
            place = inventory / "config" / platform
            place.mkdir(parents=True)
            (place / "access.j2").write_text(template(platform, lines), encoding="utf-8")
        for start in range(0, len(fleet), SITE_SIZE):
            site = _site(f"bench-{start // SITE_SIZE:02}", fleet[start : start + SITE_SIZE])
            path = inventory / f"sites/{site['site']}.yaml"
            path.write_text(json.dumps(site, ensure_ascii=False, indent=1), encoding="utf-8")


def _site(name: str, fleet: Sequence[BenchDevice]) -> dict[str, Any]:
    return {
        "site": name,
        "name_th": f"โรงเรียนทดสอบ {name}",
        "name_en": f"Bench School {name}",
        "kind": "school",
        "district": "bench",
        "devices": [
            {
                "name": device.name,
                "platform": device.platform,
                "role": "access",
                "address": device.address,
                "port": device.port,
                "management_interface": "Vlan99"
                if device.platform == "cisco_ios"
                else "Management1",
                "uplink": "GigabitEthernet0/24" if device.platform == "cisco_ios" else "Ethernet24",
            }
            for device in fleet
        ],
    }


def _json(cost: measure.Cost) -> Any:
    return json.loads(cost.printed[cost.printed.index("{") :])
