"""`khaen doctor`: whatever is broken is found, named and never repeated where it is a secret."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import SecretStr
from sqlalchemy import text

from controller.app import look_at
from controller.connections.target import Target
from controller.operations.diagnose_installation import diagnose_installation
from controller.operations.doctor.check import Check, Installation
from controller.operations.doctor.files import files
from controller.operations.doctor.history import history
from controller.operations.doctor.network import network, sample
from controller.platforms.registry import platform
from controller.settings import QUEUES, Settings
from controller.store import audit_log, executors
from controller.store.executors import Executor
from tests.operations.office import Desk, opened_desk
from tests.store.intruder import Intruder

SECRET = "pa55-w0rd"


@pytest.fixture
def at(desk: Desk) -> Iterator[Installation]:
    """A new office to look at: with its history, and its secrets set."""
    with looked_at(desk) as found:
        yield found


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The same, for tests that leave it as it is."""
    with (
        pytest.MonkeyPatch.context() as patch,
        opened_desk(tmp_path_factory.mktemp("office") / "office") as desk,
    ):
        patch.delenv("KHAEN_DATABASE_URL", raising=False)
        with looked_at(desk) as found:
            yield found


@contextmanager
def looked_at(desk: Desk) -> Iterator[Installation]:
    """The office of a desk, its secrets set."""
    for name in ("password", "snmp_ro"):
        file = desk.context.root / "var/lab" / name
        file.parent.mkdir(exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(SECRET)
    with look_at(desk.context.root) as found:
        yield replace(found, clock=desk.clock)


def look(at: Installation) -> dict[str, Check]:
    """Name -> check."""
    return named(diagnose_installation(at))


def named(checks: Iterable[Check]) -> dict[str, Check]:
    """The checks by their names; each that is not well says what to do, and no secret."""
    found: dict[str, Check] = {}
    for check in checks:
        assert check.name not in found
        assert (check.todo is None) == (check.state == "ok") or check.state == "unknown"
        assert SECRET not in f"{check.found} {check.todo}"
        found[check.name] = check
    return found


def states(found: dict[str, Check], state: str) -> set[str]:
    """The names of those that stand so."""
    return {name for name, check in found.items() if check.state == state}


def entry(desk: Desk) -> None:
    """Something in the audit log."""
    with desk.context.store.begin() as conn:
        audit_log.append(conn, actor="a", action="b", subject="c", content={}, at=desk.clock())


def test_a_new_installation_lacks_little_and_nothing_is_changed(
    desk: Desk, at: Installation
) -> None:
    """Nobody at work, no account, no commit: said as what to look at, not as broken."""
    before = {p for p in at.folder.rglob("*") if not p.name.startswith("khaen.db")}
    found = look(at)
    assert states(found, "fail") | states(found, "unknown") == set()
    assert states(found, "warn") == {
        "workspace.git", "history.accounts", "work.worker", "work.schedule",
    }  # fmt: skip
    assert {p for p in at.folder.rglob("*") if not p.name.startswith("khaen.db")} == before


def test_broken_settings_leave_the_rest_unknown_not_well(at: Installation) -> None:
    """The machine is looked at all the same, and the first problem is named with its line."""
    (at.root / "khaen.toml").write_text('languge = "th"\n')
    with look_at(at.root) as broken:
        found = look(broken)
    assert {"workspace.settings", "workspace.files"} <= states(found, "fail")
    assert "khaen.toml:1" in found["workspace.settings"].found.en
    assert {"history.database", "workspace.secrets", "work.worker"} <= states(found, "unknown")
    assert found["machine.python"].state == "ok"


def test_a_log_nobody_can_vouch_for_is_found(desk: Desk, at: Installation) -> None:
    """Altered in the database; then its key is gone, and looking makes no other one."""
    entry(desk)
    assert look(at)["history.audit_log"].state == "ok"
    Intruder(at.database_url()).run("UPDATE audit_log SET actor = 'x'")
    assert look(at)["history.audit_log"].state == "fail"
    (at.folder / "keys" / "audit.key").unlink()
    gone = look(at)["history.audit_log"]
    assert "audit.key" in gone.found.en
    assert not (at.folder / "keys" / "audit.key").exists()


def test_a_clock_that_went_back_is_found(desk: Desk, at: Installation) -> None:
    """The newest entry lies in the future."""
    entry(desk)
    early = desk.clock() - timedelta(days=1)
    assert look(replace(at, clock=lambda: early))["history.clock"].state == "fail"


@pytest.mark.parametrize(
    ("queues", "state", "word"), [(QUEUES, "ok", "served"), (QUEUES[:1], "warn", QUEUES[1])]
)
def test_a_queue_nobody_serves_is_found(
    desk: Desk, at: Installation, queues: tuple[str, ...], state: str, word: str
) -> None:
    """A worker on another machine, alive, that takes work from these."""
    now = desk.clock()
    with desk.context.store.begin() as conn:
        executors.register(conn, Executor("elsewhere-1", "elsewhere", 1, now, now, queues))
    found = named(history(at, Settings()))["work.worker"]
    assert found.state == state
    assert word in found.found.en


def test_a_history_nobody_copied_for_long_is_found(desk: Desk, at: Installation) -> None:
    """A month after its first entry, and until somebody exports it."""
    entry(desk)
    later = replace(at, clock=lambda: desk.clock() + timedelta(days=40))
    assert named(history(at, Settings()))["history.copy"].state == "ok"
    assert named(history(later, Settings()))["history.copy"].state == "warn"
    with desk.context.store.begin() as conn:
        audit_log.append(
            conn, actor="a", action="export_history", subject="f", content={}, at=later.clock()
        )
    assert named(history(later, Settings()))["history.copy"].state == "ok"


def test_files_others_may_read_are_found(desk: Desk, at: Installation) -> None:
    """A secret's, the key's, and the folder's own mode."""
    entry(desk)
    (at.root / "var/lab/password").chmod(0o644)
    (at.folder / "keys" / "audit.key").chmod(0o640)
    found = look(at)
    assert "chmod 600 var/lab/password" in str(found["workspace.secrets"].todo)
    assert "audit.key" in found["history.folder"].found.en


@pytest.mark.parametrize(
    ("change", "name", "state"),
    [
        ({"credentials": {"password": "env/KHAEN_NO_SUCH"}}, "workspace.secrets", "fail"),
        ({"notices": {"channels": {"chat": "file/channel"}}}, "workspace.channels", "fail"),
        ({"notices": {"alerts": "nowhere"}}, "workspace.channels", "fail"),
        ({"web": {"host": "0.0.0.0"}}, "workspace.tls", "warn"),
        ({"web": {"tls_certificate": "missing.pem"}}, "workspace.tls", "fail"),
    ],
)
def test_settings_that_cannot_work_are_found(
    untouched: Installation, change: dict[str, object], name: str, state: str
) -> None:
    """Each by the check it belongs to."""
    (untouched.root / "channel").write_text(f"nosuch://{SECRET}")
    assert named(files(untouched, Settings.model_validate(change)))[name].state == state


@pytest.mark.parametrize(("days", "state"), [(-1, "fail"), (10, "warn"), (90, "ok")])
def test_a_certificate_that_ends_soon_is_found(
    untouched: Installation, days: int, state: str
) -> None:
    """Before it ends."""
    ends = untouched.clock() + timedelta(days=days, hours=1)
    (untouched.root / "web.pem").write_bytes(a_certificate(ends))
    settings = Settings.model_validate({"web": {"tls_certificate": "web.pem"}})
    assert named(files(untouched, settings))["workspace.tls"].state == state


def a_certificate(ends: datetime) -> bytes:
    """A certificate that is valid until then."""
    from cryptography.hazmat.primitives.serialization import Encoding

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "khaen.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2025, 1, 1, tzinfo=UTC))
        .not_valid_after(ends)
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(Encoding.PEM)


@pytest.mark.parametrize(
    ("url", "word"),
    [
        (f"postgresql://khaen:{SECRET}@127.0.0.1:1/khaen", "127.0.0.1"),
        ("mysql://khaen@127.0.0.1/khaen", "database_url"),
    ],
)
def test_a_database_that_cannot_be_used_is_found(
    untouched: Installation, url: str, word: str
) -> None:
    """Without its password, and what depends on it is unknown."""
    found = named(history(replace(untouched, database_url=lambda: url), Settings()))
    assert found["history.database"].state == "fail"
    assert word in found["history.database"].found.en
    assert found["history.audit_log"].state == "unknown"


def test_tables_of_another_program_are_found(desk: Desk, at: Installation) -> None:
    """Newer ones cannot be used; older ones will be brought forward."""
    for revision, state in (("9999", "fail"), ("0006", "warn")):
        with desk.context.store.begin() as conn:
            conn.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))
        assert named(history(at, Settings()))["history.tables"].state == state


def test_before_the_first_command_there_is_no_history(
    untouched: Installation, tmp_path: Path
) -> None:
    """And looking does not make any."""
    nowhere = tmp_path / "empty"
    url = f"sqlite:///{nowhere}/khaen.db"
    at = replace(untouched, folder=nowhere, database_url=lambda: url)
    found = named(history(at, Settings()))
    assert found["history.database"].state == "warn"
    assert not nowhere.exists()


def test_devices_that_do_not_answer_are_named(untouched: Installation) -> None:
    """Two are asked: one listens, one does not."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server, look_at(untouched.root) as real:

        def target(name: str) -> Target:
            port = server.getsockname()[1] if name == "kkn-a-sw01" else 1
            return Target(
                name=name,
                platform=platform("cisco_ios"),
                address="127.0.0.1",
                port=port,
                username="admin",
                password=SecretStr(SECRET),
                folder=untouched.folder,
            )

        asked = replace(real, target=target, snmp_target=lambda _: None)
        login, snmp = network(asked, 1000)
    assert login.state == "warn"
    assert "do not answer" in login.found.en
    assert snmp.state == "ok"


def test_a_sample_is_spread(untouched: Installation) -> None:
    """Not the first few of the first school."""
    from controller.workspace.load import load_workspace

    devices = tuple(load_workspace(untouched.root).inventory.devices)
    chosen = sample(devices, 4)
    assert len({device.name for device in chosen}) == 4
    assert len({device.site for device in chosen}) > 1
    assert sample(devices, 1000) == devices
    assert sample((), 4) == ()
