"""Judges a device by the rules: one finding for each rule and device."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from controller.compliance.check import Check
from controller.compliance.configuration_checks import PreparedConfigurationCheck
from controller.compliance.evidence import Evidence
from controller.compliance.fact_checks import PreparedFactCheck
from controller.compliance.finding import Finding
from controller.compliance.hardware_checks import judge_hardware
from controller.compliance.outcome import NOT_APPLICABLE, Outcome, together, unknown
from controller.compliance.process_checks import judge_process
from controller.compliance.rule import Rule
from controller.compliance.rulebook import RuleBook
from controller.compliance.tree import Tree
from controller.compliance.waiving import Waivers
from controller.errors import Text
from controller.inventory.selector import parse_selector
from controller.platforms.grammars import grammar


class Judge:
    """The rules of a rule book, made ready once and used for many devices.

    `judge` gives one finding for each rule, in the book's order: `not_applicable` where the rule is
    not for the device, `unknown` where what it needs to know is not known. Errors when made:
    `InputError`, `re.error` or `TemplateSyntaxError` for a book that would not pass validation.
    """

    def __init__(self, book: RuleBook) -> None:
        self._rules = tuple(_PreparedRule(rule) for rule in book.rules)
        self._waivers = Waivers(book.waivers)

    def judge(self, evidence: Evidence) -> tuple[Finding, ...]:
        """The verdicts on one device. Its configuration is read once for all rules."""
        facing = Facing(evidence)
        device, today = evidence.device, evidence.today
        return tuple(self._waivers.waive(rule.judge(facing), device, today) for rule in self._rules)


class Facing:
    """One device before the judge: its evidence, and its configuration read when first asked."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._tree: Tree | None = None
        self._missing: Outcome | None = None

    def configuration(self, check: PreparedConfigurationCheck) -> Outcome:
        """The verdict of a check of the configuration."""
        if self._tree is None and self._missing is None:
            self._read()
        if self._tree is None:
            return self._missing or NOT_APPLICABLE
        return check.judge(self._tree, self.evidence.variables)

    def _read(self) -> None:
        kept = self.evidence.configuration
        if kept is None:
            self._missing = unknown(_NO_CONFIGURATION)
            return
        try:
            rules = grammar(self.evidence.device.platform)
        except KeyError:
            self._missing = unknown(_NO_GRAMMAR)
            return
        self._tree = Tree(kept.text, rules)


_Prepared = Callable[[Facing], Outcome]


class _PreparedRule:
    """A rule with its selector parsed, and its checks by platform once one was met."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._selector = parse_selector(rule.select)
        self._checks = tuple((check.platform, _prepared(check)) for check in rule.checks)
        self._formerly = tuple((check.platform, _prepared(check)) for check in rule.formerly)
        self._of_platform: dict[str, tuple[tuple[_Prepared, ...], tuple[_Prepared, ...]]] = {}

    def judge(self, facing: Facing) -> Finding:
        """The finding, waivers not yet considered."""
        evidence, rule = facing.evidence, self.rule
        device, today = evidence.device, evidence.today
        begun = rule.valid_from is None or rule.valid_from <= today
        if not begun or not self._selector.holds(device):
            return Finding(rule.id, device.name, "not_applicable")
        checks, formerly = self._for(device.platform)
        outcome = _outcome(facing, checks)
        finding = Finding(rule.id, device.name, outcome.verdict, outcome.details)
        in_grace = rule.grace_until is not None and today <= rule.grace_until
        if not in_grace or outcome.verdict not in ("fail", "unknown"):
            return finding
        return self._in_grace(finding, facing, formerly)

    def _in_grace(
        self, finding: Finding, facing: Facing, formerly: tuple[_Prepared, ...]
    ) -> Finding:
        """Both baselines will do; without an old one a failure is only announced."""
        announced = replace(finding, verdict="pass", due=self.rule.grace_until)
        if not self.rule.formerly:
            return announced if finding.verdict == "fail" else finding
        before = _outcome(facing, formerly)
        well = before.verdict == "pass"
        if well or (before.verdict == "not_applicable" and finding.verdict == "fail"):
            return announced
        return replace(finding, due=self.rule.grace_until)

    def _for(self, platform: str) -> tuple[tuple[_Prepared, ...], tuple[_Prepared, ...]]:
        found = self._of_platform.get(platform)
        if found is None:
            found = self._of_platform[platform] = (
                _concerning(platform, self._checks),
                _concerning(platform, self._formerly),
            )
        return found


def _outcome(facing: Facing, checks: Iterable[_Prepared]) -> Outcome:
    return together(check(facing) for check in checks)


def _concerning(
    platform: str, checks: tuple[tuple[tuple[str, ...], _Prepared], ...]
) -> tuple[_Prepared, ...]:
    return tuple(check for platforms, check in checks if not platforms or platform in platforms)


def _prepared(check: Check) -> _Prepared:
    if check.configuration is not None:
        configuration = PreparedConfigurationCheck(check.configuration)
        return lambda facing: facing.configuration(configuration)
    if check.fact is not None:
        fact = PreparedFactCheck(check.fact)
        return lambda facing: fact.judge(facing.evidence)
    if check.hardware is not None:
        hardware = check.hardware
        return lambda facing: judge_hardware(hardware, facing.evidence)
    if check.process is not None:
        process = check.process
        return lambda facing: judge_process(process, facing.evidence)
    return lambda facing: unknown(_NO_CHECK)


_NO_CONFIGURATION = Text(
    th="ยังไม่มีค่าที่สำรองไว้ของอุปกรณ์นี้", en="no configuration of the device has been kept yet"
)
_NO_GRAMMAR = Text(
    th="ระบบยังอ่านค่าของแพลตฟอร์มนี้ไม่ได้",
    en="configurations of this platform cannot be read",
)
_NO_CHECK = Text(th="เกณฑ์นี้ไม่ได้ระบุว่าตรวจอะไร", en="the rule does not say what to check")
