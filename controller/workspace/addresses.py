"""Network addresses and prefixes, and what a wrong one was probably meant to be."""

from __future__ import annotations

from ipaddress import ip_address, ip_interface, ip_network

from controller.errors import Text

NOT_AN_ADDRESS = Text(
    th="ไม่ใช่ที่อยู่ไอพี เช่น 10.20.30.1", en="not an IP address, for example 10.20.30.1"
)
NOT_A_PREFIX = Text(
    th="ไม่ใช่ช่วงเครือข่าย เช่น 10.20.30.0/24", en="not a network prefix, for example 10.20.30.0/24"
)


def wrong_address(text: str) -> tuple[Text, str] | None:
    """Why `text` is no address, and what to write; None when it is one, in its usual spelling."""
    try:
        usual = str(ip_address(text))
    except ValueError:
        try:
            return NOT_AN_ADDRESS, str(ip_interface(text).ip)
        except ValueError:
            return NOT_AN_ADDRESS, _without_leading_zeros(text)
    return None if usual == text else (_USUAL, usual)


def wrong_prefix(text: str) -> tuple[Text, str] | None:
    """Why `text` is no prefix, and what to write; None when it is one."""
    if "/" not in text:
        return NOT_A_PREFIX, ""
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        return NOT_A_PREFIX, ""
    return None if str(network) == text else (_HOST_BITS, str(network))


def _without_leading_zeros(text: str) -> str:
    parts = text.strip().split(".")
    if not all(part.isascii() and part.isdigit() for part in parts):
        return ""
    meant = ".".join(str(int(part)) for part in parts)
    try:
        return str(ip_address(meant))
    except ValueError:
        return ""


_USUAL = Text(th="เขียนที่อยู่ไอพีให้เป็นรูปปกติ", en="write the address in its usual spelling")
_HOST_BITS = Text(
    th="ช่วงเครือข่ายต้องขึ้นต้นด้วยที่อยู่แรกของช่วง และเขียนความยาวเป็นจำนวนบิต",
    en="a prefix begins with the first address of the network, and its length is in bits",
)
