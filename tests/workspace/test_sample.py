"""The sample office: in order, as big as promised, and its configurations settle after one push."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from controller.errors import InputError
from controller.inventory.device import Device
from controller.lab.configuration.tree import Configuration
from controller.lab.devices.arista_eos import defaults as eos_defaults
from controller.lab.devices.arista_eos import grammar as eos_grammar
from controller.lab.devices.cisco_ios import defaults as ios_defaults
from controller.lab.devices.cisco_ios import grammar as ios_grammar
from controller.operations.init_workspace import init_workspace
from controller.operations.validate_workspace import validate_workspace
from controller.operations.write_schemas import write_schemas
from controller.workspace.load import load_workspace
from controller.workspace.sample_files import SAMPLE_FILES, copy_sample
from controller.workspace.schema import FOLDER, json_schemas, schema_text

TOP = Path(__file__).resolve().parents[2]
SAMPLE = load_workspace(TOP)
LAB = {"cisco_ios": (ios_defaults, ios_grammar), "arista_eos": (eos_defaults, eos_grammar)}
MODELS = sorted((TOP / "specs" / "models").glob("*.yaml"))
SITES = sorted((TOP / "inventory" / "sites").glob("*.yaml"))


def test_the_sample_is_in_order() -> None:
    """`khaen validate` at the top of the repository finds nothing."""
    result = validate_workspace(TOP)
    assert result.problems == ()
    assert (result.counts["sites"], result.counts["devices"]) == (4, 24)
    assert 190 <= result.counts["assets"] <= 210


def test_the_sample_is_as_described() -> None:
    """One office, three schools, two platforms, every device on an address of its own."""
    inventory = SAMPLE.inventory
    assert Counter(s.kind for s in inventory.sites) == {"school": 3, "office": 1}
    assert {d.platform for d in inventory.devices} == {"cisco_ios", "arista_eos"}
    assert len({d.address for d in inventory.devices}) == 24
    assert all(d.address.startswith("127.23.") for d in inventory.devices)
    ports = {(d.platform, d.port) for d in inventory.devices}
    assert ports == {("cisco_ios", 8022), ("arista_eos", 8443)}
    held = {role for p in inventory.office.people for role in p.roles}
    assert held == {"director", "officer", "engineer", "school", "auditor", "admin"}


@pytest.mark.parametrize("device", SAMPLE.inventory.devices, ids=lambda d: d.name)
def test_a_second_push_would_change_nothing(device: Device) -> None:
    """What the templates say is what the device shows, so drift is never made up."""
    defaults, grammar = LAB[device.platform]
    assert device.management_interface is not None
    assert device.uplink is not None
    text = defaults.default_configuration(
        device.name, device.address, device.management_interface, device.uplink
    )
    running = Configuration.read(grammar.DIALECT, defaults.PORTS, text)
    candidate = SAMPLE.render(device).replace("⟦secret:snmp_ro⟧", "lotus")
    first = running.merge(candidate)
    assert first.refusals == ()
    assert len(first.changes) >= 15
    again = running.merge(candidate)
    assert (again.changes, again.refusals) == ((), ())


def test_a_new_workspace_is_a_copy_in_order(tmp_path: Path) -> None:
    """`khaen init DIR`: valid at once, a git repository, history kept out of git."""
    target = tmp_path / "offices" / "new"
    written = init_workspace(target)
    assert validate_workspace(target).problems == ()
    assert (target / ".git").is_dir()
    assert (target / ".gitignore").read_text(encoding="utf-8").splitlines()[-1] == "/var/"
    there = [p.relative_to(target).as_posix() for p in target.rglob("*") if p.is_file()]
    assert sorted(written) == sorted(p for p in there if not p.startswith(".git/"))


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    """Nothing is ever written over."""
    (tmp_path / "plan.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not an empty folder"):
        init_workspace(tmp_path)
    with pytest.raises(InputError, match="not an empty folder"):
        init_workspace(tmp_path / "plan.txt")
    assert [p.name for p in tmp_path.iterdir()] == ["plan.txt"]


def test_the_package_gets_the_whole_sample(tmp_path: Path) -> None:
    """What the build copies is every file git has of the sample, so an installed init has it."""
    copied = copy_sample(TOP, tmp_path)
    assert len(copied) > 25
    if (TOP / ".git").exists():
        command = ["git", "ls-files", "--", *SAMPLE_FILES]
        listed = subprocess.run(command, cwd=TOP, check=True, capture_output=True, text=True)
        assert copied == tuple(sorted(listed.stdout.split()))
    for name in copied:
        assert (tmp_path / name).read_bytes() == (TOP / name).read_bytes()


def test_an_installed_package_uses_its_own_copy(tmp_path: Path) -> None:
    """Without a clone around it the sample lies beside the package's modules."""
    package = tmp_path / "site" / "controller"
    for name in ("__init__.py", "errors.py"):
        _copy(TOP / "controller" / name, package / name)
    for name in ("__init__.py", "init.py", "sample_files.py"):
        _copy(TOP / "controller" / "workspace" / name, package / "workspace" / name)
    copy_sample(TOP, package / "workspace" / "sample")
    code = (
        "import sys, pathlib; from controller.workspace.init import make_workspace;"
        "make_workspace(pathlib.Path(sys.argv[1]))"
    )
    target = tmp_path / "new"
    subprocess.run(
        [sys.executable, "-c", code, str(target)], cwd=package.parent, check=True, timeout=60
    )
    assert validate_workspace(target).problems == ()


def test_the_committed_schemas_are_those_of_the_models() -> None:
    """After a change of a model: `khaen schema .khaen/schemas`, and commit."""
    for name, schema in json_schemas().items():
        assert (TOP / FOLDER / name).read_text(encoding="utf-8") == schema_text(schema)


def test_schemas_are_written_where_asked(tmp_path: Path) -> None:
    """Every schema, as the models give it."""
    written = write_schemas(tmp_path / "a" / "b")
    assert {p.name: json.loads(p.read_text(encoding="utf-8")) for p in written} == json_schemas()


@pytest.mark.parametrize("path", SITES, ids=lambda p: p.stem)
def test_sites_meet_their_schema(path: Path) -> None:
    """The editor agrees with `khaen validate`."""
    _meets("site.json", _plain(path))


@pytest.mark.parametrize("path", MODELS, ids=lambda p: p.stem)
def test_models_meet_their_schema_and_point_to_it(path: Path) -> None:
    """The editor completes and checks them."""
    _meets("models.json", _plain(path))
    _points_to_a_schema(path)


def test_the_other_files_meet_their_schemas() -> None:
    """Office, groups and settings."""
    _meets("office.json", _plain(TOP / "inventory" / "office.yaml"))
    _meets("groups.json", _plain(TOP / "inventory" / "groups.yaml"))
    _meets("khaen.json", tomllib.loads((TOP / "khaen.toml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("change", [{"rol": 1}, {"role": "acces"}, {"site": "x"}, {"port": "22"}])
def test_a_schema_refuses_what_validation_refuses(change: dict[str, Any]) -> None:
    """A schema that allows everything would pass the tests above."""
    site = _plain(SITES[0])
    site["devices"][0] |= change
    with pytest.raises(jsonschema.ValidationError):
        _meets("site.json", site)
    del site["devices"][0]["management_interface"]
    with pytest.raises(jsonschema.ValidationError):
        _meets("site.json", site)


@pytest.mark.parametrize("path", ["inventory/office.yaml", "inventory/groups.yaml", "khaen.toml"])
def test_files_point_to_their_schema(path: str) -> None:
    """The first line of a file is how an editor finds the schema."""
    _points_to_a_schema(TOP / path)


@pytest.mark.parametrize("path", SITES, ids=lambda p: p.stem)
def test_sites_point_to_their_schema(path: Path) -> None:
    """Relative to the file, so that it holds in every workspace."""
    _points_to_a_schema(path)


def _points_to_a_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    pointed = first.replace("$schema=", " ").split()[-1]
    there = (path.parent / pointed).resolve()
    assert there.parent == TOP / FOLDER
    assert there.name in json_schemas()


def _meets(schema: str, value: object) -> None:
    jsonschema.validate(value, json_schemas()[schema], cls=jsonschema.Draft202012Validator)


def _plain(path: Path) -> Any:
    """As an editor sees the file: dates are text to JSON Schema."""
    return json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=_iso))


def _iso(value: object) -> str:
    assert isinstance(value, (date, datetime))
    return value.isoformat()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())
