"""The workspace of the benches: in order at full size, the same bytes every time, read cheaply."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from controller.operations.validate_workspace import validate_workspace

TOP = Path(__file__).resolve().parents[2]
GENERATOR = TOP / "bench" / "generate_workspace.py"
HEAVY = ("dbos", "dulwich", "napalm", "netmiko", "nornir", "paramiko", "sqlalchemy")


def _generate(target: Path, *words: str) -> None:
    subprocess.run([sys.executable, str(GENERATOR), str(target), *words], check=True, timeout=120)


def test_a_province_is_in_order(tmp_path: Path) -> None:
    """84 sites, 1,500 devices, 20,000 register rows, and not one problem."""
    _generate(tmp_path / "big")
    result = validate_workspace(tmp_path / "big")
    assert result.problems == ()
    expected = {"sites": 84, "devices": 1500, "assets": 20000}
    assert {name: result.counts[name] for name in expected} == expected


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    """So that figures of two machines are about the same input."""
    words = ("--sites", "3", "--devices", "300", "--assets", "50")
    _generate(tmp_path / "one", *words)
    _generate(tmp_path / "two", *words)
    one, two = (_content(tmp_path / name) for name in ("one", "two"))
    assert one == two
    assert len(one) > 10


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    """The generator never writes over anything."""
    (tmp_path / "mine").write_text("x", encoding="utf-8")
    command = [sys.executable, str(GENERATOR), str(tmp_path)]
    run = subprocess.run(command, check=False, capture_output=True, timeout=60)
    assert run.returncode == 2
    assert [p.name for p in tmp_path.iterdir()] == ["mine"]


def test_validating_loads_no_drivers_and_no_database() -> None:
    """They take longer to import than 1,500 devices take to read."""
    code = (
        "import sys, pathlib;"
        "from controller.operations.validate_workspace import validate_workspace;"
        "validate_workspace(pathlib.Path(sys.argv[1]));"
        "print(*sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(TOP)],
        check=True, capture_output=True, text=True, cwd=TOP, timeout=60,
    )  # fmt: skip
    assert not set(HEAVY) & set(run.stdout.split())


def _content(folder: Path) -> dict[str, bytes]:
    files = (p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}
