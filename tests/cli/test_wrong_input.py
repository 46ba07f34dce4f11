"""Wrong words at the command line: the right exit code, words in two languages, no traceback."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.journeys.office import Answer, Office

THAI = re.compile(r"[\u0e00-\u0e7f]")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office without devices: every address is silent."""
    made = Office(tmp_path_factory.mktemp("office") / "work")
    made.init()
    made.khaen("account", "add", "engineer1", signs="engineer1")
    made.login("engineer1")
    return made


WRONG: dict[str, tuple[tuple[str, ...], int, str]] = {
    "no such command": (("bakup",), 2, "backup"),
    "missing option": (("case", "replan", "2569-2.3-0001"), 2, "--plan"),
    "bad date": (("case", "appoint", "x", "--order", "1", "--dated", "05/10/2569",
                  "--chair", "a", "--secretary", "b"), 2, "05/10/2569"),
    "unknown language": (("--lang", "fr", "validate"), 2, "fr"),
    "empty selector": (("plan",), 2, "--select"),
    "unknown key": (("plan", "-s", "sit=kkn-school-a"), 2, "site"),
    "no such site": (("plan", "-s", "site=kkn-school-aa"), 2, "kkn-school-a"),
    "no such plan": (("plan", "show", "abcdef123456"), 2, "abcdef123456"),
    "not a plan id": (("plan", "show", "hello"), 2, "hello"),
    "no such case": (("case", "show", "2569-2.3-9999"), 2, "2569-2.3-9999"),
    "no such process": (("case", "open", "9.9", "--plan", "abcd"), 2, "9.9"),
    "a case of no plan": (("case", "open", "2.3", "--plan", "abcdef12"), 2, "abcdef12"),
    "apply nothing": (("apply", "2569-2.3-9999"), 2, "2569-2.3-9999"),
    "no such file": (("plan", "verify", "nowhere.json"), 2, "nowhere.json"),
    "no such device": (("backup", "show", "kkn-a-sw1"), 2, "kkn-a-sw01"),
    "not an engineer's": (("account", "list"), 3, "admin"),
    "no password to read": (("login", "engineer1"), 2, "--password-stdin"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_wrong_words_teach(office: Office, what: str) -> None:
    words, code, named = WRONG[what]
    answer = office.khaen(*words, expect=code)
    assert named in answer.err
    assert THAI.search(answer.err)


def test_devices_that_do_not_answer_are_left_out_and_named(office: Office) -> None:
    (office.var / "lab").mkdir(exist_ok=True)
    for name in ("password", "snmp_ro"):
        (office.var / "lab" / name).write_text("not-a-real-secret\n")
    answer = office.khaen("plan", "-s", "name=kkn-a-sw01", "--json")
    assert [left["why"] for left in answer.json["plan"]["left_out"]] == ["unreachable"]
    office.khaen("backup", "-s", "name=kkn-a-sw01", expect=4)


def test_errors_are_problems_for_programs(office: Office) -> None:
    answer = office.khaen("plan", "-s", "sit=x", "--json", expect=2)
    problem = json.loads(answer.err)
    assert problem["status"] == 422
    assert problem["title"]["en"]
    assert THAI.search(problem["title"]["th"])


def test_outside_a_workspace_it_says_how_to_make_one(tmp_path: Path) -> None:
    answer = Office(tmp_path / "here").khaen("-C", str(tmp_path), "validate", expect=2)
    assert "khaen init" in answer.err


@pytest.mark.parametrize("name", ["engineer1", "nobody"])
def test_a_wrong_password_does_not_tell_whether_the_account_exists(
    office: Office, name: str
) -> None:
    said = _login(office, name)
    assert said.code == 3
    assert "wrong user name or password" in said.err


def test_the_fifth_wrong_password_locks_without_saying_so(office: Office) -> None:
    """The right one is told the same, so that nobody learns that there is such an account."""
    for _ in range(5):
        said = _login(office, "engineer1")
    assert office.khaen("login", "engineer1", signs="engineer1", expect=3).err == said.err


def _login(office: Office, name: str) -> Answer:
    return office.khaen("login", name, signs="somebody-else", expect=3)
