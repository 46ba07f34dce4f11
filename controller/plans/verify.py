"""A plan as a file: writing it, reading it back, and checking it without workspace or network."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from controller.errors import InputError, Text
from controller.language import nearest
from controller.plans.plan import FORMAT, DevicePlan, Plan
from controller.platforms.registry import PLATFORMS


@dataclass(frozen=True)
class PlanVerdict:
    """What checking a plan file found.

    `ok` is True when the plan is whole, has the id it must have, and nothing stands against it;
    False when something is wrong; None when something could not be checked: no id is stated or
    expected, or a platform is not known. `id` is computed from the content, None when there is
    none. Whether the id is the approved one, only the approval can tell.
    """

    ok: bool | None
    id: str | None
    problems: tuple[Text, ...]


class _DuplicateKeyError(ValueError):
    pass


def export_content(plan: Plan) -> dict[str, Any]:
    """What an exported plan file says: the id, and the content that the id is computed from."""
    return {"id": plan.id, "plan": plan.model_dump(mode="json")}


def export_bytes(plan: Plan) -> bytes:
    """An exported plan file: indented JSON in UTF-8."""
    text = json.dumps(export_content(plan), ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def read_plan(content: bytes) -> Plan:
    """The plan in an exported file, or in its canonical bytes.

    Nothing is concluded from the id the file states: use `check_plan_file`.

    Errors: `InputError` when it is no JSON, names a key twice, is of another format, or lacks a
    word or has an unknown one.
    """
    return _parse(_content(_json(content)))


def check_plan_file(content: bytes, expected: str | None = None) -> PlanVerdict:
    """Check a plan file, or canonical bytes, against the plan id it must have.

    Errors: none; a file that is no plan gives a verdict that says so.
    """
    try:
        raw = _json(content)
        told = _content(raw)
        plan = _parse(told)
    except InputError as error:
        return PlanVerdict(False, None, (error.message,))
    stated = raw.get("id") if "plan" in raw else None
    wrong = [
        *_id_problems(plan, stated, expected),
        *_form_problems(plan, told),
        *(_secret_in(device) for device in plan.devices if _has_secret(device)),
        *_refusals(plan),
    ]
    unknown = [text for device in plan.devices if (text := _unknown_platform(device))]
    if stated is None and expected is None:
        unknown.append(_NO_ID)
    ok = False if wrong else None if unknown else True
    return PlanVerdict(ok, plan.id, (*wrong, *unknown))


def _json(content: bytes) -> dict[str, Any]:
    try:
        raw = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_no_twins)
    except _DuplicateKeyError as error:
        told = Text(th=f"ไฟล์แผนมีคำว่า {error} ซ้ำ", en=f"the plan file has the key {error} twice")
        raise InputError(told) from None
    except RecursionError:
        raise InputError(_NOT_JSON) from None
    except ValueError as error:
        raise InputError(
            Text(th=f"{_NOT_JSON.th}: {error}", en=f"{_NOT_JSON.en}: {error}")
        ) from None
    if not isinstance(raw, dict):
        raise InputError(_NOT_JSON)
    return raw


_NO_ID = Text(
    th="ไม่มีเลขแผนให้เทียบ ทั้งในไฟล์และที่ระบุมา",
    en="there is no id to compare with, neither in the file nor given",
)
_NOT_JSON = Text(th="ไฟล์นี้ไม่ใช่ไฟล์แผน (JSON)", en="this is no plan file (JSON)")


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _DuplicateKeyError(key)
        found[key] = value
    return found


def _content(raw: dict[str, Any]) -> dict[str, Any]:
    """The plan's own content, inside the export or on its own."""
    inner = raw.get("plan", raw)
    extra = sorted(set(raw) - {"id", "plan"}) if "plan" in raw else []
    if not isinstance(inner, dict) or extra:
        named = ", ".join(extra) or "plan"
        raise InputError(
            Text(th=f"ไฟล์แผนมีคำที่ไม่รู้จัก: {named}", en=f"the plan file has unknown words: {named}")
        )
    if inner.get("format") != FORMAT:
        found = inner.get("format")
        raise InputError(
            Text(
                th=f"รูปแบบแผน {found!r} อ่านไม่ได้ รุ่นนี้อ่าน {FORMAT}",
                en=f"plan format {found!r} cannot be read; this version reads {FORMAT}",
            )
        )
    return inner


def _parse(content: dict[str, Any]) -> Plan:
    try:
        return Plan.model_validate_json(json.dumps(content), strict=True)
    except ValidationError as error:
        told = "; ".join(_explained(dict(one)) for one in error.errors(include_url=False))
        raise InputError(
            Text(th=f"ไฟล์แผนไม่ถูกต้อง: {told}", en=f"the plan file is not right: {told}")
        ) from None


def _explained(error: dict[str, Any]) -> str:
    place = ".".join(map(str, error["loc"]))
    word = str(error["loc"][-1]) if error["loc"] else ""
    known = (*Plan.model_fields, *DevicePlan.model_fields)
    near = nearest(word, known) if error["type"] == "extra_forbidden" else ""
    return f"{place}: {error['msg']}" + (f" (did you mean {near}?)" if near else "")


def _id_problems(plan: Plan, stated: object, expected: str | None) -> list[Text]:
    problems = []
    if stated is not None and stated != plan.id:
        problems.append(
            Text(
                th=f"ไฟล์บอกเลขแผน {stated} แต่เนื้อหามีเลขแผน {plan.id}",
                en=f"the file states the id {stated}, but its content has the id {plan.id}",
            )
        )
    if expected is not None and expected != plan.id:
        problems.append(
            Text(
                th=f"ต้องเป็นแผน {expected} แต่ไฟล์นี้คือแผน {plan.id}",
                en=f"expected plan {expected}, but this is plan {plan.id}",
            )
        )
    return problems


def _form_problems(plan: Plan, told: dict[str, Any]) -> list[Text]:
    """Whether the file says everything, once, in the order a plan is written in."""
    names = [device.device for device in plan.devices]
    left = [device.device for device in plan.left_out]
    paths = [file.path for file in plan.inputs]
    problems = []
    if told != plan.model_dump(mode="json"):
        problems.append(
            Text(th="ไฟล์ไม่ได้บอกเนื้อหาแผนครบทุกคำ", en="the file does not say every word of the plan")
        )
    if any(part != sorted(set(part)) for part in (names, left, paths)) or set(names) & set(left):
        problems.append(
            Text(
                th="รายการในแผนซ้ำกันหรือไม่เรียงตามลำดับ",
                en="entries of the plan stand twice or out of order",
            )
        )
    return problems


def _unknown_platform(device: DevicePlan) -> Text | None:
    if device.platform in PLATFORMS:
        return None
    return Text(
        th=f"{device.device}: ไม่รู้จักแพลตฟอร์ม {device.platform} จึงตรวจรหัสลับไม่ได้",
        en=f"{device.device}: unknown platform {device.platform}, secrets cannot be looked for",
    )


def _has_secret(device: DevicePlan) -> bool:
    known = PLATFORMS.get(device.platform)
    texts = (device.candidate, device.diff, *(task.lines for task in device.tasks))
    return known is not None and any(known.has_plain_secret(text) for text in texts)


def _secret_in(device: DevicePlan) -> Text:
    return Text(
        th=f"{device.device}: มีข้อความที่น่าจะเป็นรหัสลับ",
        en=f"{device.device}: what looks like a secret stands in the plan",
    )


def _refusals(plan: Plan) -> list[Text]:
    return [
        Text(
            th=f"{device} [{reason.check}]: {reason.th}",
            en=f"{device} [{reason.check}]: {reason.en}",
        )
        for device, reason in plan.refusals()
    ]
