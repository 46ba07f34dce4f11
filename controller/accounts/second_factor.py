"""The codes of an authenticator (TOTP, RFC 6238): six digits, another one every 30 seconds."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp

PERIOD = 30
# A phone's clock may be this many periods off.
_LEEWAY = 1


def fitting_step(secret: str, code: str, at: datetime) -> int | None:
    """The time step whose code this is, at most one period from `at`; None when it fits none."""
    digits = "".join(code.split())
    made = pyotp.TOTP(secret, interval=PERIOD)
    now = int(at.timestamp()) // PERIOD
    found = None
    for step in range(now - _LEEWAY, now + _LEEWAY + 1):
        right = hmac.compare_digest(made.generate_otp(step).encode(), digits.encode())
        found = step if right else found
    return found


def enrolment(secret: str, username: str, office: str) -> str:
    """What the QR code says to an authenticator: `otpauth://totp/…`."""
    return pyotp.TOTP(secret, interval=PERIOD).provisioning_uri(
        name=username, issuer_name=f"Khaen {office}"
    )
