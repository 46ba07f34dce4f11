"""How `khaen inventory` shows what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from controller.cli import output
from controller.cli.layout import tell
from controller.cli.output import words

if TYPE_CHECKING:
    from controller.inventory.asset import Asset
    from controller.inventory.device import Device
    from controller.inventory.search import Found
    from controller.operations.show_device import DeviceView
    from controller.operations.show_site import SiteSummary, SiteView
    from controller.store.device_history import Look


def summary_json(found: SiteSummary) -> dict[str, Any]:
    """A site for programs."""
    site = found.site.model_dump(mode="json", exclude={"devices", "variables"})
    return {**site, "devices": found.devices, "assets": found.assets}


def site_json(found: SiteView) -> dict[str, Any]:
    """A site with its devices, for programs."""
    return {
        **summary_json(found),
        "by_kind": dict(found.by_kind),
        "by_state": dict(found.by_state),
        "price_satang": found.price,
        "managed": [device_json(device) for device in found.managed],
    }


def device_json(device: Device) -> dict[str, Any]:
    """A device for programs."""
    return {**device.model_dump(mode="json"), "site": device.site, "district": device.district}


def asset_json(asset: Asset) -> dict[str, Any]:
    """A row of the register for programs; the price in satang."""
    names = (
        "number", "site", "kind", "brand", "model", "serial", "acquired", "price", "room", "state",
        "note",
    )  # fmt: skip
    return {name: getattr(asset, name) for name in names}


def look_json(look: Look | None) -> dict[str, Any] | None:
    """What a device said, for programs."""
    if look is None:
        return None
    before = look.interfaces_at
    return {
        "at": look.at.isoformat(),
        "facts": look.facts,
        "interfaces": look.interfaces,
        "ntp": look.ntp,
        "users": look.users,
        "interfaces_at": before.isoformat() if before else None,
    }


def view_json(found: DeviceView) -> dict[str, Any]:
    """A device with all that is known of it, for programs."""
    return {
        **device_json(found.device),
        "register": asset_json(found.asset) if found.asset else None,
        "look": look_json(found.look),
        "snapshots": [vars(s) for s in found.snapshots],
        "cases": [vars(c) for c in found.cases],
        "runs": [vars(r) for r in found.runs],
    }


def show_sites(found: tuple[SiteSummary, ...]) -> None:
    """Print the sites as a table."""
    output.table(
        (
            words("หน่วยงาน", "site"),
            words("ชื่อ", "name"),
            words("อำเภอ", "district"),
            words("อุปกรณ์", "devices"),
            words("ครุภัณฑ์", "register"),
        ),
        [
            (
                s.site.site,
                words(s.site.name_th, s.site.name_en),
                s.site.district,
                str(s.devices),
                str(s.assets),
            )
            for s in found
        ],
    )


def show_site(found: SiteView) -> None:
    """Print a site."""
    from controller.inventory.asset import KIND_NAMES, STATE_NAMES
    from controller.inventory.register import written_price
    from controller.thai import money

    site = found.site
    tell(f"{site.site}  {words(site.name_th, site.name_en)}  ({site.district})")
    for contact in site.contacts:
        tell(" ".join(filter(None, ("  ", contact.title, contact.phone, contact.email))), 4)
    for network in site.networks:
        tell(f"  VLAN {network.vlan:<5}{network.name:<12}{network.prefix or '-'}", 4)
    total = money(written_price(found.price))
    output.say(
        f"ทะเบียนครุภัณฑ์ {found.assets} รายการ รวม {total} บาท",
        f"register: {found.assets} rows, {total} baht",
    )
    counts = [(KIND_NAMES[kind], n) for kind, n in found.by_kind.items()]
    counts += [(STATE_NAMES[state], n) for state, n in found.by_state.items()]
    for name, number in counts:
        tell(f"  {number:>6}  {words(name.th, name.en)}", 10)
    _device_table(found.managed)


def show_devices(found: Found[Device]) -> None:
    """Print one page of devices."""
    _device_table(found.rows)
    _page_note(found)


def show_assets(found: Found[Asset]) -> None:
    """Print one page of the register."""
    from controller.inventory.asset import KIND_NAMES, STATE_NAMES
    from controller.inventory.register import COLUMN_NAMES, written_price
    from controller.thai import money, short_date

    names = ("number", "site", "kind", "brand", "model", "acquired", "price", "state")
    thai = output.language() == "th"
    output.table(
        [words(COLUMN_NAMES[name].th, COLUMN_NAMES[name].en) for name in names],
        [
            (
                a.number,
                a.site,
                words(*KIND_NAMES[a.kind].both),
                a.brand,
                a.model,
                short_date(a.acquired) if thai else a.acquired.isoformat(),
                money(written_price(a.price)),
                words(*STATE_NAMES[a.state].both),
            )
            for a in found.rows
        ],
    )
    _page_note(found)


def show_device(found: DeviceView) -> None:
    """Print all that is known of a device."""
    device = found.device
    tell(f"{device.name}  {words(found.site.name_th, found.site.name_en)}")
    told = {
        words("แพลตฟอร์ม", "platform"): device.platform,
        words("หน้าที่", "role"): device.role,
        words("ที่อยู่", "address"): device.address,
        words("รุ่น", "model"): device.model,
        words("หมายเลขเครื่อง", "serial number"): device.serial,
        words("เลขครุภัณฑ์", "register number"): device.asset,
        words("งดปรับค่าเพราะ", "nothing is pushed because"): device.maintenance,
    }
    for name, value in told.items():
        if value:
            tell(f"  {name}: {value}", 4)
    if found.look is None:
        output.say("ยังไม่เคยสอบถามอุปกรณ์", "facts unknown: nobody has looked at it yet")
    else:
        show_look(found.look)
    for case in found.cases:
        tell(f"{case.number}  {case.title}  {case.state}", 4)
    for run in found.runs:
        tell(f"{run.run}  {run.kind}  {run.case}  {run.state} {run.reason}", 4)


def show_look(look: Look) -> None:
    """Print what a device said of itself."""
    from controller.thai import local_time, short_time

    thai = output.language() == "th"
    at = short_time(look.at) if thai else f"{local_time(look.at):%Y-%m-%d %H:%M}"
    output.say(f"สอบถามเมื่อ {at}", f"looked at {at}")
    for name in ("hostname", "model", "serial_number", "os_version", "uptime"):
        tell(f"  {name}: {look.facts.get(name, '?')}", 4)
    tell(f"  {words('นาฬิกา', 'clock')}: {_clock(look)}", 4)
    users = "?" if look.users is None else ", ".join(sorted(look.users)) or "-"
    tell(f"  {words('บัญชี', 'accounts')}: {users}", 4)
    output.table(
        (words("พอร์ต", "interface"), words("สถานะ", "state"), words("คำอธิบาย", "description")),
        [
            (name, words("ติด", "up") if i.get("is_up") else words("ดับ", "down"), _text(i))
            for name, i in look.interfaces.items()
        ],
    )


def _clock(look: Look) -> str:
    """Which time server the clock follows, in a word when it follows none."""
    if look.ntp is None:
        return words("ไม่ทราบ", "unknown")
    followed = [str(peer.get("remote")) for peer in look.ntp if peer.get("synchronized") is True]
    if followed:
        return words("เทียบเวลากับ ", "synchronised with ") + followed[0]
    return words("ไม่เทียบเวลา", "not synchronised")


def _text(interface: dict[str, Any]) -> str:
    return str(interface.get("description") or "")


def _device_table(devices: tuple[Device, ...]) -> None:
    output.table(
        (
            words("อุปกรณ์", "device"),
            words("หน่วยงาน", "site"),
            words("แพลตฟอร์ม", "platform"),
            words("หน้าที่", "role"),
            words("รุ่น", "model"),
            words("ที่อยู่", "address"),
        ),
        [(d.name, d.site, d.platform, d.role, d.model or "", d.address) for d in devices],
    )


def _page_note(found: Found[Any]) -> None:
    first = found.wanted.start + 1
    last = found.wanted.start + len(found.rows)
    output.note(
        f"พบ {found.total} รายการ แสดงรายการที่ {first}–{last}",
        f"{found.total} found, these are {first}–{last}",
    )
