"""A small office with devices of the lab, and its case walked up to the push."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import yaml
from pydantic import SecretStr

from controller.accounts.actor import Actor
from controller.connections.connect import connect
from controller.connections.target import Target
from controller.plans.build import Observation, build_plan
from controller.plans.outcome import Run, RunDevice
from controller.plans.plan import Plan
from controller.plans.provenance import Provenance
from controller.platforms.registry import platform
from controller.processes import deciding, steps
from controller.processes.approval import DECISION_ACTION, decision_content
from controller.processes.case import Case, Group
from controller.runs.engine import RunEngine
from controller.runs.environment import Patience, RunEnvironment
from controller.runs.player import Player, no_player
from controller.store import audit_log, cases, plans, registers, runs
from controller.store.audit_keeper import AuditKeeper
from controller.store.backups import BackupRepository
from controller.store.engine import Store, open_store
from controller.workspace.load import Workspace, load_workspace
from tests.runs.lab import MINUTE_SECONDS, LabDevice
from tests.store.databases import database_in

ENGINEER = Actor("engineer1", "นักวิชาการคอมพิวเตอร์", frozenset({"engineer"}))
DIRECTOR = Actor("director", "ผู้อำนวยการ", frozenset({"director"}))
COMMUNITY = "s3cret-Of-The-Tests"
QUICK = Patience(
    beat=0.2,
    lease=2.0,
    poll=0.2,
    device_minute=MINUTE_SECONDS,
    margin=2.0,
    settle=0.4,
    watch=0.05,
    quiet=0.2,
)
TEMPLATES = {
    "cisco_ios": """{% for port in ports %}
interface GigabitEthernet0/{{ port }}
 description {{ purpose }}
{% endfor %}
snmp-server community {{ secret("snmp_ro") }} RO
""",
    "arista_eos": """{% for port in ports %}
interface Ethernet{{ port }}
   description {{ purpose }}
{% endfor %}
snmp-server community {{ secret("snmp_ro") }} ro
""",
}


@dataclass
class Scene:
    """An office whose devices are in the lab. `now` is None for the real clock."""

    root: Path
    devices: tuple[LabDevice, ...]
    password: str
    store: Store
    keeper: AuditKeeper
    backups: BackupRepository
    patience: Patience = QUICK
    now: datetime | None = None
    answer_timeout: float = 3.0
    community: str = COMMUNITY
    database_url: str = ""
    player: Player | None = None

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.root / "var"

    def clock(self) -> datetime:
        """The time, or the one set."""
        return self.now or datetime.now(UTC)

    def workspace(self) -> Workspace:
        """The files as they are now."""
        return load_workspace(self.root)

    def target(self, name: str) -> Target:
        """How to log in to a device."""
        device = next(d for d in self.devices if d.name == name)
        return Target(
            name=name,
            platform=platform(device.platform),
            address=device.address,
            port=device.port,
            username="netadmin",
            password=SecretStr(self.password),
            folder=self.folder,
            connect_timeout=3.0,
            answer_timeout=self.answer_timeout,
        )

    def secrets(self) -> Mapping[str, str]:
        """The values behind the references."""
        return {"snmp_ro": self.community}

    def environment(self) -> RunEnvironment:
        """What a run engine is given."""
        return RunEnvironment(
            store=self.store,
            data_folder=self.folder,
            workspace=self.workspace,
            target=self.target,
            secrets=self.secrets,
            backups=self.backups,
            keeper=self.keeper,
            clock=self.clock,
            durable_url=None if self.database_url.startswith("sqlite") else self.database_url,
            patience=self.patience,
            player=lambda: self.player or no_player(),
        )

    @contextmanager
    def engine(self) -> Iterator[RunEngine]:
        """A run engine, closed at the end."""
        engine = RunEngine(self.environment())
        try:
            yield engine
        finally:
            engine.close()

    def plan(self) -> Plan:
        """Ask every device for its difference, as planning does."""
        workspace = self.workspace()
        devices = workspace.inventory.devices
        return build_plan(
            office=workspace.inventory.office.short,
            selector="all",
            inputs=workspace.inputs_for(devices),
            settings=workspace.settings,
            observations=[self._observe(workspace, device.name) for device in devices],
        )

    def _observe(self, workspace: Workspace, name: str) -> Observation:
        device = next(d for d in workspace.inventory.devices if d.name == name)
        candidate = workspace.render(device)
        with connect(self.target(name), self.secrets()) as session:
            running = session.running()
            diff = session.load(candidate, "merge")
            session.discard()
        known = platform(device.platform)
        return Observation(device, known, running, candidate, "merge", diff)

    def approved(self) -> str:
        """A case with a plan, approved and ready to be carried out; gives its number."""
        plan = self.plan()
        assert len(plan.devices) == len(self.devices), plan.left_out
        return self.approved_plan(plan)

    def approved_plan(self, plan: Plan) -> str:
        """A case with this plan, approved and ready to be carried out; gives its number."""
        assert not plan.refusals(), plan.refusals()
        number = self.opened(plan)
        self.approve(number, plan)
        self._move(number, lambda case, at: steps.notify(
            case, ENGINEER, at, to=["ทุกโรงเรียน"], how="โทรศัพท์", message="ปรับค่าสวิตช์",
        ))  # fmt: skip
        return number

    def opened(self, plan: Plan) -> str:
        """A case with this plan, put to the director."""
        at = self.clock()
        with self.store.begin() as conn:
            provenance = Provenance(commit=None, edited=())
            plans.save_plan(conn, plan, provenance=provenance, by="engineer1", at=at)
            running = registers.next_number(conn, "case-2.3", 2569)
            number = steps.case_number("2.3", at, running)
            cases.insert_case(
                conn, steps.open_case("2.3", number, "ปรับค่าสวิตช์", ENGINEER, at, plan=plan.id)
            )
        group = Group(
            order="๑/๒๕๖๙", dated=date(2026, 1, 5), chair="officer1",
            members=("engineer1",), secretary="engineer2",
        )  # fmt: skip
        office = self.workspace().inventory.office
        self._move(number, lambda case, at: steps.appoint(case, group, office, ENGINEER, at))
        self._move(number, lambda case, at: steps.submit(case, None, ENGINEER, at))
        return number

    def approve(self, number: str, plan: Plan) -> None:
        """The director's approval, as `decide_case` writes it."""
        office = self.workspace().inventory.office
        with self.store.begin() as conn:
            case, at = cases.load_case(conn, number), self.clock()
            draft = deciding.draft_decision(
                case, "approve", comment="", plan=plan, actor=DIRECTOR, office=office, at=at,
                approval_days=30, planned_by="engineer1",
            )  # fmt: skip
            entry = audit_log.append(
                conn, actor="director", action=DECISION_ACTION, subject=number,
                content=decision_content(draft), at=at,
            )  # fmt: skip
            decision = deciding.seal(draft, entry.seq, entry.hash)
            after = deciding.decide(case, decision, office, planned_by="engineer1")
            cases.save_case(conn, after, expected_events=len(case.events))

    def _move(self, number: str, change: Callable[[Case, datetime], Case]) -> None:
        with self.store.begin() as conn:
            case = cases.load_case(conn, number)
            cases.save_case(conn, change(case, self.clock()), expected_events=len(case.events))

    def rows(self, run: str) -> dict[str, RunDevice]:
        """The devices of a run by name."""
        with self.store.read() as conn:
            return {row.device: row for row in runs.run_devices(conn, run)}

    def run(self, run: str) -> Run:
        """A run."""
        with self.store.read() as conn:
            return runs.load_run(conn, run)

    def log(self, number: str) -> list[str]:
        """The actions the audit log has about the case."""
        with self.store.read() as conn:
            return [entry.action for entry in audit_log.about(conn, number)]


@contextmanager
def open_scene(
    root: Path, devices: Iterable[LabDevice], password: str, url: str = "", **policy: int
) -> Iterator[Scene]:
    """A scene with a workspace of these devices, half of them at each of two schools.

    `url` is the database; a SQLite file in the data folder when it is empty.
    """
    chosen = tuple(devices)
    write_workspace(root, chosen, **policy)
    remember(root, chosen, password, url)
    with reopened(root, chosen, password, url) as scene:
        yield scene


def remember(root: Path, devices: tuple[LabDevice, ...], password: str, url: str) -> None:
    """Leave what another process needs to open the scene of this workspace."""
    rows = [{**asdict(device), "state_dir": str(device.state_dir)} for device in devices]
    known = {"devices": rows, "password": password, "url": url}
    (root / "scene.json").write_text(json.dumps(known))


@contextmanager
def found_again(root: Path) -> Iterator[Scene]:
    """The scene of a workspace, in another process."""
    known = json.loads((root / "scene.json").read_text())
    devices = tuple(
        LabDevice(**{**row, "state_dir": Path(row["state_dir"])}) for row in known["devices"]
    )
    with reopened(root, devices, known["password"], known["url"]) as scene:
        yield scene


@contextmanager
def reopened(
    root: Path, devices: tuple[LabDevice, ...], password: str, url: str = ""
) -> Iterator[Scene]:
    """The scene of a workspace that is written already, in this or another process."""
    folder = root / "var"
    keeper = AuditKeeper(folder)
    place = url or database_in(folder)
    store = open_store(place, keeper)
    store.migrate()
    backups = BackupRepository(folder / "backups")
    try:
        yield Scene(root, devices, password, store, keeper, backups, database_url=place)
    finally:
        store.close()
        keeper.close()


def write_workspace(root: Path, devices: tuple[LabDevice, ...], **policy: int) -> None:
    """The files of a small office."""
    settings = {"canary": 1, "batch": 10, "stop_after_failed_percent": 100, "confirm_minutes": 2}
    lines = [f"{name} = {value}" for name, value in (settings | policy).items()]
    head = 'workers = 50\n[credentials]\nusername = "netadmin"\npassword = "file/password"\n'
    secrets = '[secrets]\nsnmp_ro = "file/snmp"\n[rollout]\n'
    _write(root / "khaen.toml", head + secrets + "\n".join(lines) + "\n")
    _write(root / "inventory/office.yaml", yaml.safe_dump(_OFFICE, allow_unicode=True))
    _write(root / "inventory/groups.yaml", "all:\n  ports: [1, 2]\n  purpose: Staff room\n")
    for name, text in TEMPLATES.items():
        _write(root / f"inventory/config/{name}/access.j2", text)
    middle = (len(devices) + 1) // 2
    for site, part in (("school-a", devices[:middle]), ("school-b", devices[middle:])):
        _write(root / f"inventory/sites/{site}.yaml", yaml.safe_dump(_site(site, part)))


def edit(path: Path, old: str, new: str) -> None:
    """Replace words in a file that has them."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _site(site: str, devices: tuple[LabDevice, ...]) -> dict[str, object]:
    return {
        "site": site,
        "name_th": "โรงเรียนตัวอย่าง",
        "name_en": "Sample School",
        "kind": "school",
        "district": "mueang",
        "size": "large",
        "devices": [
            {
                "name": d.name,
                "platform": d.platform,
                "role": "access",
                "address": d.address,
                "port": d.port,
                "management_interface": "Vlan99" if d.platform == "cisco_ios" else "Management1",
            }
            for d in devices
        ],
    }


_OFFICE = {
    "name_th": "สำนักงานเขตพื้นที่การศึกษาตัวอย่าง",
    "name_en": "Sample Educational Service Area Office",
    "short": "สพม.ตัวอย่าง",
    "group_th": "กลุ่มเทคโนโลยีสารสนเทศ",
    "group_en": "ICT group",
    "director_title": "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาตัวอย่าง",
    "numbering": {"prefix": "ศธ ๐๔๐๐๐"},
    "people": [
        {"username": "director", "title": "ผู้อำนวยการ", "roles": ["director"]},
        {"username": "officer1", "title": "หัวหน้ากลุ่ม", "roles": ["officer"]},
        {"username": "engineer1", "title": "นักวิชาการคอมพิวเตอร์", "roles": ["engineer"]},
        {"username": "engineer2", "title": "นักวิชาการคอมพิวเตอร์", "roles": ["engineer"]},
    ],
}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
