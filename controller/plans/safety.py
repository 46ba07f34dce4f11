"""Whether a change is safe: small functions, each giving a reason against it or none.

A reason of a check in `plan.ACCEPTABLE` may be accepted by the proposer in the open; of any other
never. What is not known is not safe. Which lines are dangerous is data of the platform.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from controller.configuration.lines import Lines, count_lines
from controller.errors import Text
from controller.plans.effects import UNKNOWN_INTERFACE, Effect, place
from controller.plans.plan import Reason
from controller.plans.subject import Subject
from controller.platforms.rules import Change
from controller.platforms.text_rules import HIDDEN
from controller.platforms.vlans import EVERY, changed_vlans

SHOWN = 3
"""So many lines are named in a reason; more are counted."""

NEEDED = ("compare", "confirm-new-connection", "save")


def diff_unknown(subject: Subject) -> Reason | None:
    """The device gave no difference, or one that cannot be read to the last line."""
    difference = subject.difference
    if difference is not None and difference.readable and difference.located:
        return None
    if difference is None:
        th, en = "อุปกรณ์ไม่ได้บอกความแตกต่าง", "the device gave no difference"
    elif not difference.readable:
        th, en = "อ่านความแตกต่างที่อุปกรณ์บอกไม่เข้าใจ", "the device's difference cannot be read"
    else:
        th = "ไม่ทราบว่าบรรทัดที่เปลี่ยนอยู่ในส่วนใดของการตั้งค่า"
        en = "it is not known in which section a changed line stands"
    return Reason(check="diff_unknown", th=th, en=en)


def cuts_management(subject: Subject) -> Reason | None:
    """The change would cut our own way to the device."""
    found = [
        (Text(cut.th, cut.en), hits)
        for cut in subject.platform.safety.cuts
        if subject.is_bound(cut) and (hits := _hits(subject, (cut,)))
    ]
    if subject.uplink and (losing := _losing_vlan(subject)):
        found.append((_LOSES_VLAN, losing))
    if not found:
        return None
    return Reason(
        check="cuts_management",
        th="; ".join(f"{told.th} ({_named(hits)})" for told, hits in found),
        en="; ".join(f"{told.en} ({_named(hits)})" for told, hits in found),
    )


def management_unknown(subject: Subject) -> Reason | None:
    """The change touches what could be our way to the device, and which it is is not known."""
    unbound = [cut for cut in subject.platform.safety.cuts if not subject.is_bound(cut)]
    hits = _hits(subject, unbound)
    if not subject.uplink:
        hits += _losing_vlan(subject)
    if not hits:
        return None
    named = _named(hits)
    return Reason(
        check="management_unknown",
        th=f"บัญชีอุปกรณ์ไม่ได้บอกอินเทอร์เฟซดูแลหรือ uplink จึงไม่ทราบว่าจะตัดทางของเราหรือไม่ ({named})",
        en="management interface or uplink is not declared in the inventory, so this might cut us "
        f"off ({named})",
    )


def changes_logins(subject: Subject) -> Reason | None:
    """The change touches who may sign in to the device."""
    hits = _hits(subject, subject.platform.safety.logins)
    if not hits:
        return None
    return Reason(
        check="changes_logins",
        th=f"เปลี่ยนวิธีหรือบัญชีที่ใช้เข้าสู่อุปกรณ์ ({_named(hits)})",
        en=f"changes who may sign in to the device, or how ({_named(hits)})",
    )


def runs_commands(subject: Subject) -> Reason | None:
    """The candidate holds commands to the running system, which are no configuration."""
    hits = [
        Effect("", line, replaces=False)
        for line in _every_line(subject.candidate_lines)
        if subject.platform.safety.commands.fullmatch(line)
    ]
    if not hits:
        return None
    named = subject.platform.redact(_named(hits))
    return Reason(
        check="runs_commands",
        th=f"การตั้งค่าที่จะส่งมีคำสั่งสั่งงานระบบปนอยู่ ({named})",
        en=f"the candidate holds commands to the running system ({named})",
    )


def removes_much(subject: Subject) -> Reason | None:
    """The change removes a larger share of the configuration than the settings allow."""
    total = count_lines(subject.running_lines)
    removed = sum(_weight(subject, effect) for effect in subject.effects)
    limit = subject.limits.remove_percent
    if removed * 100 <= limit * total:
        return None
    return Reason(
        check="removes_much",
        th=f"ลบ {removed} จาก {total} บรรทัด เกินเกณฑ์ร้อยละ {limit}",
        en=f"removes {removed} of {total} lines, more than {limit} percent",
    )


def in_maintenance(subject: Subject) -> Reason | None:
    """Nothing may be pushed to the device at present."""
    why = subject.device.maintenance
    if not why:
        return None
    return Reason(
        check="in_maintenance",
        th=f"อุปกรณ์อยู่ระหว่างซ่อมบำรุง: {why}",
        en=f"the device is under maintenance: {why}",
    )


def no_rollback(subject: Subject) -> Reason | None:
    """Nothing would take the change back by itself."""
    platform = subject.platform
    if platform.rollback_on(subject.running) != "none":
        return None
    if platform.rollback == "none":
        th = f"{platform.title} ยังไม่มีวิธีย้อนการเปลี่ยนแปลงกลับเอง"
        en = f"{platform.title} has no way to take a change back by itself"
    else:
        line = platform.rollback_lines
        th = f"อุปกรณ์ย้อนการเปลี่ยนแปลงกลับเองไม่ได้ เพราะไม่ได้ตั้งค่า {line}"
        en = f"the device cannot take a change back by itself: {line} is not configured"
    return Reason(check="no_rollback", th=th, en=en)


def unsupported(subject: Subject) -> Reason | None:
    """The platform does not do, as far as we have proved, what this change needs."""
    platform = subject.platform
    # What a playbook did is taken back by replacing the whole configuration.
    operation = "replace" if subject.operation == "playbook" else subject.operation
    lacking = [need for need in (operation, *NEEDED) if not platform.can(need)]
    if not lacking:
        return None
    named = ", ".join(lacking)
    return Reason(
        check="unsupported",
        th=f"{platform.title} ยังไม่รองรับ {named}",
        en=f"{platform.title} is not supported for {named}",
    )


def plain_secret(subject: Subject) -> Reason | None:
    """The candidate holds what looks like a secret and is no reference."""
    if subject.operation == "playbook":
        # What a task would send is shown redacted: what is hidden there nobody can approve, unless
        # it comes of a secret the playbook is given by its name.
        found = bool(_hidden(subject)) and not subject.secrets
    else:
        found = subject.platform.has_plain_secret(subject.candidate)
    if not found:
        return None
    return Reason(
        check="plain_secret",
        th='พบข้อความที่น่าจะเป็นรหัสลับในการตั้งค่า ให้เขียนเป็น {{ secret("ชื่อ") }} ในแม่แบบแทน',
        en='what looks like a secret stands in the candidate; write {{ secret("name") }} instead',
    )


def hidden_secret(subject: Subject) -> Reason | None:
    """A line of the playbook holds what is made of the secrets it is given, and is not shown."""
    hidden = _hidden(subject) if subject.operation == "playbook" and subject.secrets else []
    if not hidden:
        return None
    shown = "; ".join(hidden[:SHOWN]) + (f"; +{len(hidden) - SHOWN}" if hidden[SHOWN:] else "")
    names = ", ".join(subject.secrets)
    return Reason(
        check="hidden_secret",
        th=f"มีบรรทัดที่แสดงไม่ครบเพราะทำขึ้นจากรหัสลับที่เพลย์บุ๊กได้รับ ({names}): {shown}",
        en=f"lines not shown whole: made of the secrets the playbook is given ({names}): {shown}",
    )


def not_predictable(subject: Subject) -> Reason | None:
    """A task of the playbook cannot say beforehand what it would do."""
    blind = [task for task in subject.tasks if task.effect == "not-predictable"]
    if not blind:
        return None
    named = "; ".join(task.task for task in blind[:SHOWN])
    more = f", +{len(blind) - SHOWN}" if len(blind) > SHOWN else ""
    return Reason(
        check="not_predictable",
        th=f"งานย่อยที่บอกล่วงหน้าไม่ได้ว่าจะทำอะไร: {named}{more}",
        en=f"tasks that cannot say beforehand what they would do: {named}{more}",
    )


def incomplete_replace(subject: Subject) -> Reason | None:
    """The candidate would replace everything, and is not a whole configuration."""
    if subject.operation != "replace":
        return None
    lines = subject.candidate_lines
    needed = subject.platform.safety.complete
    missing = [p for p in needed if not any(subject.fits(p, line) for line in lines)]
    if subject.management and not missing:
        return None
    user = subject.limits.account
    lacking = (p.split("\\")[0].strip().replace("<user>", user) for p in missing)
    named = ", ".join(lacking) or "interface <management>"
    return Reason(
        check="incomplete_replace",
        th=f"จะแทนที่การตั้งค่าทั้งหมด แต่การตั้งค่าใหม่ไม่ครบ ขาด {named}",
        en=f"would replace everything, but the new configuration is not whole: it lacks {named}",
    )


SAFETY: tuple[Callable[[Subject], Reason | None], ...] = (
    diff_unknown,
    cuts_management,
    management_unknown,
    changes_logins,
    runs_commands,
    removes_much,
    in_maintenance,
    no_rollback,
    unsupported,
    plain_secret,
    hidden_secret,
    not_predictable,
    incomplete_replace,
)


def reasons_against(subject: Subject) -> tuple[Reason, ...]:
    """Every reason against the change; none means that every check says it is safe."""
    return tuple(reason for check in SAFETY if (reason := check(subject)) is not None)


_LOSES_VLAN = Text(
    th="uplink จะไม่ส่ง VLAN ที่ใช้ดูแลอุปกรณ์อีกต่อไป",
    en="the uplink would no longer carry the management VLAN",
)


def _hits(subject: Subject, changes: Iterable[Change]) -> list[Effect]:
    wanted = tuple(changes)
    return [e for e in subject.effects if any(subject.matches(c, e) for c in wanted)]


def _losing_vlan(subject: Subject) -> list[Effect]:
    """Effects that take the management VLAN off the uplink (off any interface, if unknown)."""
    if not subject.management_vlans:
        return []
    uplinks = {f"interface {name}" for name in subject.uplink} | {UNKNOWN_INTERFACE}
    found = []
    for effect in subject.effects:
        match = subject.platform.safety.trunk_allowed.fullmatch(effect.text)
        if match is None or (subject.uplink and effect.section not in uplinks):
            continue
        now = _allowed(subject, effect.section)
        then = None if now is None else changed_vlans(now, match["verb"], match["vlans"])
        if then is None or not subject.management_vlans <= then:
            found.append(effect)
    return found


def _allowed(subject: Subject, section: str) -> frozenset[int] | None:
    allowed = subject.platform.safety.trunk_allowed
    found = (allowed.fullmatch(line) for line in place(subject.running_lines, (section,)))
    now: frozenset[int] | None = EVERY
    for match in found:
        if match is not None:
            now = None if now is None else changed_vlans(now, match["verb"], match["vlans"])
    return now


def _weight(subject: Subject, effect: Effect) -> int:
    """How many lines of the running configuration an effect removes."""
    removed = effect.text.removeprefix("no ")
    if removed == effect.text:
        return 0
    there = place(
        subject.running_lines, tuple(effect.section.split(" > ")) if effect.section else ()
    )
    gone = {
        ln: inner for ln, inner in there.items() if ln == removed or ln.startswith(f"{removed} ")
    }
    way = subject.operation
    typed = way == "playbook" or subject.platform.diff_style[way] == "commands"
    return count_lines(gone) if typed else min(len(gone), 1)


def _hidden(subject: Subject) -> list[str]:
    """The lines that something is hidden in, but for those that take it away."""
    lines = (line.strip() for line in subject.candidate.split("\n"))
    return [line for line in lines if HIDDEN in line and not line.startswith("no ")]


def _every_line(lines: Lines) -> Iterator[str]:
    for line, inner in lines.items():
        yield line
        yield from _every_line(inner)


def _named(hits: list[Effect]) -> str:
    shown = ", ".join(str(effect) for effect in hits[:SHOWN])
    return shown if len(hits) <= SHOWN else f"{shown}, +{len(hits) - SHOWN}"
