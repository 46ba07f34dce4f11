"""Every file that recognises systems is sound; what is wrong in one is told with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import controller.platforms
from controller.platforms.identity_file import Rule, System, Way, read_system, read_table, read_ways
from controller.platforms.systems import own_ways, systems, usual_ways
from controller.platforms.watched import only_watched, watched_folders, watched_platforms

HERE = Path(controller.platforms.__file__).parent


def _ways() -> Iterator[tuple[str, Way]]:
    lists = [(name, own_ways(name)) for name in systems().by_name]
    lists += [(f"usual {kind}", ways) for kind, ways in usual_ways().items()]
    for name, ways in lists:
        for which in ("model", "version", "serial", "features"):
            yield from ((f"{name} {which}", way) for way in getattr(ways, which))


def _rules() -> Iterator[tuple[str, Rule]]:
    return ((name, rule) for name, system in systems().by_name.items() for rule in system.rules())


def test_the_names_read_quickly_are_those_of_the_files() -> None:
    assert watched_platforms() == set(systems().by_name)
    assert watched_folders() == {path.parent.name for path in HERE.glob("*/identity.yaml")}
    assert only_watched() == watched_platforms() - {"cisco_ios", "arista_eos"}


def test_no_table_hides_a_folder_or_another_table() -> None:
    names = Counter(watched_folders())
    for table in (HERE / "systems").glob("*.yaml"):
        names.update(list(read_table(table)))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_system_is_described_and_can_be_recognised() -> None:
    for name, system in systems().by_name.items():
        assert system.title, name
        assert system.kind, name
        assert list(system.rules()), name


def test_what_is_pushed_as_another_platform_names_one_that_can_be_pushed() -> None:
    pushed = {name: s.pushed_as for name, s in systems().by_name.items() if s.pushed_as}
    assert pushed["cisco_iosxe"] == "cisco_ios"
    assert all((HERE / other / "platform.yaml").exists() for other in pushed.values())


def test_one_name_of_another_nms_leads_to_one_system() -> None:
    """Two systems that are told apart there are told apart here."""
    names = Counter(name for s in systems().by_name.values() for name in s.librenms)
    # Their one system for switches and access points is two of ours.
    assert [name for name, count in names.items() if count > 1] == ["tplink"]
    assert all(len(s.librenms) <= 1 for s in systems().by_name.values())


def test_no_two_systems_ask_for_the_same() -> None:
    claimed: dict[object, str] = {}
    for name, rule in _rules():
        for prefix in rule.under or ("",):
            condition = rule.model_copy(update={"under": (prefix,)}).model_dump_json()
            other = claimed.setdefault(condition, name)
            assert other == name, f"{name} and {other} both claim {condition}"


def test_every_pattern_compiles_and_gives_what_is_asked_of_it() -> None:
    for _, rule in _rules():
        for text in (rule.description, rule.unlike, rule.like, *rule.has.values()):
            re.compile(text)
    for where, way in _ways():
        pattern = re.compile(way.match or way.description or "(.+)")
        used = [int(number) for number in re.findall(r"\\(\d)", way.written)] or [1]
        assert pattern.groups >= max(used), f"{where}: {pattern.pattern} has too few groups"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title:", "titel:", "titel"),
        ("kind: switch", "kind: swich", "kind"),
        ("under: '9.1 9.5'", "under: 9.1", "quotes"),
        ("under: '9.1 9.5'", "under: '9.1, 9.5'", "no OID"),
        ("- {under: '9.1 9.5', description:", "- {unlike:", "fits everything"),
        ("when:", "when: [", "identity.yaml"),
    ],
)
def test_wrong_recognition_is_told_with_its_file(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    folder = _changed(tmp_path, old, new)
    with pytest.raises(ValueError, match=r"cisco_ios/identity\.yaml") as caught:
        read_system(folder)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- {entity: model}", "- {entity: modell}", "entity"),
        ("- {entity: model}", "- {match: x}", "write one of"),
        ("- {entity: model}", "- {entity: model, oid: '9.1'}", "write one of"),
        ("model:", "modell:", "modell"),
    ],
)
def test_wrong_ways_are_told_with_their_file(tmp_path: Path, old: str, new: str, told: str) -> None:
    folder = _changed(tmp_path, old, new)
    assert read_system(folder).title == "Cisco IOS"
    with pytest.raises(ValueError, match=r"cisco_ios/identity\.yaml") as caught:
        read_ways(folder)
    assert told in str(caught.value)


def test_a_table_s_fault_is_told_with_its_system(tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_text("odd: {title: Odd, kind: switch, when: 1}\n")
    with pytest.raises(ValueError, match=r"(?s)systems/odd\.yaml.*odd\.when"):
        read_table(tmp_path / "odd.yaml")


def _changed(tmp_path: Path, old: str, new: str) -> Path:
    folder = tmp_path / "cisco_ios"
    folder.mkdir()
    text = (HERE / "cisco_ios" / "identity.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "identity.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_one_rule_may_be_written_short() -> None:
    system = System.model_validate(
        {"title": "T", "kind": "switch", "under": "99.1 .1.3.6.1.2.1.33"}
    )
    assert [rule.under for rule in system.rules()] == [("1.3.6.1.4.1.99.1", "1.3.6.1.2.1.33")]
