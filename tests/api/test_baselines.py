"""Price criteria over HTTP: lists, one class, two editions, an import that is shown first."""

from __future__ import annotations

from tests.api.callers import Callers


def test_the_api_tells_the_same(callers: Callers) -> None:
    """Lists, one with criteria, changes in percent, an import that is shown first."""
    edition = "mdes-2568-12"
    officer, api = callers.person("officer1"), "/api/v1"
    rows = officer.get(f"{api}/baselines", params={"edition": edition}).json()
    assert {row["edition"] for row in rows} == {edition}
    one = officer.get(f"{api}/baselines/{edition}/router").json()
    assert (one["ceiling"], one["status"]) == ("33000", "reference")
    assert one["criteria"][0]["attribute"] == "ports_1g"
    changes = officer.get(f"{api}/editions/{edition}/changes/mdes-2569-05").json()
    assert changes["counts"]["changed"] == 11
    assert changes["changes"][0]["percent"] == "15.4"
    known = officer.get(f"{api}/editions").json()
    assert known[0]["edition"]["id"] == "mdes-2569-05"
    file = officer.get(f"{api}/editions/{edition}/file", params={"format": "yaml"}).content
    sent = {"file": ("e.yaml", file.replace(b"33000", b"cheap"))}
    wrong = officer.post(f"{api}/editions/preview", files=sent).json()
    assert wrong["edition"] is None
    assert wrong["problems"][0]["message"]["en"] == "must be a number"
    assert wrong["problems"][0]["where"].startswith("e.yaml:")
    good = officer.post(f"{api}/editions/preview", files={"file": ("e.yaml", file)}).json()
    assert good["paths"] == []
    stale = officer.post(f"{api}/editions", files={"file": ("e.yaml", file)}, data={"digest": "0"})
    assert stale.status_code == 409
    assert {a["id"] for a in officer.get(f"{api}/attributes").json()} >= {"wpa", "layer"}
