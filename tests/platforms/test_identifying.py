"""The mechanism of identification, on made-up systems and answers."""

from __future__ import annotations

from typing import Any

from controller.facts.answers import Answers, Request, Value
from controller.platforms.identifying import first_request, identify, next_request
from controller.platforms.identity_file import System, Way
from controller.platforms.recognising import DESCRIPTION, OBJECT_ID, probes, recognised
from controller.platforms.systems import Systems, arranged
from controller.platforms.ways import CLASSES, asked_by, followed

OURS = "1.3.6.1.4.1.32473."  # example enterprise number (RFC 5612)
ENTITY = "1.3.6.1.2.1.47.1.1.1.1."


def _systems(**told: list[dict[str, Any]]) -> Systems:
    return arranged(
        {
            name: System.model_validate({"title": name, "kind": "switch", "when": rules})
            for name, rules in told.items()
        }
    )


def _answers(description: str = "", object_id: str = "", **more: Any) -> Answers:
    scalars: dict[str, Value] = {DESCRIPTION: description.encode(), OBJECT_ID: object_id}
    return Answers(scalars | more.get("scalars", {}), more.get("columns", {}))


def test_the_longest_prefix_wins_and_is_of_whole_arcs() -> None:
    known = _systems(wide=[{"under": "32473"}], narrow=[{"under": "32473.1.2"}])
    assert recognised(known, _answers(object_id=OURS + "1.2.9")) == "narrow"
    assert recognised(known, _answers(object_id=OURS + "1.2")) == "narrow"
    assert recognised(known, _answers(object_id=OURS + "1.23")) == "wide"
    assert recognised(known, _answers(object_id="." + OURS + "1.2")) == "narrow"
    assert recognised(known, _answers(object_id="1.3.6.1.4.1.324731")) == ""


def test_conditions_must_all_hold_and_the_rule_that_asks_more_wins() -> None:
    known = _systems(
        plain=[{"under": "32473.1"}],
        named=[{"under": "32473.1", "description": "^Fine", "unlike": "Router"}],
        elsewhere=[{"under": "32473", "outside": "32473.1"}],
    )
    assert recognised(known, _answers("Fine Switch", OURS + "1")) == "named"
    assert recognised(known, _answers("Fine Router", OURS + "1")) == "plain"
    for product in ("2", "12"):
        assert recognised(known, _answers("Fine Switch", OURS + product)) == "elsewhere"


def test_a_description_alone_is_enough_but_comes_after_a_sysobjectid() -> None:
    known = _systems(told=[{"description": "^Fine"}], known=[{"under": "32473"}])
    assert recognised(known, _answers("Fine Switch")) == "told"
    assert recognised(known, _answers("Fine Switch", OURS + "1")) == "known"


def test_what_is_marked_last_comes_after_everything() -> None:
    known = _systems(unix=[{"under": "32473.1", "last": True}], box=[{"description": "Fine"}])
    assert recognised(known, _answers("Fine Box", OURS + "1")) == "box"
    assert recognised(known, _answers("Other Box", OURS + "1")) == "unix"


def test_probes_are_asked_only_where_they_decide() -> None:
    known = _systems(
        box=[{"under": "32473.1", "has": {"32473.7.0": "^Box"}}],
        crate=[{"under": "32473.1", "below": "32473.8", "like": "crate"}],
        bare=[{"under": "32473.1", "lacks": ["32473.7.0"]}],
        other=[{"under": "32473.1", "description": "Other", "has": {"32473.9.0": ""}}],
    )
    start = _answers("Fine", OURS + "1")
    asked = probes(known, start)
    assert asked == Request((OURS + "7.0",), (OURS + "8",))
    assert probes(known, _answers("Fine", OURS + "2")) == Request()
    assert recognised(known, start | Answers({OURS + "7.0": b"Box 1"})) == "box"
    assert recognised(known, start | Answers({OURS + "7.0": b"Bag 1"})) == ""
    assert recognised(known, start) == "bare"
    assert (
        recognised(known, start | Answers({}, {OURS + "8": {"1.0": b"", "2.0": b"A crate"}}))
        == "crate"
    )
    assert recognised(known, start | Answers({}, {OURS + "8": {"2.0": b"A bag"}})) == "bare"


def _way(**told: Any) -> tuple[Way, ...]:
    return (Way.model_validate(told),)


def test_ways_read_scalars_columns_and_descriptions() -> None:
    answers = _answers(
        'Fine Switch F-24, version "1.2.3"\r\nCopyright',
        OURS + "1.24",
        scalars={OURS + "5.0": b" F-24\0\0 ", OURS + "6.0": 3, OURS + "1.24.9.0": b"SN0001"},
        columns={OURS + "8": {"1": b"", "2": b"n/a", "3": b"second"}},
    )
    assert followed(_way(oid="32473.5.0"), answers) == "F-24"
    assert followed(_way(oid="32473.6.0", names={"3": "three", "4": "four"}), answers) == "three"
    assert followed(_way(oid="32473.6.0", names={"4": "four"}), answers) == ""
    assert followed(_way(oid="32473.6.0", **{"as": r"Level \1"}), answers) == "Level 3"
    assert followed(_way(own="9.0"), answers) == "SN0001"
    assert followed(_way(below="32473.8"), answers) == "second"
    assert followed(_way(description=r"version (\S+)"), answers) == "1.2.3"
    assert followed(_way(description=r"(F)-(\d+)", **{"as": r"\2\1"}), answers) == "24F"
    assert followed(_way(object_id={"32473.1": "any", "32473.1.24": "F-24"}), answers) == "F-24"
    assert followed(_way(oid="32473.7.0") + _way(oid="32473.5.0"), answers) == "F-24"


def test_what_says_nothing_is_no_value() -> None:
    for said in (b"", b"N/A", b"  ", b"0000000", b"unknown", b"\x01\x02", b"not available"):
        answers = _answers(scalars={OURS + "5.0": said})
        assert followed(_way(oid="32473.5.0"), answers) == "", said


def test_the_chassis_is_found_by_its_class() -> None:
    classes = {"1": 10, "7": 3, "8": 9, "9": 3}
    answers = _answers(
        columns={CLASSES: classes},
        scalars={ENTITY + "13.1": b"a port", ENTITY + "13.7": b"", ENTITY + "13.9": b"F-24"},
    )
    asked = asked_by(_way(entity="model"), answers).scalars
    assert asked[:2] == (ENTITY + "13.7", ENTITY + "13.9")
    assert followed(_way(entity="model"), answers) == "F-24"
    assert followed(_way(entity="model"), _answers(scalars={ENTITY + "13.1": b"F-8"})) == "F-8"


def _device(request: Request, scalars: dict[str, Value]) -> Answers:
    """A device that has these scalars: columns are what lies below them."""
    columns = {
        column: {
            o.removeprefix(column + "."): v
            for o, v in scalars.items()
            if o.startswith(column + ".")
        }
        for column in request.columns
    }
    return Answers({o: scalars[o] for o in request.scalars if o in scalars}, columns)


def test_a_device_is_asked_in_three_steps_and_no_more() -> None:
    device: dict[str, Value] = {
        DESCRIPTION: b"HP J9146A E2910al-24G-PoE Switch, revision W.15.08.0012, ROM W.14.06 (x)",
        OBJECT_ID: "1.3.6.1.4.1.11.2.3.7.11.84",
        "1.3.6.1.2.1.1.5.0": b"sw-1",
        "1.3.6.1.2.1.1.6.0": b"Building 1",
        CLASSES + ".1": 3,
        ENTITY + "11.1": b"SG00000001",
    }
    answers = Answers()
    asked: Request | None = first_request()
    steps = 0
    while asked is not None:
        answers |= _device(asked, device)
        steps += 1
        asked = next_request(answers)
    assert steps == 3
    found = identify(answers)
    assert (found.platform, found.vendor, found.kind) == ("hp_procurve", "HPE", "switch")
    assert (found.model, found.version) == ("J9146A E2910al-24G-PoE", "W.15.08.0012")
    assert (found.serial, found.features) == ("SG00000001", "")
    assert (found.name, found.location) == ("sw-1", "Building 1")
    assert found.object_id == "1.3.6.1.4.1.11.2.3.7.11.84"


def test_a_device_that_tells_nothing_is_asked_no_more_than_others() -> None:
    answers = Answers()
    for _ in range(2):
        more = next_request(answers)
        assert more is not None
        answers |= _device(more, {})
    assert next_request(answers) is None
    assert identify(answers).platform == ""


def test_an_unknown_device_still_tells_its_version_and_serial() -> None:
    answers = _answers(
        "Frobnicator 9000, Software Version 4.5.6, S/N ABC1234567", "1.3.6.1.4.1.99999.1"
    )
    found = identify(answers)
    assert (found.platform, found.version, found.serial) == ("", "4.5.6", "ABC1234567")
