"""The tree names no place, host or secret that belongs to somebody's machine.

The patterns are put together from pieces, so that this file does not hold what it looks for.
"""

from __future__ import annotations

import re

import pytest

from tests.rules.tree import listed, short, told

REGISTRIES = ("py" + r"pi\.", "python" + "hosted", "npm" + r"js\.")
FOLDERS = ("wo" + "rk", "fa" + "rm", "ro" + "ot", "ho" + r"me/\w+")
TOKENS = (
    "gh" + r"[pousr]_\w{30,}",
    "gl" + r"pat-[\w-]{20}",
    "AK" + r"IA[0-9A-Z]{16}",
    "xo" + r"xb-\w+",
)
PATTERNS = {
    "a package registry": rf"(?i)\b(?:{'|'.join(REGISTRIES)})",
    "a folder of one machine": rf"(?<![\w.])/(?:{'|'.join(FOLDERS)})/",
    "an access token": rf"\b(?:{'|'.join(TOKENS)})",
    "a private key": "-----BEGIN [A-Z ]*" + "PRIVATE KEY-----",
}


@pytest.mark.parametrize("what", sorted(PATTERNS))
def test_the_tree_is_free_of(what: str) -> None:
    """Every text file of the repository, this one included."""
    pattern = re.compile(PATTERNS[what])
    files = listed()
    assert files, "no files listed"
    faults = []
    for path in files:
        content = path.read_bytes()
        if b"\0" in content:
            continue
        lines = content.decode("utf-8", errors="replace").splitlines()
        hits = (number for number, line in enumerate(lines, start=1) if pattern.search(line))
        faults += [f"{short(path)}:{number}" for number in hits]
    assert not faults, told(faults[:30])
