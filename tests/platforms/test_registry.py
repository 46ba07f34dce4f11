"""The registry finds the folders, and says what is wrong in which file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import controller.platforms
from controller.errors import NotFound
from controller.platforms.platform import CAPABILITIES
from controller.platforms.reading import read_platform
from controller.platforms.registry import PLATFORMS, platform, platform_title

HERE = Path(controller.platforms.__file__).parent


def test_each_folder_is_a_platform() -> None:
    folders = {path.parent.name for path in HERE.glob("*/platform.yaml")}
    assert set(PLATFORMS) == folders >= {"cisco_ios", "arista_eos"}


def test_each_platform_says_what_it_can_do() -> None:
    for known in PLATFORMS.values():
        assert set(known.capabilities) == set(CAPABILITIES)
        assert not known.can("fly")


def test_an_unknown_platform_gets_the_nearest_name() -> None:
    with pytest.raises(NotFound, match="did you mean cisco_ios"):
        platform("cisco_io")


def test_a_way_back_needs_its_lines() -> None:
    ios, eos = platform("cisco_ios"), platform("arista_eos")
    assert (
        ios.rollback_on("hostname a\narchive\n maximum 5\n path flash:a\nend\n") == "commit-confirm"
    )
    assert ios.rollback_on("archive\r\n path flash:a\r\n") == "commit-confirm"
    assert ios.rollback_on("archive\n maximum 5\nhostname a\n path x\n") == "none"
    assert ios.rollback_on("hostname a\n") == "none"
    assert eos.rollback_on("hostname a\n") == "commit-confirm"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("platform.yaml", "title:", "titel:", "titel"),
        ("platform.yaml", "merge: done", "merge: finished", "write done"),
        ("platform.yaml", "  merge: done\n", "", "merge"),
        ("platform.yaml", "merge: done", "merge: 'todo:'", "write done"),
        ("platform.yaml", "transport_port: 22", "transport_port: 0", "transport_port"),
        ("normalise.yaml", "'^! Last", "'(^! Last", "Last"),
        ("redact.yaml", "(?P<secret>", "(?P<hidden>", "no group named secret"),
        ("grammar.yaml", r"(?P<mark>\^C|\S)", r"(?:\^C|\S)", "mark"),
        ("safety.yaml", "    th: จะปิด VLAN ที่ใช้ดูแลอุปกรณ์\n", "", "th and en"),
        ("safety.yaml", "section: 'vlan <vlan>'", "section: '(vlan <vlan>'", "vlan"),
        ("safety.yaml", "cuts:", "cuts: [", "safety.yaml"),
    ],
)
def test_wrong_data_is_told_with_its_file(
    tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    folder = tmp_path / "cisco_ios"
    shutil.copytree(HERE / "cisco_ios", folder)
    assert read_platform(folder).name == "cisco_ios"
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=f"cisco_ios/{file}") as caught:
        read_platform(folder)
    assert told in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "cisco_ios"
    shutil.copytree(HERE / "cisco_ios", folder)
    (folder / "grammar.yaml").unlink()
    with pytest.raises(ValueError, match=r"cisco_ios/grammar\.yaml"):
        read_platform(folder)


def test_a_platform_that_is_only_watched_has_a_title_too() -> None:
    assert platform_title("cisco_ios") == platform("cisco_ios").title
    assert platform_title("hp_procurve") == "HPE ProCurve and ArubaOS-Switch"
    assert platform_title("made_up") == "made_up"
