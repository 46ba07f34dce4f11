"""Devices without sockets, on a clock that goes only when told to."""

from collections.abc import Callable
from dataclasses import dataclass, field

from controller.lab.definition import DeviceDefinition
from controller.lab.device import Surroundings
from controller.lab.devices.arista_eos.device import EosDevice
from controller.lab.devices.cisco_ios.device import IosDevice


@dataclass
class Call:
    """Something that will happen unless it is cancelled."""

    at: float
    act: Callable[[], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass
class StillClock:
    """Time in seconds; `pass_time` makes what is due happen."""

    now: float = 0.0
    calls: list[Call] = field(default_factory=list)

    def later(self, seconds: float, act: Callable[[], None]) -> Call:
        call = Call(self.now + seconds, act)
        self.calls.append(call)
        return call

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        due = [call for call in self.calls if call.at <= self.now]
        self.calls = [call for call in self.calls if call.at > self.now]
        for call in due:
            if not call.cancelled:
                call.act()


@dataclass
class Bench:
    """A clock, and what devices have saved."""

    clock: StillClock = field(default_factory=StillClock)
    saved: dict[str, str] = field(default_factory=dict)

    def around(self) -> Surroundings:
        return Surroundings(
            username="netadmin",
            password="lettuce",
            minute_seconds=60.0,
            latency_seconds=0.0,
            boot_seconds=30.0,
            later=self.clock.later,
            save=self.saved.__setitem__,
        )

    def ios(self, config: str | None = None, saved: str | None = None) -> IosDevice:
        wanted = DeviceDefinition(
            name="kkn-a-sw01",
            platform="cisco_ios",
            address="127.0.0.11",
            port=0,
            role="access",
            management_interface="Vlan99",
            uplink="GigabitEthernet0/24",
            config=config,
        )
        return IosDevice(wanted, self.around(), saved)

    def eos(self, config: str | None = None, saved: str | None = None) -> EosDevice:
        wanted = DeviceDefinition(
            name="kkn-a-sw02",
            platform="arista_eos",
            address="127.0.0.12",
            port=0,
            role="access",
            management_interface="Management1",
            uplink="Ethernet24",
            config=config,
        )
        return EosDevice(wanted, self.around(), saved)
