"""Searching what is kept of all devices, taking it home, and seeing its secrets."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from controller.backups import searching
from controller.errors import InputError, NotAllowed, NotFound, Text
from controller.operations.back_up_devices import keep_backups
from controller.operations.context import Context
from controller.operations.export_configurations import export_configurations
from controller.operations.index_configurations import index_configurations
from controller.operations.pack_backups import pack_backups
from controller.operations.reveal_secrets import reveal_export, reveal_secrets
from controller.operations.search_configurations import search_configurations
from controller.store import audit_log, snapshots
from tests.operations.office import Desk

A, B = "kkn-a-sw01", "kkn-b-sw01"
DAYS = [datetime(2026, 5, day, tzinfo=UTC) for day in (1, 2, 3)]
TEXTS = {
    A: (
        "hostname a\nsnmp-server community opensesame RO\nntp server 192.0.2.1\nend\n",
        "hostname a\nsnmp-server community opensesame RO\ninterface Vlan9\n shutdown\nend\n",
        "hostname a\nsnmp-server community changed-word RO\ninterface Vlan9\n no shutdown\nend\n",
    ),
    B: ("hostname b\nlogging host office-word\n", "hostname b\nntp server 192.0.2.1\n", ""),
}


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Three days of backups; the office names one secret."""
    context = replace(desk.context, secrets=lambda: {"office": "office-word"})
    for day, at in enumerate(DAYS):
        then = replace(context, clock=partial(_same, at))
        devices = tuple(d for d in context.inventory().devices if TEXTS.get(d.name, ("",) * 3)[day])
        keep_backups(then, "engineer1", devices, {d.name: TEXTS[d.name][day] for d in devices})
    return replace(desk, context=context)


def _same(at: datetime) -> datetime:
    return at


def lines(context: Context, desk: Desk, wanted: str, **more: object) -> dict[str, list[str]]:
    """Device -> the lines found on it."""
    found = search_configurations(context, desk.person("engineer1"), wanted, **more)  # type: ignore[arg-type]
    return {d.device: [hit.line for hit in d.hits] for d in found.devices}


def test_now_at_a_date_and_ever(filled: Desk) -> None:
    """With the place in the version that is named, and since when until when."""
    context = filled.context
    assert lines(context, filled, "ntp server") == {B: ["ntp server 192.0.2.1"]}
    assert lines(context, filled, "ntp server", at=DAYS[0]) == {A: ["ntp server 192.0.2.1"]}
    assert set(lines(context, filled, "NTP", ever=True)) == {A, B}
    assert lines(context, filled, "ntp", select=f"name={A}") == {}
    found = search_configurations(context, filled.person("engineer1"), r"^(no )?shut", regex=True)
    (device,) = found.devices
    assert (device.device, device.site, device.lines) == (A, "kkn-school-a", 1)
    (hit,) = device.hits
    assert (hit.line, hit.since, hit.until) == ("no shutdown", DAYS[2], None)
    assert [(p.number, p.sections) for p in hit.places] == [(4, ("interface Vlan9",))]
    ever = search_configurations(
        context, filled.person("engineer1"), r"192.0.2.1", ever=True, select=f"name={A}"
    ).devices[0]
    assert (ever.hits[0].until, ever.hits[0].places[0].number) == (DAYS[1], 3)


def test_pages_go_by_device(filled: Desk) -> None:
    """The name of the last one leads to the next page; totals are of all."""
    engineer = filled.person("engineer1")
    first = search_configurations(filled.context, engineer, "hostname", most=1)
    assert ([d.device for d in first.devices], first.next, first.matching) == ([A], A, 2)
    second = search_configurations(filled.context, engineer, "hostname", most=1, after=A)
    assert ([d.device for d in second.devices], second.next, second.lines) == ([B], None, 2)


@pytest.mark.parametrize("word", ["opensesame", "changed-word", "office-word", "sesa"])
def test_nobody_finds_a_secret(filled: Desk, word: str) -> None:
    """Neither now nor in the past; by no text and no pattern."""
    for regex in (False, True):
        assert lines(filled.context, filled, word, ever=True, regex=regex) == {}


def test_a_school_searches_nothing(filled: Desk) -> None:
    """Not even its own: what is written in a switch is for those who look after it."""
    school = filled.person("school1")
    for ask in (search_configurations, export_configurations, reveal_secrets):
        with pytest.raises(NotAllowed):
            ask(filled.context, school, "all")


@pytest.mark.parametrize("wanted", ["", "   ", "x" * 501, "a\0"])
def test_nothing_to_search_for_is_said(filled: Desk, wanted: str) -> None:
    with pytest.raises(InputError):
        search_configurations(filled.context, filled.person("engineer1"), wanted)
    with pytest.raises(InputError):
        search_configurations(
            filled.context, filled.person("engineer1"), "a", at=DAYS[0], ever=True
        )


def test_other_rules_of_hiding_need_another_index(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was hidden by older ones is not searched, and told; packing makes it anew."""
    engineer = filled.person("engineer1")
    whole = lines(filled.context, filled, ".", ever=True, regex=True)
    named = replace(filled.context, secrets=lambda: {"office": "office-word", "new": "192.0.2.1"})
    found = search_configurations(named, engineer, "hostname")
    assert (found.devices, found.left_out) == ((), (A, B))
    assert pack_backups(named, engineer).objects > 0
    assert lines(named, filled, "192.0.2.1", ever=True) == {}
    assert lines(named, filled, "ntp server ⟦secret:new⟧") == {B: ["ntp server ⟦secret:new⟧"]}
    assert index_configurations(named, engineer).devices == 0
    assert index_configurations(filled.context, engineer).devices == 2
    assert lines(filled.context, filled, ".", ever=True, regex=True) == whole
    monkeypatch.setattr(searching, "_METHOD", "other")
    searching._digest.cache_clear()
    assert search_configurations(filled.context, engineer, "hostname").left_out == (A, B)
    searching._digest.cache_clear()


def test_without_the_offices_secrets_backups_are_kept_all_the_same(filled: Desk) -> None:
    """Searching waits until they can be hidden."""

    def missing() -> dict[str, str]:
        raise InputError(Text(th="ไม่มี", en="missing"))

    broken = replace(filled.context, secrets=missing)
    device = next(d for d in broken.inventory().devices if d.name == A)
    (kept,) = keep_backups(broken, "engineer1", (device,), {A: "hostname new\n"})
    assert kept.state == "changed"
    engineer = filled.person("engineer1")
    assert search_configurations(filled.context, engineer, "hostname").left_out == (A,)
    index_configurations(filled.context, engineer)
    assert lines(filled.context, filled, "hostname new") == {A: ["hostname new"]}


def test_an_export_hides_secrets(filled: Desk) -> None:
    """As it is now or was then, with the devices nothing was kept of."""
    found = export_configurations(filled.context, filled.person("auditor1"), "all", DAYS[0])
    with zipfile.ZipFile(io.BytesIO(found.content)) as archive:
        assert archive.namelist() == [f"kkn-school-a/{A}.cfg", f"kkn-school-b/{B}.cfg"]
        text = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "opensesame" not in text
    assert "office-word" not in text
    assert "ntp server 192.0.2.1" in text
    assert A not in found.missing
    assert found.missing
    with pytest.raises(NotFound):
        export_configurations(
            filled.context, filled.person("auditor1"), "all", DAYS[0] - timedelta(days=1)
        )


def test_secrets_are_shown_to_an_engineer_on_record(filled: Desk) -> None:
    """Whoever else asks, and every token, is refused; the audit log has who read what."""
    engineer = filled.person("engineer1")
    shown = reveal_secrets(filled.context, engineer, A)
    assert "changed-word" in shown.text
    archive = reveal_export(filled.context, engineer, f"name={A}", None)
    with zipfile.ZipFile(io.BytesIO(archive.content)) as opened:
        assert b"changed-word" in opened.read(f"kkn-school-a/{A}.cfg")
    with filled.context.store.read() as conn:
        told = [e for e in audit_log.entries(conn) if e.action == "reveal_secrets"]
    assert [(e.actor, e.subject) for e in told] == [("engineer1", A), ("engineer1", f"name={A}")]
    for other in (
        filled.person("director"),
        replace(engineer, scopes=frozenset({"reveal_secrets"})),
    ):
        with pytest.raises(NotAllowed):
            reveal_secrets(filled.context, other, A)


def test_a_snapshot_saved_while_the_index_is_made_is_in_it(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read is looked at again before it is written."""
    context = filled.context
    first: list[str] = []
    real = snapshots.sights

    def sights(conn: object, device: str) -> object:
        found = real(conn, device)  # type: ignore[arg-type]
        if device == A and not first:
            first.append(device)
            return found[:-1]
        return found

    monkeypatch.setattr(snapshots, "sights", sights)
    index_configurations(context, filled.person("engineer1"), every=True)
    assert lines(context, filled, "no shutdown") == {A: ["no shutdown"]}
