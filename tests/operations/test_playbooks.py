"""The catalogue of playbooks, as people of the office see it."""

from __future__ import annotations

import pytest

from controller.accounts.actor import SCHEDULE
from controller.errors import InputError, NotAllowed, NotFound
from controller.operations.list_playbooks import list_playbooks
from controller.operations.show_playbook import show_playbook
from tests.operations.office import Desk
from tests.workspace.small_office import META, PLAYBOOK

READS = """\
title: {th: อ่านข้อมูล, en: Reads a lot}
purpose: {th: อ่าน, en: Facts of a kind.}
risk: read
platforms: [cisco_ios, arista_eos]
"""


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    """Two playbooks of the tests beside those of the sample."""
    folder = desk.context.root / "playbooks"
    (folder / "roles/saved/tasks").mkdir(parents=True)
    (folder / "roles/saved/tasks/main.yml").write_text("- ansible.builtin.shell: date\n")
    (folder / "zz-vlan.yml").write_text(PLAYBOOK)
    (folder / "zz-vlan.meta.yaml").write_text(META, encoding="utf-8")
    (folder / "zz-read.yml").write_text("- {hosts: all, gather_facts: true}\n")
    (folder / "zz-read.meta.yaml").write_text(READS, encoding="utf-8")
    return desk


def test_they_are_found_by_risk_and_words(stocked: Desk) -> None:
    """With how many devices are of their platforms."""
    context, officer = stocked.context, stocked.person("officer1")
    platforms = [device.platform for device in context.inventory().devices]
    every = {one.playbook.name: one for one in list_playbooks(context, officer)}
    assert {"zz-vlan", "zz-read"} <= every.keys()
    assert every["zz-vlan"].devices == platforms.count("cisco_ios")
    assert every["zz-read"].devices > every["zz-vlan"].devices
    reading = [one.playbook.name for one in list_playbooks(context, officer, risk="read")]
    assert "zz-read" in reading
    assert "zz-vlan" not in reading
    found = list_playbooks(context, officer, words="LOT facts")
    assert [one.playbook.name for one in found] == ["zz-read"]


def test_one_is_shown_with_its_files(stocked: Desk) -> None:
    """And what nobody can predict of it."""
    found = show_playbook(stocked.context, stocked.person("director"), "zz-vlan")
    playbook = found.seen.playbook
    assert [task.module for task in playbook.unpredictable] == ["ansible.builtin.shell"]
    assert found.sources[0].text == PLAYBOOK
    assert {s.path for s in found.sources} >= {"playbooks/roles/saved/tasks/main.yml"}
    assert "snmp_ro" in found.secrets
    with pytest.raises(NotFound) as caught:
        show_playbook(stocked.context, stocked.person("director"), "zz-vlam")
    assert caught.value.hint is not None
    assert "zz-vlan" in caught.value.hint.en


def test_a_broken_one_is_named_with_its_place(stocked: Desk) -> None:
    """Nobody runs what cannot be read."""
    path = stocked.context.root / "playbooks/zz-read.meta.yaml"
    path.write_text(READS.replace("risk: read", "risk: raed"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        list_playbooks(stocked.context, stocked.person("engineer1"))
    assert [(p.where, p.suggestion) for p in caught.value.problems] == [
        ("playbooks/zz-read.meta.yaml:3:7", "read")
    ]


def test_schools_do_not_see_them(stocked: Desk) -> None:
    """Nor does the schedule read the catalogue in anybody's name."""
    for actor in (stocked.person("school2"), SCHEDULE):
        with pytest.raises(NotAllowed):
            list_playbooks(stocked.context, actor)
        with pytest.raises(NotAllowed):
            show_playbook(stocked.context, actor, "zz-vlan")
