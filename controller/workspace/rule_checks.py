"""What must hold in a file of rules beyond its shape: patterns, selectors, dates, platforms."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from controller.compliance.fact_names import FACTS
from controller.compliance.patterns import pattern
from controller.errors import InputError, Problem, Text
from controller.inventory.selector import parse_selector
from controller.language import nearest, shown
from controller.platforms.grammars import grammar
from controller.workspace.templates import parse_template
from controller.workspace.yaml_lines import Document, Place

_KINDS = ("configuration", "fact", "hardware", "process")
_PATTERNS = (
    *("given", "without", "within", "where", "unless"),
    *("patterns", "forbidden", "golden"),
)
_SAYS = ("required", "patterns", "any_of", "forbidden")
FACT_NAMES = tuple(known.name for known in FACTS)
_TESTS = ("one_of", "none_of", "like", "at_least", "at_most")


def check_rule(
    file: Document, place: Place, rule: Mapping[str, Any], platforms: Collection[str]
) -> Iterator[Problem]:
    """Problems of one rule, whatever is in it."""
    yield from check_selector(file, (*place, "select"), rule.get("select", "all"))
    begins, ends = rule.get("valid_from"), rule.get("grace_until")
    if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
        yield file.problem((*place, "grace_until"), _GRACE_BEFORE)
    if rule.get("formerly") and ends is None:
        yield file.problem((*place, "formerly"), _NO_GRACE, key=True)
    for key in ("checks", "formerly"):
        told = rule.get(key)
        for index, check in enumerate(told if isinstance(told, list) else ()):
            if isinstance(check, dict):
                yield from _check(file, (*place, key, index), check, platforms)


def check_selector(file: Document, place: Place, text: object) -> Iterator[Problem]:
    """A selector nobody can parse."""
    if not isinstance(text, str):
        return
    try:
        parse_selector(text)
    except InputError as error:
        yield file.problem(place, error.message)


def _check(
    file: Document, place: Place, check: Mapping[str, Any], platforms: Collection[str]
) -> Iterator[Problem]:
    kinds = [kind for kind in _KINDS if check.get(kind) is not None]
    if len(kinds) != 1:
        yield file.problem(place, _ONE_KIND, allowed=_KINDS)
    named = _texts(check.get("platform"))
    for index, name in named:
        if name not in platforms:
            yield file.problem(
                (*place, "platform", index),
                _NO_PLATFORM,
                allowed=shown(name.lower(), platforms),
                suggestion=nearest(name.lower(), platforms),
            )
        elif "configuration" in kinds and not _is_readable(name):
            yield file.problem((*place, "platform", index), _NO_GRAMMAR)
    for kind, looked in (("configuration", _configuration), ("fact", _fact), ("hardware", _some),
                         ("process", _some)):  # fmt: skip
        told = check.get(kind)
        if isinstance(told, dict):
            yield from looked(file, (*place, kind), told)


def _configuration(file: Document, place: Place, told: Mapping[str, Any]) -> Iterator[Problem]:
    for key in _PATTERNS:
        for index, text in _texts(told.get(key)):
            yield from _pattern(file, (*place, key, index), text)
            yield from _template(file, (*place, key, index), text)
    for index, text in _texts(told.get("any_of")):
        yield from _template(file, (*place, "any_of", index), text)
    for key in ("required", "mend"):
        yield from _template(file, (*place, key), told.get(key))
    if not any(told.get(key) for key in _SAYS) and not told.get("must_exist"):
        yield file.problem(place, _SAYS_NOTHING, key=True, allowed=_SAYS)
    for key in ("golden", "ordered"):
        if told.get(key) and not told.get("required"):
            yield file.problem((*place, key), _NEEDS_REQUIRED, key=True)
    if told.get("must_exist") and not told.get("within"):
        yield file.problem((*place, "must_exist"), _NEEDS_WITHIN, key=True)
    least, most = told.get("at_least", 1), told.get("at_most")
    if isinstance(least, int) and isinstance(most, int) and most < least:
        yield file.problem((*place, "at_most"), _MOST_BELOW_LEAST)


def _fact(file: Document, place: Place, told: Mapping[str, Any]) -> Iterator[Problem]:
    name = told.get("fact")
    if isinstance(name, str) and name and name not in FACT_NAMES:
        near = nearest(name, FACT_NAMES)
        allowed = shown(name, FACT_NAMES)
        yield file.problem((*place, "fact"), _NO_FACT, allowed=allowed, suggestion=near)
    like = told.get("like")
    if isinstance(like, str):
        yield from _pattern(file, (*place, "like"), like)
    where = told.get("where")
    for name, value in where.items() if isinstance(where, dict) else ():
        yield from _template(file, (*place, "where", name), value)
    if not any(told.get(key) not in (None, "", []) for key in _TESTS):
        yield file.problem(place, _SAYS_NOTHING, key=True, allowed=_TESTS)


def _some(file: Document, place: Place, told: Mapping[str, Any]) -> Iterator[Problem]:
    if not any(value is not None for value in told.values()):
        yield file.problem(place, _SAYS_NOTHING, key=True)


def _pattern(file: Document, place: Place, text: str) -> Iterator[Problem]:
    # One with variables in it is compiled when they are filled in; their values are harmless.
    plain = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "x", text)
    try:
        pattern(plain)
    except re.error as error:
        yield file.problem(place, _no_pattern(error.msg))


def _template(file: Document, place: Place, text: object) -> Iterator[Problem]:
    """What is wrong with the words of the inventory in a text."""
    if not isinstance(text, str) or ("{{" not in text and "{%" not in text):
        return
    template = parse_template("", text)
    for problem in template.problems:
        yield file.problem(place, problem.message)
    for _, name in template.includes:
        yield file.problem(place, _no_include(name))


def _texts(value: object) -> list[tuple[int, str]]:
    items = value if isinstance(value, list) else ()
    return [(index, item) for index, item in enumerate(items) if isinstance(item, str)]


def _is_readable(platform: str) -> bool:
    try:
        grammar(platform)
    except KeyError:
        return False
    return True


def _no_include(name: str) -> Text:
    return Text(th=f"เกณฑ์นำเข้าแม่แบบ {name} ไม่ได้", en=f"a rule cannot include {name}")


def _no_pattern(why: str) -> Text:
    return Text(
        th=f"รูปแบบ (regular expression) ไม่ถูกต้อง: {why}", en=f"the pattern does not compile: {why}"
    )


_ONE_KIND = Text(th="การตรวจหนึ่งข้อต้องมีชนิดเดียวพอดี", en="a check is of exactly one of these kinds")
_NO_FACT = Text(
    th="ไม่มีข้อเท็จจริงชื่อนี้ ดู docs/compliance-facts.md",
    en="no device tells such a fact; see docs/compliance-facts.md",
)
_NO_PLATFORM = Text(th="ไม่รู้จักแพลตฟอร์มนี้", en="unknown platform")
_NO_GRAMMAR = Text(
    th="ระบบยังอ่านค่าของแพลตฟอร์มนี้ไม่ได้ จึงตรวจด้วย configuration ไม่ได้",
    en="configurations of this platform cannot be read, so none can be checked",
)
_SAYS_NOTHING = Text(
    th="การตรวจนี้ยังไม่ได้บอกว่าต้องเป็นอย่างไร", en="the check does not say what must hold"
)
_NEEDS_REQUIRED = Text(th="หัวข้อนี้ใช้คู่กับ required", en="this goes together with “required”")
_NEEDS_WITHIN = Text(th="หัวข้อนี้ใช้คู่กับ within", en="this goes together with “within”")
_MOST_BELOW_LEAST = Text(th="at_most น้อยกว่า at_least", en="at_most is less than at_least")
_GRACE_BEFORE = Text(th="ระยะผ่อนผันสิ้นสุดก่อนวันที่เกณฑ์เริ่มใช้", en="the grace ends before the rule begins")
_NO_GRACE = Text(
    th="เกณฑ์เดิม (formerly) มีผลเฉพาะช่วงผ่อนผัน ให้ระบุ grace_until ด้วย",
    en="the former checks count during the grace only; give grace_until too",
)
