"""A sweep of real sockets: what answers is proposed as a difference, and nothing is written."""

from __future__ import annotations

import subprocess

import pytest

from controller.errors import InputError, NotAllowed
from controller.operations.discover_devices import discover_devices
from controller.store.neighbours import load_neighbours
from tests.operations.crowd import agents, asking, switch
from tests.operations.office import Desk

SITE = "kkn-school-a"
# sw01 of the sample stands at 127.23.1.11; 21 and 22 nobody knows, 22 only a neighbour tells of.
CROWD = {
    "127.23.1.11": switch("kkn-a-sw01", "127.23.1.11", "FOC-OTHER", ("new-b", "127.23.1.22")),
    "127.23.1.21": switch("New A!", "127.23.1.21", "FOC-A"),
    "127.23.1.22": switch("new-b", "127.23.1.22", "FOC-B", ("isp", "203.0.113.9")),
    "127.99.0.21": switch("nowhere", "127.99.0.21", "FOC-C"),
}


def test_what_answers_is_proposed_and_nothing_is_written(desk: Desk) -> None:
    ticks: list[tuple[int, int]] = []
    root = desk.context.root
    before = {path: path.read_bytes() for path in (root / "inventory").rglob("*.yaml")}
    with agents(CROWD) as port, asking(desk, port) as office:
        found = discover_devices(
            office.context,
            office.person("engineer1"),
            ["127.23.1.16/29", "127.99.0.20/30"],
            site=SITE,
            asked=lambda done, of: ticks.append((done, of)),
        )
        with office.context.store.read() as conn:
            walked = load_neighbours(conn)
        (entry,) = office.entries("discover_devices")
    assert found.answered == 4
    assert [(a.name, a.site, a.found.access) for a in found.compared.additions] == [
        ("new-a", SITE, "default"), ("new-b", SITE, "default"),
    ]  # fmt: skip
    assert [(c.device, c.key, c.after) for c in found.compared.corrections] == [
        ("kkn-a-sw01", "model", "WS-C2960-24TT-L"), ("kkn-a-sw01", "serial", "FOC-OTHER"),
    ]  # fmt: skip
    assert "kkn-a-sw02" in found.compared.silent
    assert [doubt.subject.split()[0] for doubt in found.doubts] == ["127.99.0.21"]
    assert found.outside == ("203.0.113.9",)
    assert ticks[-1][0] == ticks[-1][1]
    assert {p: p.read_bytes() for p in before} == before
    (change,) = found.changes
    assert "+    address: 127.23.1.21\n" in change.diff
    assert "+    management_interface: Vlan99\n" in change.diff
    taken = subprocess.run(
        ["git", "apply", "--check", "-"], cwd=root, input=found.diff, text=True, check=False,
        capture_output=True,
    )  # fmt: skip
    assert taken.returncode == 0, taken.stderr
    assert [one.name for one in walked["kkn-a-sw01"].seen.neighbours] == ["new-b"]
    assert entry.subject == "127.23.1.16/29 127.99.0.20/30"


def test_a_device_in_the_file_of_another_site_is_moved_in_the_difference(desk: Desk) -> None:
    root = desk.context.root
    path = root / "inventory/sites/kkn-school-b.yaml"
    path.write_text(path.read_text("utf-8").replace("127.23.2.11", "127.23.1.99"), "utf-8")
    known = next(d for d in desk.context.inventory().devices if d.address == "127.23.1.99")
    answers = switch(known.name, known.address, known.serial or "")
    with agents({known.address: answers}) as port, asking(desk, port) as office:
        engineer = office.person("engineer1")
        found = discover_devices(office.context, engineer, [], site="kkn-school-b")
    changed = {change.site: change for change in found.changes}
    assert set(changed) == {SITE, "kkn-school-b"}
    assert f"+  - name: {known.name}\n" in changed[SITE].diff
    assert f"-  - name: {known.name}\n" in changed["kkn-school-b"].diff


@pytest.mark.parametrize(
    ("prefix", "told"),
    [("10.0.0.0/8", "4,096 is the most"), ("2001:db8::/64", "too wide"), ("ten", "not a prefix")],
)
def test_what_is_too_wide_or_no_prefix_is_refused(desk: Desk, prefix: str, told: str) -> None:
    with pytest.raises(InputError) as refused:
        discover_devices(desk.context, desk.person("engineer1"), [prefix], known=False)
    assert told in refused.value.message.en


def test_only_engineers_look(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        discover_devices(desk.context, desk.person("school1"), ["127.23.1.0/30"])
