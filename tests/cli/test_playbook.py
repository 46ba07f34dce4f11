"""`khaen playbook list` and `show` as people type them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.office import Office
from tests.workspace.small_office import META, PLAYBOOK


@pytest.mark.slow
def test_the_catalogue_at_a_terminal(tmp_path: Path) -> None:
    """Words for people, JSON for programs; a fault is told with its place by every command."""
    office = Office(tmp_path / "work")
    office.init()
    office.khaen("account", "add", "engineer1", signs="engineer1")
    office.login("engineer1")
    folder = office.root / "playbooks"
    (folder / "roles/saved/tasks").mkdir(parents=True)
    (folder / "roles/saved/tasks/main.yml").write_text("- ansible.builtin.shell: date\n")
    (folder / "zz-vlan.yml").write_text(PLAYBOOK)
    meta = folder / "zz-vlan.meta.yaml"
    meta.write_text(META, encoding="utf-8")
    rows = [line.split("\t") for line in office.khaen("playbook", "list").out.splitlines()]
    assert ["zz-vlan", "A VLAN", "changes devices", "17", "1"] in rows
    assert "zz-vlan" not in office.khaen("playbook", "list", "--risk", "read").out
    shown = office.khaen("playbook", "show", "zz-vlan", "--files").out
    assert "risk: changes devices under process 2.3" in shown
    assert "vlan: Number · VLAN number 1–4094 · required" in shown
    assert "by: Password · name of a secret in [secrets] · default snmp_ro" in shown
    assert "  1 The VLAN · cisco.ios.ios_config\n" in shown
    assert "[saved] ansible.builtin.shell · ansible.builtin.shell · not predictable" in shown
    assert "# playbooks/roles/saved/tasks/main.yml\n- ansible.builtin.shell: date" in shown
    told = office.khaen("playbook", "show", "zz-vlan", "--json").json
    assert [task["does"] for task in told["tasks"]] == ["predicts", "runs"]
    assert "did you mean zz-vlan?" in office.khaen("playbook", "show", "zz-vlam", expect=2).err
    meta.write_text(META.replace("kind: vlan", "kind: lan"), encoding="utf-8")
    for command in (("validate",), ("playbook", "list")):
        answer = office.khaen(*command, expect=2)
        assert "playbooks/zz-vlan.meta.yaml:7:16" in answer.out + answer.err
