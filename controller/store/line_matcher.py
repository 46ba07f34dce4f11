"""Runs a pattern over lines in a process of its own, so that it can be stopped: some never end.

Started by `line_search` as a program; it needs nothing but Python. It reads one JSON line with the
pattern, then lines `NUMBER TAB TEXT`, and writes the numbers of those it finds. Exit code 3: the
pattern is none, and what is wrong with it was written.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import warnings

BAD_PATTERN = 3
_MEMORY = 1 << 30


def main() -> None:
    """Read, search, write."""
    given = sys.stdin.buffer.readline()
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    warnings.simplefilter("ignore")
    try:
        pattern = re.compile(json.loads(given)["pattern"], re.IGNORECASE)
    except (re.error, OverflowError, RecursionError, MemoryError) as error:
        sys.stdout.write(str(error) or type(error).__name__)
        sys.exit(BAD_PATTERN)
    search = pattern.search
    found = []
    for row in sys.stdin.buffer.read().decode().split("\n"):
        number, _, line = row.partition("\t")
        if number and search(line):
            found.append(number)
    sys.stdout.write("\n".join(found))


if __name__ == "__main__":
    main()
