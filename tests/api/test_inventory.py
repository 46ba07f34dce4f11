"""Sites, devices and the register over HTTP."""

from __future__ import annotations

import httpx

from tests.api.callers import Callers

SITE, OTHER = "kkn-school-a", "kkn-school-b"
HEADING = "number,kind,brand,model,serial,acquired,price,room,state"
ROW = "7440-001-9001/67,computer,Dell,OptiPlex,SN9001,2024-06-17,18500.00,ห้องสมุด,in-use"


def pages(client: httpx.Client, path: str) -> list[dict[str, str]]:
    """Every row of a list, read to its end by its cursors."""
    rows: list[dict[str, str]] = []
    cursor: dict[str, str] = {}
    while True:
        answer = client.get(path, params={"limit": "20", **cursor})
        assert answer.status_code == 200, answer.text
        rows += answer.json()["items"]
        if answer.json()["next"] is None:
            return rows
        cursor = {"cursor": answer.json()["next"]}


def test_lists_are_read_to_their_end(callers: Callers) -> None:
    """Each row once, in order."""
    officer, inventory = callers.person("officer1"), callers.context.inventory()
    numbers = [row["number"] for row in pages(officer, "/api/v1/register")]
    assert numbers == sorted(asset.number for asset in inventory.assets)
    names = [row["name"] for row in pages(officer, "/api/v1/devices")]
    assert names == [device.name for device in inventory.devices]
    assert len(officer.get("/api/v1/sites").json()) == len(inventory.sites)


def test_rows_are_found_by_words_and_choices(callers: Callers) -> None:
    """Thai digits as any others."""
    engineer = callers.person("engineer1")
    asked = {"q": "๗๔๔๐ cisco", "site": SITE, "kind": "switch"}
    found = engineer.get("/api/v1/register", params=asked).json()["items"]
    assert found
    assert {(row["site"], row["kind"], row["brand"]) for row in found} == {
        (SITE, "switch", "Cisco")
    }
    assert engineer.get("/api/v1/register", params={"site": "nowhere"}).status_code == 404
    row = engineer.get("/api/v1/register/row", params={"number": found[0]["number"]})
    assert row.json() == found[0]
    counts = engineer.get("/api/v1/register/choices").json()
    assert counts["site"][SITE] > len(found)


def test_a_school_finds_its_own_only(callers: Callers) -> None:
    school = callers.person("school1")
    assert {row["site"] for row in pages(school, "/api/v1/register")} == {SITE}
    assert {row["site"] for row in pages(school, "/api/v1/devices")} == {SITE}
    for path in (
        f"sites/{OTHER}",
        "devices/kkn-b-sw01",
        f"register?site={OTHER}",
        f"register/file?site={OTHER}",
        "register/row?number=7440-009-0015/65",
    ):
        assert school.get(f"/api/v1/{path}").status_code == 404, path
    own = school.get("/api/v1/devices/kkn-a-sw01").json()
    assert own["register_row"]["site"] == SITE
    assert school.get("/api/v1/devices/kkn-a-sw01/configurations").status_code == 403


def test_a_register_is_previewed_and_then_written(callers: Callers) -> None:
    """By its digest; what was not looked at is refused."""
    officer, place = callers.person("officer1"), f"/api/v1/sites/{SITE}/register"
    sheet = {"file": ("a.csv", f"{HEADING}\n{ROW}\n".encode())}
    seen = officer.post(f"{place}/preview", files=sheet).json()
    assert seen["faults"] == []
    assert seen["counts"]["added"] == 1
    assert officer.post(place, files=sheet, data={"digest": "0" * 64}).status_code == 409
    whole = {"digest": seen["digest"], "whole": "true"}
    assert officer.post(place, files=sheet, data=whole).status_code == 409
    done = officer.post(place, files=sheet, data={"digest": seen["digest"]})
    assert done.status_code == 200, done.text
    found = officer.get("/api/v1/register", params={"q": "SN9001"}).json()["items"]
    assert [row["price"] for row in found] == ["18500.00"]


def test_faults_are_told_by_their_cells(callers: Callers) -> None:
    officer, place = callers.person("officer1"), f"/api/v1/sites/{SITE}/register"
    wrong = ROW.replace("2024-06-17", "17/6/67").replace("18500.00", "much")
    sheet = {"file": ("a.csv", f"{HEADING}\n{wrong}\n".encode())}
    seen = officer.post(f"{place}/preview", files=sheet).json()
    assert [fault["cell"] for fault in seen["faults"]] == ["CSV!F2", "CSV!G2"]
    assert seen["faults"][0]["suggestion"] == "17 มิ.ย. 2567"
    told = officer.post(place, files=sheet, data={"digest": seen["digest"]})
    assert told.status_code == 422
    assert [one["path"] for one in told.json()["problems"]] == ["CSV!F2", "CSV!G2"]


def test_the_register_is_a_file(callers: Callers) -> None:
    engineer = callers.person("engineer1")
    sheet = engineer.get("/api/v1/register/file", params={"site": SITE, "language": "en"})
    assert sheet.content.startswith(b"PK")
    plain = engineer.get("/api/v1/register/file", params={"format": "csv", "site": SITE})
    assert plain.headers["content-type"].startswith("text/csv")
    assert plain.content.startswith(b"\xef\xbb\xbfnumber,")


def test_versions_of_a_configuration_and_what_changed(callers: Callers) -> None:
    """Secrets are hidden in each, and never make a difference that is shown."""
    from controller.platforms.registry import platform
    from controller.store import snapshots

    context, engineer = callers.context, callers.person("engineer1")
    assert engineer.get("/api/v1/devices/kkn-a-sw01/configurations").json() == []
    lab = context.folder / "lab"
    lab.mkdir(exist_ok=True)
    (lab / "snmp_ro").write_text("kept-between-us", encoding="utf-8")
    texts = [
        "hostname a\nsnmp-server community kept-between-us RO\nend\n",
        "hostname a\nsnmp-server community kept-between-us RO\nntp server 192.0.2.1\nend\n",
        "hostname a\nsnmp-server community other-Word RO\nntp server 192.0.2.1\nend\n",
    ]
    with context.store.begin(audited=False) as conn:
        for text in texts:
            blob = context.backups.write("kkn-school-a/kkn-a-sw01.cfg", text)
            mark = platform("cisco_ios").fingerprint(text)
            snapshots.save_snapshot(conn, "kkn-a-sw01", mark, blob, context.clock(), "backup")
    place = "/api/v1/devices/kkn-a-sw01"
    newest, middle, oldest = engineer.get(f"{place}/configurations").json()
    told = engineer.get(f"{place}/configurations/{oldest['id'][:10]}").json()["text"]
    assert "⟦" in told
    assert "kept-between-us" not in told
    changed = {"old": oldest["id"], "new": middle["id"]}
    pairs = engineer.get(f"{place}/configuration-changes", params=changed).json()["pairs"]
    assert [one["new"]["text"] for one in pairs if one["kind"] == "added"] == [
        "ntp server 192.0.2.1"
    ]
    last = engineer.get(f"{place}/configuration-changes").text
    assert "other-Word" not in last
    assert "kept-between-us" not in last
    assert engineer.get(f"{place}/configurations/ffffffff").status_code == 404
    assert newest["id"] != middle["id"]


TYPE = b"""\
manufacturer: Maker A
model: A-24
interfaces:
  - {name: '1', type: 1000base-t, poe_mode: pse, poe_type: type2-ieee802.3at}
  - {name: '2', type: 10gbase-x-sfpp}
"""


def test_device_types_are_looked_at_and_written_as_models(callers: Callers) -> None:
    """Several files in one request; what the preview showed is written, and is found after it."""
    engineer = callers.person("engineer1")
    files = [("file", ("a.yaml", TYPE)), ("file", ("a.yaml", TYPE.replace(b"A-24", b"A-48")))]
    looked = engineer.post("/api/v1/models/preview", files=files, data={"kind": "switch"}).json()
    assert looked["faults"] == []
    assert looked["counts"] == {"new": 2, "changed": 0, "same": 0}
    assert {seen["model"]["attributes"]["sfp_plus"] for seen in looked["models"]} == {1}
    stale = engineer.post("/api/v1/models", files=files, data={"digest": looked["digest"]})
    assert stale.status_code == 409
    asked = {"digest": looked["digest"], "kind": "switch"}
    done = engineer.post("/api/v1/models", files=files, data=asked)
    assert list(done.json()["commits"]) == ["specs/models/maker-a.yaml"], done.text
    model = engineer.get("/api/v1/models/one", params={"number": "a-24"}).json()
    answers = {one["attribute"]: one["answer"] for one in model["answers"]}
    assert (answers["ports_1g"], answers["poe_ports"]) == ("1 port", "1 port")
    assert {one["verdict"] for one in model["baselines"]} == {"failed"}
    torn = engineer.post("/api/v1/models/preview", files=[("file", ("b.yaml", b"a: ["))]).json()
    assert [fault["file"] for fault in torn["faults"]] == ["b.yaml"]
    assert engineer.get("/api/v1/models/one", params={"number": "A-25"}).status_code == 404
