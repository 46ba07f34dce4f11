"""Fields for what a playbook is told, one for each parameter, as its kind wants it."""

from __future__ import annotations

from typing import Any

from nicegui import ui
from nicegui.elements.mixins.value_element import ValueElement

from controller.playbooks.meta import Meta
from controller.playbooks.parameter import Parameter, default_of, typed
from controller.web.visit import Visit


class ParameterFields:
    """The fields on the page, filled with the usual values, or those of `given`."""

    def __init__(self, visit: Visit, meta: Meta, given: dict[str, str] | None = None) -> None:
        self._visit = visit
        self._fields = {
            name: self._field(name, one, (given or {}).get(name))
            for name, one in sorted(meta.parameters.items())
        }

    @property
    def values(self) -> dict[str, str]:
        """What is in them, by name, as `read_parameters` takes it."""
        return {name: _typed(field.value) for name, field in self._fields.items()}

    def _field(self, name: str, one: Parameter, given: str | None) -> ValueElement[Any]:
        t = self._visit.t
        usual = given if given is not None else "" if one.required else typed(default_of(one))
        label = self._visit.w(one.text)
        if one.required:
            label = t(f"{label} (ต้องกำหนด)", f"{label} (required)")
        if one.kind == "choice" and not one.many:
            options = {choice: choice for choice in one.choices}
            return (
                ui.select(options, label=label, value=usual if usual in options else None)
                .props("outlined")
                .classes("full")
            )
        if one.kind == "yes-no" and not one.many:
            return ui.checkbox(label, value=usual == "yes")
        takes = self._visit.w(one.takes)
        return (
            ui.input(label, value=usual)
            .props(f'outlined hint="{_attribute(f"{name}: {takes}")}"')
            .classes("full")
        )


def _typed(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _attribute(text: str) -> str:
    return text.replace("\\", "/").replace('"', "'")
