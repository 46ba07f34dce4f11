"""NAPALM's and netmiko's unmodified drivers, pointed at a device of the lab."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import napalm
import netmiko

from tests.lab.targets import Target

DELAY_FACTOR = 0.05
"""netmiko mostly sleeps; a quick device needs less of that."""


@contextmanager
def napalm_driver(target: Target, **more: object) -> Iterator[Any]:
    """An open NAPALM driver; closed afterwards however the test ends."""
    platform = "ios" if target.platform == "cisco_ios" else "eos"
    options: dict[str, object] = {"port": target.port, **more}
    if platform == "eos":
        options["enforce_verification"] = False
    else:
        options["global_delay_factor"] = DELAY_FACTOR
    driver = napalm.get_network_driver(platform)(
        target.address, "netadmin", target.password, timeout=15, optional_args=options
    )
    driver.open()
    try:
        yield driver
    finally:
        with suppress(Exception):
            driver.close()


@contextmanager
def netmiko_session(target: Target, **more: object) -> Iterator[Any]:
    """An open netmiko connection to an IOS switch."""
    session = netmiko.ConnectHandler(
        device_type="cisco_ios",
        host=target.address,
        port=target.port,
        username="netadmin",
        password=target.password,
        global_delay_factor=DELAY_FACTOR,
        **more,
    )
    try:
        yield session
    finally:
        with suppress(Exception):
            session.disconnect()


def running(driver: Any) -> str:
    """The running configuration without the line that NAPALM's ios driver adds by itself."""
    return without_quiet(str(driver.get_config(retrieve="running")["running"]))


def without_quiet(text: str) -> str:
    """A configuration without ``file prompt quiet``."""
    return text.replace("file prompt quiet\n!\n", "")
