"""What a browser would send of a form, read from its HTML."""

from __future__ import annotations

from html.parser import HTMLParser


class Inputs(HTMLParser):
    """Collects (name, value) of every input that is filled in, as a browser does."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self.names: set[str] = set()
        self.tags: set[str] = set()
        self._template = False
        self._select = ""
        self._chosen = ""
        self._area: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        if tag == "template":
            self._template = True
        if self._template:
            return
        name = found.get("name", "")
        if tag in {"input", "select", "textarea"} and name:
            self.names.add(name)
        if tag == "input" and name and found.get("type") in {"radio", "checkbox"}:
            if "checked" in found:
                self.pairs.append((name, found["value"]))
        elif tag == "input" and name and found.get("type") != "file":
            self.pairs.append((name, found.get("value", "")))
        elif tag == "select":
            self._select, self._chosen = name, ""
        elif tag == "option" and self._select and "selected" in found:
            self._chosen = found["value"]
        elif tag == "textarea":
            self._select, self._area = name, []

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._template = False
        elif tag == "select" and not self._template:
            self.pairs.append((self._select, self._chosen))
            self._select = ""
        elif tag == "textarea" and self._area is not None:
            self.pairs.append((self._select, "".join(self._area)))
            self._area = None


def inputs(html: str) -> Inputs:
    """The inputs of a page."""
    found = Inputs()
    found.feed(html)
    return found
