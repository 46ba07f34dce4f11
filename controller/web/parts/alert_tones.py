"""How loud an alert looks."""

from __future__ import annotations

ALERT_TONES = {"critical": "bad", "warning": "warn", "notice": ""}
"""Severity -> the class of its mark in the style sheet."""
