"""The folder playbooks/: which files run with a playbook, and what is remembered of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from controller.errors import InputError, NotFound, StalePlan
from controller.workspace.load import load_workspace
from controller.workspace.playbooks import (
    playbook_bytes,
    playbook_paths,
    playbook_sources,
    read_playbooks,
)
from controller.workspace.remembered import Remembered
from tests.workspace.small_office import (
    META,
    PLAYBOOK,
    PLAYBOOK_META,
    PLAYBOOK_YML,
    ROLE_YML,
    Changes,
    replaced,
    write_workspace,
)

BINARY = b"\x89PNG\x00\xff"
MORE: Changes = {
    "playbooks/other.yml": PLAYBOOK,
    "playbooks/other.meta.yaml": META,
    "playbooks/group_vars/all.yml": "a: 1\n",
    "playbooks/files/logo.png": BINARY,
    "playbooks/roles/saved/files/logo.png": BINARY,
    "playbooks/roles/saved/vars/main.yml": "b: !unsafe 2\n",
    "playbooks/roles/unused/tasks/main.yml": "nothing: [reads this\n",
    "playbooks/library/__pycache__/x.pyc": BINARY,
    "playbooks/.hidden.yml": "c: 1\n",
    "playbooks/README.md": "Words\n",
}
BOUND = (
    "playbooks/README.md",
    "playbooks/files/logo.png",
    "playbooks/group_vars/all.yml",
    "playbooks/roles/saved/files/logo.png",
    ROLE_YML,
    "playbooks/roles/saved/vars/main.yml",
    PLAYBOOK_META,
    PLAYBOOK_YML,
)


def test_both_ways_of_reading_give_the_same(tmp_path: Path) -> None:
    """The whole workspace, and the playbooks alone for whoever cannot wait for it."""
    root = write_workspace(tmp_path, MORE)
    found = read_playbooks(root)
    assert found == load_workspace(root).playbooks
    assert [playbook.name for playbook in found] == ["other", "vlan"]
    playbook = found.known("vlan")
    assert [task.called for task in playbook.tasks] == ["The VLAN", "Saved"]
    assert playbook.roles == ("saved",)
    assert playbook.remarks == ()


def test_a_plan_is_bound_to_everything_that_runs_with_it(tmp_path: Path) -> None:
    """Its roles whole, all other folders; not other playbooks, other roles, leftovers."""
    workspace = load_workspace(write_workspace(tmp_path, MORE))
    inputs = workspace.playbook_inputs("vlan")
    assert tuple(one.path for one in inputs) == BOUND
    assert all(one.sha256 == workspace.digest(one.path) for one in inputs)
    assert inputs[1].sha256 == hashlib.sha256(BINARY).hexdigest()
    with pytest.raises(NotFound) as caught:
        workspace.playbook_inputs("vlans")
    assert caught.value.hint is not None
    assert "did you mean vlan?" in caught.value.hint.en


def test_without_the_folder_there_is_none(tmp_path: Path) -> None:
    """An office need not have playbooks."""
    root = write_workspace(
        tmp_path, dict.fromkeys((PLAYBOOK_YML, PLAYBOOK_META, ROLE_YML)) | {"khaen.toml": "x = 1\n"}
    )
    assert len(read_playbooks(root)) == 0


def test_a_broken_one_is_refused_with_every_problem(tmp_path: Path) -> None:
    """Also when playbooks are read alone."""
    root = write_workspace(tmp_path, replaced(PLAYBOOK_META, "kind: vlan", "kind: lan"))
    with pytest.raises(InputError, match="the playbooks have 1 problems") as caught:
        read_playbooks(root)
    assert [problem.where for problem in caught.value.problems] == [f"{PLAYBOOK_META}:7:16"]


@pytest.mark.parametrize("path", [p for p in BOUND if p.endswith((".yml", ".png", ".md"))])
def test_any_edit_makes_it_another(path: str, tmp_path: Path) -> None:
    """What was read no longer runs, and the catalogue is read anew."""
    root = write_workspace(tmp_path, MORE)
    playbooks = Remembered(lambda: playbook_paths(root), lambda: read_playbooks(root))
    before = playbooks().known("vlan")
    assert tuple(playbook_bytes(root, before)) == BOUND
    assert playbooks().known("vlan") is before
    with (root / path).open("ab") as file:
        file.write(b"\n# edited\n")
    with pytest.raises(StalePlan, match="changed while the run was prepared"):
        playbook_bytes(root, before)
    after = playbooks().known("vlan")
    assert after.sha256 != before.sha256
    (root / path).unlink()
    with pytest.raises(StalePlan):
        playbook_bytes(root, after)


def test_its_files_can_be_read(tmp_path: Path) -> None:
    """Itself first, then its entry; what is no text has none."""
    root = write_workspace(tmp_path, MORE)
    sources = playbook_sources(root, read_playbooks(root).known("vlan"))
    assert [source.path for source in sources[:2]] == [PLAYBOOK_YML, PLAYBOOK_META]
    assert sources[0].text == PLAYBOOK
    texts = {source.path: source.text for source in sources}
    assert texts["playbooks/files/logo.png"] is None
    assert len(sources) == len(BOUND)


def test_links_are_not_followed(tmp_path: Path) -> None:
    """The words of a playbook's files are shown to people, those of other files are not."""
    root = write_workspace(tmp_path / "office")
    (tmp_path / "password").write_text("hushhush")
    (root / "playbooks/files").mkdir()
    (root / "playbooks/files/x").symlink_to(tmp_path / "password")
    with pytest.raises(InputError) as caught:
        read_playbooks(root)
    assert [problem.where for problem in caught.value.problems] == ["playbooks/files/x:0:0"]


def test_oddities_are_remarked(tmp_path: Path) -> None:
    """What is allowed, and may not be what was meant."""
    root = write_workspace(
        tmp_path,
        {
            PLAYBOOK_YML: "- hosts: acces\n  serial: 1\n  tasks:\n"
            "    - {ansible.builtin.debug: {}, delegate_to: localhost}\n"
            "- {hosts: 'site_north:&core', gather_facts: false}\n"
        },
    )
    remarks = read_playbooks(root).known("vlan").remarks
    assert [(r.where.rpartition("/")[2], r.message.en[:34], r.suggestion) for r in remarks] == [
        ("vlan.yml:1:10", "the entry names the platform cisco", ""),
        ("vlan.yml:1:10", "no group acces is known: there is ", "access"),
        ("vlan.yml:1:3", "`gather_facts` is not said, so eve", ""),
        ("vlan.yml:2:11", "a plan makes its own batches of de", ""),
        ("vlan.yml:5:11", "this play is only for devices of t", ""),
        ("vlan.yml:5:11", "this play is only for devices of t", ""),
        ("vlan.yml:4:48", "this task works on the program's o", ""),
    ]
