"""A device is asked what its model can do: proposed, and written when it says the same again."""

from __future__ import annotations

import pytest

from controller.errors import DeviceError, NotAllowed, NotFound, StalePlan
from controller.lab.snmp.ber import integer, octets
from controller.operations.read_model import keep_model, read_model
from controller.specs.models import model_called
from tests.operations.crowd import agents, asking, switch
from tests.operations.office import Desk

DEVICE, ADDRESS = "kkn-a-sw01", "127.23.1.11"


def told(copper: int, watts: int = 370) -> dict[str, bytes]:
    """A Catalyst with so many copper ports, two SFP ports and a PoE budget."""
    answers = switch(DEVICE, ADDRESS, "FOC1")
    words = [f"10/100/1000BaseTX port {n}" for n in range(1, copper + 1)]
    for index, word in enumerate([*words, "1000BaseX SFP 1", "1000BaseX SFP 2"], 10):
        answers[f"1.3.6.1.2.1.2.2.1.2.{index}"] = octets(word)
        answers[f"1.3.6.1.2.1.2.2.1.3.{index}"] = integer(6)
        answers[f"1.3.6.1.2.1.105.1.1.1.3.1.{index}"] = integer(1)
    answers["1.3.6.1.2.1.105.1.3.1.1.2.1"] = integer(watts, 0x42)
    return answers


def test_what_it_tells_is_proposed_and_then_written(desk: Desk) -> None:
    """Under the inventory's number; what a person wrote stays; the other number is said."""
    with agents({ADDRESS: told(8)}) as port, asking(desk, port) as office:
        engineer = office.person("engineer1")
        preview = read_model(office.context, engineer, DEVICE)
        (seen,) = preview.models
        assert seen.change.after.model == "WS-C2960G-24TC-L"
        facts = {fact.name: (fact.kind, fact.before, fact.after) for fact in seen.change.facts}
        assert facts["ports"] == ("kept", 24, 10)
        assert facts["ports_1g"] == ("added", None, 8)
        assert facts["sfp"] == ("added", None, 2)
        assert facts["poe_watts"] == ("kept", 0, 370)
        assert any("WS-C2960-24TT-L" in note.en for note in seen.notes)
        before = (office.context.root / seen.path).read_bytes()
        with pytest.raises(StalePlan):
            keep_model(office.context, engineer, DEVICE, "")
        assert (office.context.root / seen.path).read_bytes() == before
        done = keep_model(office.context, engineer, DEVICE, preview.digest)
        assert [*done.commits] == [seen.path]
        model = model_called(office.context.models(), "WS-C2960G-24TC-L")
        assert model is not None
        assert (model.ports, model.attributes["ports_1g"]) == (24, 8)
        assert model.source.endswith(f"read from {DEVICE}, {office.context.today().isoformat()}")
    with (
        agents({ADDRESS: told(4)}) as port,
        asking(desk, port) as office,
        pytest.raises(StalePlan),
    ):
        keep_model(office.context, engineer, DEVICE, preview.digest)


def test_who_may_and_whom(desk: Desk) -> None:
    """Not an auditor; not a device there is not; one that is silent is an error of the device."""
    with agents({"127.23.1.99": told(1)}) as port, asking(desk, port) as office:
        with pytest.raises(NotAllowed):
            read_model(office.context, office.person("auditor1"), DEVICE)
        engineer = office.person("engineer1")
        with pytest.raises(NotFound):
            read_model(office.context, engineer, "nothing")
        with pytest.raises(DeviceError):
            read_model(office.context, engineer, DEVICE)
