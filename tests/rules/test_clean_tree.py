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
    "a private key": "-----BEGIN [A-Z ]*PRIVATE " + r"KEY-----(?:\s|\\n)+[A-Za-z0-9+/]{40}",
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
        text = content.decode("utf-8", errors="replace")
        hits = (text.count("\n", 0, hit.start()) + 1 for hit in pattern.finditer(text))
        faults += [f"{short(path)}:{number}" for number in hits]
    assert not faults, told(faults[:30])
