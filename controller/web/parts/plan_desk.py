"""Choosing devices and asking them, on pages that make a plan."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable

from nicegui import ui

from controller.errors import InputError, Text
from controller.inventory.device import ROLE_NAMES, Device
from controller.inventory.inventory import Inventory
from controller.operations.preview_selector import preview_selector
from controller.plans.plan import ACCEPTABLE, Accepted
from controller.plans.window import EXAMPLE as EXAMPLE_WINDOW
from controller.plans.wording import SAFETY_WORDS
from controller.platforms.registry import platform_title
from controller.web.drawing import draw, put
from controller.web.visit import Visit

EXAMPLES = ("site=kkn-school-a role=access", "role=access,core", "name=sw-* role!=core", "all")
_CHOICES = {
    "site": Text(th="หน่วยงาน", en="Sites"),
    "role": Text(th="บทบาท", en="Roles"),
    "platform": Text(th="แพลตฟอร์ม", en="Platforms"),
}


class PlanDesk(ABC):
    """The choices on the page, what they mean, and the work that goes on.

    A page's own kind says what its button does (`compute`) and what it is called.
    """

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self._done = (0, 0)

    def build(self, select: str, accept: Iterable[str]) -> None:
        """Put everything that is pressed on the page."""
        t = self.visit.t
        with ui.element("section").classes("card"):
            with ui.element("div").classes("choices"):
                for key, options in _options(self.visit, self.visit.context.inventory()).items():
                    self._chooser(key, options)
            self._select = ui.input(
                t("ตัวเลือกอุปกรณ์", "Selector"), value=select, on_change=self.preview
            ).props("outlined debounce=400").classes("full")  # fmt: skip
            self._told = ui.html("", sanitize=False).props("aria-live=polite")
            self._accepting(set(accept))
            self.more_choices()
            told = t("ดำเนินการได้เฉพาะช่วงเวลา (ถ้ามี)", "Only to be carried out (if limited)")
            form = t("ปปปป-ดด-ววTชช:นน/ปปปป-ดด-ววTชช:นน (ค.ศ.)", EXAMPLE_WINDOW)
            self._window = ui.input(told, placeholder=form).props("outlined").classes("full")
            self._buttons: list[ui.button] = []
            with ui.element("div").classes("filters"):
                self.add_button(self.compute_words(), self._plan, "unelevated")
                self.more_buttons()
        self._working = ui.element("div").classes("card").props("role=status")
        with self._working:
            self._words = ui.label()
            self._bar = ui.linear_progress(0, show_value=False).props("rounded size=.75rem")
        self._working.set_visibility(False)
        self._clock = ui.timer(0.5, self._move, active=False)
        self.result = ui.element("div").classes("wide")

    @property
    def selector(self) -> str:
        """The devices chosen, as a selector."""
        return str(self._select.value)

    @property
    def window(self) -> str:
        """The only time in which the plan may be carried out, as typed; empty for any."""
        return str(self._window.value)

    @abstractmethod
    def compute_words(self) -> str:
        """What the button that makes the plan says."""

    @abstractmethod
    async def compute(self, select: str, accepted: tuple[Accepted, ...]) -> None:
        """Make the plan and show it."""

    @abstractmethod
    def more_choices(self) -> None:
        """Put further choices on the page."""

    @abstractmethod
    def more_buttons(self) -> None:
        """Put further buttons beside the one that makes the plan."""

    def add_button(
        self, words: str, work: Callable[[], Awaitable[None]], props: str = "outline"
    ) -> None:
        """A button that rests while something is being done."""
        self._buttons.append(ui.button(words, on_click=self.visit.pressed(work)).props(props))

    def _chooser(self, key: str, options: dict[str, str]) -> None:
        def chosen() -> None:
            self._select.value = with_choice(self._select.value, key, chooser.value or [])

        chooser = ui.select(
            options,
            label=self.visit.w(_CHOICES[key]),
            multiple=True,
            with_input=True,
            on_change=chosen,
        ).props("outlined use-chips dense")

    def _accepting(self, opened: set[str]) -> None:
        told = self.visit.t(
            "ยอมรับเหตุผลคัดค้านอย่างเปิดเผย (ถ้ามี)", "Accept a reason against in the open (if any)"
        )
        self._why: dict[str, ui.input] = {}
        with ui.expansion(told, value=bool(opened & ACCEPTABLE)).classes("full"):
            put(self.visit, "new_plan_accept.html")
            for check in sorted(ACCEPTABLE):
                feared = self.visit.w(SAFETY_WORDS[check])
                ui.label(feared)
                self._why[check] = (
                    ui.input(placeholder=self.visit.t("ยอมรับเพราะ …", "accepted because …"))
                    .props(f'outlined dense aria-label="{feared}"')
                    .classes("full")
                )

    async def preview(self) -> None:
        """Say which devices the selector means, or what is wrong with it."""
        if not self._select.value.strip():
            self._told.content = ""
            return
        try:
            found = await self.visit.ask(preview_selector, self._select.value)
        except InputError as error:
            self._told.content = draw(self.visit, "selected.html", error=error, devices=())
            return
        self._told.content = draw(self.visit, "selected.html", error=None, **_about(found))

    async def _plan(self) -> None:
        given = {check: field.value.strip() for check, field in self._why.items()}
        accepted = tuple(Accepted(check=c, why=why) for c, why in given.items() if why)
        self.begin(self.visit.t("กำลังถามอุปกรณ์ …", "asking the devices …"))
        try:
            await self.compute(self.selector, accepted)
        finally:
            self.end()

    def asked(self, done: int, of: int) -> None:
        """Hear how many devices have answered."""
        self._done = (done, of)

    def begin(self, words: str) -> None:
        """Say that something is being done; nothing can be pressed meanwhile."""
        self.result.clear()
        self._done = (0, 0)
        self._words.text = words
        self._bar.value = 0
        self._working.set_visibility(True)
        for button in self._buttons:
            button.disable()
        self._clock.activate()

    def end(self) -> None:
        """Say that it is done."""
        self._clock.deactivate()
        self._working.set_visibility(False)
        for button in self._buttons:
            button.enable()

    def _move(self) -> None:
        done, of = self._done
        if of:
            self._bar.value = done / of
            self._words.text = self.visit.t(
                f"ถามแล้ว {done} จาก {of} เครื่อง", f"asked {done} of {of} devices"
            )


def with_choice(text: str, key: str, values: Iterable[str]) -> str:
    """The selector with `key=values` in place of what it said of that key; none leaves it out."""
    kept = [w for w in text.split() if w != "all" and not w.startswith(f"{key}=")]
    chosen = ",".join(values)
    return " ".join([*kept, f"{key}={chosen}"] if chosen else kept)


def _options(visit: Visit, inventory: Inventory) -> dict[str, dict[str, str]]:
    """Selector key -> value -> what people call it, of everything that has devices."""
    names = {site.site: visit.t(site.name_th, site.name_en) for site in inventory.sites}
    found: dict[str, set[str]] = {"site": set(), "role": set(), "platform": set()}
    for device in inventory.devices:
        found["site"].add(device.site)
        found["role"].add(device.role)
        found["platform"].add(device.platform)
    words = {
        "site": {site: f"{name} ({site})" for site, name in names.items()},
        "role": {role: visit.w(name) for role, name in ROLE_NAMES.items()},
        "platform": {name: platform_title(name) for name in found["platform"]},
    }
    return {key: {v: words[key][v] for v in sorted(values)} for key, values in found.items()}


def _about(devices: tuple[Device, ...]) -> dict[str, object]:
    counts = Counter(device.role for device in devices)
    return {
        "devices": devices,
        "sites": len({device.site for device in devices}),
        "roles": [(ROLE_NAMES[role], n) for role, n in sorted(counts.items())],
        "resting": [device.name for device in devices if device.maintenance],
    }
