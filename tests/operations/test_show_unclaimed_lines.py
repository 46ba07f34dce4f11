"""The lines of a configuration that no rule speaks of."""

from __future__ import annotations

import pytest

from controller.errors import NotAllowed, NotFound
from controller.operations.show_unclaimed_lines import show_unclaimed_lines
from tests.operations.office import Desk
from tests.operations.test_audit_devices import ELSEWHERE, SWITCH, ruled

__all__ = ["ruled"]


def test_what_the_rules_leave_is_shown_in_its_place(ruled: Desk) -> None:
    """With numbers of the configuration as it was kept, and without a secret."""
    found = show_unclaimed_lines(ruled.context, ruled.person("engineer1"), SWITCH)
    assert (found.lines, found.claimed) == (4, 3)
    (line,) = found.unclaimed
    assert line.number == 2
    assert line.path[0].startswith("username admin password 0 ")
    assert "hunter2" not in line.path[0]


def test_who_may_not_read_configurations_is_refused(ruled: Desk) -> None:
    """A school reads none, its own neither; a device nobody backed up has none."""
    school = ruled.person("school1")
    for name in (SWITCH, ELSEWHERE):
        with pytest.raises(NotAllowed):
            show_unclaimed_lines(ruled.context, school, name)
    for name in ("kkn-a-sw03", "no-such-device"):
        with pytest.raises(NotFound) as caught:
            show_unclaimed_lines(ruled.context, ruled.person("auditor1"), name)
        assert caught.value.hint is not None or name == "no-such-device"
