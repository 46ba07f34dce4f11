"""Words offered to a person who mistyped one."""

from __future__ import annotations

from controller.language import shown


def test_few_words_are_all_shown_and_of_many_the_nearest() -> None:
    assert shown("b", ["c", "a"]) == ("a", "c")
    many = [f"word-{number}" for number in range(100)] + ["cisco_ios", "cisco_iosxe"]
    near = shown("cisco-ios", many)
    assert near[:2] == ("cisco_ios", "cisco_iosxe")
    assert len(near) <= 12
