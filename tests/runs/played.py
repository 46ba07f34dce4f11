"""A playbook in a scene's workspace, and somebody who plays it by typing on the console."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.plan_playbook import plan_playbook
from controller.plans.plan import Accepted, Plan, Tool
from controller.playbooks.following import HostEnd, ShareEnd
from controller.playbooks.result import TaskResult
from controller.runs.ansible_player import inventory_told
from controller.runs.player import Play
from controller.workspace.load import Workspace
from tests.runs.scene import ENGINEER, Scene
from tests.runs.test_restore import opened

IOS, EOS = "cisco.ios.ios_config", "arista.eos.eos_config"
TOOLS = (
    Tool(name="ansible-core", version="2.19.14"),
    Tool(name="arista.eos", version="12.0.0"),
    Tool(name="cisco.ios", version="11.1.1"),
    Tool(name="community.dns", version="3.0.0"),
)
META = """title: {th: ตั้งชื่อพอร์ต, en: Name the ports}
purpose: {th: บอกว่าพอร์ตเป็นของห้องใด, en: Say which room a port is for}
risk: change
process: "2.3"
platforms: [cisco_ios, arista_eos]
parameters:
  room: {kind: text, th: ชื่อห้อง, en: Name of the room}
"""
PLAYBOOK = """- name: Ports
  hosts: all
  gather_facts: false
  roles: [rooms]
"""
ROLE = """- name: Name the port
  cisco.ios.ios_config:
    parents: interface GigabitEthernet0/1
    lines: ["description {{ room }}"]
  when: ansible_network_os == "cisco.ios.ios"
- name: Name the port
  arista.eos.eos_config:
    parents: interface Ethernet1
    lines: ["description {{ room }}"]
  when: ansible_network_os == "arista.eos.eos"
"""
READS = """title: {th: อ่าน, en: Read}
purpose: {th: อ่าน, en: Read}
risk: read
platforms: [cisco_ios]
"""


@dataclass
class FakePlayer:
    """Types on the consoles what the role says; tests put something else in its place.

    `plays` are the starts it saw. `typed` gives the lines for a device, `trouble` is called before
    each device when it is not only looked at.
    """

    scene: Scene
    plays: list[Play] = field(default_factory=list)
    installed: tuple[Tool, ...] = TOOLS
    typed: Callable[[str, Play], tuple[str, ...]] | None = None
    end: dict[str, HostEnd] = field(default_factory=dict)
    trouble: Callable[[str], None] = lambda _: None
    more: tuple[TaskResult, ...] = ()

    def tools(self) -> tuple[Tool, ...]:
        """As a player."""
        return self.installed

    def inventory(self, workspace: Workspace, devices: tuple[str, ...]) -> str:
        """The real one."""
        return inventory_told(workspace, devices)

    def play(
        self,
        workspace: Workspace,
        work: Play,
        on_result: Callable[[TaskResult], None],
        stop: Callable[[], bool],
    ) -> ShareEnd:
        """Type, unless it is only looked at."""
        self.plays.append(work)
        ends: dict[str, HostEnd] = {}
        for name in work.limit:
            if stop():
                return ShareEnd("stopped", ends)
            if not work.check:
                self.trouble(name)
            device = next(d for d in self.scene.devices if d.name == name)
            ios = device.platform == "cisco_ios"
            lines = (self.typed or self._lines)(name, work)
            if not work.check:
                device.type(*lines)
            ends[name] = self.end.get(name, "ok") if not work.check else "ok"
            on_result(_result(name, EOS if ios else IOS, "skipped"))
            on_result(_result(name, IOS if ios else EOS, "changed", "\n".join(lines)))
            for one in self.more:
                on_result(replace(one, device=name))
            if ends[name] == "failed":
                on_result(_result(name, IOS, "failed", answer="no such port"))
        return ShareEnd("finished", ends)

    def _lines(self, name: str, work: Play) -> tuple[str, ...]:
        ios = next(d for d in self.scene.devices if d.name == name).platform == "cisco_ios"
        room = dict(work.parameters)["room"]
        port = "GigabitEthernet0/1" if ios else "Ethernet1"
        return (f"interface {port}", f"description {room}")


def _result(device: str, module: str, status: str, lines: str = "", answer: str = "") -> TaskResult:
    return TaskResult(
        1, device, "Name the port", module, status, lines=lines, answer=answer  # type: ignore[arg-type]
    )  # fmt: skip


def write_playbooks(root: Path) -> None:
    """A playbook with a role, and one that only reads."""
    for path, text in {
        "rooms.yml": PLAYBOOK,
        "rooms.meta.yaml": META,
        "roles/rooms/tasks/main.yml": ROLE,
        "look.yml": "- hosts: all\n  gather_facts: true\n",
        "look.meta.yaml": READS,
    }.items():
        file = root / "playbooks" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


@contextmanager
def with_playbooks(scene: Scene) -> Iterator[tuple[Context, FakePlayer]]:
    """The program in the scene's workspace, with playbooks in it and somebody who plays them."""
    write_playbooks(scene.root)
    player = FakePlayer(scene)
    scene.player = player
    with opened(scene) as context:
        yield replace(context, player=lambda: player), player


def planned(
    context: Context, actor: Actor = ENGINEER, *accepted: Accepted, room: str = "Library"
) -> Plan:
    """The plan of the playbook for all devices."""
    return plan_playbook(context, actor, "rooms", "all", {"room": room}, accepted)
