"""Faults strike as often as told, where told."""

import pytest

from controller.lab.complaints import LabError
from controller.lab.faults import FAULTS, FaultBox


def test_a_fault_strikes_as_often_as_told() -> None:
    box = FaultBox()
    assert not box.strikes("refused-login")
    box.switch("refused-login", on=True, count=2)
    assert [box.strikes("refused-login") for _ in range(3)] == [True, True, False]
    box.switch("refused-login", on=True)
    assert all(box.strikes("refused-login") for _ in range(10))
    box.switch("refused-login", on=False)
    assert not box.strikes("refused-login")


def test_a_fault_with_words_strikes_only_there() -> None:
    box = FaultBox()
    box.switch("cut-line", on=True, value="running-config")
    assert not box.strikes("cut-line", "show version")
    assert box.strikes("cut-line", "show running-config")
    assert not box.strikes("cut-line", "show running-config")


def test_numbers_have_defaults_and_are_zero_when_off() -> None:
    box = FaultBox()
    assert box.number("slow-prompt", 2) == 0
    box.switch("slow-prompt", on=True)
    assert box.number("slow-prompt", 2) == 2
    box.switch("slow-prompt", on=True, value="0.5")
    assert box.number("slow-prompt", 2) == 0.5


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("fire", {}),
        ("freeze", {"value": "1"}),
        ("slow-prompt", {"value": "-1"}),
        ("half-commit", {"value": "many"}),
        ("freeze", {"count": 0}),
    ],
)
def test_nonsense_is_refused_in_both_languages(name: str, more: dict[str, object]) -> None:
    box = FaultBox()
    with pytest.raises(LabError) as caught:
        box.switch(name, on=True, **more)  # type: ignore[arg-type]
    assert caught.value.th != caught.value.en
    assert box.active == {}


def test_every_fault_is_explained_in_both_languages() -> None:
    for name, fault in FAULTS.items():
        assert fault.name == name
        assert fault.en
        assert any("\u0e00" <= letter <= "\u0e7f" for letter in fault.th)
