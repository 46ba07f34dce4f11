"""The smallest workspace with a bit of everything; tests break it in one place at a time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

SETTINGS_TOML = "khaen.toml"
OFFICE_YAML = "inventory/office.yaml"
GROUPS_YAML = "inventory/groups.yaml"
NORTH_YAML = "inventory/sites/north.yaml"
SOUTH_YAML = "inventory/sites/south.yaml"
NORTH_CSV = "inventory/assets/north.csv"
MODELS_YAML = "specs/models/all.yaml"
EDITIONS_YAML = "specs/editions.yaml"
BASELINES_YAML = "specs/baselines/old.yaml"
PLAYBOOK_YML = "playbooks/vlan.yml"
PLAYBOOK_META = "playbooks/vlan.meta.yaml"
ROLE_YML = "playbooks/roles/saved/tasks/main.yml"
IOS_TEMPLATE = "inventory/config/cisco_ios/access.j2"

Changes = Mapping[str, str | bytes | None]

SETTINGS = """\
language = "en"

[credentials]
username = "admin"
password = "env/DEVICE_PASSWORD"

[secrets]
snmp_ro = "env/SNMP_RO"
"""

OFFICE = """\
name_th: สำนักงานทดสอบ
name_en: Test Office
short: สนง.ทดสอบ
group_th: กลุ่มทดสอบ
group_en: Test Group
director_title: ผู้อำนวยการ
numbering: {prefix: ศธ ๐๔๐๐๐}
people:
  - username: director
    title: ผู้อำนวยการ
    roles: [director]
  - username: deputy
    title: รองผู้อำนวยการ
    roles: [officer]
acting:
  - username: deputy
    order: ๑/๒๕๖๙
    dated: 2026-08-03
    since: 2026-08-10
    until: 2026-08-23
"""

NORTH = """\
site: north
name_th: โรงเรียนเหนือ
name_en: North School
kind: school
district: phon
networks:
  - {name: staff, vlan: 10, prefix: 10.1.10.0/24}
devices:
  - name: north-sw01
    platform: cisco_ios
    role: access
    address: 10.9.1.11
    asset: 7440-009-0001/65
    management_interface: Vlan99
  - name: north-sw02
    platform: cisco_ios
    role: access
    address: 10.9.1.12
    management_interface: Vlan99
"""

SOUTH = """\
site: south
name_th: โรงเรียนใต้
name_en: South School
kind: school
district: ban-phai
devices:
  - name: south-sw01
    platform: arista_eos
    role: access
    address: 10.9.2.11
    management_interface: Management1
"""

GROUPS = """\
all:
  log_host: 10.0.0.7
platforms:
  cisco_ios: {uplink_speed: 1000}
roles:
  access: {idle: 15}
districts:
  phon: {ntp: 10.0.0.8}
"""

IOS_ACCESS = """\
hostname {{ device.name }}
{% include "cisco_ios/parts/log.j2" %}
snmp-server community {{ secret("snmp_ro") }} RO
"""

REGISTER = """\
number,kind,brand,model,serial,acquired,price,room,state,note
7440-009-0001/65,switch,Cisco,WS-C2960G,FOC1,2022-05-16,38500.00,Room 1,in-use,
7440-001-0002/66,computer,Dell,OptiPlex,SN2,2023-01-09,"17,000.00","Room 2, left",spare,
"""

MODELS = """\
models:
  - model: WS-C2960G
    ports: 24
    port_mbps: 1000
    end_of_support: 2030-01-31
  - model: R350
    wifi: 6
"""

EDITIONS = """\
editions:
  - {id: old, th: ฉบับเดิม, en: Old, issuer: กระทรวง, announced: 2025-12-01}
  - {id: new, th: ฉบับใหม่, en: New, issuer: กระทรวง, announced: 2026-05-11, partial: true}
"""

BASELINES = """\
edition: old
baselines:
  - id: switch-24
    number: 32
    kind: switch
    th: สวิตช์ 24 ช่อง
    en: Switch of 24 ports
    ceiling: 3500.50
    criteria:
      - id: layer
        text: ทำงานระดับ Layer 2
        attribute: layer
        operator: at-least
        value: Layer 2
      - id: ports
        text: มีไม่น้อยกว่า 24 ช่อง
        attribute: ports_1g
        operator: at-least
        value: 24
        unit: port
      - id: web
        text: จัดการผ่านเว็บได้
        attribute: web_management
        operator: is
        value: true
      - {id: neat, text: เรียบร้อย, mandatory: false, weight: 10}
"""


PLAYBOOK = """\
- name: One VLAN
  hosts: cisco_ios
  gather_facts: false
  tasks:
    - name: The VLAN
      cisco.ios.ios_config:
        lines: ["vlan {{ vlan }}"]
      check_mode: true
    - ansible.builtin.import_role: {name: saved}
"""

META = """\
title: {th: เพิ่ม VLAN, en: A VLAN}
purpose: {th: เพิ่ม VLAN ให้สวิตช์, en: Adds a VLAN to switches.}
risk: change
process: "2.3"
platforms: [cisco_ios]
parameters:
  vlan: {kind: vlan, th: หมายเลข, en: Number}
  by: {kind: secret, th: รหัส, en: Password, default: snmp_ro}
"""

ROLE = """\
- name: Saved
  cisco.ios.ios_config: {save_when: modified}
"""

FILES: dict[str, str] = {
    PLAYBOOK_YML: PLAYBOOK,
    PLAYBOOK_META: META,
    ROLE_YML: ROLE,
    SETTINGS_TOML: SETTINGS,
    OFFICE_YAML: OFFICE,
    GROUPS_YAML: GROUPS,
    NORTH_YAML: NORTH,
    SOUTH_YAML: SOUTH,
    NORTH_CSV: REGISTER,
    IOS_TEMPLATE: IOS_ACCESS,
    MODELS_YAML: MODELS,
    EDITIONS_YAML: EDITIONS,
    BASELINES_YAML: BASELINES,
    "inventory/config/cisco_ios/parts/log.j2": "logging host {{ log_host }}\n",
    "inventory/config/arista_eos/access.j2": "hostname {{ device.name }}\nidle {{ idle }}\n",
}


def write_workspace(root: Path, changes: Changes | None = None) -> Path:
    """Write the small office with some files replaced, added, or (None) left out."""
    for path, content in {**FILES, **(changes or {})}.items():
        if content is None:
            continue
        there = root / path
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def replaced(path: str, old: str, new: str) -> Changes:
    """The change of one file in which `old`, found exactly once, becomes `new`."""
    content = FILES[path]
    assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times in {path}"
    return {path: content.replace(old, new)}
