"""What a criterion asks, in few words."""

from __future__ import annotations

import pytest

from controller.specs.asking import asked
from controller.specs.criterion import Criterion


@pytest.mark.parametrize(
    ("operator", "value", "unit", "words"),
    [
        ("at-least", 24, "port", "≥ 24 ช่อง"),
        ("at-least", 16000, "address", "≥ 16,000 หมายเลข"),
        ("at-least", "2.50", "Gbps", "≥ 2.5 Gbps"),
        ("at-most", 1000, "W", "≤ 1,000 วัตต์"),
        ("equals", 24, "port", "24 ช่อง"),
        ("one-of", ("8", "16"), "GB", "8 หรือ 16 GB"),
        ("at-least", "Layer 2", "", "Layer 2 หรือดีกว่า"),
        ("at-most", "Layer 3", "", "ไม่เกิน Layer 3"),
        ("includes", ("WPA2", "WPA3"), "", "WPA2, WPA3"),
        ("is", True, "", "ต้องมี"),
        ("is", False, "", "ต้องไม่มี"),
        ("judged", None, "", "พิจารณา"),
    ],
)
def test_few_words(operator: str, value: object, unit: str, words: str) -> None:
    """For every operator and kind of value."""
    criterion = Criterion.model_validate(
        {
            "id": "one",
            "text": "ข้อหนึ่ง",
            "attribute": "layer",
            "operator": operator,
            "value": value,
            "unit": unit,
        }
    )
    assert asked(criterion) == words
