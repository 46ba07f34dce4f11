"""How many failed sign-ins are too many, from one address and for one name."""

from __future__ import annotations

import ipaddress
from datetime import timedelta

# Of one stretch. A school is often one address for everybody in it, a name is one person.
STRETCH = timedelta(hours=1)
FROM_ADDRESS = 60
FOR_NAME = 15
CODES = 5


def address_subject(address: str) -> str:
    """What failures from an address are counted under.

    An IPv6 network of 64 bits is one household: its addresses count together. Empty for no address.
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return f"address {address}" if address else ""
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return f"address {known.ipv4_mapped}"
        return f"address {ipaddress.ip_network((int(known), 64), strict=False)}"
    return f"address {known}"


def name_subject(username: str) -> str:
    """What failures for a name, an account's or not, are counted under."""
    return f"name {username}"


def code_subject(username: str) -> str:
    """What wrong codes of the second step are counted under."""
    return f"code {username}"
