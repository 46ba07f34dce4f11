"""A plan of the lines that mend what the rules find wrong with devices: one like any other."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from controller.accounts.actor import Actor, require
from controller.compliance.evidence import Evidence, KeptConfiguration
from controller.compliance.judging import Judge
from controller.compliance.remedy import Left, Remedy, remedy
from controller.compliance.rulebook import RuleBook
from controller.connections.session import DeviceSession
from controller.errors import DeviceError, Text
from controller.inventory.device import Device
from controller.inventory.selector import parse_selector
from controller.operations.audit_devices import chosen_rules
from controller.operations.back_up_devices import keep_backups
from controller.operations.context import Context
from controller.operations.plan_change import Asked, has_snmp, store_plan
from controller.operations.select_devices import select_devices
from controller.plans.build import Observation, build_plan
from controller.plans.plan import Accepted, InputFile, Plan
from controller.plans.predicted import would_cut
from controller.platforms.manner import manner
from controller.platforms.platform import HIDDEN
from controller.platforms.registry import platform
from controller.workspace.load import Workspace


@dataclass(frozen=True)
class Unmended:
    """A rule that fails on a device and that the plan does not mend, and why."""

    device: str
    rule: str
    why: Text


@dataclass(frozen=True)
class Remediation:
    """A plan that mends what can be mended, and what is left to be mended by hand."""

    plan: Plan
    left: tuple[Unmended, ...]


@dataclass(frozen=True)
class _Mended:
    """What a device runs, what mends it, and the device's own difference for that."""

    running: str
    remedy: Remedy
    diff: str


def remediate_devices(
    context: Context,
    actor: Actor,
    selector: str,
    rules: tuple[str, ...] = (),
    accepted: tuple[Accepted, ...] = (),
    asked: Asked | None = None,
) -> Remediation:
    """Judge what every device runs, work out what mends it, ask for the difference, keep a plan.

    `rules` are the rules to mend by their ids; all without. Only failures of rules about
    configuration are mended, waived ones are not; what would cut our own way to a device is left.
    Nothing is written to any device. The rules are among the plan's inputs: when one is edited the
    plan is out of date. `asked` is told as in `plan_change`.

    Errors: `NotFound` for a rule there is not, `InputError` for a selector that selects nothing.
    """
    require(actor, "remediate_devices")
    workspace = context.workspace()
    chosen = parse_selector(selector)
    devices = select_devices(workspace, chosen)
    desk = _Desk(context, workspace, chosen_rules(workspace.rulebook, rules))
    awake = tuple(device for device in devices if not device.maintenance)
    found = desk.ask(awake, asked)
    running = {n: f if isinstance(f, DeviceError) else f.running for n, f in found.items()}
    keep_backups(context, actor.username, awake, running)
    mended = [one.remedy for one in found.values() if isinstance(one, _Mended)]
    used = {rule for one in mended for rule in one.rules}
    # Lines of a rule that is not mended wholly may be among those of the plan.
    behind = used | {gap.rule for one in mended for gap in one.left}
    plan = build_plan(
        office=workspace.inventory.office.short,
        selector=chosen.text,
        inputs=(*workspace.inputs_for(devices), *_rule_files(workspace.rulebook, behind)),
        settings=context.settings,
        observations=[
            _observation(d, found.get(d.name), asked_over_snmp=has_snmp(context, d))
            for d in devices
        ],
        accepted=accepted,
        mends=used,
    )
    store_plan(context, actor, workspace, plan, "remediate_devices")
    left = (Unmended(one.device, gap.rule, gap.why) for one in mended for gap in one.left)
    return Remediation(plan, tuple(sorted(left, key=lambda u: (u.device, u.rule))))


class _Desk:
    """The rules made ready once, and what mends a device by them."""

    def __init__(self, context: Context, workspace: Workspace, book: RuleBook) -> None:
        self._context = context
        self._inventory = workspace.inventory
        self._settings = context.settings
        self._secrets = context.secrets()
        self._book = book
        self._judge = Judge(book)
        self._now, self._today = context.clock(), context.today()

    def ask(
        self, devices: tuple[Device, ...], asked: Asked | None
    ) -> dict[str, _Mended | DeviceError]:
        """Ask each device, in parallel, what it runs and what its mending would change."""
        done = itertools.count(1)
        known = {device.name: device for device in devices}

        def visit(session: DeviceSession) -> _Mended:
            running = session.running()
            found = self.mend(known[session.name], running)
            if not found.text:
                return _Mended(running, found, "")
            try:
                return _Mended(running, found, session.load(found.text, "merge"))
            finally:
                session.discard()

        def tell(_name: str, _outcome: _Mended | DeviceError) -> None:
            if asked is not None:
                asked(next(done), len(devices))

        return self._context.fleet(devices).each(visit, self._secrets, tell)

    def mend(self, device: Device, running: str) -> Remedy:
        """The lines that mend a device, without those that would cut our own way to it."""
        evidence = self._evidence(device, running)
        findings = self._judge.judge(evidence)
        known = manner(device.platform)
        found = remedy(findings, self._book, evidence, known)
        if not self._cuts(device, running, found):
            return found
        cutting: list[str] = []
        for finding in findings:
            alone = remedy([finding], self._book, evidence, known)
            if self._cuts(device, running, alone):
                cutting.append(finding.rule)
        book = self._book.only({r.id for r in self._book.rules} - set(cutting))
        kept = remedy([f for f in findings if f.rule not in cutting], book, evidence, known)
        # Lines that only cut together: none of them is worth the way to the device.
        if self._cuts(device, running, kept):
            cutting, kept = list(found.rules), Remedy(device.name, "", (), kept.left)
        return replace(kept, left=(*kept.left, *(Left(rule, _CUTS) for rule in cutting)))

    def _cuts(self, device: Device, running: str, found: Remedy) -> bool:
        if not found.text:
            return False
        observed = Observation(
            device=device,
            platform=platform(device.platform),
            running=running,
            candidate=found.text,
            operation="merge",
            diff=None,
        )
        return would_cut(observed, self._settings)

    def _evidence(self, device: Device, running: str) -> Evidence:
        known = platform(device.platform)
        return Evidence(
            device=device,
            site=self._inventory.site_of(device),
            variables=self._inventory.variables(device),
            now=self._now,
            today=self._today,
            configuration=KeptConfiguration(
                _hidden(known.mask(running), self._secrets, known.texts.well_known),
                known.fingerprint(running),
                self._now,
            ),
        )


def _hidden(text: str, secrets: Mapping[str, str], public: frozenset[str]) -> str:
    """The text without the values the workspace names, wherever the patterns missed one."""
    for value in secrets.values():
        if len(value) >= _SHORTEST_SECRET and value not in public:
            text = text.replace(value, HIDDEN)
    return text


def _rule_files(book: RuleBook, rules: Iterable[str]) -> Iterable[InputFile]:
    """The files that these rules stand in, and the one of waivers."""
    used = {book.where[rule] for rule in rules if rule in book.where}
    waivers = {path for path in book.files if path not in set(book.where.values())}
    return [
        InputFile(path=path, sha256=sha)
        for path, sha in book.files.items()
        if path in used or (used and path in waivers and path.endswith(_WAIVERS))
    ]


def _observation(
    device: Device, found: _Mended | DeviceError | None, *, asked_over_snmp: bool
) -> Observation:
    mended = found if isinstance(found, _Mended) else None
    return Observation(
        device=device,
        platform=platform(device.platform),
        running=mended.running if mended else None,
        candidate=mended.remedy.text if mended else "",
        operation="merge",
        diff=mended.diff if mended else None,
        unreachable=found.message.en if isinstance(found, DeviceError) else None,
        asked_over_snmp=asked_over_snmp,
    )


_SHORTEST_SECRET = 6
_WAIVERS = "waivers.yaml"
_CUTS = Text(
    th="คำสั่งที่แก้ไขจะตัดทางเข้าถึงอุปกรณ์ของระบบเอง ต้องแก้ด้วยมือ",
    en="what mends it would cut our own way to the device; mend it by hand",
)
