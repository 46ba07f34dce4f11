"""What stands in everything a pattern finds: to look at few lines instead of all."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[^}]*\}|.", re.DOTALL)
# How a group may begin that changes nothing of what its neighbours mean.
_GROUP = re.compile(r"\((?!\?(?![:=!<P]))")
# After a backslash these stand for themselves.
_ESCAPED = frozenset(".^$*+?{}[]()|\\/-:,;\"'#@ =<>&~!%_")
_SIGNS = frozenset(".^$*+?()")


def literal_in(pattern: str) -> str:
    """The longest text that is in whatever the regular expression finds; empty when not sure."""
    found, depth = [""], 0
    for token in _TOKEN.finditer(pattern):
        sign = token[0]
        if (sign == "|" and depth == 0) or (
            sign == "(" and not _GROUP.match(pattern, token.start())
        ):
            return ""
        depth += (sign == "(") - (sign == ")")
        plain = "" if depth else _plain(sign)
        if plain and pattern[token.end() : token.end() + 1] not in {"*", "?", "{"}:
            found[-1] += plain
        else:
            found.append("")
    return max(found, key=len)


def _plain(token: str) -> str:
    """The letter a token stands for; empty for anything else."""
    if len(token) == 2 and token[0] == "\\":
        return token[1] if token[1] in _ESCAPED else ""
    if len(token) != 1 or token in _SIGNS:
        return ""
    # Databases know the case of Latin letters only.
    return token if token.isascii() or token.lower() == token.upper() else ""
