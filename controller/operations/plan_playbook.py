"""Ask every device what a playbook would do to it, and keep the answers as a plan."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.errors import DeviceError, InputError, Refused, Text
from controller.inventory.device import Device
from controller.inventory.selector import parse_selector
from controller.operations.back_up_devices import fetch_running, keep_backups
from controller.operations.context import Context
from controller.operations.plan_change import Asked, has_snmp, store_plan
from controller.operations.select_devices import select_devices
from controller.plans.build import Observation, build_plan
from controller.plans.plan import Accepted, Plan, PlaybookRun, TaskPlan, Tool
from controller.plans.window import read_window
from controller.platforms.registry import platform
from controller.playbooks.catalogue import Playbook
from controller.playbooks.following import ShareEnd
from controller.playbooks.parameter import Value, read_parameters, secrets_given
from controller.playbooks.predicting import Foretold, asks_for_check_mode, does_of, foretell
from controller.playbooks.result import TaskResult
from controller.runs.player import Play, Player
from controller.settings import Settings
from controller.workspace.load import Workspace
from controller.workspace.playbooks import playbook_bytes

Show = Callable[[TaskResult], None]
Parameters = tuple[tuple[str, Value], ...]
# What connections of playbooks are made with, whatever modules they name.
_ALWAYS = frozenset({"ansible-core", "ansible.netcommon", "ansible.utils"})


def plan_playbook(
    context: Context,
    actor: Actor,
    name: str,
    selector: str,
    given: Mapping[str, str] | None = None,
    accepted: tuple[Accepted, ...] = (),
    asked: Asked | None = None,
    show: Show = lambda _: None,
    window: str = "",
) -> Plan:
    """Run a playbook that changes devices in check mode, and keep what it would do as a plan.

    `given` are its parameters as people type them. Every device is backed up before; a device that
    is not as it was after check mode, one on which the playbook would fail, one out of reach and
    one of a platform it is not written for are left out and named. Nothing is changed: a task that
    would change something even in check mode is refused before any device is asked. `show` is told
    each result as it comes, `asked` how many devices have told something.

    Errors: `NotFound` for a playbook there is not; `Refused` for one that only reads, or for a task
    of check_mode false that may change something; `InputError` for a selector, a window, a
    parameter, a playbook Ansible cannot read, or where there is no Ansible.
    """
    require(actor, "plan_playbook")
    within = read_window(window, context.clock())
    workspace = context.workspace()
    playbook = workspace.playbooks.known(name)
    _require_plannable(playbook)
    player = context.player()
    tools = used_tools(playbook, player.tools())
    parameters = read_parameters(playbook.meta, given or {}, tuple(workspace.settings.secrets))
    chosen = parse_selector(selector)
    devices = select_devices(workspace, chosen)
    files = playbook_bytes(workspace.root, playbook)
    desk = _Desk(context, actor, workspace, playbook, player, files, parameters)
    observations = desk.observe(devices, asked, show)
    plan = build_plan(
        office=workspace.inventory.office.short,
        selector=chosen.text,
        inputs=workspace.playbook_inputs(name),
        settings=_in_batches(workspace.settings),
        observations=observations,
        accepted=accepted,
        window=within,
        playbook=PlaybookRun(
            name=name,
            process=playbook.meta.process or "",
            parameters=parameters,
            inventory=player.inventory(workspace, tuple(sorted(d.name for d in devices))),
            tools=tools,
            timeout_minutes=playbook.meta.timeout_minutes,
        ),
    )
    store_plan(context, actor, workspace, plan, "plan_playbook")
    return plan


def _in_batches(settings: Settings) -> Settings:
    """The settings, with the batch of playbooks for that of changes: a batch is one Ansible."""
    rollout = settings.rollout.model_copy(update={"batch": settings.playbooks.batch})
    return settings.model_copy(update={"rollout": rollout})


def used_tools(playbook: Playbook, installed: tuple[Tool, ...]) -> tuple[Tool, ...]:
    """What of the installed a playbook runs with: Ansible, and the collections of its tasks."""
    wanted = {task.module.rpartition(".")[0] for task in playbook.tasks} | _ALWAYS
    return tuple(tool for tool in installed if tool.name in wanted)


@dataclass(frozen=True)
class _Desk:
    """One planning: who asks for what, and what it is done with."""

    context: Context
    actor: Actor
    workspace: Workspace
    playbook: Playbook
    player: Player
    files: Mapping[str, bytes]
    parameters: Parameters

    def observe(
        self, devices: tuple[Device, ...], asked: Asked | None, show: Show
    ) -> list[Observation]:
        """Back the devices up, look what the playbook would do, and see that nothing was done."""
        fit = tuple(d for d in devices if not d.maintenance and self._fits(d))
        before = self._running(fit)
        keep_backups(self.context, self.actor.username, fit, before)
        awake = tuple(d for d in fit if not isinstance(before[d.name], DeviceError))
        everybody = tuple(sorted(d.name for d in devices))
        end, results = self._look(everybody, awake, asked, show)
        foretold = foretell(results, does_of(self.playbook))
        after = self._running(awake)
        return [
            self._observation(d, before.get(d.name), after.get(d.name), foretold, end)
            for d in devices
        ]

    def _fits(self, device: Device) -> bool:
        return device.platform in self.playbook.meta.platforms

    def _running(self, devices: tuple[Device, ...]) -> dict[str, str | DeviceError]:
        return fetch_running(self.context, devices) if devices else {}

    def _look(
        self,
        everybody: tuple[str, ...],
        devices: tuple[Device, ...],
        asked: Asked | None,
        show: Show,
    ) -> tuple[ShareEnd, list[TaskResult]]:
        if not devices:
            return ShareEnd("finished", {}), []
        results: list[TaskResult] = []
        done = itertools.count(1)
        heard: set[str] = set()

        def take(result: TaskResult) -> None:
            results.append(result)
            show(result)
            if asked is not None and result.device not in heard:
                heard.add(result.device)
                asked(next(done), len(devices))

        play = Play(
            playbook=self.playbook.name,
            files=self.files,
            parameters=self.parameters,
            devices=everybody,
            limit=tuple(device.name for device in devices),
            check=True,
            seconds=self.playbook.meta.timeout_minutes * 60.0,
        )
        return self.player.play(self.workspace, play, take, lambda: False), results

    def _observation(
        self,
        device: Device,
        before: str | DeviceError | None,
        after: str | DeviceError | None,
        foretold: Mapping[str, Foretold],
        end: ShareEnd,
    ) -> Observation:
        known = platform(device.platform)
        told = foretold.get(device.name, Foretold())
        away = before if isinstance(before, DeviceError) else None
        away = after if isinstance(after, DeviceError) else away
        unsupported = None
        if not self._fits(device):
            unsupported = f"{self.playbook.name}: {', '.join(self.playbook.meta.platforms)}"
        refused = told.failed or None
        if isinstance(before, str) and away is None and not told.unreachable:
            if known.fingerprint(before) != known.fingerprint(str(after)):
                refused = _TOUCHED
            elif not refused and end.devices.get(device.name) != "ok":
                refused = end.words.en if end.words else _NOT_THROUGH
        return Observation(
            device=device,
            platform=known,
            running=before if isinstance(before, str) else None,
            candidate="",
            operation="playbook",
            diff=None,
            unreachable=away.message.en if away else told.unreachable or None,
            asked_over_snmp=has_snmp(self.context, device),
            tasks=self._tasks(told),
            secrets=secrets_given(self.playbook.meta, self.parameters),
            refused=refused,
            unsupported=unsupported,
        )

    def _tasks(self, told: Foretold) -> tuple[TaskPlan, ...]:
        tasks = tuple(
            TaskPlan(task=one.task, module=one.module, effect=one.effect, lines=one.lines)
            for one in told.tasks
        )
        asks = (asks_for_check_mode(path, content) for path, content in self.files.items())
        where = next((place for place in asks if place), "")
        if not where or not tasks:
            return tasks
        # Whatever it shows while it is looked at, it may do something else when it is not.
        blind = TaskPlan(task=f"ansible_check_mode: {where}", module="", effect="not-predictable")
        return (*tasks, blind)


_TOUCHED = "its configuration changed while the playbook was only looked at"
_NOT_THROUGH = "check mode did not come to its end on it"


def _require_plannable(playbook: Playbook) -> None:
    """Pass for a playbook that changes devices and whose check mode changes none."""
    if playbook.meta.risk == "read":
        raise Refused(
            Text(
                th=f"เพลย์บุ๊ก {playbook.name} อ่านอย่างเดียว จึงไม่ต้องมีแผนและไม่ต้องขออนุมัติ",
                en=f"the playbook {playbook.name} only reads: it needs no plan and no approval",
            ),
            hint=Text(
                th=f"รันได้เลย: khaen playbook run {playbook.name}",
                en=f"just run it: khaen playbook run {playbook.name}",
            ),
        )
    forced = [t for t in playbook.tasks if t.check_mode is False and not t.only_reads]
    if forced:
        first = forced[0]
        raise InputError(
            Text(
                th=f"{first.file}:{first.line}: งานย่อย “{first.called}” สั่ง check_mode: false "
                "จึงเปลี่ยนอุปกรณ์ตั้งแต่ตอนวางแผน",
                en=f"{first.file}:{first.line}: the task “{first.called}” says check_mode: false, "
                "so it would change devices while a plan is made",
            ),
            hint=Text(
                th="ลบ check_mode: false ออกจากงานย่อยที่ไม่ได้อ่านอย่างเดียว",
                en="take check_mode: false off tasks that do more than read",
            ),
        )
