"""Judge devices by the rules, keep what stands, and tell what became different."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias, get_args

from controller.accounts.actor import Actor, require
from controller.compliance.facts_used import facts_used
from controller.compliance.finding import Finding, Verdict
from controller.compliance.judging import Judge
from controller.compliance.rulebook import RuleBook
from controller.compliance.scores import Count, Tally
from controller.compliance.time_bound import depends_on_time
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.inventory.selector import parse_selector
from controller.inventory.watching import Severity
from controller.operations.back_up_devices import back_up_devices
from controller.operations.context import Context
from controller.operations.gather_evidence import Gathering, gather_evidence
from controller.operations.select_devices import devices_meant
from controller.store import audit_log, audits, findings
from controller.store.audits import OFFICE, Scope, Why
from controller.store.engine import Connection
from controller.store.findings import Standing
from controller.thai import bangkok_date

Counted: TypeAlias = "tuple[Severity, str, Verdict, int]"
"""How many findings of rules of a severity have a verdict on a device."""


@dataclass(frozen=True)
class Audit:
    """One audit of `devices` by `rules`; what stands of them is read by `findings_of`.

    `judged` devices were judged anew; of the others nothing had changed since. `changed` are the
    findings whose verdict is another one than before, `tally` the sum of what stands.
    """

    id: int
    at: datetime
    by: str
    devices: tuple[str, ...]
    rules: tuple[str, ...]
    judged: int
    changed: tuple[Finding, ...]
    tally: Tally


def audit_devices(
    context: Context,
    actor: Actor,
    selector: str = "all",
    *,
    rules: Collection[str] = (),
    why: Why = "asked",
    fetch: bool = False,
    again: bool = False,
) -> Audit:
    """Judge the selected devices by every rule, or by `rules` alone.

    What is judged is the newest configuration kept of each; `fetch` asks the devices first. A
    device of which nothing has changed since it was last judged keeps its findings, unless `again`.
    Errors: `InputError` for a selector that selects nothing; `NotFound` for a rule there is not.
    """
    require(actor, "audit_devices")
    chosen = parse_selector(selector)
    devices = devices_meant(context.inventory(), chosen)
    book = chosen_rules(context.rulebook(), rules)
    if fetch:
        back_up_devices(context, actor, selector)
    return judge_devices(
        context,
        actor.username,
        devices,
        book,
        why=why,
        selector=chosen.text,
        again=again,
        whole=not rules,
    )


def findings_of(
    context: Context, actor: Actor, audit: Audit, verdicts: Collection[Verdict] | None = None
) -> tuple[Standing, ...]:
    """What stands on the devices of an audit of its rules, by device and rule; None: every verdict.

    Of 1,500 devices that is a great deal, and mostly passes: whoever needs it asks for it.
    """
    require(actor, "audit_devices")
    with context.store.read() as conn:
        return tuple(
            findings.standing(conn, devices=audit.devices, rules=audit.rules, verdicts=verdicts)
        )


def chosen_rules(book: RuleBook, rules: Collection[str]) -> RuleBook:
    """The rule book with these rules alone; all of it for none. Errors: `NotFound`."""
    if not rules:
        return book
    for name in rules:
        book.known(name)
    return book.only(rules)


def judge_devices(
    context: Context,
    by: str,
    devices: Sequence[Device],
    book: RuleBook,
    *,
    why: Why,
    selector: str,
    again: bool = False,
    whole: bool = True,
) -> Audit:
    """The audit itself, for whoever is allowed to ask for it already."""
    now = context.clock()
    inventory = context.inventory()
    gathered, keys = known_now(context, devices, book)
    with context.store.read() as conn:
        known = findings.judged_keys(conn)
    anew = [d for d in devices if again or not whole or known.get(d.name, ("",))[0] != keys[d.name]]
    judged = _judged(gathered, book, anew)
    with context.store.begin() as conn:
        audit = audits.start_audit(
            conn,
            at=now,
            by=by,
            why=why,
            selector=selector,
            devices=len(devices),
            rulebook=digest_of(book),
        )
        changed = findings.save_findings(conn, audit, now, judged, whole=whole)
        if whole:
            findings.mark_judged(conn, audit, now, {d.name: keys[d.name] for d in anew})
        findings.forget_devices(conn, [d.name for d in inventory.devices])
        names = [d.name for d in devices]
        everything = list(_counted(conn, context.rulebook()))
        counted = everything if whole else list(_counted(conn, book))
        tally = _tally(counted, frozenset(names))
        audits.end_audit(conn, audit, judged=len(anew), changed=len(changed), tally=tally)
        _keep_trend(conn, inventory, context.rulebook(), everything, now)
        audit_log.append(
            conn,
            actor=by,
            action="audit_devices",
            subject=f"audit {audit}",
            content={
                "selector": selector,
                "why": why,
                "failed": tally.failed,
                "unknown": tally.unknown,
            },
            at=now,
        )
    told = tuple(rule.id for rule in book.rules)
    return Audit(audit, now, by, tuple(names), told, len(anew), tuple(changed), tally)


def known_now(
    context: Context, devices: Sequence[Device], book: RuleBook
) -> tuple[Gathering, dict[str, str]]:
    """What is known of these devices, and by name a digest of all their verdicts depend on."""
    gathered = gather_evidence(context, devices, facts_used(book))
    held = f"{digest_of(book)} {_phase(book, context.today())}"
    by_time = depends_on_time(book)
    return gathered, {d.name: _key(gathered.key(d.name, by_time=by_time), held) for d in devices}


def digest_of(book: RuleBook) -> str:
    """The digest over every file of rules and waivers, and which rules of them are meant."""
    told = [f"{path} {sha}" for path, sha in sorted(book.files.items())]
    told += sorted(rule.id for rule in book.rules)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _phase(book: RuleBook, today: date) -> str:
    """Which rules hold, which are in their grace and which waivers have run out today."""
    over = [bool(r.valid_from and r.valid_from > today) for r in book.rules]
    over += [bool(r.grace_until and r.grace_until < today) for r in book.rules]
    over += [waiver.until < today for waiver in book.waivers]
    return "".join("01"[is_over] for is_over in over)


def _key(evidence: str, rules: str) -> str:
    return hashlib.sha256(f"{evidence} {rules}".encode()).hexdigest()


def _judged(
    gathered: Gathering, book: RuleBook, devices: Sequence[Device]
) -> dict[str, tuple[Finding, ...]]:
    judge = Judge(book)
    return {d.name: judge.judge(gathered.evidence(d.name)) for d in devices}


def _counted(conn: Connection, book: RuleBook) -> Iterator[Counted]:
    for severity in get_args(Severity):
        rules = [rule.id for rule in book.rules if rule.severity == severity]
        for device, verdict, number in findings.verdicts_by_device(conn, rules):
            yield severity, device, verdict, number


def _tally(counted: Iterable[Counted], devices: AbstractSet[str]) -> Tally:
    count = Count()
    for severity, device, verdict, number in counted:
        if device in devices:
            count.add(verdict, severity, number)
    return count.tally()


def _keep_trend(
    conn: Connection,
    inventory: Inventory,
    book: RuleBook,
    counted: Iterable[Counted],
    now: datetime,
) -> None:
    """How everything stands after this audit is how the day stands."""
    counts: dict[tuple[Scope, str], Count] = {("office", OFFICE): Count()}
    for severity, device, verdict, number in counted:
        found = inventory.device(device)
        if found is not None:
            site = inventory.site_of(found)
            for key in _scopes(site.site, site.district):
                counts.setdefault(key, Count()).add(verdict, severity, number)
    for name, verdict, number in findings.verdicts_by_rule(conn):
        rule = book.rule(name)
        if rule is not None:
            counts.setdefault(("rule", name), Count()).add(verdict, rule.severity, number)
    day = bangkok_date(now)
    audits.save_tallies(conn, day, {key: count.tally() for key, count in counts.items()})


def _scopes(site: str, district: str) -> tuple[tuple[Scope, str], ...]:
    return ("office", OFFICE), ("district", district), ("site", site)
