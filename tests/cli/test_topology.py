"""`khaen topology` as people type it, and the same over HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.callers import calling
from tests.journeys.office import Office
from tests.server.wired_office import wire_up

A = "kkn-school-a"


@pytest.mark.slow
def test_the_tree_of_a_site_and_the_list_of_sites(tmp_path: Path) -> None:
    office = Office(tmp_path / "work")
    office.init()
    office.khaen("account", "add", "officer1", signs="officer1")
    office.login("officer1")
    wire_up(office.root)
    tree = office.khaen("topology", A).out
    lines = [line for line in tree.splitlines() if "kkn-a-sw04" in line]
    assert "GigabitEthernet0/24 → Gi0/5" in lines[0]
    assert "not in the inventory: ap-hall at kkn-a-sw01 GigabitEthernet0/4" in tree
    assert "the inventory says GigabitEthernet0/24, but kkn-a-dist01 is seen at" in tree
    rows = {row["site"]: row for row in office.khaen("topology", "--json").json}
    assert rows[A]["links"] == 6
    assert "did you mean" in office.khaen("topology", "kkn-school-x", expect=2).err


def test_the_same_over_http(tmp_path: Path) -> None:
    with calling(tmp_path / "office") as callers:
        wire_up(callers.context.root)
        found = callers.person("engineer1").get(f"/api/v1/topology/{A}").json()
        link = next(k for k in found["links"] if k["other"]["device"] == "kkn-a-sw01")
        assert link["one"] == {"device": "kkn-a-dist01", "port": "Ethernet1"}
        assert (link["state"], link["use"], link["speed"]) == ("up", 12.3, 1_000_000_000)
        assert link["seen_by"] == ["kkn-a-dist01", "kkn-a-sw01"]
        school = callers.person("school1")
        assert [row["site"] for row in school.get("/api/v1/topology").json()] == [A]
        assert school.get("/api/v1/topology/kkn-school-b").status_code == 404
