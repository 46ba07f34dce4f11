"""What a playbook is told: the kinds of parameters, and how what people type becomes a value."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from controller.errors import InputError, Text
from controller.language import nearest, shown
from controller.settings import SECRET_NAME
from controller.thai import arabic_digits

if TYPE_CHECKING:
    from controller.playbooks.meta import Meta

Kind = Literal[
    "text", "integer", "yes-no", "choice", "vlan", "address", "network", "interface", "secret"
]
KINDS: dict[Kind, Text] = {
    "text": Text(th="ข้อความ", en="text"),
    "integer": Text(th="จำนวนเต็ม", en="whole number"),
    "yes-no": Text(th="ใช่หรือไม่", en="yes or no"),
    "choice": Text(th="เลือกหนึ่งอย่าง", en="one of"),
    "vlan": Text(th="หมายเลข VLAN 1–4094", en="VLAN number 1–4094"),
    "address": Text(th="ที่อยู่ IP", en="IP address"),
    "network": Text(th="เครือข่าย เช่น 10.20.0.0/24", en="network such as 10.20.0.0/24"),
    "interface": Text(th="ชื่อพอร์ตเต็ม เช่น GigabitEthernet1/0/1", en="interface by its full name"),
    "secret": Text(th="ชื่อรหัสลับใน [secrets]", en="name of a secret in [secrets]"),
}
Value = str | int | bool | tuple[str, ...]
NAME = r"^[a-z][a-z0-9_]{0,62}$"
LONGEST = 500

_INTERFACE = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,40}? ?[0-9]{1,4}(?:[/.:][0-9]{1,5}){0,5}")
_YES = ("yes", "true", "ใช่")
_NO = ("no", "false", "ไม่ใช่", "ไม่")
# Ansible would carry out what stands in these, on the machine of the program itself.
_TEMPLATE = re.compile(r"\{[{%#]|[%#}]\}")
# A device would write the answer of a command to a file: only where the playbook's pattern says so.
_PASSING_ON = re.compile(r"[|>]")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Parameter(BaseModel):
    """One parameter. A `secret` is a name of `[secrets]` in khaen.toml, never the secret itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind = Field(description="What values it takes")
    th: str = Field(min_length=1, description="What it is, in Thai")
    en: str = Field(min_length=1, description="What it is, in English")
    default: str | int | bool | tuple[str, ...] | None = Field(
        default=None, description='Value when none is given; `""` for nothing; without one required'
    )
    many: bool = Field(default=False, description="Takes several values: a,b,c")
    choices: tuple[Annotated[str, Field(min_length=1)], ...] = Field(
        default=(), description="Values it takes; with kind `choice`"
    )
    least: int | None = Field(default=None, description="Smallest value; with kind `integer`")
    most: int | None = Field(default=None, description="Largest value; with kind `integer`")
    pattern: str | None = Field(
        default=None, max_length=200, description="Regular expression; with kind `text`"
    )

    @property
    def text(self) -> Text:
        """What it is."""
        return Text(th=self.th, en=self.en)

    @property
    def required(self) -> bool:
        """Whether a value must be given."""
        return self.default is None

    @property
    def takes(self) -> Text:
        """What values it takes, in words."""
        told = KINDS[self.kind]
        if self.kind == "choice":
            words = ", ".join(self.choices)
            told = Text(th=f"{told.th}: {words}", en=f"{told.en}: {words}")
        if self.kind == "integer" and (self.least is not None or self.most is not None):
            low, high = ("" if n is None else n for n in (self.least, self.most))
            span = f"{low}–{high}"
            told = Text(th=f"{told.th} {span}", en=f"{told.en} {span}")
        if self.many:
            told = Text(th=f"{told.th} (หลายค่า คั่นด้วย ,)", en=f"{told.en} (several, with commas)")
        return told


def read_value(parameter: Parameter, text: str, name: str = "") -> Value:
    """What was typed for a parameter, as Ansible is to have it.

    Several values (`many`) are a tuple of texts without repetitions. An empty text is allowed only
    where the parameter has a default, and then is that default.

    Errors: `InputError` that names the parameter (by `name`, else by its words) and what it takes.
    """
    typed = text.strip()
    if not typed:
        if parameter.default is None:
            raise _missing(parameter, name)
        return default_of(parameter)
    try:
        if parameter.many:
            given = [part.strip() for part in typed.split(",")]
            return tuple(dict.fromkeys(str(_READERS[parameter.kind](parameter, p)) for p in given))
        return _READERS[parameter.kind](parameter, typed)
    except _WrongError as wrong:
        raise _refused(parameter, name, wrong) from None


def default_of(parameter: Parameter) -> Value:
    """The value when none is given. Errors: `InputError` when the default itself is none."""
    told = parameter.default
    if told is None or told in {"", ()}:
        return () if parameter.many else ""
    if isinstance(told, bool):
        told = "yes" if told else "no"
    return read_value(parameter, ",".join(told) if isinstance(told, tuple) else str(told))


def read_parameters(
    meta: Meta, given: Mapping[str, str], secrets: Collection[str] | None = None
) -> tuple[tuple[str, Value], ...]:
    """What a playbook is told: every parameter with its value, by name.

    `given` is what people typed, by name; what they left empty counts as not given. With
    `secrets`, the names in khaen.toml, one that is not among them is refused.

    Errors: `InputError` for a parameter the playbook does not have, one that is missing, a value
    it does not take.
    """
    parameters = meta.parameters
    for name in given:
        if name not in parameters:
            raise _unknown(name, parameters)
    values: list[tuple[str, Value]] = []
    for name, parameter in sorted(parameters.items()):
        value = read_value(parameter, given.get(name, ""), name)
        if parameter.kind == "secret" and secrets is not None:
            _require_secrets(parameter, name, value, secrets)
        values.append((name, value))
    return tuple(values)


def typed(value: Value) -> str:
    """A value as people would type it: `read_value` gives the same value again."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(value) if isinstance(value, tuple) else str(value)


def faults_of(parameter: Parameter) -> Iterator[tuple[str, Text]]:
    """What contradicts itself in a parameter: the key and why."""
    for key, kind in _ONLY_WITH.items():
        if getattr(parameter, key) not in {None, ()} and parameter.kind != kind:
            yield key, Text(th=f"ใช้ได้เฉพาะกับ kind: {kind}", en=f"goes only with `kind: {kind}`")
    if parameter.kind == "choice" and not parameter.choices:
        yield "kind", _NO_CHOICES
    least, most = parameter.least, parameter.most
    if least is not None and most is not None and least > most:
        yield "most", _UPSIDE_DOWN
    if parameter.pattern is not None:
        try:
            re.compile(parameter.pattern)
        except re.error:
            yield "pattern", _NO_PATTERN
            return
    if parameter.default is not None:
        try:
            default_of(parameter)
        except InputError as error:
            yield "default", error.message


class _WrongError(Exception):
    """Not a value of the kind; `why` where there is more to say, `near` what may be meant."""

    def __init__(self, part: str, why: Text | None = None, near: str = "") -> None:
        super().__init__(part)
        self.part = part
        self.why = why
        self.near = near


def _text(parameter: Parameter, part: str) -> str:
    if _UNSEEN.search(part) or _TEMPLATE.search(part):
        raise _WrongError(part, _NO_TEMPLATES)
    if len(part) > LONGEST:
        raise _WrongError(part[:40] + "…", _TOO_LONG)
    if parameter.pattern is None and _PASSING_ON.search(part):
        raise _WrongError(part, _NO_PASSING_ON)
    if parameter.pattern is not None and not re.fullmatch(parameter.pattern, part):
        pattern = parameter.pattern
        raise _WrongError(part, Text(th=f"ต้องตรงกับ {pattern}", en=f"it must match {pattern}"))
    return part


def _integer(parameter: Parameter, part: str) -> int:
    digits = arabic_digits(part)
    if not re.fullmatch(r"-?[0-9]{1,15}", digits):
        raise _WrongError(part)
    value = int(digits)
    low = parameter.least is not None and value < parameter.least
    if low or (parameter.most is not None and value > parameter.most):
        raise _WrongError(part)
    return value


def _vlan(parameter: Parameter, part: str) -> int:
    value = _integer(parameter, part)
    if not 1 <= value <= 4094:
        raise _WrongError(part)
    return value


def _yes_no(_: Parameter, part: str) -> bool:
    word = part.lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise _WrongError(part, Text(th="ตอบ yes หรือ no", en="say yes or no"))


def _choice(parameter: Parameter, part: str) -> str:
    if part in parameter.choices:
        return part
    raise _WrongError(part, near=nearest(part.lower(), parameter.choices))


def _address(_: Parameter, part: str) -> str:
    try:
        return str(ipaddress.ip_address(arabic_digits(part)))
    except ValueError:
        raise _WrongError(part) from None


def _network(_: Parameter, part: str) -> str:
    try:
        loose = ipaddress.ip_network(arabic_digits(part), strict=False)
    except ValueError:
        raise _WrongError(part) from None
    if "/" not in part or str(ipaddress.ip_address(arabic_digits(part).split("/")[0])) != str(
        loose.network_address
    ):
        raise _WrongError(part, near=str(loose))
    return str(loose)


def _interface(_: Parameter, part: str) -> str:
    if not _INTERFACE.fullmatch(part):
        raise _WrongError(part)
    return part


def _secret(_: Parameter, part: str) -> str:
    if not re.fullmatch(SECRET_NAME, part):
        # What was typed may be the secret itself: never said again.
        raise _WrongError("", _NAME_NOT_SECRET)
    return part


_READERS: dict[Kind, Callable[[Parameter, str], Value]] = {
    "text": _text,
    "integer": _integer,
    "yes-no": _yes_no,
    "choice": _choice,
    "vlan": _vlan,
    "address": _address,
    "network": _network,
    "interface": _interface,
    "secret": _secret,
}
_ONLY_WITH: dict[str, Kind] = {
    "choices": "choice", "least": "integer", "most": "integer", "pattern": "text",
}  # fmt: skip


def secrets_given(meta: Meta, values: Iterable[tuple[str, Value]]) -> tuple[str, ...]:
    """The names of the secrets that a playbook gets by these values of its parameters, sorted."""
    given = [value for name, value in values if meta.parameters[name].kind == "secret"]
    words = (word for v in given for word in (v if isinstance(v, tuple) else (v,)))
    return tuple(sorted({str(word) for word in words if word}))


def _require_secrets(
    parameter: Parameter, name: str, value: Value, secrets: Collection[str]
) -> None:
    for word in value if isinstance(value, tuple) else (str(value),):
        if word and word not in secrets:
            why = Text(th="khaen.toml ไม่มีรหัสลับชื่อนี้ใน [secrets]", en="khaen.toml has no such secret")
            raise _refused(parameter, name, _WrongError("", why, nearest(word, secrets)))


def _refused(parameter: Parameter, name: str, wrong: _WrongError) -> InputError:
    called = name or parameter.en
    said = f" “{wrong.part}”" if wrong.part else ""
    th, en = (
        f"ค่า{said} ของ {name or parameter.th} ใช้ไม่ได้",
        f"{called} does not take{said or ' that'}",
    )
    if wrong.why:
        th, en = f"{th}: {wrong.why.th}", f"{en}: {wrong.why.en}"
    takes = parameter.takes
    if wrong.near:
        hint = Text(th=f"หมายถึง {wrong.near} ใช่หรือไม่", en=f"did you mean {wrong.near}?")
    else:
        hint = Text(th=f"รับ: {takes.th}", en=f"it takes: {takes.en}")
    return InputError(Text(th=th, en=en), hint=hint)


def _missing(parameter: Parameter, name: str) -> InputError:
    takes = parameter.takes
    return InputError(
        Text(
            th=f"ยังไม่ได้กำหนด {name or parameter.th}: {parameter.th}",
            en=f"{name or parameter.en} is missing: {parameter.en}",
        ),
        hint=Text(
            th=f"กำหนดด้วย --set {name or 'ชื่อ'}=ค่า โดยรับ: {takes.th}",
            en=f"give it with --set {name or 'NAME'}=VALUE; it takes: {takes.en}",
        ),
    )


def _unknown(name: str, parameters: Mapping[str, Parameter]) -> InputError:
    near = nearest(name.lower().replace("-", "_"), parameters)
    known = ", ".join(shown(name, parameters))
    if near:
        hint = Text(th=f"หมายถึง {near} ใช่หรือไม่", en=f"did you mean {near}?")
    elif known:
        hint = Text(th=f"มี: {known}", en=f"it has: {known}")
    else:
        hint = Text(th="เพลย์บุ๊กนี้ไม่รับค่าใด", en="this playbook takes none")
    return InputError(
        Text(th=f"เพลย์บุ๊กนี้ไม่มีค่าที่กำหนดชื่อ {name}", en=f"the playbook has no parameter {name}"),
        hint=hint,
    )


_NO_CHOICES = Text(th="kind: choice ต้องมี choices", en="`kind: choice` needs `choices`")
_UPSIDE_DOWN = Text(th="น้อยกว่า least", en="it is less than `least`")
_NO_PATTERN = Text(th="ไม่ใช่ regular expression", en="not a regular expression")
_NO_TEMPLATES = Text(
    th="ห้ามขึ้นบรรทัดใหม่ และห้ามมี {{ {% {#",
    en="no line breaks, and no {{ {% {#, which Ansible would carry out",
)
_NO_PASSING_ON = Text(
    th="ห้ามมี | และ > เว้นแต่ pattern ของเพลย์บุ๊กยอมให้มี",
    en="no | and no >, unless its pattern allows them",
)
_TOO_LONG = Text(th=f"ยาวเกิน {LONGEST} ตัวอักษร", en=f"longer than {LONGEST} characters")
_NAME_NOT_SECRET = Text(
    th="ต้องเป็นชื่อของรหัสลับ ไม่ใช่ตัวรหัสลับ", en="the name of a secret is wanted, never the secret"
)
