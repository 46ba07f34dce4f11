"""What a shell completes: commands, options, and names that are known at once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from controller.cli.completion import SCRIPTS
from controller.operations.complete_names import complete_names
from controller.workspace.load import load_workspace
from tests.cli.keyboard import Keyboard
from tests.operations.office import Desk, opened_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office with its history on SQLite."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("KHAEN_DATA", "KHAEN_DATABASE_URL"):
            patch.delenv(name, raising=False)
        with opened_desk(tmp_path_factory.mktemp("office") / "office") as opened:
            yield opened


def offered(keyboard: Keyboard, *words: str) -> list[str]:
    """The words the last one may become."""
    told = keyboard.khaen("complete-words", "--", *words).out
    return [line.split("\t")[0] for line in told.splitlines()]


def test_words_become_what_can_be_typed(desk: Desk) -> None:
    """Commands, groups, options; a case by its number, devices and schools by their names."""
    keyboard = Keyboard(desk.context.root)
    case = desk.case("2.3", 0)
    # Of a database on a server no names are asked: somebody waits between two keys.
    cases = [case.number] if desk.context.store.dialect == "sqlite" else []
    assert offered(keyboard, "import") == ["import-history"]
    assert "audit-log" in offered(keyboard, "aud")
    assert "complete-words" not in offered(keyboard, "")
    assert offered(keyboard, "case", "app") == ["appoint", "approve"]
    assert offered(keyboard, "doctor", "--d") == ["--devices"]
    assert offered(keyboard, "--lang", "") == ["th", "en"]
    assert offered(keyboard, "--lang", "th", "case", "show", "2569") == cases
    assert offered(keyboard, "apply", "") == cases
    assert offered(keyboard, "apply", case.number, "") == []
    assert offered(keyboard, "graph", "kkn-a-sw0")[0] == "kkn-a-sw01"
    assert offered(keyboard, "inventory", "assets", "--site", "kkn-school-a") == ["kkn-school-a"]
    assert offered(keyboard, "manual", "show", "") == []


def test_every_device_is_found_without_reading_the_inventory_whole(desk: Desk) -> None:
    """The quick look names the same devices as the real reading."""
    names = {device.name for device in load_workspace(desk.context.root).inventory.devices}
    assert {name for name, _ in complete_names(desk.context.root, "device")} == names


def test_where_nothing_can_be_known_nothing_is_offered(tmp_path: Path) -> None:
    """Outside a workspace, without history, with a broken file: no error, no file made."""
    assert complete_names(tmp_path, "case") == ()
    (tmp_path / "khaen.toml").write_text("")
    assert not any(complete_names(tmp_path, kind) for kind in ("case", "device", "site"))
    sites = tmp_path / "inventory" / "sites"
    sites.mkdir(parents=True)
    (sites / "a.yaml").write_bytes(b"devices:\n  - name: \xff\n")
    assert complete_names(tmp_path, "device") == ()
    assert not (tmp_path / "var").exists()


QUICKLY = """
import sys
from controller.cli.failures import run_and_exit
from controller.cli.main import app
sys.argv[1:] = ["-C", sys.argv[1], "complete-words", "--", "case", "show", ""]
try:
    run_and_exit(app)
finally:
    print(*sys.modules)
"""


def test_completing_is_quick(desk: Desk) -> None:
    """Nothing heavy is loaded for it: a person is waiting between two keys."""
    told = subprocess.run(
        [sys.executable, "-c", QUICKLY, str(desk.context.root)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert not {"sqlalchemy", "dulwich", "yaml"} & set(told.split())


@pytest.mark.parametrize("shell", SCRIPTS)
def test_each_shell_can_read_its_script(shell: str, tmp_path: Path) -> None:
    """Where the shell is there; bash then completes a real word."""
    script = Keyboard(tmp_path).khaen("completion", shell).out
    assert "khaen" in script
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} on this machine")
    subprocess.run([shell, "-n", "-c", script], check=True)


def test_another_shell_is_told(tmp_path: Path) -> None:
    """With the nearest there is."""
    assert "bash" in Keyboard(tmp_path).khaen("completion", "bas", expect=2).err


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash on this machine")
def test_bash_completes(tmp_path: Path) -> None:
    """As when one presses the tabulator after `khaen imp`."""
    program = tmp_path / "khaen"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m controller.cli "$@"\n')
    program.chmod(0o755)
    typed = f"COMP_WORDS=({program} imp); COMP_CWORD=1; _khaen; echo ${{COMPREPLY[@]}}"
    told = subprocess.run(
        ["bash", "-c", SCRIPTS["bash"] + typed],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert told.stdout.strip() == "import-history"
