"""Lines of syslog by which devices tell that somebody configured them: `told.yaml`. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

# Platforms that write as another one does.
_AS = {"cisco_iosxe": "cisco_ios"}
_LONGEST = 2048
_PRIORITY = re.compile(r"^<\d{1,3}>(?:1 )?")


@dataclass(frozen=True)
class Told:
    """Who configured the device and from which address or line; empty where it does not say."""

    who: str = ""
    where_from: str = ""


def told_change(platform: str, message: bytes) -> Told | None:
    """What a message of syslog (RFC 3164 or 5424) of this platform tells of its configuration.

    None when it is about something else, or nobody has said how the platform writes it.
    """
    text = message[:_LONGEST].decode("utf-8", "replace")
    line = _PRIORITY.sub("", text).partition("\n")[0]
    for pattern in _patterns(_AS.get(platform, platform)):
        found = pattern.search(line)
        if found:
            named = found.groupdict()
            return Told(named.get("who") or "", named.get("where") or "")
    return None


@cache
def _patterns(platform: str) -> tuple[re.Pattern[str], ...]:
    file = files("controller.platforms") / platform / "told.yaml"
    try:
        text = file.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return tuple(re.compile(pattern) for pattern in yaml.safe_load(text))
