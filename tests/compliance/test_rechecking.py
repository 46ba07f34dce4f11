"""A case whose run touched devices closes when they were judged since, and pass."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from controller.compliance.rechecking import Recheck, Rechecked, require_recheck
from controller.errors import Refused

ENDED = datetime(2026, 11, 27, tzinfo=UTC)
SOON, BEFORE = ENDED + timedelta(seconds=1), ENDED - timedelta(days=1)


def test_nothing_to_check_and_what_passes_may_close() -> None:
    require_recheck(None)
    require_recheck(Recheck(ENDED, (Rechecked("sw01", SOON),)))
    require_recheck(Recheck(ENDED, (Rechecked("sw01", ENDED),)))


@pytest.mark.parametrize("judged", [None, BEFORE])
def test_a_device_not_judged_since_stands_in_the_way(judged: datetime | None) -> None:
    recheck = Recheck(ENDED, (Rechecked("sw01", SOON), Rechecked("sw02", judged)))
    assert recheck.missing == ("sw02",)
    with pytest.raises(Refused, match="not audited since its run ended: sw02") as caught:
        require_recheck(recheck)
    assert caught.value.hint
    assert "khaen audit --select name=sw02 --again" in caught.value.hint.en


def test_what_fails_or_is_unknown_is_named_with_what_to_do() -> None:
    open_ = (("no-telnet", "fail"), ("ntp", "unknown"))
    recheck = Recheck(ENDED, (Rechecked("sw01", SOON, open_),))  # type: ignore[arg-type]
    with pytest.raises(Refused, match=r"sw01 no-telnet \(fail\), sw01 ntp \(unknown\)") as caught:
        require_recheck(recheck)
    assert caught.value.hint
    assert "khaen remediate --select name=sw01" in caught.value.hint.en


def test_of_many_only_some_are_named() -> None:
    devices = tuple(Rechecked(f"sw{n:02}", None) for n in range(40))
    with pytest.raises(Refused, match=r"sw00, sw01, sw02, sw03, sw04 …"):
        require_recheck(Recheck(ENDED, devices))
