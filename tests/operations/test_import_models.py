"""NetBox device types into specs/models: what would change, every fault, and exactly that."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from dulwich import porcelain
from dulwich.repo import Repo

from controller.errors import InputError, NotAllowed, NotFound, StalePlan
from controller.operations.import_models import (
    ModelsImported,
    ModelsPreview,
    import_models,
    preview_models,
)
from controller.operations.list_models import list_models
from controller.operations.show_model import show_model
from controller.operations.validate_workspace import validate_workspace
from controller.specs.models import model_called
from tests.operations.office import Desk

ENDPOINTS = "specs/models/endpoints.yaml"
R350 = """\
manufacturer: Ruckus
model: R350
slug: ruckus-r350
part_number: 901-R350-XX02
weight: 368
weight_unit: g
interfaces:
  - {name: Port 1, type: 2.5gbase-t, poe_mode: pd, poe_type: type2-ieee802.3at}
  - {name: WiFi, type: ieee802.11ax}
"""
SWITCH = """\
manufacturer: Maker & Sons
model: ก/24-P
slug: maker-24p
interfaces:
  - {name: '1', type: 1000base-t, poe_mode: pse, poe_type: type2-ieee802.3at}
  - {name: '2', type: 1000base-t, poe_mode: pse, poe_type: type2-ieee802.3at}
  - {name: '3', type: 1000base-x-sfp}
"""


def handed(*texts: str) -> dict[str, bytes]:
    """Files with these texts."""
    return {f"{number}.yaml": text.encode() for number, text in enumerate(texts)}


def look(desk: Desk, files: dict[str, bytes], **how: Any) -> ModelsPreview:
    return preview_models(desk.context, desk.person("engineer1"), files, **how)


def take(desk: Desk, files: dict[str, bytes], **how: Any) -> ModelsImported:
    digest = look(desk, files, **how).digest
    return import_models(desk.context, desk.person("engineer1"), files, digest, **how)


def text(desk: Desk, path: str) -> str:
    return (desk.context.root / path).read_text(encoding="utf-8")


def test_a_known_model_gains_facts_and_keeps_what_a_person_wrote(desk: Desk) -> None:
    """In its own file, line by line; what differs stays and is told; its kind is the register's."""
    before = text(desk, ENDPOINTS)
    preview = look(desk, handed(R350))
    (seen,) = preview.models
    assert (seen.path, seen.change.kind, seen.by_hand) == (ENDPOINTS, "changed", False)
    kept = {
        fact.name: (fact.before, fact.after) for fact in seen.change.facts if fact.kind == "kept"
    }
    assert kept == {"port_mbps": (1000, 2500)}
    assert seen.change.after.kind == "access-point"
    assert text(desk, ENDPOINTS) == before
    done = take(desk, handed(R350))
    assert [*done.commits] == [ENDPOINTS]
    after = text(desk, ENDPOINTS)
    assert set(before.splitlines()) - set(after.splitlines()) == {
        "    source: maker's data sheet; warranty as in the office's contracts"
    } - set(after.splitlines())
    model = model_called(desk.context.models(), "901-r350-xx02")
    assert model is not None
    assert (model.model, model.port_mbps, model.warranty_years) == ("R350", 1000, 3)
    assert (model.attributes["ports_2g5"], model.attributes["weight"]) == (1, 0.368)
    assert model.source.endswith("; NetBox device type ruckus-r350")
    assert validate_workspace(desk.context.root).problems == ()
    assert look(desk, handed(R350)).changes_nothing


def test_a_person_may_have_what_differs_replaced(desk: Desk) -> None:
    """Only when told; the comment at the top and every other line stay."""
    take(desk, handed(R350), overwrite=True)
    after = text(desk, ENDPOINTS)
    assert "    port_mbps: 2500\n" in after
    assert after.startswith("# yaml-language-server")
    assert "- model: AIR-AP1832I" in after


def test_a_new_model_goes_to_the_file_of_its_maker(desk: Desk) -> None:
    """Made with its schema; the next one goes to its end; the audit log tells of both."""
    done = take(desk, handed(SWITCH), kind="switch")
    path = "specs/models/maker-sons.yaml"
    assert dict(done.commits) == {path: None}
    assert text(desk, path).startswith("# yaml-language-server: $schema=../../.khaen/schemas")
    take(desk, handed(SWITCH.replace("24-P", "48-P")), kind="switch")
    models = desk.context.models()
    assert {m.model for m in models.values() if m.maker == "Maker & Sons"} == {"ก/24-P", "ก/48-P"}
    assert [entry.subject for entry in desk.entries("import_models")] == [path, path]
    assert validate_workspace(desk.context.root).problems == ()


def test_exactly_the_file_is_committed(desk: Desk) -> None:
    """With the person's title; another edit waits as it was."""
    root = desk.context.root
    porcelain.add(str(root), [str(root / "khaen.toml"), str(root / ENDPOINTS)])
    porcelain.commit(str(root), message=b"start", author=b"x <x@x>", committer=b"x <x@x>")
    done = take(desk, handed(R350))
    with Repo(str(root)) as repository:
        head = repository[repository.head()]
        assert head.id.decode() == done.commits[ENDPOINTS]
        told = f"Import models into {ENDPOINTS}: changed 1\n".encode()
        assert head.as_raw_string().endswith(told)


def test_what_was_not_looked_at_is_not_written(desk: Desk) -> None:
    """Other files, another choice, or a workspace that changed meanwhile."""
    engineer, files = desk.person("engineer1"), handed(R350)
    digest = look(desk, files).digest
    for other, how in (
        (handed(SWITCH), {}),
        (files, {"overwrite": True}),
        (files, {"kind": "other"}),
    ):
        with pytest.raises(StalePlan):
            import_models(desk.context, engineer, other, digest, **how)
    place = desk.context.root / ENDPOINTS
    place.write_text(place.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    with pytest.raises(StalePlan):
        import_models(desk.context, engineer, files, digest)


def test_every_fault_is_told_and_nothing_written(desk: Desk) -> None:
    """Each with its file and place; a sound file beside them does not help."""
    files = handed(
        R350,
        "manufacturer: x\n",
        "a: [1\n",
        "- 1\n",
        R350.replace("interfaces:", "x: y\nx: z\ninterfaces:"),
        R350,
        "interfaces: 7\nmodel: a\nmanufacturer: b\n",
    ) | {"latin.yaml": b"model: \xe9\n"}
    preview = look(desk, files)
    assert {fault.path for fault in preview.faults} == {*files} - {"0.yaml"}
    assert {(f.path, f.line) for f in preview.faults} >= {("4.yaml", 8), ("6.yaml", 1)}
    with pytest.raises(InputError) as caught:
        take(desk, files)
    assert len(caught.value.problems) == len(preview.faults)


def test_a_file_written_another_way_is_left_to_a_person(desk: Desk) -> None:
    """Flow style cannot be edited by lines: told, never mangled."""
    flow = "models:\n  - {model: R350, maker: Ruckus}\n"
    path = "specs/models/flow.yaml"
    endpoints = text(desk, ENDPOINTS)
    (desk.context.root / ENDPOINTS).write_text(
        endpoints.replace("- model: R350", "- model: R351"), encoding="utf-8"
    )
    (desk.context.root / path).write_text(flow, encoding="utf-8")
    preview = look(desk, handed(R350))
    assert [(seen.path, seen.by_hand) for seen in preview.models] == [(path, True)]
    assert preview.changes_nothing
    assert dict(take(desk, handed(R350)).commits) == {}
    assert text(desk, path) == flow


def packed(files: dict[str, str]) -> bytes:
    """A ZIP of these texts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        for name, content in files.items():
            into.writestr(name, content)
    return made.getvalue()


def test_a_zip_is_read_file_by_file(desk: Desk) -> None:
    """Only YAML in it; a fault names the file inside; a bomb and a torn one are refused."""
    content = packed({"Ruckus/r350.yaml": R350, "readme.md": "x", "b.yml": "manufacturer: x\n"})
    preview = look(desk, {"types.zip": content})
    assert [seen.name for seen in preview.models] == ["types.zip ▸ Ruckus/r350.yaml"]
    assert [fault.path for fault in preview.faults] == ["types.zip ▸ b.yml"]
    for wrong in (
        packed({"a.yaml": "x" * 6_000_000}),
        content[:-30],
        b"PK",
        packed({"a.txt": "x"}),
    ):
        with pytest.raises(InputError):
            look(desk, {"types.zip": wrong})


def test_who_may_and_with_what(desk: Desk) -> None:
    """Engineers and officers; a kind the register has; at least one file, at most so many."""
    with pytest.raises(NotAllowed):
        preview_models(desk.context, desk.person("auditor1"), handed(R350))
    with pytest.raises(InputError) as caught:
        look(desk, handed(R350), kind="acess-point")
    assert "access-point" in caught.value.hint.en if caught.value.hint else False
    for files in ({}, {"a.yaml": b" " * 5_000_001}):
        with pytest.raises(InputError):
            look(desk, files)


def test_models_are_found_and_shown_by_any_of_their_numbers(desk: Desk) -> None:
    """By words and kind; one with its facts in words and how it stands against baselines."""
    take(desk, handed(R350, SWITCH))
    engineer = desk.person("engineer1")
    found = list_models(desk.context, engineer, words="ruckus xx02")
    assert [(row.name, row.assets > 0) for row in found] == [("R350", True)]
    assert {row.kind for row in list_models(desk.context, engineer, kind="access-point")} == {
        "access-point"
    }
    view = show_model(desk.context, engineer, "901-R350-xx02")
    assert (view.model.model, view.path) == ("R350", ENDPOINTS)
    told = {attribute.id: fact for attribute, fact in view.facts}
    assert (told["wifi"], told["powered_by"]) == ("IEEE 802.11ax", ("IEEE 802.3at",))
    assert {one.baseline.kind for one in view.baselines} == {"access-point"}
    for one in view.baselines:
        asked = [*one.met, *one.failed, *one.unknown]
        assert sorted(c.id for c in asked) == sorted(c.id for c in one.baseline.criteria)
    with pytest.raises(NotFound) as caught:
        show_model(desk.context, engineer, "R35O")
    assert caught.value.hint is not None
    assert "R350" in caught.value.hint.en


def test_a_school_sees_models_with_its_own_numbers_only(desk: Desk) -> None:
    """What is known of a model is everybody's; how many there are is the school's."""
    mine = show_model(desk.context, desk.person("school1"), "R350").row
    every = show_model(desk.context, desk.person("engineer1"), "R350").row
    assert mine.assets < every.assets


def test_a_kind_may_be_taken_from_the_words_of_the_file(desk: Desk) -> None:
    """Only when asked for, where one kind is named and the ports agree; and it is said."""
    described = SWITCH.replace("slug: maker-24p", "slug: maker-24p-switch")
    ports = "\n".join(f"  - {{name: 'p{n}', type: 1000base-t}}" for n in range(4)) + "\n"
    cases = {
        described + ports: "switch",
        SWITCH + ports: "",
        described: "",
        described + ports + "comments: switch, router\n": "",
        described + ports + "power-outlets: [{name: a}]\n": "",
    }
    for content, kind in cases.items():
        (seen,) = look(desk, handed(content), kind="described").models
        assert seen.change.after.kind == kind
        assert any("check it" in note.en for note in seen.notes) is bool(kind)
    (seen,) = look(desk, handed(described + ports)).models
    assert seen.change.after.kind == ""
    (seen,) = look(desk, handed(R350), kind="described").models
    assert not any("check it" in note.en for note in seen.notes)


def test_a_model_the_office_calls_by_its_part_number_is_that_model(desk: Desk) -> None:
    """No second entry under the maker's name for it; the number it has stays."""
    renamed = R350.replace("model: R350", "model: Unleashed 350").replace("901-R350-XX02", "r350")
    (seen,) = look(desk, handed(renamed)).models
    assert (seen.path, seen.change.kind, seen.change.after.kind) == (
        ENDPOINTS, "changed", "access-point",
    )  # fmt: skip
    take(desk, handed(renamed))
    models = desk.context.models()
    assert model_called(models, "Unleashed 350") is None
    model = model_called(models, "R350")
    assert model is not None
    assert (model.model, model.part_number) == ("R350", "")
