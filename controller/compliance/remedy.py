"""What mends the findings of one device: lines to type, worked out from what its rules found.

Nothing is guessed: a rule whose finding does not name the very lines, and which does not say itself
what mends it, is left and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from controller.compliance.check import ConfigurationCheck
from controller.compliance.evidence import Evidence, KeptConfiguration
from controller.compliance.finding import Detail, Finding
from controller.compliance.judging import Judge
from controller.compliance.rulebook import RuleBook
from controller.configuration.lines import Lines, read_lines, write_lines
from controller.configuration.mending import order_lines, write_commands
from controller.configuration.merging import future
from controller.configuration.render import Snippet, SnippetError
from controller.errors import Text
from controller.platforms.manner import Manner
from controller.platforms.platform import HIDDEN

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """A rule that nothing here mends, and why."""

    rule: str
    why: Text


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to type on a device. `text` is empty when nothing is to be typed.

    `rules` are those the lines mend; secrets stand in them as references.
    """

    device: str
    text: str
    rules: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()


def remedy(
    findings: Iterable[Finding], book: RuleBook, evidence: Evidence, manner: Manner
) -> Remedy:
    """The lines that mend the failures among the findings of a device.

    Only rules about configuration can be mended so; `book` must hold those of the findings. What
    the lines make of the configuration is judged again: a rule that would still fail is left.
    """
    name = evidence.device.name
    kept = evidence.configuration
    failed = [found for found in findings if found.verdict == "fail" and _is_mendable(found, book)]
    if kept is None or not failed:
        return Remedy(name, "")
    work = _Work(manner, evidence)
    told = {finding.rule: work.add(finding, book) for finding in failed}
    typed = work.typed()
    then = write_lines(future(read_lines(kept.text, manner.grammar), typed, manner))
    failing = tuple(_still_failing(then, kept, tuple(told), book, evidence))
    return Remedy(
        device=name,
        text=write_commands(typed, manner),
        rules=tuple(rule for rule in told if rule not in failing),
        left=tuple(Left(rule, next(iter(told[rule]), _NOT_ENOUGH)) for rule in failing),
    )


class _Work:
    """The lines of one device to come and to go, collected from finding after finding."""

    def __init__(self, manner: Manner, evidence: Evidence) -> None:
        self._manner = manner
        self._evidence = evidence
        self._coming: Lines = {}
        self._going: list[tuple[Path, str]] = []

    def add(self, finding: Finding, book: RuleBook) -> list[Text]:
        """Take up what mends a finding; why not, where nothing does."""
        checks = list(_checks(finding.rule, book, self._evidence.device.platform))
        unmended: list[Text] = []
        for detail in finding.details:
            told = [c for c in checks if c.mend and _covers(c, detail.path)]
            for check in told:
                unmended += self._tell(check, detail.path)
            if not self._work_out(detail) and not told:
                unmended.append(detail.words or _BY_HAND)
        return unmended

    def typed(self) -> Lines:
        """All of it as lines to type, in the order the platform needs."""
        wanted: Lines = {}
        for path, line in self._going:
            if self._is_replaced(path, line):
                continue
            _within(wanted, path).setdefault(self._manner.removal(path, line), {})
        _lay(wanted, self._coming)
        return order_lines(wanted, self._manner)

    def _work_out(self, detail: Detail) -> bool:
        """Whether the finding names the very line that mends it."""
        if detail.kind == "missing" and detail.line:
            _within(self._coming, detail.path).setdefault(detail.line, {})
            return HIDDEN not in detail.line
        if detail.kind == "extra" and detail.line:
            if HIDDEN in self._manner.removal(detail.path, detail.line):
                return False
            self._going.append((detail.path, detail.line))
            return True
        return False

    def _tell(self, check: ConfigurationCheck, path: Path) -> list[Text]:
        """Take up the lines that the rule itself names for a section."""
        try:
            text = Snippet(check.mend).fill(self._evidence.variables)
        except SnippetError as error:
            return [_not_filled(str(error))]
        _lay(_within(self._coming, path), read_lines(text, self._manner.grammar))
        return []

    def _is_replaced(self, path: Path, line: str) -> bool:
        """Whether a line that comes takes the place of one that goes, or takes it away itself."""
        place = self._coming
        for section in path:
            place = place.get(section, {})
        key = self._manner.key(path, line)
        return any(
            (key is not None and self._manner.key(path, other) == key) or _takes(taken, line)
            for other in place
            for taken in (self._manner.taken(other),)
        )


def _takes(taken: str | None, line: str) -> bool:
    return taken is not None and (line == taken or line.startswith((f"{taken} ", f"{taken}\n")))


def _is_mendable(finding: Finding, book: RuleBook) -> bool:
    rule = book.rule(finding.rule)
    return rule is not None and any(check.configuration for check in rule.checks)


def _checks(rule: str, book: RuleBook, platform: str) -> Iterator[ConfigurationCheck]:
    found = book.rule(rule)
    for check in found.checks if found is not None else ():
        if check.configuration is not None and (not check.platform or platform in check.platform):
            yield check.configuration


def _covers(check: ConfigurationCheck, path: Path) -> bool:
    """Whether a section is of the kind that the check looks at."""
    if len(check.within) != len(path):
        return False
    return all(_fits(pattern, line) for pattern, line in zip(check.within, path, strict=True))


def _fits(pattern: str, line: str) -> bool:
    # Words of the inventory in a pattern stand for anything here.
    pattern = re.sub(r"\{\{.*?\}\}", ".*", pattern)
    return re.fullmatch(pattern, line) is not None


def _within(lines: Lines, path: Path) -> Lines:
    for section in path:
        lines = lines.setdefault(section, {})
    return lines


def _lay(ground: Lines, lines: Lines) -> None:
    """Put lines into others, section by section."""
    for line, inner in lines.items():
        _lay(ground.setdefault(line, {}), inner)


def _still_failing(
    text: str, kept: KeptConfiguration, rules: tuple[str, ...], book: RuleBook, evidence: Evidence
) -> Iterator[str]:
    chosen = replace(book, rules=tuple(rule for rule in book.rules if rule.id in rules))
    after = replace(evidence, configuration=replace(kept, text=text))
    for finding in Judge(chosen).judge(after):
        if finding.verdict in ("fail", "unknown"):
            yield finding.rule


def _not_filled(why: str) -> Text:
    return Text(
        th=f"ใส่ค่าตัวแปรในคำสั่งแก้ไขของเกณฑ์ไม่ได้: {why}",
        en=f"a variable in the rule's mending lines has no value: {why}",
    )


_BY_HAND = Text(
    th="เกณฑ์ไม่ได้บอกคำสั่งที่ใช้แก้ไข ต้องแก้ด้วยมือ",
    en="the rule does not say which lines mend it; mend it by hand",
)
_NOT_ENOUGH = Text(
    th="คำสั่งที่คำนวณได้ยังไม่พอให้ผ่านเกณฑ์ ต้องแก้ด้วยมือ",
    en="the lines that can be worked out are not enough to pass it; mend it by hand",
)
