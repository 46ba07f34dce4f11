"""Every form on paper, empty and filled: nothing missing, nothing twice, nothing that leaked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from controller.documents.blocks import (
    Block,
    Document,
    Entries,
    Frame,
    Heading,
    Paragraph,
    Signatures,
    Table,
    Ticks,
)
from controller.documents.compose.forms import form_document
from controller.documents.compose.look import Look
from controller.processes.forms.catalogue import form, read_definition, slugs
from controller.processes.forms.definition import FilledForm, FormDefinition, FormField
from controller.processes.forms.filling import asked, digest, fill
from controller.processes.forms.reading import in_words, name_and_position
from controller.processes.forms.rows import totals
from controller.processes.forms.template import example_values
from tests.documents.compose.example import ARABIC, DAY, LOOK, OFFICE
from tests.documents.compose.reading import check_fit_to_print, printed

PAPERS = [slug for slug in slugs() if form(slug).kind != "card"]
# What the paper adds of itself, beside the running numbers of tables.
OWN = {"ลำดับ", "รวม", "(ตัวอักษร)", "รวมเป็นเงิน (ตัวอักษร)", "รายการ", "✓"}


def filled_form(definition: FormDefinition, values: dict[str, object]) -> FilledForm:
    """A form filled with `values`, as the store would give it back."""
    return FilledForm(
        number=f"2570-{definition.slug}-0001",
        printed="1/2570",
        slug=definition.slug,
        edition=definition.edition,
        revision=2,
        values=values,
        by="engineer1",
        on="2026-11-22",
        sha256=digest(definition.slug, definition.edition, values),
    )


def drawn(
    definition: FormDefinition, values: dict[str, object] | None, look: Look = LOOK
) -> Document:
    filled = None if values is None else filled_form(definition, values)
    return form_document(definition, OFFICE, filled, look=look, day=DAY)


def flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks of a paper, those in frames too."""
    for block in blocks:
        yield block
        if isinstance(block, Frame):
            yield from flat(block.blocks)


def expected(definition: FormDefinition, values: dict[str, object], look: Look) -> Counter[str]:
    """Every string the form's definition and values must put on the paper, as often as they do."""
    words = [definition.th, definition.opening, definition.closing, *definition.notes]
    words += [section.th for section in definition.sections]
    words += [signature.th for signature in definition.signatures]
    signed = {signature.field for signature in definition.signatures}
    for field in definition.fields:
        if field.type == "photos" and field.name not in values:
            continue  # nobody draws them by hand
        open_ = field.when is None or field.when.field not in values
        if field.name not in signed and (open_ or asked(definition, field, values)):
            words += [field.th, field.unit, *(option.th for option in field.options)]
            words += [column.th for column in field.columns]
            words += ["ใช่", "ไม่ใช่"] if field.type == "yes_no" else []
    texts = [look.words(word) for word in words if word]
    for signature in definition.signatures:
        texts += [text for text in name_and_position(values.get(signature.field)) if text]
    for field in definition.fields:
        if field.name not in signed:
            texts += value_texts(field, values.get(field.name), look)
    return Counter(texts)


def value_texts(field: FormField, value: object, look: Look) -> list[str]:
    """What the value of a field puts on the paper, beside its label."""
    from controller.documents.compose.tables import written

    if field.type in {"choice", "choices", "yes_no", "rating"}:
        return []
    words = in_words(field, value)
    if field.type != "table":
        return [text for text in (written(field, value, look), words) if text]
    rows = value if isinstance(value, list) else []
    cells = [written(c, row.get(c.name), look) for row in rows for c in field.columns]
    sums = totals(field, rows) if rows else {}
    cells += [written(c, sums[c.name], look) for c in field.columns if c.name in sums]
    return [text for text in (*cells, words) if text]


def group_titles(definition: FormDefinition) -> set[str]:
    return {field.group.th for field in definition.fields if field.group}


@pytest.mark.parametrize("slug", PAPERS)
@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
@pytest.mark.parametrize("look", [LOOK, ARABIC], ids=["thai", "arabic"])
def test_every_label_and_value_prints_exactly_once(slug: str, filled: bool, look: Look) -> None:
    definition = form(slug)
    values = example_values(definition) if filled else {}
    document = drawn(definition, values if filled else None, look)
    check_fit_to_print(document)
    found = Counter(text.replace("\n", " ") for text in printed(document))
    wanted = Counter(
        {" ".join(k.split("\n")): n for k, n in expected(definition, values, look).items()}
    )
    missing = {text: (found[text], n) for text, n in wanted.items() if found[text] != n}
    own = OWN | {look.words(title) for title in group_titles(definition)}
    missing = {t: n for t, n in missing.items() if t not in own and not t.isdecimal()}
    assert not missing
    extra = set(found) - set(wanted) - own
    head = tuple(document.blocks[:4])
    extra -= {text.replace("\n", " ") for text in printed(Document("-", "-", DAY, head))}
    assert not {t for t in extra if not t.isdecimal() and not t.startswith("ระดับความคิดเห็น")}


@pytest.mark.parametrize("slug", PAPERS)
def test_an_empty_form_leaves_everything_to_be_written(slug: str) -> None:
    definition = form(slug)
    document = drawn(definition, None)
    blocks = list(flat(document.blocks))
    for block in blocks:
        if isinstance(block, Entries):
            assert all(entry.text == "" for entry in block.entries)
        if isinstance(block, Ticks):
            assert not any(ticked for _, ticked in block.options)
        if isinstance(block, Signatures):
            assert all(not s.name and not s.position for s in block.signatures)
    tables = [len(b.rows) for b in blocks if isinstance(b, Table)]
    asked_for = [f.blank_rows for f in definition.fields if f.type == "table"]
    assert [n for n in asked_for if n not in tables] == []
    assert definition.slug in document.foot
    assert "SHA-256" not in document.foot


@pytest.mark.parametrize("slug", PAPERS)
def test_a_filled_form_ticks_what_was_chosen(slug: str) -> None:
    definition = form(slug)
    values = example_values(definition)
    document = drawn(definition, values)
    given = {LOOK.words(f.th): (f, values[f.name]) for f in definition.fields if f.name in values}
    for block in flat(document.blocks):
        if isinstance(block, Ticks) and block.label in given:
            field, value = given[block.label]
            chosen = value if isinstance(value, list) else [value]
            words = {LOOK.words(o.th) for o in field.options if o.value in chosen}
            if field.type == "yes_no":
                words = {"ใช่" if value else "ไม่ใช่"}
            assert {word for word, ticked in block.options if ticked} == words
    ratings = [values[f.name] for f in definition.fields if f.type == "rating" and f.name in values]
    marks = [row[2:].index("✓") for b in flat(document.blocks) if isinstance(b, Table)
             for row in b.rows if "✓" in row]  # fmt: skip
    assert marks == [5 - int(str(rating)) for rating in ratings]


def test_the_head_names_number_day_and_recipient_and_the_foot_the_hash() -> None:
    definition = form("supply_request")
    values = example_values(definition)
    document = drawn(definition, values)
    texts = printed(document)
    assert "เลขที่ ๑/๒๕๗๐\nวันที่ ๒๒ พฤศจิกายน ๒๕๖๙" in texts
    assert f"เรียน  {definition.recipient}" in texts
    content = digest(definition.slug, definition.edition, values)
    number = "2570-supply_request-0001"
    assert document.foot == f"แบบ supply_request ฉบับที่ 1 | {number} ครั้งที่ 2 | SHA-256 {content[:12]}"


def test_a_form_to_the_director_names_the_office_s_own() -> None:
    assert form("loan_request").recipient == "{director}"
    document = drawn(form("loan_request"), example_values(form("loan_request")))
    assert f"เรียน  {OFFICE.director_title}" in printed(document)


SMALL = """
slug: small
edition: 1
th: แบบย่อ
en: Small
purpose: {th: ทดสอบ, en: Test}
opening: ขอแจ้งดังนี้
closing: จึงเรียนมาเพื่อโปรดทราบ
sections:
  - th: ส่วนแรก
    en: First
    fields:
      - {name: kind, th: ชนิด, en: Kind, type: choice, options: [
          {value: old, th: เดิม, en: Old}, {value: new, th: ใหม่ 2 ชนิด, en: New}]}
      - {name: which, th: ระบุ, en: Which, type: text, when: {field: kind, is: [new]}}
      - {name: who, th: ผู้แจ้ง, en: Who, type: person}
      - {name: fee, th: ค่าใช้จ่าย, en: Fee, type: money, unit: บาท, in_words: self}
      - {name: fixed, th: ผลการซ่อม, en: Result, type: text, by: officer}
      - {name: officer, th: เจ้าหน้าที่, en: Officer, type: person, by: officer}
  - fields:
      - {name: ruling, th: ความเห็น, en: Ruling, type: paragraph, by: approver}
  - th: ส่วนท้าย
    en: Last
    fields:
      - {name: back, th: วันรับคืน, en: Back, type: date}
      - {name: year, th: ปีงบประมาณ, en: Year, type: integer, min: 2560, max: 2660}
      - {name: rows, th: รายการ, en: Rows, type: table, in_words: sum, blank_rows: 3, columns: [
          {name: item, th: ของ, en: Item}, {name: number, th: จำนวน, en: Number, type: integer},
          {name: price, th: ราคา (บาท), en: Price, type: money},
          {name: sum, th: รวม (บาท), en: Sum, type: money, product: [number, price], total: true}]}
signatures:
  - {th: ผู้ซ่อม, en: Officer, field: officer}
  - {th: ผู้แจ้งซ่อม, en: Who, field: who}
  - {th: พยาน, en: Witness, dated: false}
"""
DEFINITION = read_definition(SMALL, "small.yaml")


def test_the_parts_of_officer_and_approver_stand_in_frames() -> None:
    frames = [b for b in drawn(DEFINITION, None).blocks if isinstance(b, Frame)]
    assert [frame.title for frame in frames] == ["ส่วนของเจ้าหน้าที่", "ความเห็นผู้อนุมัติ"]
    officer = printed(Document("-", "-", DAY, (frames[0],)))
    assert officer == ["ส่วนของเจ้าหน้าที่", "ผลการซ่อม", "ผู้ซ่อม"]


def test_whoever_asks_signs_after_the_closing_and_before_the_officer() -> None:
    texts = printed(drawn(DEFINITION, None))
    order = ["ค่าใช้จ่าย", "จึงเรียนมาเพื่อโปรดทราบ", "ผู้แจ้งซ่อม", "ส่วนของเจ้าหน้าที่", "ส่วนท้าย", "พยาน"]
    places = [texts.index(word) for word in order]
    assert places == sorted(places)
    assert texts.count("จึงเรียนมาเพื่อโปรดทราบ") == 1


def test_signatures_are_dated_unless_told_otherwise() -> None:
    blocks = flat(drawn(DEFINITION, None).blocks)
    signed = [s for b in blocks if isinstance(b, Signatures) for s in b.signatures]
    assert [(s.role, s.dated) for s in signed] == [
        ("ผู้แจ้งซ่อม", ""), ("ผู้ซ่อม", ""), ("พยาน", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "prints"),
    [({}, True), ({"kind": "old"}, False), ({"kind": "new", "which": "แบบตั้งโต๊ะ"}, True)],
)
def test_a_field_prints_until_its_condition_is_answered_otherwise(
    raw: dict[str, object], prints: bool
) -> None:
    assert ("ระบุ" in printed(drawn(DEFINITION, fill(DEFINITION, raw)))) is prints


def test_amounts_print_in_figures_and_words_and_years_without_a_comma() -> None:
    raw = {
        "fee": "1250.50",
        "year": "2570",
        "rows": [{"item": "สาย", "number": 2, "price": "100"}, {"item": "หัว", "number": 10}],
    }
    document = drawn(DEFINITION, fill(DEFINITION, raw))
    texts = printed(document)
    for text in ("๑,๒๕๐.๕๐", "หนึ่งพันสองร้อยห้าสิบบาทห้าสิบสตางค์", "๒๕๗๐", "สองร้อยบาทถ้วน"):
        assert texts.count(text) == 1, text
    (table,) = [b for b in document.blocks if isinstance(b, Table)]
    assert [c.title for c in table.columns] == ["ลำดับ", "ของ", "จำนวน", "ราคา\n(บาท)", "รวม\n(บาท)"]
    assert table.rows == (
        ("๑", "สาย", "๒", "๑๐๐.๐๐", "๒๐๐.๐๐"),
        ("๒", "หัว", "๑๐", "", ""),
    )
    assert table.totals == ("", "", "", "รวม", "๒๐๐.๐๐")


def test_an_empty_table_has_its_rows_and_no_sum() -> None:
    (table,) = [b for b in drawn(DEFINITION, None).blocks if isinstance(b, Table)]
    assert table.rows == tuple((n, "", "", "", "") for n in "๑๒๓")
    assert table.totals == ("", "", "", "รวม", "")


def test_names_print_in_the_brackets_and_positions_below() -> None:
    raw = {"who": "นายตัวอย่าง ทดสอบ, ครูชำนาญการ", "officer": "เจ้าหน้าที่พัสดุ"}
    blocks = flat(drawn(DEFINITION, fill(DEFINITION, raw)).blocks)
    signed = {s.role: (s.name, s.position) for b in blocks if isinstance(b, Signatures)
              for s in b.signatures}  # fmt: skip
    assert signed["ผู้แจ้งซ่อม"] == ("นายตัวอย่าง ทดสอบ", "ครูชำนาญการ")
    assert signed["ผู้ซ่อม"] == ("", "เจ้าหน้าที่พัสดุ")


def test_a_survey_has_neither_number_nor_day_and_explains_its_scale_once() -> None:
    texts = printed(drawn(form("opinion_survey"), None))
    assert not [text for text in texts if text.startswith("เลขที่")]
    scales = [text for text in texts if text.startswith("ระดับความคิดเห็น")]
    assert scales == ["ระดับความคิดเห็น: ๕ = มากที่สุด, ๔ = มาก, ๓ = ปานกลาง, ๒ = น้อย, ๑ = น้อยที่สุด"]


def test_a_heading_and_what_follows_keep_the_product_s_digits() -> None:
    document = drawn(form("network_evaluation"), None, ARABIC)
    assert not document.thai_digits
    blocks = document.blocks
    headings = [b.text for b in blocks if isinstance(b, Heading) and b.level == 2]
    assert headings[0].startswith("1. ")
    small = [b.text for b in blocks if isinstance(b, Paragraph) and b.small]
    assert any("2550" in text for text in small)
