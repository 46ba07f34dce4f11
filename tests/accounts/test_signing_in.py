"""Which passwords are refused, what counts as one address, which codes fit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from controller.accounts.attempts import address_subject
from controller.accounts.password_rules import refusal
from controller.accounts.second_factor import fitting_step

NOW = datetime(2026, 11, 27, 8, 0, 10, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.mark.parametrize(
    "password",
    ["short", "123456789", "engineer1engineer1", "Engineer1-12", "Password1234", "1234567890",
     "0987654321", "qwertyuiop", "aaaaaaaaaaaa", "abababababab", "P@ssw0rd2026!", "สวัสดีครับ123",
     "1234567890!!"],
)  # fmt: skip
def test_weak_passwords_are_refused(password: str) -> None:
    assert refusal(password, "engineer1") is not None


@pytest.mark.parametrize("password", ["correct-horse-battery", "ต้นไม้ใหญ่ริมน้ำ", "engineer1-password"])
def test_good_passwords_are_not(password: str) -> None:
    assert refusal(password, "engineer1") is None


def test_addresses_of_one_household_are_one() -> None:
    assert address_subject("2001:db8:1:2::3") == address_subject("2001:db8:1:2:ffff::")
    assert address_subject("2001:db8:1:2::3") != address_subject("2001:db8:1:3::3")
    assert address_subject("::ffff:192.0.2.1") == address_subject("192.0.2.1")
    assert address_subject("192.0.2.1") != address_subject("192.0.2.2")
    assert address_subject("") == ""


def test_a_code_fits_for_its_period_and_one_beside_it() -> None:
    code = pyotp.TOTP(SECRET).at(NOW)
    step = int(NOW.timestamp()) // 30
    assert fitting_step(SECRET, code, NOW) == step
    assert fitting_step(SECRET, f"{code[:3]} {code[3:]}", NOW) == step
    for seconds, fits in ((-30, True), (30, True), (-60, False), (60, False)):
        moved = fitting_step(SECRET, code, NOW + timedelta(seconds=seconds))
        assert (moved == step) is fits
    assert fitting_step(SECRET, "", NOW) is None
    assert fitting_step(SECRET, "๑๒๓๔๕๖", NOW) is None
