"""The audit log as one file that anybody can verify without the database.

JSON lines: a header with the format and the public key, the entries, and the signed head. The head
is signed only when the log itself was found to be whole at that moment; otherwise the last line
says what was wrong, and no verification of the file will ever be ok.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from controller.errors import InputError, StoreError, Text
from controller.store import audit_words as words
from controller.store.audit_chain import check
from controller.store.audit_entry import Anchor, ChainProblem, Entry, Verdict
from controller.store.audit_keeper import AuditKeeper
from controller.store.canonical import canonical, time_text, time_value
from controller.store.engine import Store

FORMAT = "khaen-audit-log/1"


def export_log(store: Store, keeper: AuditKeeper, target: Path, at: datetime) -> Verdict:
    """Write the log to `target`, replacing it whole; gives the verdict on the log itself.

    Errors: `StoreError`.
    """
    header = {"format": FORMAT, "public_key": keeper.public_key, "exported": time_text(at)}
    new = target.with_name(f".{target.name}.new")
    try:
        with new.open("w", encoding="utf-8") as file:
            file.write(canonical(header) + "\n")
            verdict = keeper.verify(
                store, lambda entry: file.write(canonical(entry.as_json()) + "\n")
            )
            file.write(canonical(_last_line(keeper, verdict, at)) + "\n")
        new.replace(target)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise StoreError(
            Text(
                th=f"เขียนแฟ้ม {target} ไม่ได้: {error.strerror}",
                en=f"cannot write the file {target}: {error.strerror}",
            )
        ) from error
    return verdict


def _last_line(keeper: AuditKeeper, verdict: Verdict, at: datetime) -> dict[str, Any]:
    if verdict.ok is not True:
        return {"problems": [p.message.en for p in verdict.problems]}
    signed = keeper.sign(verdict.last, verdict.head, time_text(at))
    return {
        "seq": signed.seq,
        "hash": signed.hash,
        "at": signed.at,
        "signature": signed.signature,
    }


def verify_export(source: Path, public_key: str | None = None) -> Verdict:
    """Check an exported file by itself.

    `public_key` is the key the office gave out; without it the key in the file is believed, and
    the verdict's `key` is for the reader to compare. Errors: `InputError` when it is no export.
    """
    lines = _lines(source)
    header = _parsed(lines[0]) if lines else {}
    if header.get("format") != FORMAT:
        raise InputError(
            Text(
                th=f"{source.name} ไม่ใช่แฟ้มบันทึกตรวจสอบที่ส่งออกจากระบบนี้",
                en=f"{source.name} is no exported audit log",
            ),
            hint=Text(
                th="สร้างแฟ้มด้วย khaen audit-log export",
                en="make one with khaen audit-log export",
            ),
        )
    key = public_key or str(header.get("public_key"))
    head, problems = _ending(source.name, lines)
    entries: list[Entry] = []
    for number, line in enumerate(lines[1:-1] if len(lines) > 1 else [], 2):
        entry = _entry(line)
        if entry is None:
            problems.append(_problem(words.unreadable(number, source.name), certain=True))
        else:
            entries.append(entry)
    verdict = check(entries, head, public_key=key)
    for problem in problems:
        verdict = verdict.also(problem)
    return verdict


def _ending(name: str, lines: list[bytes]) -> tuple[list[Anchor], list[ChainProblem]]:
    last = _parsed(lines[-1])
    if isinstance(last.get("problems"), list):
        said = [str(problem) for problem in last["problems"]]
        return [], [_problem(words.known_wrong(problem), certain=True) for problem in said]
    try:
        anchor = Anchor(
            int(last["seq"]), str(last["hash"]), str(last["at"]), str(last["signature"]), len(lines)
        )
    except (KeyError, TypeError, ValueError):
        return [], [_problem(words.headless(name), certain=False)]
    return [anchor], []


def _problem(message: Text, *, certain: bool) -> ChainProblem:
    return ChainProblem(0, "unreadable", certain, message)


def _lines(source: Path) -> list[bytes]:
    try:
        return source.read_bytes().splitlines()
    except OSError as error:
        raise InputError(
            Text(
                th=f"อ่านแฟ้ม {source} ไม่ได้: {error.strerror}",
                en=f"cannot read the file {source}: {error.strerror}",
            )
        ) from error


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _entry(line: bytes) -> Entry | None:
    said = _parsed(line)
    try:
        return Entry(
            seq=int(said["seq"]),
            at=time_value(said["at"]),
            actor=said["actor"],
            action=said["action"],
            subject=said["subject"],
            content=said["content"],
            previous=said["previous"],
            hash=said["hash"],
        )
    except (KeyError, TypeError, ValueError):
        return None
