"""The devices: look through them; one with what is known of it, and how it came to be so."""

from __future__ import annotations

from markupsafe import Markup
from nicegui import ui

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.inventory.device import ROLE_NAMES
from controller.inventory.reported import reported
from controller.operations.look_at_device import look_at_device
from controller.operations.show_configuration import list_configurations
from controller.operations.show_device import (
    DeviceView,
    count_devices,
    list_devices,
    show_device,
)
from controller.operations.show_health import show_device_health, show_health
from controller.operations.show_site import list_sites
from controller.plans.outcome import BAD, STATE_WORDS
from controller.platforms.registry import platform_title
from controller.processes.case import CASE_STATES
from controller.web.drawing import draw, put
from controller.web.page import page
from controller.web.parts.device_health import device_health
from controller.web.parts.finder import OF_A_PAGE, Facet, Finder, Place
from controller.web.visit import Visit

WHY = {
    "backup": Text(th="สำรองข้อมูล", en="backup"),
    "before": Text(th="ก่อนปรับค่า", en="before a change"),
    "after": Text(th="หลังปรับค่า", en="after a change"),
}


@page("/devices", Text(th="อุปกรณ์", en="Devices"))
async def build_list(visit: Visit, actor: Actor) -> None:
    """`?q=` words, `?site=`, `?role=`, `?platform=`, `?model=`, `?tag=` choices, `?sort=`."""
    counts = await visit.ask(count_devices)
    names = await site_names(visit)
    titles = {name: platform_title(name) for name in counts["platform"]}
    platforms = _counted(counts["platform"], titles)
    put(visit, "devices.html")
    facets = (
        Facet("site", Text(th="หน่วยงาน", en="Site"), _counted(counts["site"], names)),
        Facet("role", Text(th="บทบาท", en="Role"), _counted(counts["role"], _roles(visit))),
        Facet("platform", Text(th="แพลตฟอร์ม", en="Platform"), platforms),
        Facet("model", Text(th="รุ่น", en="Model"), _counted(counts["model"], {})),
        Facet("tag", Text(th="ป้าย", en="Tag"), _counted(counts["tag"], {})),
    )

    async def show(place: Place) -> Markup:
        found = await visit.ask(list_devices, place.wanted)
        return draw(
            visit,
            "parts/device_rows.html",
            found=found,
            place=place,
            names=names,
            roles=ROLE_NAMES,
            platform_title=platform_title,
            of_a_page=OF_A_PAGE,
        )

    await Finder(visit, "/devices", facets, show).build()


@page("/devices/{name}", Text(th="อุปกรณ์", en="Device"))
async def build(visit: Visit, actor: Actor) -> None:
    """One device; an engineer can ask it how it is now."""
    name = visit.path["name"]
    found = await visit.ask(show_device, name)
    put(
        visit,
        "device_head.html",
        found=found,
        device=found.device,
        may_plan=may(actor, "plan_change"),
    )
    health = await visit.ask(show_health, found.device.site)
    here = next(one for site in health.sites for one in site.devices if one.device.name == name)
    known = await visit.ask(show_device_health, name)
    ui.html(device_health(visit, found.device, here, known), sanitize=False).classes("wide")

    async def look() -> None:
        asking.props("loading")
        try:
            await visit.ask(look_at_device, name)
            await show(await visit.ask(show_device, name))
        finally:
            asking.props(remove="loading")
        visit.tell("ได้ข้อมูลล่าสุดจากอุปกรณ์แล้ว", "the device has answered")

    async def show(found: DeviceView) -> None:
        versions = await visit.ask(list_configurations, name) if found.history else ()
        said = reported(found.look.facts, found.look.interfaces) if found.look else None
        told.content = draw(
            visit,
            "device.html",
            found=found,
            device=found.device,
            versions=versions[:10],
            more=len(versions) - 10,
            roles=ROLE_NAMES,
            platform=platform_title(found.device.platform),
            case_states=CASE_STATES,
            states=STATE_WORDS,
            bad=BAD,
            why=WHY,
            said=said,
            up=sum(port.state == "up" for port in said.ports) if said else 0,
        )

    if may(actor, "look_at_device"):
        asking = ui.button(
            visit.t("สอบถามอุปกรณ์เดี๋ยวนี้", "Ask the device now"), on_click=visit.pressed(look)
        ).props("outline")
    told = ui.html("", sanitize=False).classes("wide spaced")
    await show(found)


async def site_names(visit: Visit) -> dict[str, str]:
    """site -> what people call it, of every site the visitor may see."""
    found = await visit.ask(list_sites)
    return {s.site.site: visit.t(s.site.name_th, s.site.name_en) for s in found}


def _roles(visit: Visit) -> dict[str, str]:
    return {role: visit.w(name) for role, name in ROLE_NAMES.items()}


def _counted(counts: dict[str, int], names: dict[str, str]) -> dict[str, str]:
    return {value: f"{names.get(value, value)} ({n})" for value, n in counts.items()}
