"""The user card."""

from __future__ import annotations

import segno

from controller.documents.blocks import Card
from controller.documents.compose.forms import form_document
from controller.processes.forms.catalogue import form
from controller.processes.forms.template import example_values
from tests.documents.compose.example import DAY, LOOK, OFFICE
from tests.documents.compose.reading import check_fit_to_print
from tests.documents.compose.test_forms import filled_form

DEFINITION = form("user_card")


def card(values: dict[str, object] | None) -> Card:
    filled = None if values is None else filled_form(DEFINITION, values)
    document = form_document(DEFINITION, OFFICE, filled, look=LOOK, day=DAY)
    check_fit_to_print(document)
    assert document.page == "card"
    (found,) = document.blocks
    assert isinstance(found, Card)
    return found


def test_the_card_holds_every_field_once() -> None:
    values = example_values(DEFINITION)
    drawn = card(values)
    assert [label for label, _ in drawn.lines] == [field.th for field in DEFINITION.fields]
    shown = dict(drawn.lines)
    for field in DEFINITION.fields:
        if field.type == "text":
            assert shown[field.th] == values[field.name]
    assert drawn.subheading == OFFICE.name_th


def test_the_code_holds_the_number_of_the_record_and_nothing_of_the_person() -> None:
    values = example_values(DEFINITION)
    other = {**values, DEFINITION.fields[0].name: "ผู้ใช้งาน ตัวอย่าง ข"}
    assert card(values).code.png == card(other).code.png
    modules = segno.make("2570-user_card-0001", error="m", micro=False).symbol_size()[0]
    width = int.from_bytes(card(values).code.png[16:20], "big")
    assert width == (modules - 8 + 2) * 8


def test_an_empty_card_is_dotted_and_its_code_is_pale() -> None:
    drawn = card(None)
    assert all(set(value) == {"."} for _, value in drawn.lines)
    assert drawn.code.png != card(example_values(DEFINITION)).code.png


def test_the_card_never_asks_for_the_national_number() -> None:
    labels = " ".join(label for label, _ in card(None).lines)
    assert "ประชาชน" not in labels
