"""What a playbook will do is read from its files, in the order Ansible would do it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import pytest
import yaml

from controller.playbooks.modules import does, full_name, likely
from controller.playbooks.nodes import Spot, pattern_of
from controller.playbooks.tasks import MOST_TASKS, PlayReader, Plays

TOP = "playbooks/top.yml"


def _read(files: Mapping[str, str]) -> Plays:
    told = {f"playbooks/{path}": textwrap.dedent(text) for path, text in files.items()}

    def top(path: str) -> Spot:
        return Spot(path, yaml.compose(told[path], Loader=yaml.CSafeLoader))

    return PlayReader(tuple(told), top).playbook(TOP)


def _called(plays: Plays) -> list[str]:
    return [task.called for task in plays.tasks]


def test_tasks_come_in_the_order_ansible_takes_them() -> None:
    """Facts, pre_tasks, roles with those they need, tasks, post_tasks, handlers; blocks within."""
    plays = _read(
        {
            "top.yml": """
                - name: One
                  hosts: all
                  handlers: [{name: handled, debug: {}}]
                  post_tasks: [{name: after, debug: {}}]
                  tasks:
                    - block: [{name: in block, debug: {}}]
                      rescue: [{name: in rescue, debug: {}}]
                      always: [{name: in always, debug: {}}]
                    - action: {module: debug, msg: x}
                  roles: [{role: base, check_mode: true}]
                  pre_tasks: [{name: before, debug: {}}]
                - import_playbook: second.yml
                """,
            "second.yml": "- {hosts: all, gather_facts: no, tasks: [{name: second, debug: {}}]}",
            "roles/base/meta/main.yml": "dependencies: [needed]",
            "roles/base/tasks/main.yml": """
                - import_tasks: more.yml
                - {name: base, notify: base handled, cisco.ios.ios_vlans: {config: []}}
                """,
            "roles/base/tasks/more.yml": "- {name: more, debug: {}}",
            "roles/base/handlers/main.yml": "- {name: base handled, debug: {}}",
            "roles/needed/tasks/main.yaml": "- {name: needed, debug: {}}",
        }
    )
    assert plays.problems == []
    assert _called(plays) == [
        "Gathering Facts", "before", "needed", "more", "base", "base handled", "in block",
        "in rescue", "in always", "ansible.builtin.debug", "after", "handled", "second",
    ]  # fmt: skip
    assert [task.number for task in plays.tasks] == list(range(1, 14))
    base = plays.tasks[4]
    assert (base.play, base.role, base.check_mode, base.does) == ("One", "base", True, "predicts")
    assert (base.file, base.line) == ("playbooks/roles/base/tasks/main.yml", 3)
    assert base.only_reads
    assert [t.called for t in plays.tasks if t.handler] == ["base handled", "handled"]
    assert plays.roles == {"base", "needed"}
    assert plays.imported == {"playbooks/second.yml"}


def test_a_name_worked_out_later_is_everything_that_fits() -> None:
    """Roles and files of tasks alike; a remark says so of roles."""
    plays = _read(
        {
            "top.yml": """
                - hosts: all
                  gather_facts: false
                  tasks:
                    - include_tasks: "parts/{{ khaen_device.platform }}.yml"
                    - include_role: {name: "vlan_{{ how }}", tasks_from: "{{ part }}"}
                """,
            "parts/a.yml": "- {name: a, debug: {}}",
            "parts/b.yml": "- {name: b, debug: {}}",
            "parts/deeper/c.yml": "- {name: c, debug: {}}",
            "roles/vlan_one/tasks/main.yml": "- {name: one, debug: {}}",
            "roles/vlan_two/tasks/gone.yml": "- {name: two, debug: {}}",
            "roles/other/tasks/main.yml": "- {name: other, debug: {}}",
        }
    )
    assert plays.problems == []
    assert _called(plays) == ["a", "b", "one", "two"]
    assert plays.roles == {"vlan_one", "vlan_two"}
    assert ["every role that fits" in remark.message.en for remark in plays.remarks] == [True]


@pytest.mark.parametrize(
    "files",
    [
        {"top.yml": "- hosts: all\n  tasks: [include_tasks: again.yml]",
         "again.yml": "- include_tasks: again.yml"},
        {"top.yml": "- import_playbook: top.yml"},
        {"top.yml": "- {hosts: all, roles: [one]}",
         "roles/one/meta/main.yml": "dependencies: [one]",
         "roles/one/tasks/main.yml": "- import_role: {name: one}"},
        {"top.yml": "- hosts: all\n  tasks: &t\n    - block: *t"},
    ],
)  # fmt: skip
def test_what_takes_itself_in_comes_to_an_end(files: dict[str, str]) -> None:
    """However it does so."""
    assert len(_read(files).tasks) <= 1


def test_a_playbook_that_grows_without_end_is_refused() -> None:
    """Files that take each other in twice, and those again."""
    parts = {
        f"parts/{n}.yml": f"- include_tasks: {n + 1}.yml\n- include_tasks: {n + 1}.yml"
        for n in range(20)
    }
    parts["parts/20.yml"] = "- debug: {}"
    top = "- {hosts: all, tasks: [include_tasks: parts/0.yml]}"
    plays = _read({"top.yml": top, **parts})
    assert len(plays.tasks) <= MOST_TASKS
    assert f"more than {MOST_TASKS} tasks" in plays.problems[0].message.en


def _argued(module: str, arguments: str) -> str:
    return does(module, Spot("", yaml.compose(arguments, Loader=yaml.CSafeLoader)))


@pytest.mark.parametrize(
    ("module", "arguments", "expected"),
    [
        ("debug", "msg=x", "reads"),
        ("ansible.legacy.setup", "{}", "reads"),
        ("cisco.ios.ios_config", "{lines: [x]}", "predicts"),
        ("arista.eos.eos_vlans", "{state: gathered}", "reads"),
        ("arista.eos.eos_vlans", "{state: merged}", "predicts"),
        ("arista.eos.eos_vlans", '{state: "{{ state }}"}', "predicts"),
        ("ansible.builtin.shell", "reload", "runs"),
        ("some.where.module", "{}", "runs"),
        ("cisco.ios.ios_command", "{commands: show version}", "reads"),
        ("cisco.ios.ios_command", "{commands: [show version, {command: show clock}]}", "reads"),
        ("cisco.ios.ios_command", "{commands: ['show {{ x }} | section {{ y }}']}", "reads"),
        ("cisco.ios.ios_command", "{commands: ['show {{ x }} | {{ y }} z']}", "runs"),
        ("cisco.ios.ios_command", "{commands: ['show run | tee flash:x']}", "runs"),
        ("cisco.ios.ios_command", '{commands: ["show version\\nreload"]}', "runs"),
        ("cisco.ios.ios_command", "{commands: ['show {% if x %}a{% endif %}']}", "runs"),
        ("cisco.ios.ios_command", "{commands: ['{{ x }}']}", "runs"),
        ("cisco.ios.ios_command", "{commands: '{{ all }}'}", "runs"),
        ("cisco.ios.ios_command", "{commands: []}", "runs"),
        ("cisco.ios.ios_command", "{}", "runs"),
        ("arista.eos.eos_command", "{commands: ['show x', 'reload']}", "runs"),
        ("arista.eos.eos_command", "{commands: ['show x > flash:y']}", "runs"),
        ("ansible.netcommon.cli_command", "{command: show version}", "reads"),
        ("ansible.netcommon.cli_command", "{command: reload}", "runs"),
    ],
)
def test_what_a_module_does(module: str, arguments: str, expected: str) -> None:
    """Nobody can say, unless it is known."""
    assert _argued(module, arguments) == expected


def test_names_of_modules() -> None:
    """Ansible's own may be short; those of collections are named in full."""
    assert full_name("debug") == "ansible.builtin.debug"
    assert full_name("ios_config") == "ios_config"
    assert likely("ios_config") == "cisco.ios.ios_config"
    assert likely("our_module") == likely("cisco.ios.ios_config") == ""


def test_what_a_text_may_become() -> None:
    """Also with what is never closed."""
    assert pattern_of("a{{ x }}b{% if y %}c{% endif %}[d]") == "a*b*c*?d]"
    assert pattern_of("a{{ x") == "a*"
