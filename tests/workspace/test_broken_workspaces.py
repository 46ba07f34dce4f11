"""Everything that can be wrong with a workspace: where it is told, and what is suggested.

The tables in `cases/` break the small office in one place and name every problem that follows.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from controller.errors import InputError
from controller.workspace.load import check_workspace, load_workspace
from tests.workspace.small_office import (
    FILES,
    NORTH_CSV,
    REGISTER,
    SOUTH,
    SOUTH_YAML,
    Changes,
    replaced,
    write_workspace,
)

WORDS = """
[ ] { } : ? ! # | > % @ , = ~ ' &a *a [] [a] null true 1e9 .inf 0x1 ก 2569-01-01
{{ }} {% {{x|y}} {{secret(1)}} {%if(x)%} {%include(x)%} {%set(a)=1%}
"""
UNSEEN = ("", '"', "- ", "x: ", "  ", "\n", "\t", "\r", "\x00", "\ufeff", "\u2028", "9" * 30)
DAMAGE = (*WORDS.split(), *UNSEEN)
TABLES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
CASES = [
    pytest.param(case, id=f"{table.stem}: {case['case']}")
    for table in TABLES
    for case in yaml.safe_load(table.read_text(encoding="utf-8"))
]


def _changes(case: dict[str, Any]) -> Changes:
    if "files" in case:
        files: dict[str, str | None] = case["files"]
        return files
    return replaced(case["in"], case["old"], case["new"])


def test_the_small_office_is_in_order(tmp_path: Path) -> None:
    """Otherwise the tables below would prove nothing."""
    workspace, problems = check_workspace(write_workspace(tmp_path))
    assert problems == ()
    assert workspace is not None
    assert [d.name for d in workspace.inventory.devices] == [
        "north-sw01",
        "north-sw02",
        "south-sw01",
    ]


@pytest.mark.parametrize("case", CASES)
def test_each_problem_is_told_where_it_is(case: dict[str, Any], tmp_path: Path) -> None:
    """File, line, column, words, offending text and suggestion, and nothing else."""
    _, problems = check_workspace(write_workspace(tmp_path, _changes(case)))
    told = [[p.where, p.message.en, p.found, p.suggestion] for p in problems]
    assert told == case["says"]


@pytest.mark.parametrize("case", CASES)
def test_each_problem_is_told_in_thai_too(case: dict[str, Any], tmp_path: Path) -> None:
    """No message falls back to English words only."""
    _, problems = check_workspace(write_workspace(tmp_path, _changes(case)))
    for problem in problems:
        assert any("ก" <= letter <= "๙" for letter in problem.message.th), problem


@pytest.mark.parametrize(
    ("content", "where", "found"),
    [
        (SOUTH.encode("cp874"), f"{SOUTH_YAML}:2:10", "TIS-620 / Windows-874"),
        (SOUTH.encode("utf-16"), f"{SOUTH_YAML}:1:1", "UTF-16"),
        (SOUTH.encode()[:30] + b"\xff" + SOUTH.encode()[30:], f"{SOUTH_YAML}:2:13", "0xff"),
    ],
)
def test_other_encodings_are_named(content: bytes, where: str, found: str, tmp_path: Path) -> None:
    """A file of an old Thai program is told from a damaged one."""
    _, problems = check_workspace(write_workspace(tmp_path, {SOUTH_YAML: content}))
    assert [(p.where, p.found, p.allowed) for p in problems] == [(where, found, ("UTF-8",))]


@pytest.mark.parametrize("opener", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused_before_it_hurts(opener: str, tmp_path: Path) -> None:
    """The composer recurses in C: 100,000 brackets would end the process without a word."""
    _, problems = check_workspace(write_workspace(tmp_path, {SOUTH_YAML: opener * 100_000}))
    assert [(p.where, p.message.en) for p in problems] == [
        (f"{SOUTH_YAML}:1:1", "nested too deeply")
    ]


def test_excel_s_mark_and_line_ends_are_tolerated(tmp_path: Path) -> None:
    """Excel writes a byte order mark and CRLF."""
    excel = "\ufeff" + REGISTER.replace("\n", "\r\n")
    workspace, problems = check_workspace(write_workspace(tmp_path, {NORTH_CSV: excel}))
    assert problems == ()
    assert workspace is not None
    assert [a.price for a in workspace.inventory.assets] == [3_850_000, 1_700_000]
    assert workspace.inventory.assets[1].room == "Room 2, left"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(FILES)), st.data())
def test_no_damage_makes_reading_fail(path: str, data: st.DataObject) -> None:
    """Whatever is typed into a file comes out as problems with a place, never as a traceback."""
    text = FILES[path]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + data.draw(st.sampled_from(DAMAGE)) + text[end:]
    with TemporaryDirectory() as folder:
        workspace, problems = check_workspace(write_workspace(Path(folder), {path: text}))
    assert (workspace is None) == bool(problems)
    for problem in problems:
        assert problem.message.th
        assert problem.message.en
        assert (problem.line >= 1) == (problem.column >= 1)


def test_ten_problems_in_different_files_are_told_in_one_run(tmp_path: Path) -> None:
    """Nobody mends one, runs again, and meets the next."""
    planted = {
        "khaen.toml": ('username = "admin"', 'user = "admin"'),
        "inventory/office.yaml": ("until: 2026-08-23", "until: 2026-08-01"),
        "inventory/groups.yaml": ("cisco_ios:", "cisco-ios:"),
        "inventory/sites/north.yaml": ("vlan: 10", "vlan: 4095"),
        "inventory/sites/south.yaml": ("10.9.2.11", "10.9.1.11"),
        "inventory/assets/north.csv": (",switch,", ",swich,"),
        "inventory/config/cisco_ios/access.j2": ("snmp_ro", "snmp_rw"),
        "inventory/config/arista_eos/access.j2": ("{{ device.name }}", "{{ device.name }"),
    }
    changes: dict[str, str | bytes | None] = {
        path: FILES[path].replace(old, new) for path, (old, new) in planted.items()
    }
    changes["inventory/sites/east.yaml"] = "site: east\n\tname_th: x\n"
    changes["inventory/sites/west.yml"] = "site: west\n"
    _, problems = check_workspace(write_workspace(tmp_path, changes))
    assert {p.path for p in problems} == changes.keys()
    assert len(problems) == 10
    places = [(p.path, p.line, p.column) for p in problems]
    assert places == sorted(places)


def test_loading_refuses_with_every_problem(tmp_path: Path) -> None:
    """`load_workspace` never gives back half a workspace."""
    changes = replaced(SOUTH_YAML, "kind: school", "kind: shool")
    with pytest.raises(InputError) as refusal:
        load_workspace(write_workspace(tmp_path, changes))
    assert [p.suggestion for p in refusal.value.problems] == ["school"]


def test_a_secret_typed_into_the_settings_is_never_repeated(tmp_path: Path) -> None:
    """Neither in the text found, nor in a suggestion, nor in a message."""
    secret = "tiger-of-271828"
    for line in (f'password = "{secret}"', f"password = {secret}", f'password "{secret}"'):
        changes = replaced("khaen.toml", 'password = "env/DEVICE_PASSWORD"', line)
        _, problems = check_workspace(write_workspace(tmp_path, changes))
        assert problems
        assert secret not in repr(problems)
