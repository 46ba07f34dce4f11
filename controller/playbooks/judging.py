"""What is wrong with a playbook beside what its catalogue entry says, and what is odd about it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from controller.errors import Problem, Text
from controller.language import nearest
from controller.playbooks.meta import Meta
from controller.playbooks.modules import likely
from controller.playbooks.nodes import Spot, templated
from controller.playbooks.tasks import Plays, Seen

_HERE = ("localhost", "127.0.0.1")
_EVERY = ("all", "*")


def faults(meta: Meta, plays: Plays) -> Iterator[Problem]:
    """What must be mended before the playbook may be used."""
    for play in plays.plays:
        yield from _hosts(play)
        if play.at("vars_prompt"):
            yield play.at("vars_prompt").problem(_NOBODY_ANSWERS)
    for place in plays.places:
        yield from _reached(place)
        yield from _elsewhere(place)
        yield from _vault(place)
    for seen in plays.seen:
        yield from _task(meta, seen)


def oddities(meta: Meta, plays: Plays, groups: Collection[str]) -> Iterator[Problem]:
    """What people should know before they run it. `groups` are names of groups there are."""
    named = [word for play in plays.plays for word in _named(play.at("hosts"))]
    for platform in meta.platforms:
        if plays.plays and not {platform, *_EVERY} & {*named}:
            yield plays.plays[0].at("hosts").problem(_no_play(platform))
    for play in plays.plays:
        hosts = play.at("hosts")
        for word in _named(hosts):
            if word in {*_EVERY, *_HERE, *meta.platforms}:
                continue
            near = "" if word in groups or templated(word) else nearest(word, groups)
            message = _maybe_no_group(word) if near else _only_group(word)
            yield hosts.problem(message, suggestion=near)
        if not play.at("gather_facts"):
            yield play.problem(_GATHERS)
        if play.at("serial") or play.at("strategy"):
            yield (play.at("serial") or play.at("strategy")).problem(_BATCHES)
    for seen in plays.seen:
        here = seen.spot.at("delegate_to")
        if here.word in _HERE or seen.spot.at("local_action"):
            yield (here or seen.spot).problem(_ON_THIS_MACHINE)


def _named(hosts: Spot) -> list[str]:
    """The groups a play names: `a,b`, `a:&b`, `a:!b`, or a list of such."""
    parts = [
        part
        for word in hosts.words()
        for part in ([word] if templated(word) else re.split("[,:;]", word))
    ]
    return [part.strip(" !&") for part in parts if part.strip(" !&")]


def _hosts(play: Spot) -> Iterator[Problem]:
    hosts = play.at("hosts")
    if not hosts:
        yield play.problem(_NO_HOSTS)
    elif any(word in _HERE for word in _named(hosts)):
        yield hosts.problem(_NO_DEVICE, allowed=("all",), suggestion="all")


def _reached(place: Spot) -> Iterator[Problem]:
    for key, at, _ in place.keys():  # noqa: SIM118 - not a dict
        if key in _REACHED:
            yield at.problem(_INVENTORY_SAYS)
    for told in (place, place.at("vars"), place.at(*_SETS_FACTS)):
        yield from steering(told)


def steering(told: Spot) -> Iterator[Problem]:
    """Variables that would lead Ansible to another device, or to it as somebody else."""
    for key, at, _ in told.keys():  # noqa: SIM118 - not a dict
        if key.startswith(_REACHED_BY):
            yield at.problem(_INVENTORY_SAYS)


def _elsewhere(place: Spot) -> Iterator[Problem]:
    """Ways to a device that nobody selected, planned or approved."""
    there = place.at("delegate_to")
    if there and there.word not in _HERE and not _ITSELF.fullmatch(there.word):
        yield there.problem(_OTHER_DEVICE, allowed=("localhost",))


def _vault(spot: Spot) -> Iterator[Problem]:
    for _, _, value in spot.at("vars").keys():  # noqa: SIM118 - not a dict
        if value.encrypted:
            yield value.problem(_ENCRYPTED)


def _task(meta: Meta, seen: Seen) -> Iterator[Problem]:
    task, spot = seen.task, seen.spot
    meant = likely(task.module)
    if meant:
        yield spot.problem(_FULL_NAME, suggestion=meant)
        return
    if task.module.removeprefix("ansible.builtin.") == "add_host":
        yield spot.problem(_OTHER_DEVICE)
    elif meta.risk == "read" and not task.only_reads:
        yield spot.problem(_may_change(task.called, task.module))
    elif task.check_mode is False and task.does != "reads":
        yield (spot.at("check_mode") or spot).problem(_changes_in_check_mode(task.called))


_REACHED = ("connection", "port", "remote_user")
_SETS_FACTS = ("ansible.builtin.set_fact", "set_fact", "ansible.legacy.set_fact")
_ITSELF = re.compile(r"\{\{ *inventory_hostname *\}\}")
_REACHED_BY = (
    "ansible_host", "ansible_user", "ansible_password", "ansible_ssh", "ansible_network_os",
    "ansible_connection", "ansible_port", "ansible_become_pass", "ansible_httpapi",
)  # fmt: skip


def _may_change(task: str, module: str) -> Text:
    return Text(
        th=f"งานย่อย “{task}” ({module}) อาจเปลี่ยนแปลงอุปกรณ์ แต่เพลย์บุ๊กประกาศ risk: read "
        "ให้ใช้โมดูลที่อ่านอย่างเดียว (คำสั่งต้องขึ้นต้นด้วย show เป็นต้น) หรือประกาศ risk: change",
        en=f"“{task}” ({module}) may change a device, but the playbook says `risk: read`; use a "
        "module that only reads (commands that begin with show), or say `risk: change`",
    )


def _changes_in_check_mode(task: str) -> Text:
    return Text(
        th=f"งานย่อย “{task}” มี check_mode: false จึงเปลี่ยนแปลงอุปกรณ์ตั้งแต่ตอนจัดทำแผน ซึ่งทำไม่ได้",
        en=f"“{task}” has `check_mode: false`: it would change devices while a plan is only made",
    )


def _only_group(name: str) -> Text:
    return Text(
        th=f"play นี้ทำเฉพาะอุปกรณ์ในกลุ่ม {name} ส่วนเครื่องอื่นที่เลือกไว้จะไม่ถูกแตะต้อง",
        en=f"this play is only for devices of the group {name}; others that are selected pass",
    )


def _no_play(platform: str) -> Text:
    return Text(
        th=f"ไฟล์อธิบายระบุแพลตฟอร์ม {platform} แต่ไม่มี play ใดทำกับกลุ่มนี้หรือกับทุกเครื่อง",
        en=f"the entry names the platform {platform}, but no play is for that group, or for all",
    )


def _maybe_no_group(name: str) -> Text:
    return Text(
        th=f"ไม่รู้จักกลุ่ม {name}: มีกลุ่มตามแพลตฟอร์ม หน้าที่ หน่วยงาน (site_…) และอำเภอ (district_…) "
        "ถ้าไม่มีกลุ่มนี้ play จะไม่ทำอะไร",
        en=f"no group {name} is known: there is one for each platform, role, site (site_…) and "
        "district (district_…); without it the play does nothing",
    )


_NO_HOSTS = Text(
    th="play นี้ไม่บอก hosts ให้ใช้ hosts: all", en="the play has no `hosts`; say `hosts: all`"
)
_NO_DEVICE = Text(
    th="รันได้เฉพาะกับอุปกรณ์ที่เลือก ไม่รันกับเครื่องนี้เอง ให้ใช้ hosts: all "
    "แล้วใช้ delegate_to: localhost ในงานย่อยที่ต้องการ",
    en="it runs only for selected devices, not for this machine; say `hosts: all`, and "
    "`delegate_to: localhost` in the tasks that need it",
)
_INVENTORY_SAYS = Text(
    th="โปรแกรมบอก Ansible เองว่าเข้าถึงอุปกรณ์อย่างไรและด้วยบัญชีใด ให้ลบหัวข้อนี้",
    en="how devices are reached, and as whom, is told by the program; remove this",
)
_NOBODY_ANSWERS = Text(
    th="ไม่มีผู้ตอบระหว่างรัน ให้รับเป็นค่าที่กำหนดในไฟล์อธิบาย",
    en="nobody answers while it runs; take it as a parameter of the entry",
)
_OTHER_DEVICE = Text(
    th="เพลย์บุ๊กทำได้เฉพาะกับอุปกรณ์ที่เลือกและอยู่ในแผน จะไปทำกับเครื่องอื่นไม่ได้",
    en="a playbook touches only the devices that were selected and planned, never another one",
)
_ENCRYPTED = Text(
    th="ไม่ใช้ ansible-vault ให้เก็บรหัสลับใน [secrets] ของ khaen.toml แล้วรับเป็นค่าที่กำหนดชนิด secret",
    en="ansible-vault is not used; keep the secret in `[secrets]` of khaen.toml and take it as a "
    "parameter of kind `secret`",
)
_FULL_NAME = Text(th="ให้เขียนชื่อเต็มของโมดูล", en="write the full name of the module")
_GATHERS = Text(
    th="ไม่ได้บอก gather_facts ทุกเครื่องจึงถูกถามข้อมูลก่อนเริ่ม (ราว 1 วินาทีต่อเครื่อง) "
    "ถ้าไม่ใช้ให้บอก gather_facts: false",
    en="`gather_facts` is not said, so every device is asked for its facts first (about a second "
    "each); say `gather_facts: false` where they are not used",
)
_BATCHES = Text(
    th="แผนแบ่งอุปกรณ์เป็นชุดเองอยู่แล้ว หัวข้อนี้มีผลเฉพาะภายในชุดเดียวกัน",
    en="a plan makes its own batches of devices; this holds only within one of them",
)
_ON_THIS_MACHINE = Text(
    th="งานย่อยนี้ทำงานบนเครื่องของโปรแกรมเอง ไม่ใช่บนอุปกรณ์",
    en="this task works on the program's own machine, not on a device",
)
