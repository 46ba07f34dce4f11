"""Looking through a long list: a field for words, choices, and one table that follows them.

What is looked for stands in the address, so that back, a bookmark and a link in a letter work.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from markupsafe import Markup
from nicegui import ui

from controller.errors import KhaenError, Text
from controller.inventory.search import Wanted
from controller.web.visit import Visit

OF_A_PAGE = 50
_SEARCHABLE = 12


@dataclass(frozen=True)
class Facet:
    """What one can choose by: the name in the address, what people call it, value -> words."""

    name: str
    label: Text
    options: Mapping[str, str]


@dataclass(frozen=True)
class Place:
    """Where somebody is in a list: what they look for, and the addresses of the neighbours."""

    path: str
    words: str
    choices: Mapping[str, str]
    order: str
    page: int

    @property
    def wanted(self) -> Wanted:
        """What to ask the operation for: one page."""
        start = (self.page - 1) * OF_A_PAGE
        return Wanted(self.words, self.choices, self.order, start, OF_A_PAGE)

    def address(self, path: str = "", **changes: object) -> str:
        """The address of the place with these changes: `order`, `page`."""
        there = replace(self, **changes)  # type: ignore[arg-type]
        told = {"q": there.words, **there.choices, "sort": there.order}
        told["page"] = str(there.page) if there.page > 1 else ""
        query = urlencode({name: value for name, value in told.items() if value})
        return (path or self.path) + (f"?{query}" if query else "")

    def sorted_by(self, key: str) -> str:
        """The address sorted by a column, the other way round when it is already."""
        return self.address(order=f"-{key}" if self.order == key else key, page=1)

    def direction(self, key: str) -> str:
        """How the column is sorted, in the words of `aria-sort`."""
        ways = {key: "ascending", f"-{key}": "descending"}
        return ways.get(self.order, "none")


Show = Callable[[Place], Awaitable[Markup]]


def place_of(visit: Visit, path: str, facets: tuple[Facet, ...]) -> Place:
    """The place the visitor's address names; what makes no sense in it counts as not said."""
    query = visit.query
    choices = {f.name: query[f.name] for f in facets if query.get(f.name)}
    page = query.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    return Place(path, query.get("q", "")[:200], choices, query.get("sort", ""), max(number, 1))


class Finder:
    """The field, the choices and the table on a page. `show` draws the table of a place."""

    def __init__(self, visit: Visit, path: str, facets: tuple[Facet, ...], show: Show) -> None:
        self._visit = visit
        self._facets = facets
        self._show = show
        self._place = place_of(visit, path, facets)
        self._asked = 0
        self._table: ui.html

    async def build(self) -> None:
        """Put all of it on the page being built."""
        with ui.element("search").classes("finder"):
            ui.input(
                self._visit.t("ค้นหา", "Search"),
                value=self._place.words,
                on_change=lambda e: self._moved(words=(e.value or "")[:200]),
            ).props("outlined dense clearable debounce=150 type=search").classes("words")
            for facet in self._facets:
                # With one value only there is nothing to choose, unless another was asked for.
                if len(facet.options) > 1 or facet.name in self._place.choices:
                    self._chooser(facet)
        self._table = ui.html(await self._show(self._place), sanitize=False)
        self._table.props("id=found aria-live=polite aria-busy=false").classes("wide")

    def _chooser(self, facet: Facet) -> None:
        chosen = self._place.choices.get(facet.name)
        options = dict(facet.options)
        if chosen is not None:
            options.setdefault(chosen, chosen)
        ui.select(
            options,
            label=self._visit.w(facet.label),
            value=chosen,
            clearable=True,
            with_input=len(options) > _SEARCHABLE,
            on_change=lambda e: self._moved(choice=(facet.name, e.value)),
        ).props("outlined dense options-dense", remove="hide-selected fill-input")

    async def _moved(
        self, *, words: str | None = None, choice: tuple[str, str | None] | None = None
    ) -> None:
        """Something else is looked for: draw the table anew and put it into the address."""
        choices = dict(self._place.choices)
        if choice is not None:
            choices.pop(choice[0], None)
            if choice[1]:
                choices[choice[0]] = choice[1]
        said = self._place.words if words is None else words
        self._place = replace(self._place, words=said, choices=choices, page=1)
        self._asked += 1
        number = self._asked
        try:
            drawn = await self._show(self._place)
        except KhaenError as error:
            self._visit.tell_error(error)
            return
        if number != self._asked:
            return  # somebody typed on meanwhile
        self._table.content = drawn
        address = json.dumps(self._place.address())
        ui.run_javascript(f"history.replaceState(history.state, '', {address})")
