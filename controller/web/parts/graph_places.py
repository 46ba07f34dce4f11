"""Addresses of graphs: the page of one, and its picture."""

from __future__ import annotations

from urllib.parse import quote, urlencode


def graph_page(device: str, metric: str, port: str | None = None, span: str = "day") -> str:
    """The page of a graph."""
    query = {"metric": metric, **({"port": port} if port else {}), "range": span}
    return f"/devices/{quote(device, safe='')}/graph?{urlencode(query)}"


def picture(
    device: str, metric: str, port: str | None = None, span: str = "day", *, small: bool = False
) -> str:
    """The picture of a graph, for a wide window or for a phone."""
    query = {"range": span, **({"port": port} if port else {})}
    query |= {"size": "small"} if small else {}
    place = f"/devices/{quote(device, safe='')}/graphs/{quote(metric, safe='')}.svg"
    return f"{place}?{urlencode(query)}"
