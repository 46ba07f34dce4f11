"""A form that asks for one value of every type, and how its file is read."""

from __future__ import annotations

import pytest

from controller.errors import InputError, Problem
from controller.processes.forms.catalogue import read_definition
from controller.processes.forms.definition import FormDefinition
from controller.processes.forms.entries import Known
from controller.processes.forms.filling import fill
from controller.processes.forms.typed import Typed, typed
from controller.workspace.yaml_lines import read_yaml

TEXT = """\
slug: small
edition: 2
th: แบบขอซื้อ
en: Purchase
purpose: {th: ขอซื้อของ, en: Buy things}
sections:
  - fields:
      - {name: subject, th: เรื่อง, en: Subject, type: text, required: true, max_length: 20, example: จัดซื้อ}
      - {name: reason, th: เหตุผล, en: Reason, type: paragraph, example: ของเดิมชำรุด}
      - {name: pieces, th: จำนวนชิ้น, en: Pieces, type: integer, unit: ชิ้น, min: 1, max: 5000, example: 3}
      - {name: speed, th: ความเร็ว, en: Speed, type: decimal, unit: Mbps, example: "1.5"}
      - {name: budget, th: งบประมาณ, en: Budget, type: money, in_words: self, example: "900"}
      - {name: needed, th: ต้องการภายใน, en: Needed by, type: date, example: "2026-11-22"}
      - {name: hour, th: เวลานัด, en: Hour, type: time, example: "13:30"}
      - {name: phone, th: โทรศัพท์, en: Telephone, type: phone, example: "0 4300 0100"}
      - {name: email, th: อีเมล, en: E-mail, type: email, example: name@example.go.th}
      - {name: site, th: โรงเรียน, en: School, type: site, example: โรงเรียนตัวอย่าง ก}
      - {name: number, th: เลขครุภัณฑ์, en: Asset number, type: asset, example: 7440-016-0002}
      - {name: score, th: ความพอใจ, en: Satisfaction, type: rating}
      - name: kind
        th: วิธีซื้อ
        en: Way of buying
        type: choice
        required: true
        options:
          - {value: shop, th: ซื้อจากร้าน, en: In a shop}
          - {value: other-way, th: วิธีอื่น, en: Another way}
      - {name: kind_other, th: ระบุวิธี, en: Which way, type: text, required: true, when: {field: kind, is: [other-way]}, example: แลกเปลี่ยน}
      - name: colours
        th: สี
        en: Colours
        type: choices
        options:
          - {value: red, th: "แดง, ชมพู", en: Red}
          - {value: blue, th: น้ำเงิน, en: Blue}
          - {value: green, th: เขียว, en: Green}
      - {name: urgent, th: เร่งด่วน, en: Urgent, type: yes_no, example: true}
      - {name: why_urgent, th: เหตุที่เร่งด่วน, en: Why urgent, type: text, when: {field: urgent, is: ["yes"]}, example: เปิดภาคเรียน}
      - {name: buyer, th: ผู้ขอซื้อ, en: Buyer, type: person, required: true, example: นักวิชาการพัสดุ}
      - name: items
        th: รายการ
        en: Items
        type: table
        required: true
        rows: 1
        in_words: amount
        columns:
          - {name: item, th: ชื่อรายการ, en: Item, required: true, example: เมาส์}
          - {name: quantity, th: จำนวน, en: Quantity, type: integer, required: true, min: 1, example: "2"}
          - {name: price, th: ราคาต่อหน่วย, en: Price, type: money, example: "150"}
          - {name: amount, th: จำนวนเงิน, en: Amount, type: money, product: [quantity, price], total: true}
          - {name: fitting, th: ตรงตามแบบ, en: Fitting, type: yes_no}
      - {name: offers, th: ผู้เสนอราคา, en: Offers, type: table, rows: 2, columns: [{name: shop, th: ร้าน, en: Shop, example: ร้าน ก}]}
      - {name: photos, th: ภาพถ่าย, en: Photos, type: photos}
      - {name: rooms, th: ห้อง, en: Rooms, type: table, columns: [{name: room, th: ห้องที่, en: Room}]}
  - th: สำหรับเจ้าหน้าที่
    en: For the officer
    fields:
      - {name: posted, th: ลงทะเบียนวันที่, en: Posted on, type: date, by: officer, required: true, example: "2026-11-23"}
      - {name: register, th: เลขทะเบียน, en: Register number, type: text, by: officer, required: true, example: ๑/๒๕๗๐}
      - {name: officer, th: เจ้าหน้าที่, en: Officer, type: person, by: officer, example: เจ้าหน้าที่พัสดุ}
signatures:
  - {th: ผู้ขอซื้อ, en: Buyer, field: buyer}
"""  # noqa: E501
FORM: FormDefinition = read_definition(TEXT, "small.yaml")
ENOUGH = {
    "subject": "จัดซื้อ",
    "kind": "shop",
    "buyer": "นักวิชาการพัสดุ",
    "items": [{"item": "เมาส์", "quantity": 2, "price": 150}],
}


def from_yaml(text: str, path: str = "purchase.yaml") -> Typed:
    """What stands in a file an officer wrote."""
    document = read_yaml(path, text)
    assert document.root is not None, document.problems
    return typed(document.root, path)


def refused(raw: object, known: Known | None = None) -> tuple[Problem, ...]:
    """The problems of a form that cannot be filled in so."""
    assert isinstance(raw, dict)
    with pytest.raises(InputError) as error:
        fill(FORM, raw, known=known)
    return error.value.problems


def only(raw: object, known: Known | None = None) -> Problem:
    """The one problem there is."""
    (problem,) = refused(raw, known)
    return problem
